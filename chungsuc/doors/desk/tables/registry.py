"""Tables by name: a page's data file registers a maker, `/tables/<name>.csv` and `.xlsx` ask it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from chungsuc.doors.desk.reports.forms import Asked, asked
from chungsuc.doors.desk.reports.pages.frame import said_day
from chungsuc.kit.catalogue import text
from chungsuc.kit.errors import Reason, Refused


@dataclass(frozen=True)
class Table:
    """A name for the file, a title, what is in the columns, the rows (made one after the other).

    `facts`: what stands under the title of an Excel file; by default the question of the address.
    """

    name: str
    title: str
    columns: tuple[str, ...]
    rows: Iterable[Sequence[Any]]
    facts: str = ""


Maker = Callable[[HttpRequest, Asked], Table]
MAKERS: dict[str, Maker] = {}


def table(name: str) -> Callable[[Maker], Maker]:
    """Register the maker of a table under its name."""

    def put(maker: Maker) -> Maker:
        MAKERS[name] = maker
        return maker

    return put


def made(request: HttpRequest, name: str) -> tuple[Table, str]:
    """The table of this name for the question of the address, and its facts; `Refused` where there is none."""
    if name not in MAKERS:
        raise Refused(Reason("page.not_found", path=request.path))
    question = asked(request)
    found = MAKERS[name](request, question)
    return found, found.facts or facts(question, request.lang)


def facts(question: Asked, lang: str) -> str:
    """Of which day the figures speak, as known when, under which set."""
    at, known = said_day(question.at, lang), question.known_day
    key = "table.facts" if known is None else "table.facts.known"
    return text(key, lang, at=at, known=said_day(known, lang) if known else "", set=question.set_name)


def words(request: HttpRequest, *keys: str, **facts: object) -> tuple[str, ...]:
    """Heads of columns."""
    return tuple(text(f"table.{key}", request.lang, **facts) for key in keys)


def file_name(what: str, question: Asked) -> str:
    """`matrix-04-2019-12-31`."""
    return f"{what}-{question.question.unit_code}-{question.at:%Y-%m-%d}"
