"""Recording a summary matrix: criteria met by each unit, without the figures behind them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from chungsuc.accounts import guard
from chungsuc.accounts.rules import Permission, Person
from chungsuc.assessment import checking, queries, storing, tallying
from chungsuc.assessment.refusals import named_refusals
from chungsuc.assessment.rules import PERMISSION, BatchKind, Level, MarkRow, Receipt, why_not_act
from chungsuc.criteria import queries as criteria
from chungsuc.kit import journal
from chungsuc.kit.errors import stop_if
from chungsuc.territory import queries as territory


@named_refusals()
@transaction.atomic
def record_marks(
    *, rows: Iterable[MarkRow], set_code: str, speaks_of: date, source: str, by: Person, at: datetime,
    level: Level | str = Level.APPRAISED, sha256: str | None = None, notes: Sequence[Mapping[str, Any]] = (),
    history: bool = False,
) -> Receipt:
    """Record what a matrix says of its units on one date, all or nothing; `notes` are the warnings kept with it."""
    act = storing.Act(BatchKind.MATRIX, set_code, source, by, at, sha256, notes, None, history)
    level, rows = Level(level), list(rows)
    unit_ids = [row.unit_id for row in rows]
    tallying.lock(set_code, unit_ids)
    for permission in {PERMISSION[level]} | ({Permission.LOAD_HISTORY} if history else set()):
        guard.require(by, permission, on=act.day)
    rules = criteria.criteria_set(set_code)
    stop_if(
        why_not_act(speaks_of=speaks_of, today=act.day, in_force_from=rules.in_force[0], level=level,
                    levels=queries.levels_on(speaks_of))
        + checking.why_not_marks(rules, rows, territory.by_ids(unit_ids, speaks_of), speaks_of)
    )
    batch = storing.open_batch(act, lines=len(rows))
    storing.insert_marks(rows, batch=batch, set_code=set_code, speaks_of=speaks_of, level=level, at=at)
    verdicts = tallying.follow(touched={speaks_of: unit_ids}, set_code=set_code, at=at, on=act.day)
    journal.record("marks.recorded", subject=f"set:{set_code}", by=by.code, at=at, facts={
        "batch": batch, "speaks_of": speaks_of.isoformat(), "level": level.value, "units": len(rows)})
    return Receipt(batch, len(rows), 0, 0, tuple(unit_ids), verdicts)
