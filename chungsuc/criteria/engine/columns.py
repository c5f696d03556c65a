"""The same judgement for a whole nation at once: columns of float64 instead of words.

`VERDICTS[code]` is the verdict of a code; the codes are `Verdict.rank`, so the verdict on a criterion
is the smallest of its indicators' codes. Arrays are kept leaf by leaf (Fortran order): a column of a
table `values[n, leaves]` is one run of memory. C-ordered tables are accepted and cost one copy.

Limits come from the same Decimal text as in `judge`, and a figure written in decimal becomes the
nearest float64 as its limit does, so an edge value compares equal: verdicts are the same (tested).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from chungsuc.criteria.engine.figures import Context
from chungsuc.criteria.engine.nodes import AtMost, IsTrue, Verdict
from chungsuc.criteria.engine.placing import place
from chungsuc.criteria.engine.sets import CriteriaSet, SetAside

NOT_MET, NO_FIGURE, NO_THRESHOLD = Verdict.NOT_MET.rank, Verdict.NO_FIGURE.rank, Verdict.NO_THRESHOLD.rank
NEARLY_MET, MET, NOT_APPLICABLE = Verdict.NEARLY_MET.rank, Verdict.MET.rank, Verdict.NOT_APPLICABLE.rank
# Rows judged in one go: the temporary arrays of a block stay in the processor's cache.
BLOCK = 65536

Floats = NDArray[np.float64]
Codes = NDArray[np.int8]


@dataclass(frozen=True)
class Layout:
    """Where the columns of a set lie: leaf -> indicator -> criterion, directions, what may be set aside."""

    lower_is_better: tuple[bool, ...]
    requirement: tuple[bool, ...]
    leaves_of: tuple[tuple[int, ...], ...]
    indicators_of: tuple[tuple[int, ...], ...]
    may_set_aside: NDArray[np.bool_]
    set_aside_counts: bool


@dataclass(frozen=True)
class Thresholds:
    """Limits for n units: `limit[leaves]` where all share one context, else `limit[leaves, n]`. NaN: none."""

    layout: Layout
    limit: Floats


@dataclass(frozen=True)
class ColumnVerdicts:
    """`indicator[n, indicators]` and `criterion[n, criteria]` codes, `margin[n, leaves]`, `met[n]` criteria.

    `margin` is at least 0 when met, NaN where there is no figure or no threshold and for requirements.
    """

    indicator: Codes
    criterion: Codes
    margin: Floats
    met: NDArray[np.int16]


def layout_of(criteria_set: CriteriaSet) -> Layout:
    """The columns of a set."""
    leaf = iter(range(len(criteria_set.leaves)))
    leaves = tuple(tuple(next(leaf) for _ in (one.part_keys or (None,))) for one in criteria_set.indicators)
    indicator = iter(range(len(criteria_set.indicators)))
    owner = [one for one, mine in zip(criteria_set.indicators, leaves, strict=True) for _ in mine]
    return Layout(
        lower_is_better=tuple(one.better == "lower" for one in owner),
        requirement=tuple(one.kind == "boolean" for one in owner),
        leaves_of=leaves,
        indicators_of=tuple(tuple(next(indicator) for _ in one.indicators) for one in criteria_set.criteria),
        may_set_aside=np.array([one.set_aside is not SetAside.NEVER for one in criteria_set.indicators], dtype=bool),
        set_aside_counts=criteria_set.set_aside_counts,
    )


def thresholds_for(criteria_set: CriteriaSet, contexts: Sequence[Context]) -> Thresholds:
    """The limits of every unit's context, ready to compare with columns; contexts in the order of the rows."""
    layout = layout_of(criteria_set)
    rows: dict[object, int] = {}
    which = np.fromiter((rows.setdefault(context.key, len(rows)) for context in contexts), dtype=np.intp)
    firsts = {context.key: context for context in reversed(contexts)}
    limits = np.stack([_limits(criteria_set, firsts[key]) for key in rows], axis=1)  # type: ignore[index]
    if limits.shape[1] == 1:
        return Thresholds(layout, np.ascontiguousarray(limits[:, 0]))
    return Thresholds(layout, np.ascontiguousarray(limits[:, which]))


def _limits(criteria_set: CriteriaSet, context: Context) -> Floats:
    found: list[float] = []
    for ruling in place(criteria_set, context):
        if ruling.node is None:
            found += [np.nan] * len(ruling.indicator.part_keys or (None,))
        else:
            found += [float(leaf.limit) for _, leaf in ruling.limits]
            _same_direction(ruling)
    return np.array(found, dtype=np.float64)


def _same_direction(ruling) -> None:  # type: ignore[no-untyped-def]
    """Columns know a direction per indicator, as nodes are built from it."""
    lower = ruling.indicator.better == "lower"
    assert all(isinstance(leaf, IsTrue) or isinstance(leaf, AtMost) == lower for _, leaf in ruling.limits)


def judge_columns(
    values: Floats,
    thresholds: Thresholds,
    *,
    not_applicable: NDArray[np.bool_] | None = None,
    nearly_met: NDArray[np.bool_] | None = None,
) -> ColumnVerdicts:
    """Judge n units: `values[n, leaves]` float64, NaN for no figure, 1 and 0 for requirements.

    `not_applicable` and `nearly_met` are [n, indicators] marks that humans made. Columns in the order
    of `CriteriaSet.leaves`.
    """
    by_leaf = np.ascontiguousarray(values.T)
    layout, count = thresholds.layout, by_leaf.shape[1]
    margin = np.empty(by_leaf.shape, dtype=np.float64)
    codes = np.empty((len(layout.leaves_of), count), dtype=np.int8)
    for start in range(0, count, BLOCK):
        rows = slice(start, min(start + BLOCK, count))
        limit = thresholds.limit if thresholds.limit.ndim == 1 else thresholds.limit[:, rows]
        _block(by_leaf[:, rows], limit, layout, codes[:, rows], margin[:, rows])
    if nearly_met is not None:
        codes[(codes == NOT_MET) & nearly_met.T] = NEARLY_MET
    if not_applicable is not None:
        codes[not_applicable.T & layout.may_set_aside[:, None]] = NOT_APPLICABLE
    criteria = np.empty((len(layout.indicators_of), count), dtype=np.int8)
    met = np.empty(count, dtype=np.int16)
    _criteria(codes, layout, criteria, met)
    return ColumnVerdicts(codes.T, criteria.T, margin.T, met)


