"""The dense cube against the slow and plain way of saying the same."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chungsuc.insight import cube as cubes
from chungsuc.insight import keeping

LEAVES = (("4.1", None), ("4.2", None), ("17.1", "clean"))
LIMITS, LOWER = np.array([50.0, 50.0, np.nan]), np.array([False, True, False])


def layout(sizes=(2, 1, 3), months=3):
    units = iter(range(100, 100 + sum(sizes)))
    groups = [(number, [next(units) for _ in range(size)]) for number, size in enumerate(sizes, 1)]
    return cubes.shelf(set_code="thu", first="2019-11", months=months, leaves=LEAVES, groups=groups)


def plain(cube, limits, lower):
    """Means, counts and shares with loops, one commune at a time."""
    months, leaves, _ = cube.values.shape
    bounds = [*cube.shelf.starts.tolist(), len(cube.shelf.unit_ids)]
    shape = (leaves, len(bounds) - 1, months)
    mean, count, share = np.full(shape, np.nan), np.zeros(shape, int), np.full(shape, np.nan)
    for month in range(months):
        for leaf in range(leaves):
            for group in range(len(bounds) - 1):
                here = [one for one in cube.values[month, leaf, bounds[group] : bounds[group + 1]] if not np.isnan(one)]
                count[leaf, group, month] = len(here)
                if here:
                    mean[leaf, group, month] = sum(here) / len(here)
                    if not np.isnan(limits[leaf]):
                        reached = [one <= limits[leaf] if lower[leaf] else one >= limits[leaf] for one in here]
                        share[leaf, group, month] = sum(reached) / len(here)
    return mean, count, share


values = st.one_of(st.just(float("nan")), st.integers(0, 100).map(float))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 4), min_size=1, max_size=4), st.data())
def test_a_dashboard_says_what_the_loops_say(sizes, data):
    cube = cubes.empty(layout(tuple(sizes)))
    flat = data.draw(st.lists(values, min_size=cube.values.size, max_size=cube.values.size))
    cube.values.reshape(-1)[:] = flat
    found = cubes.dashboard(cube, limits=LIMITS, lower_is_better=LOWER)
    mean, count, share = plain(cube, LIMITS, LOWER)
    np.testing.assert_array_equal(found.count, count)
    np.testing.assert_allclose(found.mean, mean)
    np.testing.assert_allclose(found.share, share)


def test_months_and_leaves_can_be_chosen():
    cube = cubes.empty(layout())
    cube.values[:] = np.arange(cube.values.size, dtype=float).reshape(cube.values.shape)
    some = cubes.dashboard(cube, months=slice(1, 3), leaves=[2, 0])
    assert some.leaves == (LEAVES[2], LEAVES[0])
    assert some.months.tolist() == [np.datetime64("2019-12").item(), np.datetime64("2020-01").item()]
    assert some.mean.shape == (2, 3, 2) and np.isnan(some.share).all()
    assert some.mean[1, 0, 0] == cube.values[1, 0, :2].mean()


def test_single_figures_are_folded_in_and_the_last_one_stays():
    cube = cubes.empty(layout())
    month, leaf, unit = np.array([0, 2, 0]), np.array([1, 0, 1]), np.array([3, 5, 3])
    cubes.fold(cube, month, leaf, unit, np.array([10.0, 20.0, 11.0]))
    assert cube.values[0, 1, 3] == 11.0 and cube.values[2, 0, 5] == 20.0
    assert int((~np.isnan(cube.values)).sum()) == 2


def test_a_month_without_a_figure_carries_the_one_before():
    cube = cubes.empty(layout())
    cube.values[0, 0, 0], cube.values[2, 0, 0] = 5.0, 7.0
    cube.values[1, 1, 1] = 3.0
    cubes.carry(cube)
    assert cube.values[:, 0, 0].tolist() == [5.0, 5.0, 7.0]
    assert np.isnan(cube.values[0, 1, 1]) and cube.values[2, 1, 1] == 3.0


def test_what_is_kept_is_what_was_made_and_changes_in_place(tmp_path):
    cube = cubes.empty(layout())
    cube.values[0, 0, 0] = 1.5
    keeping.keep(cube, keeping.Seen("abc", 7), tmp_path)
    mapped, seen = keeping.kept("thu", tmp_path, writable=True)
    assert seen == keeping.Seen("abc", 7)
    assert mapped.shelf.leaves == LEAVES and mapped.shelf.months.tolist() == cube.shelf.months.tolist()
    np.testing.assert_array_equal(mapped.values, cube.values)
    cubes.put(mapped, 1, mapped.shelf.rows_of([103]), np.array([[1.0, 2.0, 3.0]]))
    mapped.values.flush()
    again, _ = keeping.kept("thu", tmp_path)
    assert again.values[1, :, 3].tolist() == [1.0, 2.0, 3.0]
    with pytest.raises(ValueError, match="read-only"):
        again.values[0, 0, 0] = 2.0


@pytest.mark.parametrize("damage", ["missing", "form", "shape", "text"])
def test_a_file_that_does_not_fit_is_made_anew(tmp_path, damage):
    keeping.keep(cubes.empty(layout()), keeping.Seen("abc", 7), tmp_path)
    note = tmp_path / "thu.json"
    if damage == "missing":
        (tmp_path / "thu.npy").unlink()
    else:
        old = {"form": '"form": 1', "shape": '"shape": [3', "text": "{"}[damage]
        new = {"form": '"form": 0', "shape": '"shape": [4', "text": "!"}[damage]
        note.write_text(note.read_text().replace(old, new))
    assert keeping.kept("thu", tmp_path) is None


def test_an_unknown_commune_is_not_guessed():
    with pytest.raises(KeyError):
        layout().rows_of([1])
