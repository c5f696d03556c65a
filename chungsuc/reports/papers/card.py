"""A commune's scorecard (PHIẾU ĐÁNH GIÁ): every indicator against what the law asks, and what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from chungsuc.criteria.engine import IndicatorVerdict, Verdict
from chungsuc.kit.catalogue import text
from chungsuc.kit.paper import Block, Box, Column, Heading, Notes, Paper, Paragraph, Row, Run, Section, Table
from chungsuc.recognition.rules import Provenance
from chungsuc.reports.papers.bodies import Issuer, closing, letterhead, said
from chungsuc.reports.papers.values import limits_of, missing_of, value_of
from chungsuc.reports.papers.words import known_day, notices, said_day
from chungsuc.reports.prose import demo_label, unit_name
from chungsuc.reports.rules import Card

MARKS = {"unchecked": "†", "example": "‡"}
OPEN = (Verdict.NOT_MET, Verdict.NEARLY_MET, Verdict.NO_FIGURE)


def card_paper(card: Card, *, made_at: datetime, issuer: Issuer | None = None, lang: str = "vi") -> Paper:
    """The scorecard of one commune on a day under one set."""
    issuer = issuer or Issuer()
    abstract = _abstract(card, lang)
    kind = text("papers.card.kind", lang)
    return Paper(
        lang=lang,
        title=f"{kind}. {' '.join(abstract)}",
        kind=kind,
        abstract=abstract,
        body=(Section(tuple(_blocks(card, made_at, lang))),),
        made_at=made_at,
        author=said(issuer, card.unit, lang),
        letterhead=letterhead(card.unit, card.above[0] if card.above else None, issuer, lang, symbol=""),
        closing=closing(card.unit, issuer, lang),
        notices=notices(card.made, lang),
        subject=_basis(card, made_at, lang),
    )


def _abstract(card: Card, lang: str) -> tuple[str, ...]:
    names = [unit_name(one, lang) for one in (card.unit, *card.above)]
    if lang == "vi":
        names = [one[:1].lower() + one[1:] for one in names]
    day = said_day(card.at, lang)
    return tuple(text(f"papers.card.abstract.{line}", lang, unit=", ".join(names), at=day) for line in (1, 2))


def _basis(card: Card, made_at: datetime, lang: str) -> str:
    known = known_day(card.known, made_at, lang)
    return text("papers.basis", lang, set=card.rules.name.of(lang), at=said_day(card.at, lang), known=known)


def _blocks(card: Card, made_at: datetime, lang: str) -> Iterator[Block]:
    if label := demo_label(card.made, _real_title(card), lang):
        yield Box(label)
    yield from (Paragraph(one) for one in _sentences(card, lang))
    yield Heading(f"I. {text('papers.card.part.results', lang)}")
    yield _results(card, lang)
    lacking = [one for criterion in card.verdict.criteria for one in criterion.indicators if one.verdict in OPEN]
    if lacking:
        yield Heading(f"II. {text('papers.card.part.missing', lang)}")
        yield _missing(card, lacking, lang)
    yield _notes(card, made_at, lang)


def _real_title(card: Card) -> tuple[str, ...]:
    """Its title where that is real, also where the figures are made up."""
    title = card.title
    real = title is not None and title.provenance is Provenance.REAL
    return (f"{title.decision_number} ({title.decision_date.year})",) if real and title else ()


def _sentences(card: Card, lang: str) -> Iterator[tuple[Run, ...]]:
    verdict = card.verdict
    met = text("papers.card.met", lang, met=verdict.met, of=verdict.of)
    title = _title(card, lang)
    yield (Run(met, bold=True), Run(" "), Run(title))
    if card.move and card.before:
        way = "up" if card.move.change > 0 else "down" if card.move.change < 0 else "same"
        facts = {"before": card.move.before, "day": said_day(card.before, lang), "by": abs(card.move.change)}
        yield (Run(text(f"papers.card.moved.{way}", lang, **facts)),)
    if card.summary:
        facts = {"day": said_day(card.summary.day, lang), "met": card.summary.met, "of": verdict.of}
        yield (Run(text("papers.card.summary", lang, **facts)),)


def _title(card: Card, lang: str) -> str:
    if card.title is None:
        return text("papers.card.no_title", lang)
    signed = said_day(card.title.decision_date, lang)
    return text("papers.card.title", lang, year=card.title.year, number=card.title.decision_number, signed=signed)


def _results(card: Card, lang: str) -> Table:
    heads = ("code", "what", "asked", "found", "verdict")
    shares, aligns = (12, 72, 34, 32, 22), ("middle", "start", "start", "start", "middle")
    columns = tuple(
        Column(text(f"papers.card.head.{head}", lang), share, align)
        for head, share, align in zip(heads, shares, aligns, strict=True)
    )
    rows: list[Row] = []
    for criterion in card.verdict.criteria:
        word = text(f"verdict.{criterion.verdict.value}", lang)
        rows.append(Row((str(criterion.number), criterion.name.of(lang), "", "", word), "group"))
        rows += [_indicator(one, lang) for one in criterion.indicators]
    return Table(columns, tuple(rows), "", 11, alt=text("papers.card.part.results", lang))


def _indicator(one: IndicatorVerdict, lang: str) -> Row:
    asked = (Run(limits_of(one, lang)), *(Run(mark, raised=True) for mark in _marks(one)))
    word = text(f"verdict.{one.verdict.value}", lang)
    return Row((one.code, one.ruling.indicator.name.of(lang), asked, value_of(one, lang), word))


def _marks(one: IndicatorVerdict) -> tuple[str, ...]:
    """The marks of a threshold that was not read at a source, or is an example."""
    if one.provenance["example"]:
        return (MARKS["example"],)
    return () if one.ruling.checked else (MARKS["unchecked"],)


def _missing(card: Card, lacking: list[IndicatorVerdict], lang: str) -> Table:
    columns = (
        Column(text("papers.card.head.code", lang), 12, "middle"),
        Column(text("papers.card.head.indicator", lang), 62),
        Column(text("papers.card.head.missing", lang), 56),
        Column(text("papers.card.head.owner", lang), 42),
    )
    rows = tuple(
        Row((one.code, one.ruling.indicator.short.of(lang), missing_of(one, lang), _owner(card, one, lang)))
        for one in lacking
    )
    return Table(columns, rows, "", 11, alt=text("papers.card.part.missing", lang))


def _owner(card: Card, one: IndicatorVerdict, lang: str) -> str:
    owner = one.ruling.indicator.owner
    return card.rules.owners[owner].of(lang) if owner and owner in card.rules.owners else ""


def _notes(card: Card, made_at: datetime, lang: str) -> Notes:
    used = {mark for line in card.verdict.criteria for one in line.indicators for mark in _marks(one)}
    marked = [(mark, text(f"papers.card.mark.{name}", lang)) for name, mark in MARKS.items() if mark in used]
    return Notes(
        (*marked, ("", _basis(card, made_at, lang)), ("", text("papers.card.counts", lang))), text("papers.notes", lang)
    )
