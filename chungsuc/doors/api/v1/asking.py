"""What most questions share: who may read, which set where none was named, days that have come, how long it keeps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.http import HttpRequest

from chungsuc.accounts import guard
from chungsuc.accounts.rules import Permission
from chungsuc.assessment import queries as assessment
from chungsuc.criteria import queries as criteria
from chungsuc.criteria.engine import CriteriaSet
from chungsuc.kit import clock
from chungsuc.kit.errors import Reason, stop_if
from chungsuc.reports import queries as reports
from chungsuc.territory.rules import UnitFact

A_WHILE, AN_HOUR = 300, 3600


@dataclass(frozen=True, slots=True)
class Question:
    """A set, a day, and until when what was recorded counts (None: by now)."""

    set_code: str
    at: date
    known: datetime | None


def may_read(request: HttpRequest, on: date) -> None:
    """The one guard, for reading."""
    guard.require(request.person, Permission.READ, on=on)


def keeps(request: HttpRequest, seconds: int) -> None:
    """The answer may be used again for so long without asking."""
    request.keeps = seconds


def asked(request: HttpRequest, set_code: str | None, at: date | None, known: date | None) -> Question:
    """The question with what was left out filled in, by somebody who may read.

    An answer as of a day gone by, as known on a day gone by, keeps a while (a history may still be loaded).
    """
    today = clock.today()
    day, moment = at or reports.default_day(today), assessment.known_at(known)
    may_read(request, day)
    reports.check_days(at=day, known=moment, today=today)
    code = set_code or reports.set_on(day)
    criteria.criteria_set(code)
    if at is not None and known is not None and known < today:
        keeps(request, A_WHILE)
    return Question(code, day, moment)


def of_kind(unit: UnitFact, rules: CriteriaSet) -> None:
    """The set must be for this kind of unit."""
    other = unit.kind.value != rules.kind_of_unit
    stop_if([Reason("api.other_kind", unit=unit.code, kind=unit.kind.value, set=rules.code)] if other else ())
