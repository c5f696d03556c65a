"""A province's decision laid over a national set: it fills what is delegated, or asks more where it may."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from chungsuc.criteria.engine.sets import CriteriaSet, Criterion, Fill, Words


@dataclass(frozen=True, slots=True)
class Overlay:
    """What one province sets, by criteria set and indicator. `example`: made up to show how, never law."""

    code: str
    province: str
    region: str
    example: bool
    name: Words
    citation: Words
    in_force: tuple[date, date | None]
    fills: Mapping[str, Mapping[str, Fill]]

    def holds_on(self, day: date | None) -> bool:
        """Whether it is in force on a day (half-open); with no day, whether it holds at all."""
        start, end = self.in_force
        return day is None or (start <= day and (end is None or day < end))


def apply(criteria_set: CriteriaSet, overlay: Overlay, *, version: str) -> CriteriaSet:
    """The set with the province's values in their places."""
    fills = overlay.fills.get(criteria_set.code, {})
    criteria = tuple(_filled(criterion, fills) for criterion in criteria_set.criteria)
    return replace(
        criteria_set,
        criteria=criteria,
        overlay=overlay.code,
        overlay_example=overlay.example,
        version=version,
    )


def _filled(criterion: Criterion, fills: Mapping[str, Fill]) -> Criterion:
    return replace(
        criterion,
        indicators=tuple(replace(one, fill=fills.get(one.code, one.fill)) for one in criterion.indicators),
    )
