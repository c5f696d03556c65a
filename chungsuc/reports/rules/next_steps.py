"""What a commune could do next, derived from what is recorded and nothing else. Pure.

It is a reading of the data, no instruction: nobody is ordered to do anything, and no cost is known.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from chungsuc.criteria.engine import IndicatorVerdict, SetVerdict, Verdict

OPEN = (Verdict.NOT_MET, Verdict.NEARLY_MET)


@dataclass(frozen=True, slots=True)
class Short:
    """One indicator that is not met. `left`: unmet indicators of its criterion, itself counted.

    `gap`: how far the value is from the threshold as a share of the threshold; None where a requirement
    has no distance.
    """

    criterion: int
    indicator: IndicatorVerdict
    left: int
    gap: Decimal | None


@dataclass(frozen=True, slots=True)
class NextSteps:
    """`lift`: unmet indicators, the nearest first; `enter`: codes without a figure; `prove`: codes that count
    as met without any evidence kept; `check`: codes whose threshold was not read at a source and decides."""

    lift: tuple[Short, ...]
    enter: tuple[str, ...]
    prove: tuple[str, ...]
    check: tuple[str, ...]

    @property
    def empty(self) -> bool:
        """Whether nothing is left to do."""
        return not (self.lift or self.enter or self.prove or self.check)


def next_steps(verdict: SetVerdict, proven: Collection[str]) -> NextSteps:
    """What is open for a unit; `proven` are the indicators with evidence."""
    lift: list[Short] = []
    for criterion in verdict.criteria:
        unmet = [one for one in criterion.indicators if one.verdict in OPEN]
        left = len(unmet) + sum(one.verdict is Verdict.NO_FIGURE for one in criterion.indicators)
        lift.extend(Short(criterion.number, one, left, gap(one)) for one in unmet)
    every = [one for criterion in verdict.criteria for one in criterion.indicators]
    return NextSteps(
        lift=tuple(sorted(lift, key=_nearest)),
        enter=tuple(one.code for one in every if one.verdict is Verdict.NO_FIGURE),
        prove=tuple(one.code for one in every if one.verdict is Verdict.MET and one.code not in proven),
        check=tuple(one.code for one in every if one.verdict in OPEN and not one.ruling.checked),
    )


def gap(one: IndicatorVerdict) -> Decimal | None:
    """The widest distance of its values to their limits, as a share of the limit (0.1: a tenth is missing)."""
    widest: Decimal | None = None
    for piece in one.pieces:
        value, leaf = piece.share.value, piece.leaf
        if leaf is None or piece.holds is not False or isinstance(value, bool) or isinstance(leaf.limit, bool):
            continue
        whole = max(abs(leaf.limit), abs(Decimal(value)), Decimal(1))
        distance = abs(Decimal(value) - leaf.limit) / whole
        widest = distance if widest is None else max(widest, distance)
    return widest


def _nearest(one: Short) -> tuple[object, ...]:
    return (one.left, one.gap is None, one.gap or Decimal(0), one.criterion, one.indicator.code)
