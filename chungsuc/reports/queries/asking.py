"""What a question may leave out: which unit, which set, which day; and which days may be asked about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from chungsuc.assessment import queries as assessment
from chungsuc.criteria import queries as criteria
from chungsuc.criteria.queries import SetSummary
from chungsuc.kit.errors import Reason, Refused, reasons, stop_if
from chungsuc.territory import queries as territory
from chungsuc.territory.rules import Kind, UnitFact


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: the day, what was known, the unit, the set."""

    at: date
    known: datetime | None
    unit_code: str
    set_code: str


def check_days(*, at: date, known: datetime | None, today: date) -> None:
    """Nothing can be asked about a day that has not come: its answer could not stand still."""
    stop_if(
        reasons(
            (at > today, Reason("situation.date_in_future", at=at, today=today)),
            (
                known is not None and known.date() > today,
                Reason("situation.known_in_future", known=known.date() if known else None, today=today),
            ),
        )
    )


def province_at(at: date) -> UnitFact:
    """The province in force on the day when there is exactly one, else `Refused`."""
    found = territory.units_at(at, kinds=[Kind.PROVINCE])
    if len(found) == 1:
        return found[0]
    if not found:
        raise Refused(Reason("situation.no_unit", at=at))
    raise Refused(Reason("situation.which_unit", count=len(found), codes=[unit.code for unit in found]))


def sets_to_choose() -> list[SetSummary]:
    """The criteria sets for communes under which figures can be judged, oldest first."""
    able = (one for one in criteria.sets() if one.kind_of_unit == Kind.COMMUNE.value and one.judges)
    return sorted(able, key=lambda one: (one.in_force[0], one.code))


def set_on(at: date) -> str:
    """The set for communes that is in force on the day and can judge; before the first one, the first."""
    able = sets_to_choose()
    begun = [one for one in able if one.in_force[0] <= at]
    return (begun or able)[-1 if begun else 0].code


def ask(
    *,
    at: date | None = None,
    known: datetime | None = None,
    unit_code: str | None = None,
    set_code: str | None = None,
    today: date,
) -> Question:
    """The question with what was left out filled in: the newest day with figures, the province, the set in force.

    Refused: a day that has not come, no province or several of them.
    """
    day = at or default_day(today)
    check_days(at=day, known=known, today=today)
    return Question(at=day, known=known, unit_code=unit_code or province_at(day).code, set_code=set_code or set_on(day))


def days_with_figures(set_code: str) -> Sequence[date]:
    """The days of which many figures speak, oldest first: what a reader may want to choose."""
    return assessment.days_of(set_code)


def default_day(today: date) -> date:
    """The newest day that figures speak of, today where there are none."""
    days = [day for one in sets_to_choose() for day in days_with_figures(one.code) if day <= today]
    return max(days, default=today)
