"""Receipts: what one saving or sending did, found again by its number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from django.http import Http404

from chungsuc.accounts.rules import Person
from chungsuc.assessment import queries
from chungsuc.kit import clock
from chungsuc.kit.catalogue import text
from chungsuc.territory import queries as territory
from chungsuc.territory.rules import UnitFact

_NUMBER = re.compile(r"(N?)(\d{4})-(\d{6,12})")


@dataclass(frozen=True, slots=True)
class Said:
    """What the page says after a plain form was taken in."""

    number: str
    words: str


@dataclass(frozen=True)
class ReceiptFrame:
    """The page carries no question on."""

    query: str = ""
    place: str = "entry"
    demo: bool = False


@dataclass(frozen=True)
class ReceiptPage:
    """One receipt: who, when, which unit, which indicators, and the way back to the form."""

    frame: ReceiptFrame
    number: str
    sent: bool
    unit_name: str
    unit_code: str
    by: str
    at: datetime
    speaks_of: date
    indicators: tuple[str, ...]
    to: str


def said(number: str, lang: str) -> Said | None:
    """The sentence after saving or sending; None where the address carries no receipt."""
    if number == "none":
        return Said("", text("entry.said.nothing", lang))
    found = _NUMBER.fullmatch(number)
    if not found:
        return None
    return Said(number, text("entry.said.draft" if found[1] else "entry.said.sent", lang, number=number))


def receipt_page(number: str, by: Person, today: date, lang: str) -> ReceiptPage:
    """The page; a receipt of a unit for which the person may not enter is not there (404)."""
    found = _NUMBER.fullmatch(number)
    told = None if not found else _draft(int(found[3])) if found[1] else _batch(int(found[3]))
    if told is None or f"{told['at'].astimezone(clock.VIETNAM):%Y}" != (found[2] if found else ""):
        raise Http404
    unit = _unit(told["unit_id"], told["speaks_of"])
    if unit is None or not queries.may_enter(by, unit, told["speaks_of"]):
        raise Http404
    query = urlencode({"set": told["set_code"], "day": told["speaks_of"].isoformat()})
    return ReceiptPage(
        frame=ReceiptFrame(),
        number=number,
        sent=not (found and found[1]),
        unit_name=unit.name,
        unit_code=unit.code,
        by=told["by"],
        at=told["at"].astimezone(clock.VIETNAM),
        speaks_of=told["speaks_of"],
        indicators=tuple(told["indicators"]),
        to=f"/units/{unit.code}/entry?{query}",
    )


def _draft(number: int) -> dict | None:
    return queries.draft_save(number)


def _batch(number: int) -> dict | None:
    return queries.figures_of_batch(number)


def _unit(unit_id: int, day: date) -> UnitFact | None:
    return territory.by_ids([unit_id], day).get(unit_id)
