"""Recording the figures of one unit: what a person does at a form, a workbook or the command line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from chungsuc.accounts import guard
from chungsuc.accounts.rules import Permission, Person
from chungsuc.assessment import checking, jsonfile, queries, storing, tallying
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
from chungsuc.kit import clock, journal
from chungsuc.kit.errors import stop_if
from chungsuc.territory.rules import UnitFact


@named_refusals()
@transaction.atomic
def record_figures(
    *,
    unit: UnitFact,
    set_code: str,
    speaks_of: date,
    level: Level | str,
    entries: Mapping[str, FigureEntry],
    source: str,
    by: Person,
    at: datetime,
    seen: Mapping[str, int] | None = None,
    reason: str | None = None,
    kind: BatchKind | str = BatchKind.ENTRY,
    sha256: str | None = None,
    notes: Sequence[Mapping[str, Any]] = (),
) -> Receipt:
    """Record what one level says of one unit on one date; judge the unit anew and move the totals.

    `seen`: the number of the figure that the person had before them, by indicator (0: none was
    there); when another has come since, the later is told (`figure.changed_meanwhile`). `reason` is
    asked when a figure of this date and level is changed. What says the same as before is not
    written again. `kind` HISTORY lets `at` lie in the past and asks for its own permission.
    """
    level, kind, day = Level(level), BatchKind(kind), _day(at)
    tallying.lock(set_code, [unit.id])
    guard.require(by, Permission.LOAD_HISTORY if kind is BatchKind.HISTORY else PERMISSION[level], unit=unit.id, on=day)
    rules = criteria.criteria_set(set_code)
    stop_if(
        checking.why_not_unit(unit, rules, speaks_of)
        + why_not_act(
            speaks_of=speaks_of,
            today=day,
            in_force_from=rules.in_force[0],
            level=level,
            levels=queries.levels_on(speaks_of),
        )
        + checking.why_not_entries(rules, entries)
    )
    standing = queries.lines_at(unit.id, set_code, speaks_of, level, entries)
    fresh = {
        code: entry
        for code, entry in entries.items()
        if code not in standing or not same_content(entry, standing[code])
    }
    stop_if(
        overtaken(seen or {}, {code: standing[code] for code in fresh if code in standing})
        or why_not_change(changed=set(fresh) & set(standing), reason=reason)
    )
    if not fresh:
        return Receipt(None, 0, len(entries), 0, (unit.id,))
    batch = storing.open_batch(
        kind=kind,
        set_code=set_code,
        source=source,
        by=by,
        at=at,
        sha256=sha256,
        notes=notes,
        reason=reason,
        history=kind is BatchKind.HISTORY,
        lines=len(fresh),
    )
    numbers = storing.insert_figures(_rows(batch, unit, set_code, speaks_of, level, fresh, standing, at, reason))
    verdicts = tallying.follow(touched={speaks_of: [unit.id]}, set_code=set_code, at=at, on=day)
    changed = set(fresh) & set(standing)
    journal.record(
        "figures.recorded",
        subject=f"unit:{unit.code}",
        by=by.code,
        at=at,
        facts={
            "batch": batch,
            "set": set_code,
            "speaks_of": speaks_of.isoformat(),
            "level": level.value,
            "recorded": sorted(fresh),
            "changed": sorted(changed),
            "reason": reason,
        },
    )
    return Receipt(
        batch,
        len(fresh),
        len(entries) - len(fresh),
        len(changed),
        (unit.id,),
        verdicts,
        dict(zip(fresh, numbers, strict=True)),
    )


def record_json(*, content: bytes, unit: UnitFact, set_code: str, by: Person, at: datetime, **act: Any) -> Receipt:
    """Record one unit's figures from a JSON file of the shape that `judge` reads; `act` as for `record_figures`."""
    entries = jsonfile.entries_of(content, criteria.criteria_set(set_code))
    return record_figures(unit=unit, set_code=set_code, entries=entries, by=by, at=at, **act)


def _day(at: datetime) -> date:
    return at.astimezone(clock.VIETNAM).date()


def _rows(
    batch: int,
    unit: UnitFact,
    set_code: str,
    speaks_of: date,
    level: Level,
    fresh: Mapping[str, FigureEntry],
    standing: Mapping[str, FigureFact],
    at: datetime,
    reason: str | None,
) -> list[storing.Line]:
    return [
        storing.line_of(
            entry,
            batch=batch,
            unit_id=unit.id,
            set_code=set_code,
            indicator=code,
            speaks_of=speaks_of,
            level=level,
            recorded_at=at,
            author=None,
            supersedes=standing[code].id if code in standing else None,
            reason=(reason or "").strip() or None if code in standing else None,
        )
        for code, entry in fresh.items()
    ]
