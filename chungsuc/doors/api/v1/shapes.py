"""What goes out, as schemas. Shares are in percent; days ISO; moments with their zone."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

LevelName = Literal["self", "verified", "appraised"]
VerdictName = Literal["met", "nearly_met", "not_met", "not_applicable", "no_figure", "no_threshold"]
KindName = Literal["province", "city", "district", "commune", "township", "ward", "village"]
Amount = int | float
Judged = bool | Amount | dict[str, bool | Amount | None] | None


class Problem(BaseModel):
    """One problem: a code that never changes, its facts, the sentence, how to mend it."""

    code: str
    facts: dict[str, Any]
    text: str
    mend: str | None


class Problems(BaseModel):
    """Why the request was refused. Nothing has been written."""

    accepted: Literal[False]
    problems: list[Problem]


class Words(BaseModel):
    """The same words in Vietnamese and English."""

    vi: str
    en: str


class Unit(BaseModel):
    """A unit as it stands on the day; `valid_to` is the first day on which this no longer holds."""

    id: int
    code: str
    name: str
    short_name: str
    kind: KindName
    parent_code: str | None
    parent_name: str | None
    region: str | None
    classes: dict[str, str]
    valid_from: date | None
    valid_to: date | None


class UnitPage(BaseModel):
    """Units by code; `next` is the address of the next page."""

    at: date
    items: list[Unit]
    next: str | None


class Hit(BaseModel):
    """A unit found by name or code, and the days on which it bore that name."""

    id: int
    code: str
    name: str
    kind: KindName
    parent_code: str | None
    parent_name: str | None
    valid_from: date | None
    valid_to: date | None
    matched: str


class Hits(BaseModel):
    """The nearest hits first, at most 100."""

    items: list[Hit]


class Step(BaseModel):
    """What one unit became by one act."""

    from_code: str
    from_name: str
    to_code: str | None
    to_name: str | None
    effective: date
    change: str
    part: bool
    act: str


class Lineage(BaseModel):
    """Where a unit came from, what it became, and where it all is today."""

    unit: Unit
    predecessors: list[Step]
    successors: list[Step]
    in_force_today: list[Unit]
    ended: date | None


class SetLine(BaseModel):
    """A criteria set in the list."""

    code: str
    name: Words
    citation: Words
    kind_of_unit: str
    in_force_from: date
    in_force_to: date | None
    judges: bool
    incomplete: Words | None
    criteria: int
    indicators: int
    replaced_by: str | None
    version: str


class Sets(BaseModel):
    """Every criteria set, oldest first."""

    items: list[SetLine]


class PlacedCriterion(BaseModel):
    """A criterion with its indicators and their rules in this place."""

    number: int
    names: Words
    indicators: list[dict[str, Any]]


class PlacedSet(BaseModel):
    """A criteria set as it holds in one place: thresholds resolved, with article and provenance mark."""

    version: str
    format: int
    set: str
    names: Words
    set_aside_counts: bool
    context: dict[str, Any]
    criteria: list[PlacedCriterion]
    phrases: dict[str, Words]


class FigureOut(BaseModel):
    """One recorded figure. A boolean indicator has `true` or `false`; a share is in percent."""

    id: int
    indicator: str
    speaks_of: date
    level: LevelName
    value: bool | Amount | None
    num: Amount | None
    den: Amount | None
    parts: dict[str, Any]
    not_applicable: str | None
    nearly_met: str | None
    note: str | None
    source: str
    author: str
    reason: str | None
    supersedes: int | None
    recorded_at: datetime


class FiguresOf(BaseModel):
    """The figure of each indicator that counts for a unit on the day."""

    unit: str
    set: str
    at: date
    known: date | None
    figures: list[FigureOut]


class UnitFigures(FiguresOf):
    """The same; `data` says whether this installation's figures are made up (`demo`)."""

    data: str


class FiguresPage(BaseModel):
    """As `UnitFigures` for many communes, by code."""

    set: str
    at: date
    known: date | None
    data: str
    items: list[FiguresOf]
    next: str | None


class HistoryPage(BaseModel):
    """Every line ever recorded of one indicator of one unit, the newest first."""

    unit: str
    set: str
    indicator: str
    items: list[FigureOut]
    next: str | None


class IndicatorOut(BaseModel):
    """One indicator judged, against what, by which article, and why."""

    code: str
    verdict: VerdictName
    value: Judged
    threshold: Judged
    margin: Judged
    article: str
    mark: str | None
    why: str


class CriterionOut(BaseModel):
    """One criterion judged; `indicators` is empty where only a summary matrix speaks."""

    number: int
    name: str
    verdict: VerdictName
    indicators: list[IndicatorOut]


class VerdictOut(BaseModel):
    """The explained verdict on one commune."""

    unit: str
    set: str
    at: date
    known: date | None
    data: str
    basis: Literal["figures", "marks"]
    set_version: str
    met: int
    of: int
    criteria: list[CriterionOut]


class VerdictLine(BaseModel):
    """The verdict on a commune by criterion number."""

    unit: str
    name: str
    parent_code: str | None
    basis: Literal["figures", "marks"]
    met: int
    of: int
    criteria: dict[str, VerdictName]


class VerdictPage(BaseModel):
    """Verdicts on many communes, by code."""

    set: str
    at: date
    known: date | None
    data: str
    items: list[VerdictLine]
    next: str | None


class SituationOut(BaseModel):
    """Where a unit stands; every field is explained in docs/guides/situation.md."""

    model_config = ConfigDict(extra="allow")

    at: date
    known: str | None
    unit: str
    unit_name: str
    set: str
    communes: int
    without_figures: int
    recognised: int
    recognised_in_year: int
    total_met: int
    mean_met: float | None
    below_10: int
    below_10_percent: float | None
    bands: dict[str, Any]
    by_criterion: list[dict[str, Any]]
    by_district: list[dict[str, Any]]
    data: str
    of: int
    notes: list[dict[str, Any]]
    footnotes: list[dict[str, Any]]


class TitleOut(BaseModel):
    """A title that counts on the day: its holder, and the unit to which it was given."""

    id: int
    kind: str
    set_code: str
    year: int
    decision_number: str
    decision_date: date
    authority: str
    provenance: Literal["real", "demo"]
    status: str
    unit_code: str
    unit_name: str
    parent_code: str | None
    given_code: str
    given_name: str


class TitlePage(BaseModel):
    """Titles by their holder's code."""

    at: date
    known: date | None
    items: list[TitleOut]
    next: str | None


class ReceiptOut(BaseModel):
    """What was done. The same `Idempotency-Key` gives the same receipt again."""

    accepted: Literal[True]
    batch: int | None
    recorded: int
    unchanged: int
    changed: int
    units: list[str]
    verdicts: int
    figures: dict[str, int]
