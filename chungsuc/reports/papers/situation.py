"""The situation report (BÁO CÁO): opening paragraph, tables, chart, map, notes; the matrix as its annex."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from chungsuc.kit.catalogue import text
from chungsuc.kit.paper import Annex, Block, Box, Figure, Heading, Paper, Paragraph, Run, Section
from chungsuc.reports import prose
from chungsuc.reports.papers import tables
from chungsuc.reports.papers.bodies import OPEN, OPEN_DAY, Issuer, closing, letterhead, said, symbol_of
from chungsuc.reports.papers.drawings import criteria_chart, map_drawing
from chungsuc.reports.papers.matrix import matrix_section
from chungsuc.reports.papers.words import ROMAN, known_day, notes_of, notices, said_day, warning
from chungsuc.reports.rules import Report, Situation

SYMBOL = "BC"


def situation_paper(report: Report, *, made_at: datetime, issuer: Issuer | None = None, lang: str = "vi") -> Paper:
    """The report of a unit on a day. In English it is a translation that nobody signs, and says so on every page."""
    issuer = issuer or Issuer()
    found = report.situation
    above = report.ground.above[0] if report.ground.above else None
    programme = _programme(found, lang)
    return Paper(
        lang=lang,
        title=f"{text('papers.situation.kind', lang)}. {' '.join(programme)}",
        kind=text("papers.situation.kind", lang),
        abstract=programme,
        body=(Section(tuple(_blocks(report, made_at, lang))),),
        made_at=made_at,
        author=said(issuer, found.unit, lang),
        letterhead=letterhead(found.unit, above, issuer, lang, symbol=SYMBOL),
        closing=closing(found.unit, issuer, lang),
        annexes=_annexes(report, issuer, lang),
        notices=notices(found.made, lang),
        subject=_basis(found, made_at, lang),
    )


def _programme(found: Situation, lang: str) -> tuple[str, ...]:
    name, by = prose.unit_name(found.unit, lang), prose.by_day(found.at, lang)
    by = by[:1].lower() + by[1:]
    name = name[:1].lower() + name[1:] if lang == "vi" else name
    return tuple(text(f"papers.situation.abstract.{line}", lang, unit=name, by=by) for line in (1, 2))


def _basis(found: Situation, made_at: datetime, lang: str) -> str:
    known = known_day(found.known, made_at, lang)
    return text("papers.basis", lang, set=found.set_title(lang), at=said_day(found.at, lang), known=known)


def _blocks(report: Report, made_at: datetime, lang: str) -> Iterator[Block]:
    found = report.situation
    if label := warning(found, lang):
        yield Box(label)
    marks = ",".join(str(place) for place, _ in enumerate(found.footnotes, 1))
    opening = prose.opening(found, report.before, lang)
    yield Paragraph((Run(opening), Run(marks, raised=True)) if marks else opening)
    yield from _numbered(report, lang)
    yield notes_of(found, lang, _basis(found, made_at, lang), _map_note(found, lang))
    yield Paragraph(text("papers.situation.end", lang))


def _numbered(report: Report, lang: str) -> Iterator[Block]:
    """The numbered parts; what the data do not carry is left out and the numbers close up."""
    found, before = report.situation, report.before
    if not found.communes:
        return
    numbers, captions, figures = iter(ROMAN), _count("papers.table", lang), _count("papers.figure", lang)
    yield Heading(f"{next(numbers)}. {text('papers.part.whole', lang)}")
    yield tables.headline(found, before, lang, captions("papers.caption.headline"))
    if not prose.has_figures(found):
        return
    yield tables.bands(found, lang, captions("papers.caption.bands"))
    if found.communes > 1:
        yield Figure(map_drawing(report.ground, lang), figures("papers.caption.map"))
    if found.by_district:
        yield Heading(f"{next(numbers)}. {text('papers.part.districts', lang)}")
        yield tables.districts(found, lang, captions("papers.caption.districts"))
    yield Heading(f"{next(numbers)}. {text('papers.part.criteria', lang)}")
    yield Figure(criteria_chart(found, lang), figures("papers.caption.chart"))
    yield tables.criteria(found, before, lang, captions("papers.caption.criteria"))


def _count(key: str, lang: str) -> Callable[[str], str]:
    number = iter(range(1, 100))

    def caption(words: str) -> str:
        return text(key, lang, number=next(number), words=text(words, lang))

    return caption


def _map_note(found: Situation, lang: str) -> str:
    return text("papers.map.note", lang) if prose.has_figures(found) and found.communes > 1 else ""


def _annexes(report: Report, issuer: Issuer, lang: str) -> tuple[Annex, ...]:
    if not prose.has_figures(report.situation):
        return ()
    sign = symbol_of(issuer, SYMBOL, lang)
    unit = report.situation.unit
    belongs = text("papers.belongs", lang, room=OPEN, day=OPEN_DAY, sign=sign, body=said(issuer, unit, lang))
    return (
        Annex(
            text("papers.annex", lang), text("papers.matrix.title", lang), belongs, matrix_section(report.ground, lang)
        ),
    )
