"""A criteria set as frozen data: criteria, indicators, thresholds by place and year, provenance.

Built by `criteria.reader` from YAML; no number of a decree stands in Python.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from chungsuc.criteria.engine.figures import Context
from chungsuc.criteria.engine.nodes import SEXES

Value = Decimal | bool


class Words(NamedTuple):
    """The same words in Vietnamese and English."""

    vi: str
    en: str

    def of(self, lang: str) -> str:
        """The words in one language ("vi" or "en")."""
        return self.vi if lang == "vi" else self.en


class Kind(StrEnum):
    """What a figure of an indicator is."""

    BOOLEAN = "boolean"
    PERCENT = "percent"
    NUMBER = "number"
    COUNT = "count"
    RATIO = "ratio"


class SetAside(StrEnum):
    """Whether "không xét" is foreseen by the wording, possible by a provincial decision, or never."""

    FORESEEN = "foreseen"
    BY_DECISION = "by_decision"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a value comes from. `seen` names the columns that were read at the source when `partial`."""

    status: str
    confidence: str | None = None
    sources: tuple[str, ...] = ()
    note: str | None = None
    seen: tuple[str, ...] = ()
    other_regions: str | None = None
    example: bool = False

    def checked(self, column: str) -> bool:
        """Whether the value in this column was read at a source."""
        return not self.example and (self.status == "verified" or (self.status == "partial" and column in self.seen))


@dataclass(frozen=True, slots=True)
class ByYear:
    """A value that rises with the year: the entry of the latest year not after the judgement's."""

    steps: tuple[tuple[int, Cell], ...]


@dataclass(frozen=True, slots=True)
class ByClass:
    """A value for each area class or commune group of one scheme."""

    scheme: str
    values: Mapping[str, Cell]


Cell = Decimal | bool | ByYear | ByClass


def pick(cell: Cell | None, context: Context) -> tuple[Value | None, tuple[str, ...]]:
    """The value that holds in this context, and the classes on the way to it (for the sentence)."""
    if isinstance(cell, ByYear):
        reached = [inner for year, inner in cell.steps if year <= context.year]
        return pick(reached[-1], context) if reached else (None, ())
    if isinstance(cell, ByClass):
        mine = context.classes.get(cell.scheme)
        value, trail = pick(cell.values.get(mine) if mine else None, context)
        return value, ((f"{cell.scheme}:{mine}",) if mine else ()) + trail
    return cell, ()


def scalars(cell: Cell | None) -> tuple[Value, ...]:
    """Every value that a cell can give."""
    if isinstance(cell, ByYear):
        return tuple(value for _, inner in cell.steps for value in scalars(inner))
    if isinstance(cell, ByClass):
        return tuple(value for inner in cell.values.values() for value in scalars(inner))
    return () if cell is None else (cell,)


@dataclass(frozen=True, slots=True)
class Part:
    """One of the shares of a compound indicator: its key in figures, its code in the law."""

    key: str
    name: Words
    thresholds: Mapping[str, Cell]
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Counted:
    """What a share counts: households, villages; `whole` is False for what is measured (km, ha)."""

    name: Words
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Fill:
    """What a provincial overlay puts in the place of a national value."""

    cells: Mapping[str, Cell]
    provenance: Provenance
    citation: Words
    overlay: str


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator of the law. `thresholds` are keyed by region (also "national", to look at only)."""

    code: str
    number: int
    name: Words
    short: Words
    kind: Kind
    provenance: Provenance
    name_provenance: Provenance
    thresholds: Mapping[str, Cell] = field(default_factory=dict)
    unit: Words | None = None
    better: str = "higher"
    counted: Counted | None = None
    counts_required: bool = False
    at_most: Decimal | None = None
    owner: str | None = None
    set_by: str = "national"
    may_tighten: bool = False
    set_aside: SetAside = SetAside.BY_DECISION
    conditional: Words | None = None
    both_sexes: bool = False
    parts: tuple[Part, ...] = ()
    guidance: str | None = None
    article: str | None = None
    fill: Fill | None = None

    @property
    def part_keys(self) -> tuple[str, ...]:
        """Names of the parts a figure must have; empty for a plain indicator."""
        return tuple(part.key for part in self.parts) or (SEXES if self.both_sexes else ())


class Leaf(NamedTuple):
    """One column of figures: an indicator, or one part of it."""

    indicator: str
    part: str | None


@dataclass(frozen=True, slots=True)
class Criterion:
    """A criterion: met when all its applicable indicators are."""

    number: int
    name: Words
    group: str
    indicators: tuple[Indicator, ...]
    name_provenance: Provenance


@dataclass(frozen=True, slots=True)
class Document:
    """A legal document behind a set."""

    document: str
    issued: date | None
    provenance: Provenance
    replaces: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Guidance:
    """A document that says how indicators are measured; `indicators` None: all of the set."""

    document: str
    issued: date | None
    indicators: tuple[str, ...] | None
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class SpecialRule:
    """Communes of a class that are judged by another region's column."""

    scheme: str
    value: str
    region: str
    text: Words
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class ClassScheme:
    """An area classification on which thresholds may depend, and its values."""

    name: Words
    values: Mapping[str, Words]


@dataclass(frozen=True)
class CriteriaSet:
    """A legal set for one kind of unit and period, with a provincial overlay applied or not.

    `version` is a short hash of the files it came from: it goes into every trace. Half-open dates.
    `judges_from` is the first day of which a figure may speak: the day in force, or earlier where the
    set itself gives values for years before its signing.
    """

    code: str
    name: Words
    citation: Words
    kind_of_unit: str
    period: tuple[date, date]
    in_force: tuple[date, date | None]
    judges_from: date
    judges: bool
    incomplete: Words | None
    criteria: tuple[Criterion, ...]
    groups: Mapping[str, Words]
    regions: Mapping[str, Words]
    legal_basis: tuple[Document, ...]
    amendments: tuple[Document, ...] = ()
    guidance: tuple[Guidance, ...] = ()
    special_rules: tuple[SpecialRule, ...] = ()
    classes: Mapping[str, ClassScheme] = field(default_factory=dict)
    owners: Mapping[str, Words] = field(default_factory=dict)
    owners_provenance: Provenance | None = None
    set_aside_counts: bool = True
    set_aside_provenance: Provenance | None = None
    totals: tuple[int, int] | None = None
    replaced_by: str | None = None
    overlay: str | None = None
    overlay_example: bool = False
    version: str = ""

    @cached_property
    def indicators(self) -> tuple[Indicator, ...]:
        """All indicators in the order of the law."""
        return tuple(indicator for criterion in self.criteria for indicator in criterion.indicators)

    @cached_property
    def by_code(self) -> Mapping[str, Indicator]:
        """Indicators by code."""
        return {indicator.code: indicator for indicator in self.indicators}

    @cached_property
    def leaves(self) -> tuple[Leaf, ...]:
        """The columns of a table of figures, in order: one per indicator, one per part of a compound."""
        return tuple(
            Leaf(indicator.code, part) for indicator in self.indicators for part in indicator.part_keys or (None,)
        )

    def column_region(self, context: Context) -> str:
        """The region whose column holds: the unit's own, or another by a special rule."""
        for rule in self.special_rules:
            if context.classes.get(rule.scheme) == rule.value:
                return rule.region
        return context.region
