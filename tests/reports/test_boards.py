"""The leaders' board: pace by plain extrapolation, who is near, what blocks them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chungsuc.reports import queries
from chungsuc.reports.rules import boards
from tests import cast
from tests.reports import land


@given(met=st.integers(0, 19), pace=st.decimals(-5, 5, places=1), years=st.integers(0, 10))
def test_nobody_is_foretold_fewer_than_now_or_more_than_all(met, pace, years):
    reached = boards._reaches(met, pace, date(2020, 1, 1), date(2020 + years, 1, 1), 19)
    assert met <= reached <= 19


def test_the_pace_is_a_year():
    assert boards._a_year(6, date(2016, 12, 31), date(2019, 12, 31)) == Decimal("2.0")
    assert boards._a_year(-1, date(2018, 12, 31), date(2019, 12, 31)) == Decimal("-1.0")


@pytest.fixture
def found(db):
    land.settle()
    return queries.leaders_board(at=cast.END_2019, unit_code="99", set_code=land.SET)


def test_a_commune_with_a_title_is_no_runner(found):
    here = found.report.ground
    titled = {unit.id for unit, held in zip(here.communes, here.recognised, strict=True) if held}
    named = {one.unit.id for one in (*found.near, *found.late_near, *found.on_time)}
    assert titled and not titled & named


def test_without_earlier_figures_nothing_is_said_of_pace(found):
    assert found.since is None and found.on_time == ()


def test_the_nearest_come_first_and_say_what_they_lack(found):
    short = [one.short for one in found.late_near]
    assert short == sorted(short)
    for one in found.late_near:
        assert one.met + one.short == len(found.report.ground.criteria)


def test_blockers_count_near_communes(found):
    for one in found.blockers:
        assert one.count == sum(one.number in runner.lacking for runner in found.near)
    counts = [one.count for one in found.blockers]
    assert counts == sorted(counts, reverse=True)


def test_pace_from_an_earlier_ground(found):
    now = found.report.ground
    earlier = replace(now, at=date(2018, 12, 31), met=np.maximum(now.met - 2, 0))
    board = boards.board(found.report, earlier, date(2021, 12, 31))
    assert board.since == date(2018, 12, 31)
    paces = {one.unit.code: one.pace for one in (*board.late_near, *board.on_time)}
    assert all(Decimal(0) <= pace <= Decimal("2.0") for pace in paces.values())
    assert board.late + len(board.on_time) == int((now.counted & ~now.recognised).sum())
