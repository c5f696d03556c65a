"""Figures from moments: a value runs towards its threshold, crosses it at its moment and goes on.

Counts come first and the value is what they give, rounded to one decimal; so the counts behind a
share always agree with it, and the verdict is the same on the counts and on the value.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from maker.dice import Dice
from maker.law import Need
from maker.places import Place
from maker.shapes import WITHOUT_THRESHOLD, Shape, shape_of

Part = str | None


@dataclass(frozen=True)
class Value:
    """One figure: a number with the counts behind it, parts of a compound figure, or why it is set aside."""

    number: float | None = None
    num: float | None = None
    den: float | None = None
    parts: Mapping[str, Value] = field(default_factory=dict)
    set_aside: str | None = None
    nearly: str | None = None

    def with_parts(self, **parts: Value) -> Value:
        """The same with some parts replaced."""
        return replace(self, parts={**self.parts, **parts})


def indicator_moments(place: Place, asked: Mapping[str, Need], criterion: Mapping[int, float]) -> dict[str, float]:
    """When each indicator is met: one per criterion exactly with it, the others some time before."""
    seed = max(place.parents, key=lambda code: (place.parents[code], code))
    found: dict[str, float] = {}
    for number, moment in criterion.items():
        codes = [code for code, need in asked.items() if need.criterion == number]
        last = Dice(seed, "last", number).pick(codes)
        for code in codes:
            dice = Dice(seed, "gap", code)
            wide = 0.9 + 0.55 * max(0.0, moment - 2.5)
            gap = 0.1 - wide * math.log(1.0 - 0.97 * dice.share())
            found[code] = moment if code == last else moment - gap
    return found


def value_at(place: Place, set_code: str, need: Need, moment: float, when: float) -> Value:
    """The figure of one indicator at a time, met exactly when `moment` has come."""
    if need.kind == "boolean":
        return Value(number=float(moment <= when))
    dens = {part: _den(place, set_code, need, part, when) for part in need.limits}
    found = {part: _one(place, set_code, need, part, moment, when, dens[part]) for part in need.limits}
    if None in found:
        return found[None]
    return Value(parts=found)


def _one(place: Place, set_code: str, need: Need, part: Part, moment: float, when: float, den: float | None) -> Value:
    limit = need.limits[part]
    shape = shape_of(set_code, need.code, part)
    if limit is None:
        limit = WITHOUT_THRESHOLD[need.code]
    own = moment - _lead(place, need, part)
    if need.kind == "count":
        return _count(place, shape, own, when)
    if need.kind == "number":
        return _number(place, need, shape, limit, own, when)
    goal = _share(shape, limit, own, when, need.lower)
    return counted(goal, den or 100.0, limit, met=own <= when, lower=need.lower, whole=need.whole)


def _lead(place: Place, need: Need, part: Part) -> float:
    """Parts of a compound figure do not move together: one comes last, exactly at the moment."""
    if part is None:
        return 0.0
    parts = sorted(str(one) for one in need.limits)
    last = Dice(place.code, "last part", need.code).pick(parts)
    return 0.0 if part == last else Dice(place.code, "lead", need.code, part).between(0.2, 1.6)


def _share(shape: Shape, limit: float, moment: float, when: float, lower: bool) -> float:
    """The share in percent that the curve gives at a time."""
    away = abs(when - moment)
    end = shape.near if moment <= when else shape.far
    if (moment <= when) and ((not lower and end < limit) or (lower and end > limit)):
        end = limit
    return limit + (end - limit) * (1.0 - math.exp(-shape.pace * away))


def _number(place: Place, need: Need, shape: Shape, limit: float, moment: float, when: float) -> Value:
    if need.code.startswith("10"):  # income grows by the year, faster while it is low
        pace = shape.pace if when < moment else 0.06
        income = limit * math.exp(pace * max(-9.0, min(6.0, when - moment)))
        income *= 1.0 + 0.004 * Dice(place.code, need.code, when).bell()
        return Value(number=_side(round(income, 1), limit, met=moment <= when, lower=False))
    amount = _share(shape, limit, moment, when, need.lower)
    return Value(number=_side(round(amount, 1), limit, met=moment <= when, lower=need.lower))


def _side(number: float, limit: float, *, met: bool, lower: bool) -> float:
    """Keep a rounded number on its side of the limit."""
    if met:
        return min(number, limit) if lower else max(number, limit)
    return max(number, round(limit + 0.1, 1)) if lower else min(number, round(limit - 0.1, 1))


def _count(place: Place, shape: Shape, moment: float, when: float) -> Value:
    """Dilapidated houses: none once the moment has come."""
    if moment <= when:
        return Value(number=0.0)
    left = place.size[shape.base or ""] * shape.far * (1.0 - math.exp(-shape.pace * (moment - when)))
    return Value(number=float(max(1, round(left))))


def _den(place: Place, set_code: str, need: Need, part: Part, when: float) -> float | None:
    shape = shape_of(set_code, need.code, part)
    if need.kind != "percent" or shape.base is None:
        return None
    size = place.size[shape.base]
    if part in ("male", "female"):
        size *= 0.507 if part == "male" else 0.493
    if shape.base in ("households", "people", "able", "workers", "livestock", "food", "children", "pupils"):
        size *= (1.008 if shape.base != "children" else 1.001) ** when
    return max(1.0, round(size) if need.whole else round(size, 1))


def counted(goal: float, den: float, limit: float, *, met: bool, lower: bool, whole: bool) -> Value:
    """Counts near a share, and the value they give, all on the right side of the limit."""
    step = 1.0 if whole else 0.1
    top = round(den / step)
    place = min(top, max(0, round(goal / 100.0 * top)))
    up = met != lower  # towards 100 % when it must be met and more is better, or must fail and less is better
    while not _right(place, top, limit, met, lower):
        place += 1 if up else -1
        if not 0 <= place <= top:
            raise ValueError(f"no count of {top} lies on that side of {limit}")
    num = place if whole else round(place * step, 1)
    return Value(number=_percent(place, top), num=num, den=den)


def _percent(num: int, den: int) -> float:
    """num of den in percent, rounded half up to one decimal."""
    return (2000 * num + den) // (2 * den) / 10


def _right(num: int, den: int, limit: float, met: bool, lower: bool) -> bool:
    exact, shown = 100.0 * num / den, _percent(num, den)
    holds = (exact <= limit and shown <= limit) if lower else (exact >= limit and shown >= limit)
    fails = (exact > limit and shown > limit) if lower else (exact < limit and shown < limit)
    return holds if met else fails


def holds(need: Need, value: Value) -> bool:
    """Whether a figure meets its thresholds; what has no threshold is not met."""
    if value.set_aside:
        return True
    for part, limit in need.limits.items():
        number = value.parts[part].number if part is not None else value.number
        if limit is None or number is None:
            return False
        if (number > limit) if need.lower else (number < limit):
            return False
    return True
