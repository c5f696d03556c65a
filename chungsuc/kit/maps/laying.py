"""Lay a map of equal hexagons: every place one cell, the places of a group one compact block with room for its name.

Blocks are cut first (each as round as its number of cells allows), then set down whole, the middle of the map
first, each on the free spot nearest to where it belongs. Several spacings are tried; the one that is smallest
while blocks still lie to one another as asked is taken. Pure and deterministic.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from math import atan2, ceil, hypot, pi, sqrt

from chungsuc.kit.maps.hexagons import STEP, WIDTH, Cell, Point, around, cell_at, centre, moved

SPACINGS = tuple(step / 20 for step in range(8, 27, 2))
SQUARISH = 1.3  # how much wider than high a map should be: it must fit a phone and a wide screen
ASKEW = 4.0  # what a pair that lies to one another in the opposite direction costs, in shares of the map's size
REACH = 90  # how many cells away a spot is looked for
ROUNDS, NUDGES = 30, 19  # how often, and to how many spots nearby, blocks are drawn together
FLAT = 1.15  # blocks are a little wider than high, as their names are


@dataclass(frozen=True, slots=True)
class Placed:
    """One block: its cells in reading order, and the middle of its name above the top row."""

    cells: tuple[Cell, ...]
    label: Point


def lay(
    sizes: Mapping[str, int], centres: Mapping[str, Point], labels: Mapping[str, float] | None = None
) -> dict[str, Placed]:
    """Give each group so many cells: contiguous, an empty cell to every other group, its name on free ground.

    `centres` say only how groups lie to one another (x to the right, y down, any scale). `labels`: how wide
    a name is, in radii of a hexagon. The same input gives the same map.
    """
    asked = tuple(
        (key, size, tuple(centres[key]), float((labels or {}).get(key, 0.0)))
        for key, size in sorted(sizes.items())
        if size > 0
    )
    return dict(_laid(asked))


Asked = tuple[str, int, Point, float]


@dataclass(frozen=True, slots=True)
class _Stamp:
    """A block before it is set down: its cells, the cells under its name, all relative; where it belongs."""

    key: str
    cells: frozenset[Cell]
    name: frozenset[Cell]
    label: Point
    place: Point


@lru_cache(maxsize=64)
def _laid(asked: tuple[Asked, ...]) -> tuple[tuple[str, Placed], ...]:
    if not asked:
        return ()
    stamps = _stamps(asked)
    tried = [_set_down(stamps, spacing) for spacing in SPACINGS]
    best = _draw_together(stamps, min(tried, key=lambda found: _cost(stamps, found)))
    left = min(min(q + r / 2 for q, r in moved(one.cells, best[one.key])) for one in stamps)
    top = min(min(r for _, r in moved(one.cells, best[one.key])) for one in stamps)
    shift = (ceil(-left - -top / 2), -top)
    return tuple((one.key, _placed(one, best[one.key], shift)) for one in stamps)


def _placed(one: _Stamp, spot: Cell, shift: Cell) -> Placed:
    by = (spot[0] + shift[0], spot[1] + shift[1])
    x, y = centre(by)
    cells = sorted(moved(one.cells, by), key=lambda cell: (cell[1], cell[0]))
    return Placed(tuple(cells), (round(one.label[0] + x, 3), round(one.label[1] + y, 3)))


def _stamps(asked: tuple[Asked, ...]) -> list[_Stamp]:
    """The blocks, the nearest to the middle of all first; places scaled so that at spacing 1 there is just room."""
    weight = sum(size for _, size, _, _ in asked)
    middle = tuple(sum(size * place[axis] for _, size, place, _ in asked) / weight for axis in (0, 1))
    spans = [max(place[axis] for *_, place, _ in asked) - min(place[axis] for *_, place, _ in asked) for axis in (0, 1)]
    room = sqrt(2.4 * weight * WIDTH * STEP)  # the side of a square with place for cells, gaps and names
    scales = (room * sqrt(SQUARISH) / (spans[0] or 1), room / sqrt(SQUARISH) / (spans[1] or 1))
    found = []
    for key, size, place, label in asked:
        cells = _round_block(size)
        at = tuple((place[axis] - middle[axis]) * scales[axis] for axis in (0, 1))
        found.append(_Stamp(key, cells, *_name_of(cells, label), at))
    return sorted(found, key=lambda one: (round(hypot(*one.place), 6), one.key))


@lru_cache(maxsize=256)
def _round_block(size: int) -> frozenset[Cell]:
    """The most compact block of so many cells: those nearest to a point, for the best of several points."""
    reach = ceil(sqrt(size)) + 1
    near = [(q, r) for r in range(-reach, reach + 1) for q in range(-2 * reach, 2 * reach + 1)]
    found = []
    for across in range(4):
        for down in range(4):
            point = (WIDTH * across / 8, STEP * down / 4)
            by_distance = sorted(near, key=lambda cell: (round(_apart(centre(cell), point), 6), cell[1], cell[0]))
            cells = frozenset(by_distance[:size])
            found.append((len(around(cells)), round(_spread(cells), 6), across, down, cells))
    return min(found, key=lambda one: one[:4])[4]


def _apart(one: Point, other: Point) -> float:
    return hypot(one[0] - other[0], FLAT * (one[1] - other[1]))


def _spread(cells: frozenset[Cell]) -> float:
    points = [centre(cell) for cell in cells]
    middle = (sum(x for x, _ in points) / len(points), sum(y for _, y in points) / len(points))
    return sum(_apart(point, middle) ** 2 for point in points)


def _name_of(cells: frozenset[Cell], width: float) -> tuple[frozenset[Cell], Point]:
    """The cells that a name over the top row covers, and the middle of the name."""
    top = min(r for _, r in cells)
    xs = [centre(cell)[0] for cell in cells if cell[1] == top]
    x, y = (min(xs) + max(xs)) / 2, STEP * top - 1.6
    if not width:
        return frozenset(), (x, y)
    reach = width / 2 + WIDTH / 2 + 0.15
    row = ((q, top - 1) for q in range(-60, 61))
    return frozenset(cell for cell in row if abs(centre(cell)[0] - x) < reach), (x, y)


def _set_down(stamps: list[_Stamp], spacing: float) -> dict[str, Cell]:
    """Where each block goes: on the nearest free spot to its place, then drawn together as long as that helps."""
    spots: dict[str, Cell] = {}
    for one in stamps:
        for spot in _spots_near((one.place[0] * spacing, one.place[1] * spacing)):
            if _free(one, spot, stamps, spots):
                spots[one.key] = spot
                break
    return spots


def _draw_together(stamps: list[_Stamp], spots: dict[str, Cell]) -> dict[str, Cell]:
    """Move one block after the other a few cells where the map gets smaller and no more askew."""
    best = _cost(stamps, spots)
    for _ in range(ROUNDS):
        before = best
        for one in stamps:
            for across, down in _by_distance()[1:NUDGES]:
                spot = (spots[one.key][0] + across, spots[one.key][1] + down)
                tried = {**spots, one.key: spot}
                if (cost := _cost(stamps, tried)) < best and _free(one, spot, stamps, spots):
                    spots, best = tried, cost
                    break
        if best == before:
            break
    return spots


def _free(one: _Stamp, spot: Cell, stamps: list[_Stamp], spots: Mapping[str, Cell]) -> bool:
    """Whether a block may stand there: an empty cell to every other block, and no name under or over another's."""
    cells, name = moved(one.cells, spot), moved(one.name, spot)
    edge = around(cells)
    for other in stamps:
        if other is one or other.key not in spots:
            continue
        theirs, their_name = moved(other.cells, spots[other.key]), moved(other.name, spots[other.key])
        if theirs & cells or theirs & edge or theirs & name or their_name & cells or their_name & name:
            return False
    return True


