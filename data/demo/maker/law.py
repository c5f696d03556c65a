"""What the criteria sets ask of a commune of Cao Bằng, read through the criteria room (no number stands here)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from chungsuc.criteria import queries
from chungsuc.criteria.engine import Context, place

REGION, PROVINCE = "tdmnpb", "04"
OLD, NEW = "xa-ntm-2016-2020", "xa-ntm-2021-2025"


@dataclass(frozen=True)
class Need:
    """One indicator: what its figure is and what it must reach. `limits`: part (None: the whole) -> limit.

    A limit is None where the law gives none for this place; `whole`: counts behind the share are whole.
    """

    code: str
    criterion: int
    kind: str
    lower: bool
    limits: Mapping[str | None, float | None]
    whole: bool
    may_set_aside: bool


def needs(set_code: str, year: int) -> dict[str, Need]:
    """Every indicator of the set, by code, with the thresholds of the region, the year and the example overlay."""
    criteria_set = queries.criteria_set(set_code, province=PROVINCE)
    found = {}
    for ruling in place(criteria_set, Context(region=REGION, year=year)):
        indicator = ruling.indicator
        limits = {part: float(leaf.limit) for part, leaf in ruling.limits}
        found[indicator.code] = Need(
            code=indicator.code,
            criterion=indicator.number,
            kind=indicator.kind.value,
            lower=indicator.better == "lower",
            limits={part: limits.get(part) for part in (indicator.part_keys or (None,))},
            whole=indicator.counted is None or indicator.counted.whole,
            may_set_aside=indicator.set_aside.value == "foreseen",
        )
    return found
