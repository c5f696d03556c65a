"""Where entry begins: the communes of the person, what waits to be sent in each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from chungsuc.accounts.rules import Person
from chungsuc.assessment import queries
from chungsuc.assessment.queries import OpenDrafts
from chungsuc.criteria import queries as criteria
from chungsuc.doors.desk.entry.asking import EntryQuestion
from chungsuc.kit.vietnamese import sort_key
from chungsuc.reports import queries as reports
from chungsuc.territory import queries as territory
from chungsuc.territory.rules import Kind, UnitFact


@dataclass(frozen=True, slots=True)
class StartFrame:
    """The question to carry on."""

    query: str
    place: str = "entry"
    demo: bool = False


@dataclass(frozen=True, slots=True)
class Waiting:
    """Fields typed and not sent: of which unit, set and day."""

    name: str
    set_code: str
    day: date
    fields: int
    at: object
    to: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One commune to enter for."""

    code: str
    name: str
    parent: str
    to: str
    sent: int


@dataclass(frozen=True, slots=True)
class GridLink:
    """A district (or the province) whose communes can be entered side by side."""

    name: str
    count: int
    to: str


@dataclass(frozen=True)
class StartPage:
    """Everything the template needs."""

    frame: StartFrame
    may: bool
    day: date
    set_code: str
    sets: tuple[tuple[str, str, bool], ...]
    waiting: tuple[Waiting, ...]
    of: int
    communes: tuple[Choice, ...]
    grids: tuple[GridLink, ...]


def start_page(by: Person, question: EntryQuestion, lang: str, may: bool) -> StartPage:
    """The communes that the person may enter for on the day."""
    units = _communes(by, question.day) if may else []
    query = f"?{question.query}" if question.query else ""
    names = {unit.id: unit for unit in units}
    sent = queries.sent_counts(list(names), question.set_code, question.day)
    parents = {unit.parent_code: unit.parent_name or "" for unit in units if unit.parent_code}
    return StartPage(
        frame=StartFrame(question.query),
        may=may,
        day=question.day,
        set_code=question.set_code,
        sets=tuple(
            (one.code, reports.short_name(one)[lang == "en"], one.code == question.set_code)
            for one in reports.sets_to_choose()
        ),
        waiting=tuple(_waiting(one, names[one.unit_id]) for one in queries.open_drafts(names)),
        of=len(criteria.criteria_set(question.set_code).indicators),
        communes=tuple(
            Choice(one.code, one.name, one.parent_name or "", f"/units/{one.code}/entry{query}", sent.get(one.id, 0))
            for one in sorted(units, key=lambda one: (one.parent_code or "", sort_key(one.short_name)))
        ),
        grids=tuple(
            GridLink(name, sum(unit.parent_code == code for unit in units), _grid(code, question))
            for code, name in sorted(parents.items())
        )
        if len(units) > 1
        else (),
    )


def _communes(by: Person, day: date) -> list[UnitFact]:
    if by.unit_code is None:
        return territory.units_at(day, kinds=[Kind.COMMUNE])
    here = [one for one in territory.units_at(day) if one.code == by.unit_code]
    if not here:
        return []
    return here if here[0].kind is Kind.COMMUNE else territory.units_at(day, by.unit_code, [Kind.COMMUNE])


def _waiting(one: OpenDrafts, unit: UnitFact) -> Waiting:
    query = urlencode({"set": one.set_code, "day": one.speaks_of.isoformat()})
    return Waiting(unit.name, one.set_code, one.speaks_of, one.fields, one.last_at, f"/units/{unit.code}/entry?{query}")


def _grid(code: str, question: EntryQuestion) -> str:
    return "/entry/grid?" + urlencode({"under": code, **question.explicit})
