"""One criterion over all communes. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from chungsuc.assessment.rules import FigureFact
from chungsuc.criteria.engine import CriteriaSet, Criterion, IndicatorVerdict, Verdict
from chungsuc.kit.vietnamese import sort_key
from chungsuc.reports.rules.grounds import Ground
from chungsuc.territory.rules import UnitFact

HOLDS = (Verdict.MET, Verdict.NOT_APPLICABLE)
_FAR = Decimal(10) ** 12


@dataclass(frozen=True, slots=True)
class ShortCommune:
    """A commune that does not meet the criterion: every indicator judged, and the figures behind them."""

    unit: UnitFact
    judged: tuple[IndicatorVerdict, ...]
    figures: Mapping[str, FigureFact | None]

    @property
    def open(self) -> tuple[IndicatorVerdict, ...]:
        """The indicators that keep it from being met."""
        return tuple(one for one in self.judged if one.verdict not in HOLDS)

    def distance(self) -> tuple[int, int, Decimal, object]:
        """How far it is: without figures last, then by how many indicators are open, by the gap, by name."""
        empty = sum(one.verdict is Verdict.NO_FIGURE for one in self.open)
        return empty, len(self.open), sum((_gap(one) for one in self.open), Decimal(0)), sort_key(self.unit.short_name)


def _gap(one: IndicatorVerdict) -> Decimal:
    """The relative distance to the threshold; a requirement is a whole step."""
    margin, limit = one.margin, one.threshold
    if isinstance(margin, Mapping):
        return sum((abs(part) for part in margin.values() if isinstance(part, Decimal) and part < 0), Decimal(0)) / 100
    if not isinstance(margin, Decimal) or isinstance(limit, (bool, Mapping)) or not limit:
        return Decimal(1)
    return min(abs(margin / Decimal(limit)), _FAR)


@dataclass(frozen=True, slots=True)
class DistrictCount:
    """How many communes of a district meet the criterion."""

    district: UnitFact
    communes: int
    met: int


@dataclass(frozen=True)
class CriterionView:
    """Who meets one criterion and who is short, the nearest first.

    `marked_only`: communes that do not meet it by a summary matrix, without figures to say by how much.
    """

    ground: Ground
    rules: CriteriaSet
    criterion: Criterion
    met: int
    marked_only: int
    short: tuple[ShortCommune, ...]
    districts: tuple[DistrictCount, ...]
