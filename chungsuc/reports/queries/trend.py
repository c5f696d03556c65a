"""How a unit stood year by year, from the kept grounds of its province."""

from __future__ import annotations

from datetime import date, datetime

from chungsuc.accounts import guard
from chungsuc.accounts.rules import VISITOR, Permission, Person
from chungsuc.kit import journal
from chungsuc.kit.memory import Memory
from chungsuc.reports.queries.asking import days_with_figures
from chungsuc.reports.queries.grounds import ground
from chungsuc.reports.rules import Ground
from chungsuc.reports.rules.trends import Trend, days_of_years, point
from chungsuc.territory import queries as territory
from chungsuc.territory.rules import UnitFact

YEARS = 8  # no page shows more
KEPT: Memory[Trend] = Memory(limit=400, seconds=60)


def trend(*, at: date, known: datetime | None = None, unit_code: str, set_code: str, by: Person = VISITOR) -> Trend:
    """One point for each year with figures of the set, up to `at`: communes, recognised, mean met, below the line.

    Every point is counted from the ground of the whole province on that day. Grounds are kept while nothing
    is recorded, so that the province, its districts and its communes share them: four years of 177 communes
    cost about 0.3 s once (18 questions to the database each), then nothing.
    Refused as `reports.queries.ground`.
    """
    unit = territory.unit_at(unit_code, at)
    guard.require(by, Permission.READ, unit=unit.id, on=at)
    chain = territory.ancestors(unit.id, at)
    now = ground(at=at, known=known, unit_code=chain[-1].code, set_code=set_code, by=by)
    return trend_of(unit, now, by)


def trend_of(unit: UnitFact, now: Ground, by: Person) -> Trend:
    """The trend of a unit within a ground at hand (its own or its province's), kept while nothing is recorded."""
    question = (journal.head(), unit.id, now.at, now.known, now.set_code)
    return KEPT.get(question, lambda: _trend(unit, now, by))


def _trend(unit: UnitFact, now: Ground, by: Person) -> Trend:
    top = now.above[-1] if now.above else now.unit
    days = days_of_years(days_with_figures(now.set_code), now.at, now.set_in_force_from, YEARS)
    tops = territory.by_pairs((top.id, day) for day in days if day != now.at)
    points = []
    for day in days:
        if day == now.at:
            points.append(point(now, unit.id))
        elif (top.id, day) in tops:
            code = tops[top.id, day].code
            then = ground(at=day, known=now.known, unit_code=code, set_code=now.set_code, by=by)
            points.append(point(then, unit.id))
    return Trend(len(now.criteria), now.bands.low, tuple(one for one in points if one and one.fresh))
