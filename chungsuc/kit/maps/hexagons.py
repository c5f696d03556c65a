"""A map of equal hexagons: every place one cell, the places of one group a contiguous block. Pure, deterministic.

Cells are (column, row) of a grid of pointy-top hexagons of radius 1, odd rows pushed half a cell to the right.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import cos, pi, sin, sqrt

Cell = tuple[int, int]
Point = tuple[float, float]
WIDTH, STEP = sqrt(3), 1.5
_TRIES = 60


class NoRoom(Exception):
    """No arrangement was found; with centres that differ this does not happen."""


def centre(cell: Cell) -> Point:
    """The middle of a cell; a cell is √3 wide and 2 high, rows are 1.5 apart, y grows downwards."""
    column, row = cell
    return WIDTH * (column + (row % 2) / 2), STEP * row


def corners(cell: Cell, radius: float = 1.0) -> tuple[Point, ...]:
    """The six corners, from the upper right one clockwise."""
    x, y = centre(cell)
    angles = (pi / 180 * (60 * side - 30) for side in range(6))
    return tuple((round(x + radius * cos(angle), 3), round(y + radius * sin(angle), 3)) for angle in angles)


def neighbours(cell: Cell) -> tuple[Cell, ...]:
    """The six cells that touch a cell."""
    column, row = cell
    shift = row % 2
    return (
        (column + 1, row),
        (column - 1, row),
        (column + shift, row - 1),
        (column + shift - 1, row - 1),
        (column + shift, row + 1),
        (column + shift - 1, row + 1),
    )


def lay(sizes: Mapping[str, int], centres: Mapping[str, Point]) -> dict[str, tuple[Cell, ...]]:
    """Give each group so many cells, near its centre, contiguous, and one empty cell between two groups.

    `centres` say only how groups lie to one another (x to the right, y down, any scale). The cells of a
    group come in reading order: by row, then column. The same input gives the same map.
    """
    wanted = {key: size for key, size in sizes.items() if size > 0}
    if not wanted:
        return {}
    scale = _first_scale(wanted, centres)
    for _ in range(_TRIES):
        laid = _grow(wanted, {key: (centres[key][0] * scale, centres[key][1] * scale) for key in wanted})
        if laid is not None:
            return _from_corner(laid)
        scale *= 1.06
    raise NoRoom(sorted(wanted))


def _first_scale(sizes: Mapping[str, int], centres: Mapping[str, Point]) -> float:
    """A scale at which the box of the centres has about as much room as the cells need."""
    xs, ys = zip(*(centres[key] for key in sizes), strict=True)
    spread = max(max(xs) - min(xs), 0.1) * max(max(ys) - min(ys), 0.1)
    return sqrt(sum(sizes.values()) * WIDTH * STEP / spread) * 1.1


def _grow(sizes: Mapping[str, int], middles: Mapping[str, Point]) -> dict[str, list[Cell]] | None:
    """All groups grow in turn, the one that is least full first; None where one has no room left."""
    taken: dict[Cell, str] = {}
    laid: dict[str, list[Cell]] = {}
    for key in sorted(sizes, key=lambda one: (-sizes[one], one)):
        cell = _nearest_free(middles[key], key, taken)
        taken[cell] = key
        laid[key] = [cell]
    while open_ones := [key for key in sizes if len(laid[key]) < sizes[key]]:
        key = min(open_ones, key=lambda one: (len(laid[one]) / sizes[one], one))
        edge = {near for cell in laid[key] for near in neighbours(cell) if _free(near, key, taken)}
        if not edge:
            return None
        cell = min(edge, key=lambda one: (_reach(one, middles[key], laid[key]), one))
        taken[cell] = key
        laid[key].append(cell)
    return laid


def _reach(cell: Cell, middle: Point, own: Iterable[Cell]) -> float:
    """Nearer to the middle is better; touching more of one's own cells makes a rounder block."""
    touching = len(set(neighbours(cell)) & set(own))
    return _distance(centre(cell), middle) - 0.8 * touching


def _free(cell: Cell, key: str, taken: Mapping[Cell, str]) -> bool:
    return cell not in taken and all(taken.get(near, key) == key for near in neighbours(cell))


def _nearest_free(middle: Point, key: str, taken: Mapping[Cell, str]) -> Cell:
    column, row = round(middle[0] / WIDTH), round(middle[1] / STEP)
    for reach in range(1, 60):
        around = [
            (column + right, row + down) for right in range(-reach, reach + 1) for down in range(-reach, reach + 1)
        ]
        free = [cell for cell in around if _free(cell, key, taken)]
        if free:
            return min(free, key=lambda one: (_distance(centre(one), middle), one))
    raise NoRoom([key])


def _distance(one: Point, other: Point) -> float:
    return ((one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2) ** 0.5


def _from_corner(laid: Mapping[str, list[Cell]]) -> dict[str, tuple[Cell, ...]]:
    """Shift everything to begin at (0, 0), by an even number of rows so that the pushed rows stay the same."""
    left = min(column for cells in laid.values() for column, _ in cells)
    top = min(row for cells in laid.values() for _, row in cells)
    top -= top % 2
    return {
        key: tuple(sorted(((column - left, row - top) for column, row in cells), key=lambda cell: (cell[1], cell[0])))
        for key, cells in laid.items()
    }


def outline(cells: Iterable[Cell], radius: float = 1.0) -> tuple[tuple[Point, Point], ...]:
    """The edges on the border of a block: those that no two of its cells share."""
    own = set(cells)
    edges = []
    for cell in sorted(own):
        points = corners(cell, radius)
        for side, near in enumerate(_by_side(cell)):
            if near not in own:
                edges.append((points[side], points[(side + 1) % 6]))
    return tuple(edges)


def _by_side(cell: Cell) -> tuple[Cell, ...]:
    """The neighbour across each side, in the order of `corners`: right, lower right, lower left, left, upper ones."""
    right, left, up_right, up_left, down_right, down_left = neighbours(cell)
    return (right, down_right, down_left, left, up_left, up_right)
