"""A grid of pointy-top hexagons of radius 1. Cells are (q, r): r counts rows downwards, q slants (axial). Pure."""

from __future__ import annotations

from collections.abc import Iterable
from math import cos, pi, sin, sqrt

Cell = tuple[int, int]
Point = tuple[float, float]
WIDTH, STEP = sqrt(3), 1.5  # from middle to middle: across in a row, down to the next row
# Across each side, in the order of `corners`: right, lower right, lower left, left, upper left, upper right.
SIDES: tuple[Cell, ...] = ((1, 0), (0, 1), (-1, 1), (-1, 0), (0, -1), (1, -1))


def centre(cell: Cell) -> Point:
    """The middle of a cell; y grows downwards."""
    q, r = cell
    return WIDTH * (q + r / 2), STEP * r


def cell_at(point: Point) -> Cell:
    """The cell whose middle is near the point: its row first, then the place in the row."""
    r = round(point[1] / STEP)
    return round(point[0] / WIDTH - r / 2), r


def corners(cell: Cell, radius: float = 1.0) -> tuple[Point, ...]:
    """The six corners, from the upper right one clockwise."""
    x, y = centre(cell)
    angles = (pi / 180 * (60 * side - 30) for side in range(6))
    return tuple((round(x + radius * cos(angle), 3), round(y + radius * sin(angle), 3)) for angle in angles)


def neighbours(cell: Cell) -> tuple[Cell, ...]:
    """The six cells that touch a cell, in the order of its sides."""
    return tuple((cell[0] + q, cell[1] + r) for q, r in SIDES)


def moved(cells: Iterable[Cell], by: Cell) -> set[Cell]:
    """The same cells elsewhere on the grid."""
    return {(q + by[0], r + by[1]) for q, r in cells}


def around(cells: Iterable[Cell]) -> set[Cell]:
    """The cells that touch any of these, without these."""
    own = set(cells)
    return {near for cell in own for near in neighbours(cell)} - own


def outline(cells: Iterable[Cell], radius: float = 1.0) -> tuple[tuple[Point, Point], ...]:
    """The edges on the border of a block: those that no two of its cells share."""
    own = set(cells)
    edges = []
    for cell in sorted(own):
        points = corners(cell, radius)
        for side, near in enumerate(neighbours(cell)):
            if near not in own:
                edges.append((points[side], points[(side + 1) % 6]))
    return tuple(edges)
