"""One indicator of one commune: the verdict, its way through time, every line ever recorded, the evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from chungsuc.assessment.rules import FigureFact
from chungsuc.criteria.engine import IndicatorVerdict
from chungsuc.doors.desk.reports.forms import Asked
from chungsuc.doors.desk.reports.pages.evidence import EvidenceLine, Piece, evidence_lines, with_links
from chungsuc.doors.desk.reports.pages.frame import Frame, decimal, entry_address, frame, said_day
from chungsuc.doors.desk.reports.pages.trends import Cell, Plot, Row, TrendFigure
from chungsuc.doors.desk.reports.pages.verdicts import IndicatorRow, Source, indicator_row, recorded, sex, source_of
from chungsuc.kit.catalogue import text
from chungsuc.reports.rules import IndicatorCard


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One recorded line and what it would say alone. `decides` is true for the line that decides the verdict."""

    value: str
    source: Source
    decides: bool
    verdict: str
    why: str


@dataclass(frozen=True)
class IndicatorPage:
    """Everything the template needs."""

    frame: Frame
    code: str
    row: IndicatorRow
    criterion: int
    sources: tuple[tuple[Piece, ...], ...]
    note: str
    trend: TrendFigure | None
    lines: tuple[HistoryLine, ...]
    evidence: tuple[EvidenceLine, ...]
    entry: str


def indicator_page(card: IndicatorCard, asked: Asked, lang: str, *, may_record: bool = False) -> IndicatorPage:
    """The page of one indicator."""
    deciding = next((line for line in card.lines if line.id == card.deciding_id), None)
    above = (card.unit, *card.above)
    owner = card.rules.owners.get(card.indicator.owner) if card.indicator.owner else None
    return IndicatorPage(
        frame=frame(asked, card.made, place="situation", unit=card.unit, lang=lang, above=above),
        code=card.unit.code,
        row=indicator_row(card.verdict, deciding, owner.of(lang) if owner else "", lang),
        criterion=card.indicator.number,
        sources=tuple(with_links(str(one)) for one in card.verdict.provenance["sources"]),  # type: ignore[union-attr]
        note=str(card.verdict.provenance["note"] or "") if lang == "en" else "",
        trend=_trend(card, lang),
        lines=tuple(_line(card, line, judged, lang) for line, judged in zip(card.lines, card.judged, strict=True)),
        evidence=evidence_lines(card.evidence),
        entry=entry_address(asked, card.unit.code, card.indicator.number) if may_record else "",
    )


def _line(card: IndicatorCard, line: FigureFact, judged: IndicatorVerdict, lang: str) -> HistoryLine:
    said = recorded(card.indicator, line, lang)
    why = judged.why(lang)
    return HistoryLine(said, source_of(line, lang), line.id == card.deciding_id, judged.verdict.value, why)


def _trend(card: IndicatorCard, lang: str) -> TrendFigure | None:
    """The value that counted on each day and the threshold of that day; None for words and single days."""
    counted = sorted(_counted(card).items())
    if len(counted) < 2 or card.indicator.kind == "boolean":
        return None
    names = {part.key: part.name.of(lang) for part in card.indicator.parts}
    parts = card.indicator.part_keys or (None,)
    if any(len(one.pieces) != len(parts) for _, one in counted):
        return None
    labels = [names.get(part) or sex(part, lang) if part else "" for part in parts]
    rows = tuple(Row(day, said_day(day, lang), day == card.at, tuple(_cells(one, lang))) for day, one in counted)
    plots = tuple(_plot(place, label, counted, lang) for place, label in enumerate(labels))
    return TrendFigure(tuple(head for label in labels for head in _heads(label, lang)), rows, plots)


def _counted(card: IndicatorCard) -> Mapping[date, IndicatorVerdict]:
    """The verdict by day: the highest level of the day, its newest line."""
    best: dict[date, tuple[tuple[int, object, int], IndicatorVerdict]] = {}
    for line, judged in zip(card.lines, card.judged, strict=True):
        rank = (line.level.rank, line.recorded_at, line.id)
        if line.speaks_of not in best or rank > best[line.speaks_of][0]:
            best[line.speaks_of] = (rank, judged)
    return {day: judged for day, (_, judged) in best.items()}


def _cells(judged: IndicatorVerdict, lang: str) -> Iterable[Cell]:
    """Value and limit of each part, one after the other."""
    for piece in judged.pieces:
        for value in (piece.share.value, piece.leaf.limit if piece.leaf else None):
            rounded = None if value is None else _rounded(value)
            yield Cell(decimal(rounded, lang), "" if rounded is None else f"{rounded:f}")


def _rounded(value: Decimal | bool) -> Decimal:
    return Decimal(value).quantize(Decimal("0.01")).normalize()


def _heads(label: str, lang: str) -> tuple[str, str]:
    start = f"{label}: " if label else ""
    value, limit = text("desk.history.value", lang), text("desk.limit", lang)
    return (start + value.lower(), limit.lower()) if label else (value, limit)


def _plot(place: int, label: str, counted: Sequence[tuple[date, IndicatorVerdict]], lang: str) -> Plot:
    """The value of one part; the script draws the column after it as the threshold."""
    known = [(day, one.pieces[place].share.value) for day, one in counted if one.pieces[place].share.value is not None]
    if not known:
        return Plot(place * 2, "accent", label, label)
    (since, first), (until, last) = known[0], known[-1]
    way = "same" if first == last else "up" if last > first else "down"
    facts = {"since": said_day(since, lang), "until": said_day(until, lang)}
    facts |= {"first": decimal(_rounded(first), lang), "last": decimal(_rounded(last), lang)}
    said = text(f"desk.trend.value.{way}", lang, **facts)
    return Plot(place * 2, "accent", f"{label}: {said}" if label else said, label)
