"""What goes in (entries, rows, grids, marks) and what queries give (facts, tables). Plain frozen data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

import numpy as np

from chungsuc.assessment.rules.levels import Level
from chungsuc.criteria.engine import Share
from chungsuc.kit.errors import Reason, reasons


class BatchKind(StrEnum):
    """By which way the figures of one act came in."""

    ENTRY = "entry"
    WORKBOOK = "workbook"
    MATRIX = "matrix"
    CSV = "csv"
    HISTORY = "history"


@dataclass(frozen=True, slots=True)
class FigureEntry:
    """What a person puts in for one indicator.

    `value`: Decimal, or bool for a boolean indicator. `num`/`den`: the counts behind a share.
    `parts`: named part -> value, or `Share` with its counts, for compound indicators
    ({"hygienic": 91, "clean": 52}). Where counts are given they decide and `value` may be left out.
    `not_applicable`, `nearly_met`: a human's reason. `source` overrides the batch's source.
    """

    value: Decimal | bool | None = None
    num: Decimal | None = None
    den: Decimal | None = None
    parts: Mapping[str, Decimal | Share] = field(default_factory=dict)
    not_applicable: str | None = None
    nearly_met: str | None = None
    note: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One figure of a long list (CSV, history): the entry, where and when it belongs.

    `recorded_at` and `author` are only for history: when and by whom it was recorded then.
    `line` is the line in the file, for messages. `reason`: why an earlier figure is changed.
    """

    unit_id: int
    speaks_of: date
    level: Level
    indicator: str
    entry: FigureEntry
    recorded_at: datetime | None = None
    author: str | None = None
    reason: str | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True)
class FigureGrid:
    """Figures of many units on one date and level, column by column, for bulk loading.

    `values[n, leaves]` float64, NaN where there is no figure, columns in the order of the criteria
    set's `leaves`. `num`, `den` (same shape or None) are counts behind shares. `not_applicable` maps
    (row, indicator code) to the reason; `nearly_met` and `notes` likewise.
    """

    unit_ids: np.ndarray
    speaks_of: date
    level: Level
    values: np.ndarray
    num: np.ndarray | None = None
    den: np.ndarray | None = None
    not_applicable: Mapping[tuple[int, str], str] = field(default_factory=dict)
    nearly_met: Mapping[tuple[int, str], str] = field(default_factory=dict)
    notes: Mapping[tuple[int, str], str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MarkRow:
    """What a summary matrix says of one unit: the criteria met, or only how many.

    `met`: criterion number -> met or not; empty when the matrix carries a whole count only (`count`).
    """

    unit_id: int
    met: Mapping[int, bool] = field(default_factory=dict)
    count: int | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """What an act of recording did: its batch, lines written, lines left because nothing changed."""

    batch_id: int | None
    recorded: int
    unchanged: int
    changed: int
    units: tuple[int, ...]
    verdicts: int = 0
    figure_ids: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FigureFact:
    """One recorded figure as queries give it. `value` is Decimal (booleans 1/0) or None."""

    id: int
    unit_id: int
    set_code: str
    indicator: str
    speaks_of: date
    level: Level
    value: Decimal | None
    num: Decimal | None
    den: Decimal | None
    parts: Mapping[str, Decimal | Share]
    not_applicable: str | None
    nearly_met: str | None
    note: str | None
    source: str
    author: str
    reason: str | None
    supersedes: int | None
    recorded_at: datetime
    batch_id: int
    batch_kind: BatchKind


@dataclass(frozen=True)
class FigureTable:
    """The figures that count, units × columns; row order is that of the units asked for.

    `values[n, leaves]` float64 (NaN: none), `not_applicable`, `nearly_met` bool[n, indicators],
    `speaks_of` datetime64[D][n, indicators] (NaT: none), `level` int8 (rank, 0: none),
    `figure_ids` int64 (0: none). `indicators` and `leaves` name the columns.
    """

    set_code: str
    at: date
    known: datetime | None
    unit_ids: np.ndarray
    indicators: tuple[str, ...]
    leaves: tuple[tuple[str, str | None], ...]
    values: np.ndarray
    not_applicable: np.ndarray
    nearly_met: np.ndarray
    speaks_of: np.ndarray
    level: np.ndarray
    figure_ids: np.ndarray

    @property
    def has_figures(self) -> np.ndarray:
        """bool[n]: whether the unit has any figure at all."""
        return (self.figure_ids > 0).any(axis=1)


@dataclass(frozen=True)
class MarksTable:
    """Criterion-level marks of a summary matrix: `marks[n, criteria]` int8 (1 met, 0 not met, -1 none).

    `count[n]` int16: criteria met as the matrix counted them (-1: nothing recorded).
    `counted_only[n]` bool: only the count is known. `speaks_of[n]` datetime64[D].
    """

    set_code: str
    unit_ids: np.ndarray
    criteria: tuple[int, ...]
    marks: np.ndarray
    count: np.ndarray
    counted_only: np.ndarray
    speaks_of: np.ndarray


@dataclass(frozen=True, slots=True)
class StandingFact:
    """The newest verdict on a unit under a set. `criteria` holds one letter per criterion (`LETTERS`).

    `path`: the units above it whose totals count it, nearest first. `basis`: figures or marks.
    """

    unit_id: int
    set_code: str
    speaks_of: date
    criteria: str
    met: int
    set_version: str
    judged_at: datetime
    basis: str
    path: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TallyFact:
    """The totals of a district or province under a set, over the communes below it that have a verdict.

    `by_met[k]`: communes that meet k criteria; `by_criterion[i]`: communes that meet the i-th criterion.
    """

    unit_id: int
    set_code: str
    communes: int
    met: int
    by_met: tuple[int, ...]
    by_criterion: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class BatchFact:
    """One act of recording, with the warnings that were kept with it."""

    id: int
    kind: BatchKind
    set_code: str
    source: str
    by: str
    at: datetime
    sha256: str | None
    history: bool
    reason: str | None
    notes: Sequence[Mapping[str, Any]]
    lines: int


@dataclass(frozen=True, slots=True)
class EvidenceFact:
    """A kept file. `taken_at`/`taken_where` come from a photograph itself, unverified."""

    id: int
    sha256: str
    name: str
    kind: str
    size: int
    unit_id: int
    set_code: str
    indicator: str
    speaks_of: date
    figure_id: int | None
    taken_at: datetime | None
    taken_where: tuple[float, float] | None
    by: str
    at: datetime

    @property
    def remarks(self) -> tuple[Reason, ...]:
        """What a reader should know: a camera whose clock runs ahead of the day the file came."""
        ahead = self.taken_at is not None and self.taken_at > self.at
        return reasons((ahead, Reason("evidence.taken_in_future", name=self.name, taken_at=self.taken_at)))


@dataclass(frozen=True, slots=True)
class UnitVerdict:
    """The verdict on one unit on one date. `basis`: figures or marks; `trace`, `frame`: JSON (see `judging`)."""

    unit_id: int
    speaks_of: date
    criteria: str
    met: int
    basis: str
    set_version: str
    trace: str
    frame: str
