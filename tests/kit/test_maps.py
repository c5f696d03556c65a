"""Hexagons: no two in one place, each block whole and apart, names on free ground, the same map every time."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chungsuc.config import places
from chungsuc.kit import maps
from chungsuc.kit.maps.hexagons import STEP, WIDTH, around

CODES = [f"{number:03d}" for number in range(1, 15)]
point = st.tuples(st.integers(0, 12), st.integers(0, 8))
land = st.dictionaries(
    st.sampled_from(CODES), st.tuples(st.integers(0, 16), point, st.integers(0, 16)), min_size=1, max_size=10
)


def laid(told):
    sizes = {key: size for key, (size, _, _) in told.items()}
    centres = {key: place for key, (_, place, _) in told.items()}
    return maps.lay(sizes, centres, {key: letters * 0.7 for key, (_, _, letters) in told.items()})


def whole(cells) -> bool:
    """Whether one can walk from any cell to any other."""
    left, reached = set(cells), [next(iter(cells))]
    left.discard(reached[0])
    for cell in reached:
        near = [one for one in maps.neighbours(cell) if one in left]
        left -= set(near)
        reached += near
    return not left


HAIR = 0.002  # places are rounded to a thousandth


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(land)
def test_every_place_has_a_cell_of_its_own_in_the_block_of_its_group(told):
    found = laid(told)
    assert {key: len(one.cells) for key, one in found.items()} == {key: n for key, (n, _, _) in told.items() if n}
    cells = [cell for one in found.values() for cell in one.cells]
    assert len(set(cells)) == len(cells)
    assert len({maps.centre(cell) for cell in cells}) == len(cells)
    assert all(whole(one.cells) for one in found.values())
    for one, other in combinations(found.values(), 2):
        assert not around(one.cells) & set(other.cells)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(land)
def test_no_name_covers_a_hexagon_or_another_name(told):
    found = laid(told)
    boxes = {key: (one.label, told[key][2] * 0.7 / 2) for key, one in found.items() if told[key][2]}
    for key, ((x, y), half) in boxes.items():
        for other, block in found.items():
            for cell in block.cells:
                cx, cy = maps.centre(cell)
                # A name is 1 high, between the tips of the rows above and below it.
                assert abs(cy - y) >= 1.4 - HAIR or abs(cx - x) >= half + WIDTH / 2 - HAIR, (key, other)
    for ((x, y), half), ((u, v), wide) in combinations(boxes.values(), 2):
        assert abs(y - v) >= STEP / 2 - HAIR or abs(x - u) >= half + wide - HAIR


@settings(max_examples=6, deadline=None)
@given(land, st.randoms())
def test_the_same_input_gives_the_same_map_in_any_order(told, random):
    order = list(told.items())
    random.shuffle(order)
    assert laid(told) == laid(dict(order))


def test_cells_of_a_block_are_in_reading_order():
    (block,) = maps.lay({"a": 17}, {"a": (0, 0)}).values()
    places_ = [(cell[1], maps.centre(cell)[0]) for cell in block.cells]
    assert places_ == sorted(places_)


def test_blocks_lie_to_one_another_as_asked():
    sizes = dict.fromkeys("nesw", 9)
    centres = {"n": (5, 0), "e": (9, 4), "s": (5, 8), "w": (1, 4)}
    middle = {}
    for key, one in maps.lay(sizes, centres).items():
        xs, ys = zip(*(maps.centre(cell) for cell in one.cells), strict=True)
        middle[key] = (sum(xs) / len(xs), sum(ys) / len(ys))
    assert middle["w"][0] < middle["n"][0] < middle["e"][0] and middle["n"][1] < middle["w"][1] < middle["s"][1]


def test_nothing_to_lay_is_an_empty_map():
    assert maps.lay({}, {}) == {} and maps.lay({"a": 0}, {"a": (0, 0)}) == {}


def test_a_block_is_compact():
    (seven,) = maps.lay({"a": 7}, {"a": (0, 0)}).values()
    assert len(around(seven.cells)) == 12  # a hexagon with its ring: no seven cells have fewer neighbours


def test_the_outline_of_a_block_is_closed():
    edges = maps.outline([(0, 0), (1, 0), (0, 1)])
    ends = [end for edge in edges for end in edge]
    assert len(edges) == 12 and all(ends.count(end) == 2 for end in ends)


def test_corners_are_as_far_from_the_middle_as_asked():
    x, y = maps.centre((3, 2))
    found = maps.corners((3, 2), 0.94)
    assert [round(((a - x) ** 2 + (b - y) ** 2) ** 0.5, 2) for a, b in found] == [0.94] * 6
    assert all(abs(a - c) + abs(b - d) > 0.5 for (a, b), (c, d) in pairwise(found))


@pytest.mark.parametrize("path", sorted((places.ROOT / "data" / "units").glob("*/blocks.yaml")))
def test_placements_shipped_say_that_they_are_a_sketch(path):
    told = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert set(told["note"]) == {"vi", "en"} and "không phải ranh giới" in told["note"]["vi"]
    assert len({tuple(place) for place in told["blocks"].values()}) == len(told["blocks"])
