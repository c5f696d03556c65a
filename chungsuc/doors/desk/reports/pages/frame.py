"""What every page of the reports carries: the question, whether the data are made up, where we are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from urllib.parse import quote, urlencode

from chungsuc.doors.desk.reports.forms import Asked
from chungsuc.kit import vietnamese
from chungsuc.kit.catalogue import say, text
from chungsuc.kit.errors import Reason
from chungsuc.kit.vietnamese import number
from chungsuc.reports.rules import Made
from chungsuc.territory.rules import UnitFact


@dataclass(frozen=True, slots=True)
class Crumb:
    """One step of the way down to a unit."""

    name: str
    code: str


@dataclass(frozen=True)
class Frame:
    """The frame of a page. `place` names the entry of the navigation."""

    asked: Asked
    demo: bool
    place: str
    unit_name: str
    crumbs: tuple[Crumb, ...] = ()
    notes: tuple[str, ...] = ()
    footnotes: tuple[str, ...] = field(default=())

    @property
    def query(self) -> str:
        """The question as it is carried to the next page; only what the reader chose."""
        return urlencode(self.asked.explicit)


def frame(
    asked: Asked,
    made: Made,
    *,
    place: str,
    unit: UnitFact,
    lang: str,
    above: Sequence[UnitFact] = (),
    notes: Sequence[Reason] = (),
    footnotes: Sequence[dict[str, str]] = (),
) -> Frame:
    """Put the frame together; `above` are the units above, nearest first."""
    return Frame(
        asked=asked,
        demo=made is Made.DEMO,
        place=place,
        unit_name=unit.name,
        crumbs=tuple(Crumb(one.name, one.code) for one in reversed(above)),
        notes=tuple(say(note, lang) for note in notes),
        footnotes=tuple(note[lang] for note in footnotes),
    )


def entry_address(asked: Asked, code: str, criterion: int | None = None) -> str:
    """Where figures of this commune are entered; the day and the set are carried where the reader chose them."""
    carried = {"day": asked.explicit.get("at"), "set": asked.explicit.get("set")}
    query = urlencode({name: value for name, value in carried.items() if value})
    path = f"/units/{quote(code)}/entry" + (f"/{criterion}" if criterion else "")
    return f"{path}?{query}" if query else path


def decimal(value: Decimal | int | None, lang: str, places: int | None = None) -> str:
    """`10,62` or `10.62`; a dash where there is none."""
    if value is None:
        return "–"
    said = number(value, places)
    return said if lang == "vi" else said.translate(str.maketrans(",.", ".,"))


def said_day(value: date, lang: str) -> str:
    """`31/12/2019`, in English `31 Dec 2019`."""
    return vietnamese.day(value) if lang == "vi" else f"{value.day} {value:%b %Y}"


def word(key: str, lang: str, **facts: object) -> str:
    """A sentence of the catalogue."""
    return text(key, lang, **facts)
