"""The dense cube (month, leaf, commune) and the dashboards over it. Pure numpy: no database, files or clock.

Communes are kept sorted by group so that a group's communes are one run of memory; a group's sum is one
`reduceat`. Months count from the first one of the cube. NaN: no figure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Leaf = tuple[str, str | None]


@dataclass(frozen=True)
class Shelf:
    """What lies where: months (datetime64[M]), leaves, communes by group.

    `unit_ids[n]` sorted by group; `group_ids[g]`; `starts[g]` the first commune of each group.
    """

    set_code: str
    months: NDArray[np.datetime64]
    leaves: tuple[Leaf, ...]
    unit_ids: NDArray[np.int64]
    group_ids: NDArray[np.int64]
    starts: NDArray[np.intp]

    @property
    def shape(self) -> tuple[int, int, int]:
        """(months, leaves, communes)."""
        return len(self.months), len(self.leaves), len(self.unit_ids)

    def rows_of(self, unit_ids: Sequence[int]) -> NDArray[np.intp]:
        """Places of these communes; KeyError for one that is not here."""
        place = {int(unit): row for row, unit in enumerate(self.unit_ids)}
        return np.array([place[int(unit)] for unit in unit_ids], dtype=np.intp)


@dataclass(frozen=True)
class Cube:
    """The figures on their shelf: `values[months, leaves, communes]` float64, in place where it is a mapped file."""

    shelf: Shelf
    values: Floats


@dataclass(frozen=True)
class Dashboard:
    """Per leaf, group and month: `mean`, `count` of communes with a figure, `share` (0–1) that reaches the limit.

    `share` is NaN without limits or figures; shapes are (leaves, groups, months).
    """

    leaves: tuple[Leaf, ...]
    group_ids: NDArray[np.int64]
    months: NDArray[np.datetime64]
    mean: Floats
    count: NDArray[np.int64]
    share: Floats


def shelf(
    *, set_code: str, first: str, months: int, leaves: Sequence[Leaf], groups: Sequence[tuple[int, Sequence[int]]]
) -> Shelf:
    """Lay out an empty shelf: `first` as "2016-01"; `groups` are (group, its communes), empty ones left out."""
    kept = [(group, list(units)) for group, units in groups if units]
    sizes = [len(units) for _, units in kept]
    return Shelf(
        set_code=set_code,
        months=np.datetime64(first, "M") + np.arange(months),
        leaves=tuple(leaves),
        unit_ids=np.array([unit for _, units in kept for unit in units], dtype=np.int64),
        group_ids=np.array([group for group, _ in kept], dtype=np.int64),
        starts=np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(np.intp) if kept else np.zeros(0, np.intp),
    )


def empty(layout: Shelf) -> Cube:
    """A cube without any figure."""
    return Cube(layout, np.full(layout.shape, np.nan))


def fold(cube: Cube, month: np.ndarray, leaf: np.ndarray, unit: np.ndarray, value: np.ndarray) -> None:
    """Put single figures into their cells, in place. Of several for one cell the last one stays.

    `month`, `leaf`, `unit` are places on the shelf.
    """
    flat = np.ravel_multi_index((month, leaf, unit), cube.values.shape)
    cube.values.reshape(-1)[flat] = value


def put(cube: Cube, month: int, rows: np.ndarray, table: Floats) -> None:
    """Put the figures of some communes at one month in their cells: `table[communes, leaves]`, in place."""
    cube.values[month][:, rows] = table.T


def carry(cube: Cube) -> None:
    """A month without a figure takes that of the month before, in place: "the figure that counts at the end"."""
    for month in range(1, len(cube.values)):
        gaps = np.isnan(cube.values[month])
        cube.values[month][gaps] = cube.values[month - 1][gaps]


def dashboard(
    cube: Cube,
    *,
    months: slice = slice(None),
    leaves: slice | Sequence[int] = slice(None),
    limits: Floats | None = None,
    lower_is_better: NDArray[np.bool_] | None = None,
) -> Dashboard:
    """Means, counts and shares by group.

    `months` and `leaves` are places on the shelf. `limits[leaves]` (NaN: none) are those of the leaves
    asked for; `lower_is_better[leaves]` turns the comparison.
    """
    layout, chosen = cube.shelf, cube.values[months][:, leaves]
    here = chosen == chosen
    count = _by_group(here, layout.starts, np.int64)
    total = _by_group(np.where(here, chosen, 0.0), layout.starts, np.float64)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = total / count
        share = _shares(chosen, layout.starts, limits, lower_is_better) / count
    places = np.arange(len(layout.leaves))[leaves]
    return Dashboard(
        leaves=tuple(layout.leaves[place] for place in places),
        group_ids=layout.group_ids,
        months=layout.months[months],
        mean=mean.transpose(1, 2, 0),
        count=count.transpose(1, 2, 0),
        share=share.transpose(1, 2, 0),
    )


def _shares(
    chosen: Floats, starts: NDArray[np.intp], limits: Floats | None, lower_is_better: NDArray[np.bool_] | None
) -> Floats:
    """How many communes of each group reach the limit, as float; NaN where there is no limit."""
    if limits is None:
        return np.full((*chosen.shape[:2], len(starts)), np.nan)
    turned = np.zeros(len(limits), dtype=bool) if lower_is_better is None else lower_is_better
    limit = limits[None, :, None]
    reached = np.empty(chosen.shape, dtype=bool)
    reached[:, ~turned] = chosen[:, ~turned] >= limit[:, ~turned]
    reached[:, turned] = chosen[:, turned] <= limit[:, turned]
    found = _by_group(reached, starts, np.int64).astype(np.float64)
    found[:, np.isnan(limits)] = np.nan
    return found


def _by_group(what: np.ndarray, starts: NDArray[np.intp], kind: type) -> np.ndarray:
    """Sums over each group's run of communes: (months, leaves, groups)."""
    if not len(starts):
        return np.zeros((*what.shape[:2], 0), dtype=kind)
    return np.add.reduceat(what, starts, axis=2, dtype=kind)
