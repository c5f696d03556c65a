"""Cubes made from what was recorded, and brought up to date for the units that changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np

from chungsuc.assessment import queries as assessment
from chungsuc.criteria import queries as criteria
from chungsuc.criteria.engine import Context, place
from chungsuc.criteria.engine import Kind as IndicatorKind
from chungsuc.insight import cube as cubes
from chungsuc.insight.cube import Cube, Dashboard
from chungsuc.territory import queries as territory
from chungsuc.territory.rules import Kind, UnitFact


def built(*, set_code: str, first: str, months: int, on: date, by: Kind = Kind.PROVINCE) -> Cube:
    """The cube of the communes in force on `on`, grouped by their units of kind `by`.

    `first` is the first month ("2016-01"). Each month holds the figures that counted at its end.
    """
    groups = _groups(on, by)
    leaves = [(leaf.indicator, leaf.part) for leaf in criteria.criteria_set(set_code).leaves]
    layout = cubes.shelf(
        set_code=set_code,
        first=first,
        months=months,
        leaves=leaves,
        groups=[(group, [unit.id for unit in units]) for group, units in groups],
    )
    made = cubes.empty(layout)
    _read(made, [unit for _, units in groups for unit in units])
    return made


def refreshed(cube: Cube, unit_ids: Sequence[int], *, on: date) -> None:
    """Read anew, in place, the communes whose figures changed; those that are not in the cube are passed over."""
    here = set(cube.shelf.unit_ids.tolist())
    found = territory.by_ids([unit for unit in unit_ids if unit in here], on)
    _read(cube, list(found.values()))


def newest_batch(set_code: str) -> int:
    """The number of the newest batch of figures under the set; 0 where there is none."""
    return max((batch.id for batch in assessment.batches(set_code=set_code, limit=1)), default=0)


def board(cube: Cube, *, region: str, year: int, months: slice = slice(None)) -> Dashboard:
    """The dashboard of all leaves, with the national thresholds of a region and year."""
    rules = criteria.criteria_set(cube.shelf.set_code)
    limits, lower = [], []
    for ruling in place(rules, Context(region=region, year=year)):
        known = dict(ruling.limits)
        for part in ruling.indicator.part_keys or (None,):
            limit = known[part].limit if part in known else np.nan
            limits.append(1.0 if ruling.indicator.kind is IndicatorKind.BOOLEAN and part in known else float(limit))
            lower.append(ruling.indicator.better == "lower")
    return cubes.dashboard(cube, months=months, limits=np.array(limits), lower_is_better=np.array(lower))


def _groups(on: date, by: Kind) -> list[tuple[int, list[UnitFact]]]:
    """(unit of kind `by`, communes below it), in order of code."""
    above = {unit.id: unit for unit in territory.units_at(on)}
    found: dict[int, list[UnitFact]] = {unit.id: [] for unit in above.values() if unit.kind is by}
    for unit in above.values():
        if unit.kind is Kind.COMMUNE and (group := _up(unit, above, by)) is not None:
            found[group].append(unit)
    return list(found.items())


def _up(unit: UnitFact, above: dict[int, UnitFact], by: Kind) -> int | None:
    while unit.parent_id in above:
        unit = above[unit.parent_id]
        if unit.kind is by:
            return unit.id
    return None


def _read(cube: Cube, units: Sequence[UnitFact]) -> None:
    if not units:
        return
    rows = cube.shelf.rows_of([unit.id for unit in units])
    for number, month in enumerate(cube.shelf.months):
        end = (month + 1).astype("datetime64[D]").astype(date) - timedelta(days=1)
        table = assessment.figure_table(units=units, set_code=cube.shelf.set_code, at=end)
        cubes.put(cube, number, rows, table.values)
