"""A criteria set in ready words: thresholds of one region, each with its provenance."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from urllib.parse import urlencode

from chungsuc.criteria.engine import CriteriaSet, Criterion, Indicator
from chungsuc.criteria.engine.sentences import amount, with_unit
from chungsuc.criteria.engine.sets import ByClass, ByYear
from chungsuc.criteria.queries import SetSummary
from chungsuc.doors.desk.reports.pages.evidence import Piece, with_links
from chungsuc.kit.catalogue import text
from chungsuc.kit.errors import Reason, Refused
from chungsuc.reports.rules import Made

DEFAULT_REGION = "tdmnpb"


@dataclass(frozen=True, slots=True)
class SetLine:
    """One set in the list."""

    code: str
    name: str
    begins: date | None
    ends: date | None
    judges: bool
    criteria: int
    indicators: int


@dataclass(frozen=True, slots=True)
class Frame:
    """The frame of the pages about criteria: they depend on no date."""

    demo: bool
    place: str = "criteria"
    query: str = ""


@dataclass(frozen=True)
class SetsPage:
    """Everything the list needs."""

    frame: Frame
    lines: tuple[SetLine, ...]


@dataclass(frozen=True, slots=True)
class IndicatorLine:
    """One indicator: names, threshold in the region, how well the value is known."""

    code: str
    short: str
    name: str
    threshold: str
    checked: bool
    status: str
    owner: str
    by_province: bool
    note: str

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The note with its addresses as links."""
        return with_links(self.note)


@dataclass(frozen=True, slots=True)
class CriterionGroup:
    """One criterion with its indicators; `group` is set on the first criterion of a group."""

    number: int
    name: str
    group: str
    lines: tuple[IndicatorLine, ...]


@dataclass(frozen=True)
class SetPage:
    """Everything the page of one set needs."""

    frame: Frame
    code: str
    name: str
    citation: str
    begins: date | None
    ends: date | None
    judges: bool
    incomplete: str
    region: str
    region_name: str
    regions: tuple[tuple[str, str], ...]
    groups: tuple[CriterionGroup, ...]
    indicators: int
    unchecked: int
    download: str


def sets_page(found: Iterable[SetSummary], made: Made, lang: str) -> SetsPage:
    """The list of sets."""
    return SetsPage(
        Frame(made is Made.DEMO),
        tuple(
            SetLine(
                one.code, one.name.of(lang), one.in_force[0], one.in_force[1], one.judges, one.criteria, one.indicators
            )
            for one in found
        ),
    )


def region_of(found: CriteriaSet, region: str) -> str:
    """The region asked for; "" asks for the default of the set, which may have none. `Refused` for an unknown one."""
    if region and region not in found.regions:
        raise Refused(Reason("desk.criteria.bad_region", region=region[:40]))
    return region or (DEFAULT_REGION if DEFAULT_REGION in found.regions else "")


def set_page(found: CriteriaSet, chosen: str, made: Made, lang: str) -> SetPage:
    """One set, with the thresholds of the region `chosen` ("": of a set without regions)."""
    groups = tuple(_groups(found, chosen, lang))
    lines = [line for group in groups for line in group.lines]
    return SetPage(
        frame=Frame(made is Made.DEMO),
        code=found.code,
        name=found.name.of(lang),
        citation=found.citation.of(lang),
        begins=found.in_force[0],
        ends=found.in_force[1],
        judges=found.judges,
        incomplete=found.incomplete.of(lang) if found.incomplete else "",
        region=chosen,
        region_name=found.regions[chosen].of(lang) if chosen else "",
        regions=tuple((key, words.of(lang)) for key, words in found.regions.items()),
        groups=groups,
        indicators=len(lines),
        unchecked=sum(not line.checked for line in lines),
        download=urlencode({"set": found.code, "region": chosen}),
    )


def _groups(found: CriteriaSet, region: str, lang: str) -> Iterable[CriterionGroup]:
    last = None
    for criterion in found.criteria:
        yield CriterionGroup(
            criterion.number,
            criterion.name.of(lang),
            found.groups[criterion.group].of(lang)
            if criterion.group != last and criterion.group in found.groups
            else "",
            _lines(found, criterion, region, lang),
        )
        last = criterion.group


def _lines(found: CriteriaSet, criterion: Criterion, region: str, lang: str) -> tuple[IndicatorLine, ...]:
    return tuple(
        IndicatorLine(
            code=one.code,
            short=one.short.of(lang),
            name=one.name.of(lang),
            threshold=threshold(one, region, lang),
            checked=one.provenance.checked(region),
            status=text(f"provenance.{one.provenance.status}", lang),
            owner=found.owners[one.owner].of(lang) if one.owner in found.owners else "",
            by_province=one.set_by == "province",
            note=(one.provenance.note or "") if lang == "en" else "",  # notes of the law files are in English
        )
        for one in criterion.indicators
    )


def threshold(indicator: Indicator, region: str, lang: str) -> str:
    """What the law asks in the region, in words; a dash where nothing is known."""
    if indicator.parts:
        pieces = [
            (part.name.of(lang), part.thresholds.get(region, part.thresholds.get("all"))) for part in indicator.parts
        ]
        return "; ".join(f"{name} {_cell(indicator, cell, lang)}" for name, cell in pieces)
    return _cell(indicator, indicator.thresholds.get(region, indicator.thresholds.get("all")), lang)


def _cell(indicator: Indicator, cell: object, lang: str) -> str:
    if isinstance(cell, ByYear):
        return "; ".join(f"{year}: {_cell(indicator, inner, lang)}" for year, inner in cell.steps)
    if isinstance(cell, ByClass):
        return "; ".join(f"{value}: {_cell(indicator, inner, lang)}" for value, inner in cell.values.items())
    if isinstance(cell, bool):
        return text("verdict.met", lang)
    if cell is None:
        return "–"
    sign = "≤" if indicator.better == "lower" else "≥"
    return f"{sign} {with_unit(indicator, amount(Decimal(cell), lang), lang)}"
