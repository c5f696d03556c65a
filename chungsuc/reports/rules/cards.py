"""One commune, one indicator, two sets: everything that is known, in one place. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from chungsuc.assessment.rules import EvidenceFact, FigureFact, Level, Procedure
from chungsuc.criteria.engine import CriteriaSet, Indicator, IndicatorVerdict, SetVerdict
from chungsuc.recognition.rules import TitleFact
from chungsuc.reports.rules.grounds import Basis, Ground, Made
from chungsuc.reports.rules.next_steps import NextSteps
from chungsuc.reports.rules.situations import Move, known_as_said
from chungsuc.reports.rules.trends import Trend
from chungsuc.territory.rules import Lineage, Step, UnitFact


@dataclass(frozen=True, slots=True)
class SetSide:
    """One side of a comparison: communes that meet all criteria of this set, the best count, the mean."""

    ground: Ground
    of: int
    all_met: int
    best: int | None  # None where no commune has figures
    mean_met: Decimal | None


@dataclass(frozen=True, slots=True)
class TwoSets:
    """The same communes (the same rows) under two sets."""

    a: SetSide
    b: SetSide


@dataclass(frozen=True, slots=True)
class SummaryCount:
    """A summary matrix newer than the figures: it is what the situation counts for this commune.

    `criteria` are the numbers of the criteria marked as met; None where only a count was given.
    """

    day: date
    met: int
    criteria: tuple[int, ...] | None


@dataclass(frozen=True, slots=True)
class Gone:
    """A code that nobody bears on the day asked about: who bore it last, until when, what it became.

    `steps` are the acts that ended it; `now` the units in force on the day asked about in which it all is.
    """

    unit: UnitFact
    asked: date
    last_day: date
    steps: tuple[Step, ...]
    now: tuple[UnitFact, ...]
    act: str


@dataclass(frozen=True, slots=True)
class Card:
    """Everything that is known of one commune on a day under one set.

    `move`: against the end of the year before (`before`), as the province counts it; None where that year has
    no figures of its own. `previous`: the figures that counted then. `evidence`: kept files by indicator.
    """

    unit: UnitFact
    above: tuple[UnitFact, ...]
    at: date
    known: datetime | None
    rules: CriteriaSet
    verdict: SetVerdict
    summary: SummaryCount | None
    figures: Mapping[str, FigureFact]
    judgements: Mapping[str, Mapping[Level, FigureFact]]
    procedure: Procedure
    title: TitleFact | None
    past_titles: tuple[TitleFact, ...]
    lineage: Lineage
    made: Made
    trend: Trend
    steps: NextSteps
    before: date | None = None
    move: Move | None = None
    previous: Mapping[str, FigureFact] = field(default_factory=dict)
    evidence: Mapping[str, tuple[EvidenceFact, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class IndicatorCard:
    """One indicator of one commune: its verdict, every line recorded, the evidence kept.

    `judged` holds, for each of `lines`, the verdict on that very line by the threshold of its year.
    """

    unit: UnitFact
    above: tuple[UnitFact, ...]
    at: date
    known: datetime | None
    rules: CriteriaSet
    indicator: Indicator
    verdict: IndicatorVerdict
    lines: tuple[FigureFact, ...]
    judged: tuple[IndicatorVerdict, ...]
    deciding_id: int | None
    evidence: tuple[EvidenceFact, ...]
    made: Made


def two_sets_json(found: TwoSets) -> dict[str, object]:
    """The comparison as machines get it (docs/guides/situation.md)."""
    here = found.a.ground
    sides = (found.a, found.b)
    return {
        "at": here.at.isoformat(),
        "known": known_as_said(here.known),
        "unit": here.unit.code,
        "sets": [
            {
                "set": side.ground.set_code,
                "of": side.of,
                "all_met": side.all_met,
                "best": side.best,
                "mean_met": None if side.mean_met is None else float(side.mean_met),
                "without_figures": int((side.ground.basis == Basis.NOTHING).sum()),
            }
            for side in sides
        ],
        "communes": [
            {
                "code": unit.code,
                "name": unit.name,
                "district": unit.parent_code,
                "met": {side.ground.set_code: side.ground.met_of(row) for side in sides},
            }
            for row, unit in enumerate(here.communes)
        ],
        "data": here.made.value,
    }
