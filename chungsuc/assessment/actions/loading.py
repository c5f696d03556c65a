"""Loading many figures at once, all or nothing: workbooks of many units, CSV files, histories."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from chungsuc.accounts import guard
from chungsuc.accounts.rules import Permission, Person
from chungsuc.assessment import bulk, checking, queries, storing, tallying
from chungsuc.assessment.refusals import named_refusals
from chungsuc.assessment.rules import PERMISSION, BatchKind, FigureGrid, FigureRow, Receipt, why_not_change
from chungsuc.criteria import queries as criteria
from chungsuc.kit import journal
from chungsuc.kit.errors import Reason, reasons, stop_if


@named_refusals()
@transaction.atomic
def load_figures(
    *, rows: Iterable[FigureRow] | FigureGrid, set_code: str, by: Person, at: datetime, source: str,
    kind: BatchKind | str = BatchKind.CSV, sha256: str | None = None, notes: Sequence[Mapping[str, Any]] = (),
    history: bool = False, judge: bool = True, reason: str | None = None,
) -> Receipt:
    """Record many figures in one batch, judge the units they touch, move the totals.

    Rows that say the same as what stands are left out; rows that change it need a reason (their own
    or the load's). With `history` each row may say when it was recorded then and by whom, nothing is
    compared with what stands, and the same file is refused a second time. `judge` False leaves
    verdicts and totals as they are (until the unit's next figure).
    """
    load = bulk.GridLoad(rows, set_code) if isinstance(rows, FigureGrid) else bulk.RowLoad(list(rows), set_code)
    act = storing.Act(BatchKind(kind), set_code, source, by, at, sha256, notes, reason, history)
    tallying.lock(set_code, load.unit_ids)
    _guard(by, load, act.day, history)
    stop_if(_loaded_before(set_code, sha256, history))
    stop_if(checking.why_not_words(source=source, reason=reason))
    stop_if(load.why_not(criteria.criteria_set(set_code), today=act.day, at=at, history=history))
    if not history:
        stop_if(why_not_change(changed=load.compare(reason), reason=reason))
    if not load.fresh:
        return Receipt(None, 0, load.unchanged, 0, load.unit_ids)
    batch = storing.open_batch(act, lines=load.fresh)
    load.write(batch=batch, at=at, reason=reason)
    verdicts = tallying.follow(touched=load.touched(), set_code=set_code, at=at, on=act.day) if judge else 0
    journal.record("figures.loaded", subject=f"set:{set_code}", by=by.code, at=at, facts={
        "batch": batch, "kind": act.kind.value, "recorded": load.fresh, "unchanged": load.unchanged,
        "changed": load.changed, "units": len(load.unit_ids), "history": history, "sha256": sha256})
    return Receipt(batch, load.fresh, load.unchanged, load.changed, load.unit_ids, verdicts)


def _guard(by: Person, load: bulk.RowLoad | bulk.GridLoad, day: date, history: bool) -> None:
    """A person of the whole province is asked once per level; one of a unit, for every unit."""
    units: Sequence[int | None] = [None] if by.unit_code is None else load.unit_ids
    wanted = {PERMISSION[level] for level in load.levels} | ({Permission.LOAD_HISTORY} if history else set())
    for permission in sorted(wanted):
        for unit in units:
            guard.require(by, permission, unit=unit, on=day)


def _loaded_before(set_code: str, sha256: str | None, history: bool) -> tuple[Reason, ...]:
    if not history or sha256 is None:
        return ()
    before = [one for one in queries.batches(set_code=set_code, sha256=sha256) if one.history]
    return reasons((before, Reason("figure.history_loaded_before", batch=before[0].id if before else None)))
