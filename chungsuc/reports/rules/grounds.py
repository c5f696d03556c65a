"""The ground of every report: communes of a unit on a day, judged. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum, StrEnum

import numpy as np

from chungsuc.criteria.engine import Verdict
from chungsuc.kit.errors import Reason
from chungsuc.recognition.rules import Provenance, TitleFact
from chungsuc.territory.rules import Kind, UnitFact

# The verdicts of a grid are the engine's own codes: `Verdict.rank`, places in this tuple.
VERDICTS = tuple(Verdict)
COUNTS_AS_MET = (Verdict.MET.rank, Verdict.NOT_APPLICABLE.rank)
DISTRICT_KINDS = frozenset({Kind.DISTRICT, Kind.CITY})


class Basis(IntEnum):
    """On what a commune's count rests."""

    NOTHING = 0
    FIGURES = 1
    MARKS = 2
    COUNT = 3


class Made(StrEnum):
    """Whether the data behind an answer is made up for the demo or real."""

    DEMO = "demo"
    REAL = "real"


@dataclass(frozen=True, slots=True)
class Bands:
    """In which bands communes are counted, for a set of `of` criteria; `low`: "fewer than this many"."""

    of: int
    low: int
    ranges: tuple[tuple[int, int], ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """`19`, `15-18`, … from the best band down."""
        return tuple(str(low) if low == high else f"{low}-{high}" for low, high in self.ranges)

    def count(self, met: np.ndarray) -> dict[str, int]:
        """How many of `met` (criteria met, one per commune) fall in each band."""
        return {
            key: int(((met >= low) & (met <= high)).sum())
            for key, (low, high) in zip(self.keys, self.ranges, strict=True)
        }


@dataclass(frozen=True, slots=True)
class CriterionName:
    """A criterion of the set by number, with its names."""

    number: int
    name_vi: str
    name_en: str

    def name(self, lang: str) -> str:
        """The name in the language, Vietnamese where there is no English one."""
        return self.name_en if lang == "en" and self.name_en else self.name_vi


@dataclass(frozen=True)
class Ground:
    """Communes in force under a unit on a day, judged under one set: what every report is counted from.

    Rows are communes in Vietnamese order within their districts; `district_of[n]` is a place in
    `districts` (-1: none). `verdicts[n, criteria]` int8 places in `VERDICTS`; `met[n]` criteria met
    (not applicable counts as met); `basis[n]` a `Basis`; `speaks_of[n]` datetime64[D], the newest day of
    which the commune's numbers speak (NaT: none). A commune without any number is in `communes` and in no count.
    `unverified`: the ids of communes with a figure that only the commune itself has judged so far.
    """

    unit: UnitFact
    at: date
    known: datetime | None
    set_code: str
    set_name: str
    set_name_en: str
    criteria: tuple[CriterionName, ...]
    bands: Bands
    communes: tuple[UnitFact, ...]
    districts: tuple[UnitFact, ...]
    district_of: np.ndarray
    verdicts: np.ndarray
    met: np.ndarray
    basis: np.ndarray
    speaks_of: np.ndarray
    titles: Mapping[int, TitleFact]
    made: Made
    set_in_force_from: date | None = None
    above: tuple[UnitFact, ...] = ()
    set_short: tuple[str, str] = ("", "")
    every_title: tuple[TitleFact, ...] = ()
    undecided: int = 0
    unverified: frozenset[int] = frozenset()
    notes: tuple[Reason, ...] = ()

    @property
    def counted(self) -> np.ndarray:
        """bool[n]: whether anything was recorded for the commune; only such communes enter means and bands."""
        return self.basis != Basis.NOTHING

    def met_of(self, row: int) -> int | None:
        """Criteria met by the commune of this row; None where nothing was recorded for it."""
        return int(self.met[row]) if self.basis[row] != Basis.NOTHING else None

    @property
    def real_titles(self) -> tuple[str, ...]:
        """The decision of each title of these communes that is real, also where the figures are made up."""
        here = {unit.id for unit in self.communes}
        real = (
            one
            for one in self.every_title
            if one.provenance is Provenance.REAL
            and here & {one.unit_id, one.given_id, *(unit for turn in one.turns for unit in turn.alteration.onto_ids)}
        )
        return tuple(f"{one.decision_number} ({one.decision_date.year})" for one in real)

    @property
    def recognised(self) -> np.ndarray:
        """bool[n]: whether the commune holds a title."""
        return np.fromiter((unit.id in self.titles for unit in self.communes), bool, len(self.communes))

    @property
    def recognised_this_year(self) -> np.ndarray:
        """bool[n]: whether its title was given for the year of the date."""
        years = (self.titles[unit.id].year if unit.id in self.titles else None for unit in self.communes)
        return np.fromiter((year == self.at.year for year in years), bool, len(self.communes))


def met_cells(verdicts: np.ndarray) -> np.ndarray:
    """bool, same shape: which verdicts count as met (met, and not applicable)."""
    return np.isin(verdicts, COUNTS_AS_MET)
