"""Figures and days as papers write them, and the notices at the foot of every page."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from chungsuc.kit.catalogue import say, text
from chungsuc.kit.clock import VIETNAM
from chungsuc.kit.paper import Notes
from chungsuc.kit.vietnamese import day, number
from chungsuc.reports.prose import demo_label
from chungsuc.reports.rules import Ground, Made, Situation

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII")


def decimal(value: Decimal | int | None, lang: str, places: int | None = None) -> str:
    """`10,62`, in English `10.62`; a dash where there is none."""
    if value is None:
        return "–"
    said = number(value, places)
    return said if lang == "vi" else said.translate(str.maketrans(",.", ".,"))


def signed(value: Decimal | int | None, lang: str, places: int | None = None) -> str:
    """A change with its sign: `+0,95`, `−3`, `0`."""
    if value is None:
        return "–"
    return ("+" if value > 0 else "−" if value < 0 else "") + decimal(abs(value), lang, places)


def share(value: Decimal | None, lang: str) -> str:
    """`48,6%` of a percentage with one decimal."""
    return "–" if value is None else decimal(value, lang, 1) + "%"


def said_day(value: date, lang: str) -> str:
    """`31/12/2019`, in English `31 December 2019`."""
    return day(value) if lang == "vi" else f"{value.day} {value:%B %Y}"


def short_day(value: date, lang: str) -> str:
    """`31/12/2019`, in English `31 Dec 2019`: for heads of columns."""
    return day(value) if lang == "vi" else f"{value.day} {value:%b %Y}"


def known_day(known: datetime | None, made_at: datetime, lang: str) -> str:
    """Until when what was recorded is in the paper: the day asked for, else the day it was made."""
    return said_day((known or made_at).astimezone(VIETNAM).date(), lang)


def notices(made: Made, lang: str) -> tuple[str, ...]:
    """What stands at the foot of every page."""
    demo = [text("papers.demo", lang)] if made is Made.DEMO else []
    return (*demo, *([text("papers.translation", lang)] if lang != "vi" else []))


def warning(found: Situation | Ground, lang: str) -> str:
    """The whole warning above made-up data; "" where nothing is made up."""
    return demo_label(found.made, found.real_titles, lang)


def notes_of(found: Situation, lang: str, *more: str) -> Notes:
    """Footnotes by their marks, then what a reader must know."""
    marked = [(str(place), note[lang]) for place, note in enumerate(found.footnotes, 1)]
    plain = [("", say(note, lang)) for note in found.notes] + [("", one) for one in more if one]
    return Notes((*marked, *plain), text("papers.notes", lang))
