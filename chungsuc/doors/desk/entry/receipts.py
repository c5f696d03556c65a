"""Receipts: what one saving or sending did, found again by its number."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.http import Http404

from chungsuc.accounts import queries as accounts
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


def said(number: str, files: str, units: Collection[int], lang: str) -> Said | None:
    """The sentence after saving or sending; None where the address carries no receipt of these units."""
    count = int(files) if files.isdecimal() and len(files) < 4 else 0
    kept = text("entry.said.files", lang, count=count) if count else ""
    if number == "none":
        return Said("", kept or text("entry.said.nothing", lang))
    told = _told(number)
    if told is None or told["unit_id"] not in units:
        return None
    words = text("entry.said.draft" if number.startswith("N") else "entry.said.sent", lang, number=number)
    return Said(number, f"{words} {kept}".strip())


def _told(number: str) -> dict[str, Any] | None:
    """What a receipt stands for; None where there is none of that number."""
    found = _NUMBER.fullmatch(number)
    if not found:
        return None
    told = (queries.draft_save if found[1] else queries.figures_of_batch)(int(found[3]))
    return told if told and f"{told['at'].astimezone(clock.VIETNAM):%Y}" == found[2] else None


def receipt_page(number: str, by: Person, today: date, lang: str) -> ReceiptPage:
    """The page; a receipt of a unit for which the person may not enter is not there (404)."""
    told = _told(number)
    if told is None:
        raise Http404
    unit = _unit(told["unit_id"], told["speaks_of"])
    if unit is None or not queries.may_enter(by, unit, today):
        raise Http404
    query = urlencode({"set": told["set_code"], "day": told["speaks_of"].isoformat()})
    return ReceiptPage(
        frame=ReceiptFrame(),
        number=number,
        sent=not number.startswith("N"),
        unit_name=unit.name,
        unit_code=unit.code,
        by=_name(told["by"]),
        at=told["at"].astimezone(clock.VIETNAM),
        speaks_of=told["speaks_of"],
        indicators=tuple(told["indicators"]),
        to=f"/units/{unit.code}/entry?{query}",
    )


def _unit(unit_id: int, day: date) -> UnitFact | None:
    return territory.by_ids([unit_id], day).get(unit_id)


def _name(code: str) -> str:
    there = accounts.person(code)
    return f"{there.name} ({code})" if there else code
