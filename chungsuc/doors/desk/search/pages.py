"""What the search shows: hits in ready words, each with the address it leads to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import quote, urlencode

from chungsuc.kit.catalogue import text
from chungsuc.kit.vietnamese import day as written
from chungsuc.reports.rules.searching import DocumentHit, Hits, RuleHit, UnitHit

SUGGESTED = 8


@dataclass(frozen=True, slots=True)
class Hit:
    """One hit: its kind in words, its name, what more to know, where it leads."""

    kind: str
    name: str
    more: str
    to: str


@dataclass(frozen=True, slots=True)
class Section:
    """The hits of one kind."""

    name: str
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class SearchFrame:
    """The question as it is carried to the next page."""

    query: str
    place: str = "search"
    demo: bool = False


@dataclass(frozen=True)
class SearchPage:
    """Everything the template needs."""

    frame: SearchFrame
    text: str
    asked: bool
    count: int
    sections: tuple[Section, ...]


def search_page(found: Hits, day: date, parameters: Mapping[str, str], lang: str) -> SearchPage:
    """The page of one search; the day, where one was asked, is carried on."""
    carried = {name: parameters[name] for name in ("at", "known", "set") if parameters.get(name)}
    sections = (
        Section(text("desk.search.units", lang), tuple(_unit(hit, lang, carried) for hit in found.units)),
        Section(text("desk.search.rules", lang), tuple(_rule(hit, lang) for hit in found.rules)),
        Section(text("desk.search.documents", lang), tuple(_document(hit, lang) for hit in found.documents)),
    )
    return SearchPage(
        frame=SearchFrame(urlencode(carried)),
        text=found.text,
        asked=bool(found.text),
        count=found.count,
        sections=tuple(one for one in sections if one.hits),
    )


def suggestions(found: Hits, lang: str) -> list[dict[str, str]]:
    """The first hits as plain values: units first, at least two places for rules and documents."""
    units = [_unit(hit, lang, {}) for hit in found.units]
    rules = [_rule(hit, lang) for hit in found.rules]
    documents = [_document(hit, lang) for hit in found.documents]
    others = [*rules[:3], *documents[:2]]
    chosen = [*units[: SUGGESTED - min(len(others), 3)], *others][:SUGGESTED]
    return [{"kind": one.kind, "name": one.name, "more": one.more, "to": one.to} for one in chosen]


def _unit(hit: UnitHit, lang: str, carried: Mapping[str, str]) -> Hit:
    more = [hit.parent_name] if hit.parent_name else []
    if hit.matched != hit.name:
        more.append(text("desk.search.also", lang, name=hit.matched))
    if not hit.in_force:
        last = written(hit.until - timedelta(days=1)) if hit.until else written(hit.day)
        more.append(text("desk.search.until", lang, day=last))
    more.append(hit.code)
    question = dict(carried) if hit.in_force else {"at": hit.day.isoformat()}
    address = f"/units/{quote(hit.code)}" + (f"?{urlencode(question)}" if question else "")
    return Hit(text("desk.search.unit", lang), hit.name, " · ".join(more), address)


def _rule(hit: RuleHit, lang: str) -> Hit:
    english = lang == "en"
    name = hit.name_en if english and hit.name_en else hit.name
    key = "desk.search.indicator" if hit.indicator else "desk.search.criterion"
    to = f"/criteria/{quote(hit.set_code)}/criteria/{hit.criterion}"
    said = f"{hit.indicator} {name}" if hit.indicator else f"{hit.criterion}. {name}"
    return Hit(text(key, lang), said, hit.set_name_en if english else hit.set_name, to)


def _document(hit: DocumentHit, lang: str) -> Hit:
    more = [hit.about] if hit.about else []
    if hit.dated:
        more.append(written(hit.dated))
    if hit.kind == "set":
        to = f"/criteria/{quote(hit.set_code)}"
    elif hit.kind == "title" and hit.day:
        to = f"/units/{quote(hit.unit_code)}?{urlencode({'at': hit.day.isoformat()})}"
    else:
        to = f"/search?{urlencode({'q': hit.number})}"
    return Hit(text(f"desk.search.document.{hit.kind}", lang), hit.number, " · ".join(more), to)