def _spots_near(point: Point) -> Iterator[Cell]:
    q, r = cell_at(point)
    for across, down in _by_distance():
        yield q + across, r + down


@lru_cache(maxsize=1)
def _by_distance() -> tuple[Cell, ...]:
    """Steps from a cell to any other within reach, the short ones first."""
    steps = [(q, r) for r in range(-REACH, REACH + 1) for q in range(-REACH - r // 2, REACH - r // 2 + 1)]
    return tuple(sorted(steps, key=lambda cell: (round(_apart(centre(cell), (0.0, 0.0)), 6), cell)))


def _cost(stamps: list[_Stamp], spots: Mapping[str, Cell]) -> float:
    """How far the map spreads, more for pairs that lie askew."""
    spread = count = 0.0
    for one in stamps:
        (q, r), size = spots[one.key], len(one.cells)
        x, y = centre((q, r))
        spread += size * (x * x / SQUARISH + y * y * SQUARISH)
        count += size
    return spread / count * (1 + ASKEW * _askew(stamps, spots))


def _askew(stamps: list[_Stamp], spots: Mapping[str, Cell]) -> float:
    """How far pairs lie from the direction asked: 0 as asked, 1 all reversed; near pairs weigh more."""
    total = wrong = 0.0
    for one, other in combinations(stamps, 2):
        asked = (other.place[0] - one.place[0], other.place[1] - one.place[1])
        here, there = centre(spots[one.key]), centre(spots[other.key])
        turned = atan2(asked[1], asked[0]) - atan2(there[1] - here[1], there[0] - here[0])
        weight = 1 / (1 + hypot(*asked))
        total += weight
        wrong += weight * abs((turned + pi) % (2 * pi) - pi) / pi
    return wrong / total if total else 0.0
