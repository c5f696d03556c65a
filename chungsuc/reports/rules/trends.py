"""How a unit stood on one day of each year, drawn from grounds. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import numpy as np

from chungsuc.reports.rules.grounds import Ground
from chungsuc.reports.rules.situations import mean


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """One day of a trend. `counted` communes have figures: the mean and `below` are taken over them.

    `fresh`: whether more than half of them have figures of that very year, so that the day may be compared.
    `counted_ids` are their identities: between days with other communes nothing may be compared.
    """

    day: date
    communes: int
    counted: int
    recognised: int
    total_met: int
    mean_met: Decimal | None
    below: int
    fresh: bool
    counted_ids: frozenset[int]


@dataclass(frozen=True, slots=True)
class Trend:
    """The points of one unit, oldest first; `of` criteria of the set, `low` as in its bands."""

    of: int
    low: int
    points: tuple[TrendPoint, ...]


def days_of_years(days: Sequence[date], at: date, since: date | None, most: int) -> tuple[date, ...]:
    """The last of `days` in each year not after `at` (from `since` on), the newest `most` of them, oldest first."""
    last: dict[int, date] = {}
    for day in sorted(days):
        if day <= at and (since is None or day >= since):
            last[day.year] = day
    return tuple(last[year] for year in sorted(last))[-most:]


def rows_under(ground: Ground, unit_id: int) -> np.ndarray:
    """bool[n]: the communes of the ground that are this unit or stand under it."""
    if ground.unit.id == unit_id:
        return np.ones(len(ground.communes), dtype=bool)
    places = [place for place, district in enumerate(ground.districts) if district.id == unit_id]
    itself = np.fromiter((one.id == unit_id for one in ground.communes), bool, len(ground.communes))
    return itself | np.isin(ground.district_of, places)


def point(ground: Ground, unit_id: int) -> TrendPoint | None:
    """Where the unit stood on the day of the ground; None where it had no commune with figures that day."""
    rows = rows_under(ground, unit_id)
    counted = rows & ground.counted
    if not counted.any():
        return None
    met = ground.met[counted]
    new_year = np.datetime64(date(ground.at.year, 1, 1))
    return TrendPoint(
        day=ground.at,
        communes=int(rows.sum()),
        counted=int(counted.sum()),
        recognised=int((ground.recognised & rows).sum()),
        total_met=int(met.sum()),
        mean_met=mean(int(met.sum()), len(met)),
        below=int((met < ground.bands.low).sum()),
        counted_ids=frozenset(one.id for one, there in zip(ground.communes, counted, strict=True) if there),
        fresh=bool(2 * (ground.speaks_of[counted] >= new_year).sum() > len(met)),
    )
