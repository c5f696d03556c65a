"""One indicator of one commune: the verdict, every line ever recorded, the evidence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from chungsuc.doors.desk.reports.forms import Asked
from chungsuc.doors.desk.reports.pages.frame import Frame, frame
from chungsuc.doors.desk.reports.pages.verdicts import IndicatorRow, Source, indicator_row, recorded, source_of
from chungsuc.reports.rules import IndicatorCard


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One recorded line. `counts` is true for the line that decides the verdict."""

    value: str
    source: Source
    decides: bool


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """One kept file, to download."""

    number: int
    name: str
    size_kb: int
    speaks_of: date
    taken_at: datetime | None
    where: str


@dataclass(frozen=True)
class IndicatorPage:
    """Everything the template needs."""

    frame: Frame
    code: str
    row: IndicatorRow
    guidance: str
    sources: tuple[str, ...]
    note: str
    lines: tuple[HistoryLine, ...]
    evidence: tuple[EvidenceLine, ...]


def indicator_page(card: IndicatorCard, asked: Asked, lang: str) -> IndicatorPage:
    """The page of one indicator."""
    deciding = next((line for line in card.lines if line.id == card.deciding_id), None)
    above = (card.unit, *card.above)
    return IndicatorPage(
        frame=frame(asked, card.made, place="situation", unit=card.unit, lang=lang, above=above),
        code=card.unit.code,
        row=indicator_row(card.verdict, deciding, "", lang),
        guidance=card.indicator.guidance or "",
        sources=tuple(str(one) for one in card.verdict.provenance["sources"]),
        note=str(card.verdict.provenance["note"] or "") if lang == "en" else "",
        lines=tuple(
            HistoryLine(recorded(card.indicator, line, lang), source_of(line, lang), line.id == card.deciding_id)
            for line in card.lines
        ),
        evidence=tuple(
            EvidenceLine(
                one.id,
                one.name,
                max(one.size // 1024, 1),
                one.speaks_of,
                one.taken_at,
                f"{one.taken_where[0]:.5f}, {one.taken_where[1]:.5f}" if one.taken_where else "",
            )
            for one in card.evidence
        ),
    )
