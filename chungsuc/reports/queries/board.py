"""The leaders' board of a unit on a day."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from chungsuc.accounts.rules import VISITOR, Person
from chungsuc.criteria import queries as criteria
from chungsuc.reports.queries.asking import days_with_figures
from chungsuc.reports.queries.grounds import ground
from chungsuc.reports.queries.situations import report
from chungsuc.reports.rules import Ground
from chungsuc.reports.rules.boards import PACE_YEARS, Board, board
from chungsuc.territory import queries as territory


def leaders_board(
    *, at: date, known: datetime | None = None, unit_code: str, set_code: str, by: Person = VISITOR
) -> Board:
    """The situation, the pace since up to three years ago, who will not make it, where attention should go.

    Refused as `reports.queries.report`.
    """
    found = report(at=at, known=known, unit_code=unit_code, set_code=set_code, by=by)
    ends = criteria.criteria_set(set_code).period[1] - timedelta(days=1)
    return board(found, _earlier(found.ground, by), ends)


def _earlier(now: Ground, by: Person) -> Ground | None:
    """The oldest day with figures in the last years on which the same unit and set were in force."""
    first = date(now.at.year - PACE_YEARS, 1, 1)
    for day in days_with_figures(now.set_code):
        begun = now.set_in_force_from is None or day >= now.set_in_force_from
        if first <= day and (now.at - day).days >= 300 and begun:
            unit = territory.by_ids([now.unit.id], day).get(now.unit.id)
            if unit is not None:
                return ground(at=day, known=now.known, unit_code=unit.code, set_code=now.set_code, by=by)
    return None