def _block(values: Floats, limit: Floats, layout: Layout, codes: Codes, margin: Floats | None) -> None:
    """Codes (and margins, where asked) of a block of rows, leaf by leaf.

    NaN compares false, so `4 * holds | is missing` is met 4, not met 0, no figure 1 in plain byte
    arithmetic; where the law has no threshold, a figure that is there becomes 2.
    """
    size = values.shape[1]
    holds, gap, spare = (np.empty(size, dtype=bool) for _ in range(3))
    as_code, as_gap, as_spare = (one.view(np.int8) for one in (holds, gap, spare))
    open_limits = np.isnan(limit) if limit.ndim == 1 else np.isnan(limit).any(axis=1)
    for place_, leaves in enumerate(layout.leaves_of):
        row = codes[place_]
        for nth, leaf in enumerate(leaves):
            lower, found, asked = layout.lower_is_better[leaf], values[leaf], limit[leaf]
            (np.less_equal if lower else np.greater_equal)(found, asked, out=holds)
            np.not_equal(found, found, out=gap)
            out = row if nth == 0 else np.empty(size, dtype=np.int8)
            np.add(as_code, as_code, out=out)
            np.add(out, out, out=out)
            np.bitwise_or(out, as_gap, out=out)
            if open_limits[leaf]:
                np.greater(np.isnan(asked), gap, out=spare)
                np.bitwise_or(out, as_spare + as_spare, out=out)
            if nth:
                np.minimum(row, out, out=row)
            if margin is not None:
                _margin(found, asked, lower, layout.requirement[leaf], margin[leaf])


def _margin(found: Floats, asked: Floats, lower: bool, requirement: bool, out: Floats) -> None:
    if requirement:
        out.fill(np.nan)
    elif lower:
        np.subtract(asked, found, out=out)
    else:
        np.subtract(found, asked, out=out)


def _criteria(codes: Codes, layout: Layout, criteria: Codes, met: NDArray[np.int16]) -> None:
    """Criteria from indicators: the smallest code; and how many criteria are met."""
    size = codes.shape[1]
    total = np.zeros(size, dtype=np.int8)
    spare = np.empty(size, dtype=bool)
    for place_, members in enumerate(layout.indicators_of):
        row = criteria[place_]
        if not members:
            row.fill(NO_THRESHOLD)
            continue
        np.copyto(row, codes[members[0]])
        for member in members[1:]:
            np.minimum(row, codes[member], out=row)
        (np.greater_equal if layout.set_aside_counts else np.equal)(row, np.int8(MET), out=spare)
        np.add(total, spare.view(np.int8), out=total)
    np.copyto(met, total)


@dataclass(frozen=True)
class CubeVerdicts:
    """`indicator[indicators, periods, units]`, `criterion[criteria, periods, units]` codes, `met[periods, units]`."""

    indicator: Codes
    criterion: Codes
    met: NDArray[np.int16]


def judge_cube(cube: Floats, thresholds: Sequence[Thresholds]) -> CubeVerdicts:
    """Judge a dense cube `[leaves, periods, units]` float64 (C order), with thresholds for each period.

    Leaf-major, because a leaf's figures are compared with few limits and a criterion is the minimum of
    whole planes: the cube is read once and all else stays in cache. NaN is no figure.
    """
    layout = thresholds[0].layout
    leaves, periods, units = cube.shape
    codes = np.empty((len(layout.leaves_of), periods, units), dtype=np.int8)
    criteria = np.empty((len(layout.indicators_of), periods, units), dtype=np.int8)
    met = np.empty((periods, units), dtype=np.int16)
    for first, last in _runs(thresholds):
        count = (last - first) * units
        flat = cube[:, first:last].reshape(leaves, count)
        limit = thresholds[first].limit
        if limit.ndim == 2:
            limit = np.tile(limit, (1, last - first))
        into = codes[:, first:last].reshape(len(codes), count)
        whole = criteria[:, first:last].reshape(len(criteria), count)
        _in_blocks(flat, limit, layout, into, whole, met[first:last].reshape(count))
    return CubeVerdicts(codes, criteria, met)


def _runs(thresholds: Sequence[Thresholds]) -> list[tuple[int, int]]:
    """Stretches of periods that ask the same: judged as one."""
    edges = [0]
    for period in range(1, len(thresholds)):
        before, now = thresholds[period - 1].limit, thresholds[period].limit
        if before is not now and not np.array_equal(before, now, equal_nan=True):
            edges.append(period)
    return list(zip(edges, [*edges[1:], len(thresholds)], strict=True))


def _in_blocks(
    values: Floats, limit: Floats, layout: Layout, codes: Codes, criteria: Codes, met: NDArray[np.int16]
) -> None:
    for start in range(0, values.shape[1], BLOCK):
        rows = slice(start, min(start + BLOCK, values.shape[1]))
        _block(values[:, rows], limit if limit.ndim == 1 else limit[:, rows], layout, codes[:, rows], None)
        _criteria(codes[:, rows], layout, criteria[:, rows], met[rows])
