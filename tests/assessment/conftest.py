"""The toy province in the northern mountains, its communes' ids, and figures that meet every threshold there."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pytest

from chungsuc.assessment.rules import FigureEntry
from chungsuc.criteria import queries as criteria
from chungsuc.criteria.engine import Context, Kind, place
from chungsuc.kit import clock
from chungsuc.territory import actions as territory_actions
from chungsuc.territory import lists
from chungsuc.territory import queries as territory
from tests import cast

SET = "xa-ntm-2016-2020"
NEXT_SET = "xa-ntm-2021-2025"
REGION = "code,scheme,value,valid_from,provenance\n99,region,tdmnpb,,example\n"
CONTEXT = Context(region="tdmnpb", year=2019)


def load_land(*, merged: bool = False) -> None:
    """The toy province, in the northern midlands and mountains; with its mergers if asked."""
    tables = {"units_2019.csv": cast.UNITS.encode(), "classes_2019.csv": REGION.encode()}
    if merged:
        tables["changes_2020.csv"] = cast.CHANGES.encode()
    territory_actions.load_generations(drafts=lists.read_tables(tables), by=cast.OPERATOR, at=cast.LONG_AGO)


@pytest.fixture
def land(db: None) -> None:
    """The toy province before its mergers."""
    load_land()


@pytest.fixture
def merged_land(db: None) -> None:
    """The toy province with its mergers of 1/3/2020."""
    load_land(merged=True)


@pytest.fixture
def now() -> datetime:
    """The moment of the test."""
    return clock.now()


def unit(code: str, on=cast.END_2019):
    return territory.unit_at(code, on)


def good(set_code: str = SET) -> dict[str, FigureEntry]:
    """A figure for every indicator that has a threshold, exactly at the threshold."""
    rules = criteria.criteria_set(set_code)
    found = {}
    for ruling in place(rules, CONTEXT):
        limits = dict(ruling.limits)
        if None in limits:
            value = limits[None].limit
            found[ruling.indicator.code] = FigureEntry(value if isinstance(value, bool) else Decimal(value))
        elif limits:
            found[ruling.indicator.code] = FigureEntry(parts={part: leaf.limit for part, leaf in limits.items()})
        elif ruling.indicator.kind is Kind.PERCENT and not ruling.indicator.part_keys:
            found[ruling.indicator.code] = FigureEntry(Decimal(100))
    return found
