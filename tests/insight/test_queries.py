"""A cube made from recorded figures says, month by month, what `figure_table` says at each month's end."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import numpy as np
import pytest

from chungsuc.assessment import queries as assessment
from chungsuc.assessment.rules import FigureEntry
from chungsuc.insight import queries
from chungsuc.territory import queries as territory
from chungsuc.territory.rules import Kind
from tests import cast
from tests.reports import land


@pytest.fixture
def settled(db: None) -> None:
    """The settled toy province."""
    land.settle()


@pytest.fixture
def cube(settled):
    return queries.built(set_code=land.SET, first="2019-11", months=4, on=cast.END_2019, by=Kind.DISTRICT)


def test_each_month_holds_what_counted_at_its_end(cube):
    units = list(territory.by_ids(cube.shelf.unit_ids.tolist(), cast.END_2019).values())
    for month, end in enumerate((date(2019, 11, 30), date(2019, 12, 31), date(2020, 1, 31), date(2020, 2, 29))):
        table = assessment.figure_table(units=units, set_code=land.SET, at=end)
        np.testing.assert_array_equal(cube.values[month], table.values.T)
    assert np.isnan(cube.values[0]).all() and not np.isnan(cube.values[1]).all()


def test_communes_stand_by_district(cube):
    names = [territory.by_ids([unit], cast.END_2019)[unit].short_name for unit in cube.shelf.unit_ids.tolist()]
    assert set(names[:3]) == {"Ao Sen", "Bãi Cát", "Hoà Bình"} and set(names[3:]) == {"Đồi Chè", "Đá Bạc"}
    assert cube.shelf.starts.tolist() == [0, 3]


def test_one_communes_new_figure_is_read_alone(cube):
    before = queries.newest_batch(land.SET)
    land.record("99001", {"4.2": FigureEntry(Decimal(97))}, speaks_of=date(2020, 1, 15))
    assert queries.newest_batch(land.SET) > before > 0
    unit = territory.unit_at("99001", cast.END_2019).id
    queries.refreshed(cube, [unit, 999_999], on=cast.END_2019)
    row, leaf = cube.shelf.rows_of([unit])[0], cube.shelf.leaves.index(("4.2", None))
    assert cube.values[:, leaf, row].tolist()[1:] == [95.0, 97.0, 97.0]


def test_the_board_judges_by_the_regions_thresholds(cube):
    board = queries.board(cube, region="tdmnpb", year=2019, months=slice(1, 2))
    leaf = board.leaves.index(("4.2", None))
    assert board.count[leaf, :, 0].tolist() == [1, 1]
    assert board.share[leaf, :, 0].tolist() == [1.0, 0.0]
    assert board.mean[leaf, :, 0].tolist() == [95.0, 94.9]
    assert np.isnan(board.share[board.leaves.index(("2.1", None))]).all()  # left to the province
