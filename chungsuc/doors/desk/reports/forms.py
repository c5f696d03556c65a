"""What a reader asks by the address: `at`, `known`, `set`, `unit`; read once, refused clearly."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest

from chungsuc.doors.desk.reports.days import typed_day
from chungsuc.kit import clock
from chungsuc.kit.errors import Reason, Refused
from chungsuc.reports import queries
from chungsuc.reports.queries import Question


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that can be chosen: its value, the words, whether it is chosen now."""

    value: str
    name: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """The question of this page and what else could be asked."""

    question: Question
    known_day: date | None
    today: date
    sets: tuple[Choice, ...]
    days: tuple[date, ...]
    explicit: dict[str, str]

    @property
    def set_name(self) -> str:
        """The set of the question, in the reader's words."""
        return next((one.name for one in self.sets if one.chosen), self.question.set_code)

    @property
    def at(self) -> date:
        """The day asked about."""
        return self.question.at

    @property
    def parameters(self) -> dict[str, object]:
        """The question as keyword arguments of a query."""
        one = self.question
        return {"at": one.at, "known": one.known, "unit_code": one.unit_code, "set_code": one.set_code}

    @property
    def table_query(self) -> str:
        """The whole question as an address asks a table for it."""
        one = self.question
        known = {"known": self.known_day.isoformat()} if self.known_day else {}
        return urlencode({"unit": one.unit_code, "set": one.set_code, "at": one.at.isoformat(), **known})


def asked(request: HttpRequest, *, unit_code: str | None = None, set_code: str | None = None) -> Asked:
    """Read the address. `unit_code`, `set_code`: the unit, the set that the path names, if it names one."""
    today = clock.today()
    at, known = asked_day(request, "at"), asked_day(request, "known")
    question = queries.ask(
        at=at,
        known=clock.end_of(known) if known else None,
        unit_code=unit_code or _word(request, "unit"),
        set_code=set_code or _word(request, "set"),
        today=today,
    )
    return Asked(
        question=question,
        known_day=known,
        today=today,
        sets=_sets(question, request),
        days=tuple(queries.days_with_figures(question.set_code)),
        explicit=_explicit(request, at, known),
    )


def _explicit(request: HttpRequest, at: date | None, known: date | None) -> dict[str, str]:
    """What the reader chose, in one form of writing, so that links carry a clean address on."""
    chosen = {"at": at.isoformat() if at else None, "known": known.isoformat() if known else None}
    return {name: value for name, value in {**chosen, "set": _word(request, "set")}.items() if value}


def _sets(question: Question, request: HttpRequest) -> tuple[Choice, ...]:
    lang = getattr(request, "lang", "vi")
    return tuple(
        Choice(one.code, queries.short_name(one)[lang == "en"], one.code == question.set_code)
        for one in queries.sets_to_choose()
    )


def _word(request: HttpRequest, name: str) -> str | None:
    value = request.GET.get(name, "").strip()
    if "\x00" in value or len(value) > 100:
        raise Refused(Reason("page.bad_request"))
    return value or None


def asked_day(request: HttpRequest, name: str) -> date | None:
    """The day that the address names, or None; `Refused` where it is no day."""
    value = _word(request, name)
    if value is None:
        return None
    day = typed_day(value, clock.today())
    if day is None:
        raise Refused(Reason("desk.bad_date", value=value))
    return day
