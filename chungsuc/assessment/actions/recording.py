"""Recording the figures of one unit: what a person does at a form, a workbook or the command line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from chungsuc.accounts import guard
from chungsuc.accounts.rules import Permission, Person
from chungsuc.assessment import checking, jsonfile, queries, storing, tallying
from chungsuc.assessment.queries.forms import day_of_right
from chungsuc.assessment.refusals import named_refusals
from chungsuc.assessment.rules import (
    PERMISSION,
    BatchKind,
    FigureEntry,
    FigureFact,
    Level,
    Receipt,
    overtaken,
    same_content,
    why_not_act,
    why_not_change,
)
from chungsuc.criteria import queries as criteria
from chungsuc.kit import journal
from chungsuc.kit.errors import Reason, stop_if
from chungsuc.territory import queries as territory
from chungsuc.territory.rules import UnitFact


@named_refusals()
@transaction.atomic
def record_figures(
    *, unit: UnitFact, set_code: str, speaks_of: date, level: Level | str, entries: Mapping[str, FigureEntry],
    source: str, by: Person, at: datetime, seen: Mapping[str, int] | None = None, reason: str | None = None,
    kind: BatchKind | str = BatchKind.ENTRY, sha256: str | None = None, notes: Sequence[Mapping[str, Any]] = (),
) -> Receipt:
    """Record what one level says of one unit on one date; judge the unit anew and move the totals.

    `seen`: the number of the figure that the person had before them, by indicator (0: none was
    there); when another has come since, the later is told (`figure.changed_meanwhile`). `reason` is
    asked when a figure of this date and level is changed. What says the same as before is not
    written again. `kind` HISTORY lets `at` lie in the past and asks for its own permission.
    """
    history = BatchKind(kind) is BatchKind.HISTORY
    act = storing.Act(BatchKind(kind), set_code, source, by, at, sha256, notes, reason, history)
    level = Level(level)
    tallying.lock(set_code, [unit.id])
    permission = Permission.LOAD_HISTORY if history else PERMISSION[level]
    guard.require(by, permission, unit=unit.id, on=day_of_right(unit, act.day, speaks_of))
    stop_if(_why_not(act, unit, speaks_of, level, entries))
    standing = queries.lines_at(unit.id, set_code, speaks_of, level, entries)
    fresh = {code: entry for code, entry in entries.items()
             if code not in standing or not same_content(entry, standing[code])}
    changed = {code: standing[code] for code in fresh if code in standing}
    stop_if(overtaken(seen or {}, changed, criteria.criteria_set(set_code))
            or why_not_change(changed=changed, reason=reason))
    if not fresh:
        return Receipt(None, 0, len(entries), 0, (unit.id,))
    batch = storing.open_batch(act, lines=len(fresh))
    numbers = storing.insert_figures(_lines(act, batch, unit, speaks_of, level, fresh, changed))
    verdicts = tallying.follow(touched={speaks_of: [unit.id]}, set_code=set_code, at=at, on=act.day)
    journal.record("figures.recorded", subject=f"unit:{unit.code}", by=by.code, at=at, facts={
        "batch": batch, "set": set_code, "speaks_of": speaks_of.isoformat(), "level": level.value,
        "recorded": sorted(fresh), "changed": sorted(changed), "reason": reason})
    return Receipt(batch, len(fresh), len(entries) - len(fresh), len(changed), (unit.id,), verdicts,
                   dict(zip(fresh, numbers, strict=True)))


def record_json(*, content: bytes, unit: UnitFact, set_code: str, by: Person, at: datetime, **act: Any) -> Receipt:
    """Record one unit's figures from a JSON file of the shape that `judge` reads; `act` as for `record_figures`."""
    entries = jsonfile.entries_of(content, criteria.criteria_set(set_code))
    return record_figures(unit=unit, set_code=set_code, entries=entries, by=by, at=at, **act)


def _why_not(
    act: storing.Act, unit: UnitFact, speaks_of: date, level: Level, entries: Mapping[str, FigureEntry]
) -> tuple[Reason, ...]:
    rules = criteria.criteria_set(act.set_code)
    there = territory.by_ids([unit.id], speaks_of).get(unit.id)
    return (
        checking.why_not_unit(unit, rules, speaks_of, there)
        + why_not_act(speaks_of=speaks_of, today=act.day, in_force_from=rules.judges_from, level=level,
                      levels=queries.levels_on(speaks_of))
        + checking.why_not_words(source=act.source, reason=act.reason)
        + checking.why_not_entries(rules, entries)
    )


def _lines(
    act: storing.Act, batch: int, unit: UnitFact, speaks_of: date, level: Level, fresh: Mapping[str, FigureEntry],
    changed: Mapping[str, FigureFact],
) -> list[storing.Line]:
    return [
        storing.line_of(
            entry, batch=batch, unit_id=unit.id, set_code=act.set_code, indicator=code, speaks_of=speaks_of,
            level=level, recorded_at=act.at, author=None, supersedes=changed[code].id if code in changed else None,
            reason=act.reason if code in changed else None)
        for code, entry in fresh.items()
    ]
