"""The map as a page draws it on the server: SVG with classes only, each unit a link."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import cos, radians
from typing import Any
from urllib.parse import quote, urlencode

from chungsuc.doors.desk.maps.classes import Class, Key, by_count
from chungsuc.doors.desk.reports.forms import Asked
from chungsuc.kit.catalogue import text
from chungsuc.reports.rules import Ground
from chungsuc.reports.tiles import tile_map
from chungsuc.territory.rules import UnitFact

SCALE = 20  # drawn larger than it is laid, because browsers set letters badly below one pixel
WIDE = 1200  # a real map is drawn so wide, in whole units: finer than a screen shows
SMALL, FEW = 30, 80
SIGN_ROOM = 15  # a sign is written only where a circle of this radius fits

Ring = Sequence[Sequence[float]]


@dataclass(frozen=True, slots=True)
class Shape:
    """One unit: its class, what it says, where it leads, its outline ("" is the hexagon at x, y), the sign in it."""

    code: str
    kind: str
    fill: str
    said: str
    to: str
    x: int
    y: int
    path: str
    sign: str


@dataclass(frozen=True, slots=True)
class Label:
    """The name of a block of hexagons, or the border of a district as an SVG path."""

    name: str
    x: int
    y: int
    border: str


@dataclass(frozen=True, slots=True)
class MapFigure:
    """Everything the part `desk/parts/tile_map.html` needs.

    `schematic`: no boundaries are drawn. `rest`: outlines of units that are no communes, so that the land is whole.
    """

    box: str
    said: str
    shapes: tuple[Shape, ...]
    labels: tuple[Label, ...]
    legend: tuple[Key, ...]
    schematic: bool = True
    rest: tuple[str, ...] = ()

    @property
    def size(self) -> str:
        """Fewer hexagons are drawn larger: their letters then need not be as large ("small" one district, "few")."""
        if not self.schematic or len(self.shapes) > FEW:
            return ""
        return "small" if len(self.shapes) <= SMALL else "few"

    @property
    def fills(self) -> bool:
        """Whether any pattern is used."""
        return any(one.fill for one in (*self.shapes, *self.legend))


def count_map(ground: Ground, asked: Asked, lang: str) -> MapFigure:
    """The communes coloured by the band of their criteria met, the count written in each hexagon."""
    rows, legend = by_count(ground, lang)
    said = text("desk.map.said", lang, unit=ground.unit.name, at=ground.at)
    return tile_figure(ground, rows, legend, said, asked)


def tile_figure(ground: Ground, rows: Sequence[Class], legend: tuple[Key, ...], said: str, asked: Asked) -> MapFigure:
    """The schematic map with a class for each row."""
    drawn, question = tile_map(ground), urlencode(asked.explicit)
    shapes = tuple(
        _shape(ground.communes[one.row], ground.unit, rows[one.row], question, (one.x * SCALE, one.y * SCALE))
        for one in drawn.tiles
    )
    box = " ".join(f"{one * SCALE:.0f}" for one in (drawn.left, drawn.top, drawn.width, drawn.height))
    labels = tuple(Label(one.name, round(one.x * SCALE), round(one.y * SCALE), "") for one in drawn.blocks)
    return MapFigure(box, said, shapes, labels, legend)


def real_figure(
    within: UnitFact,
    units: Sequence[UnitFact],
    geometries: dict[int, dict[str, Any]],
    rows: Sequence[Class],
    legend: tuple[Key, ...],
    said: str,
    asked: Asked,
    *,
    lines: Sequence[dict[str, Any]] = (),
    rest: Sequence[dict[str, Any]] = (),
) -> MapFigure:
    """Units by their boundaries, `lines` drawn over them, `rest` under them; degrees as on a map of this latitude."""
    plan = _Plan([*geometries.values(), *lines, *rest])
    question = urlencode(asked.explicit)
    shapes = []
    for unit, one in zip(units, rows, strict=True):
        geometry = geometries.get(unit.id)
        if geometry is None:
            continue
        anchor, room = plan.anchor(geometry)
        sign = one if room >= SIGN_ROOM else Class(one.kind, one.fill, "", one.value)
        shapes.append(_shape(unit, within, sign, question, anchor, plan.path(geometry)))
    labels = tuple(Label("", 0, 0, plan.path(geometry)) for geometry in lines)
    under = tuple(plan.path(geometry) for geometry in rest)
    return MapFigure(plan.box, said, tuple(shapes), labels, legend, schematic=False, rest=under)


class _Plan:
    """Degrees to whole units of the drawing."""

    def __init__(self, geometries: Sequence[dict[str, Any]]) -> None:
        points = [point for geometry in geometries for ring in _rings(geometry) for point in ring]
        self.west, east = min(x for x, _ in points), max(x for x, _ in points)
        south, self.north = min(y for _, y in points), max(y for _, y in points)
        self.across = cos(radians((south + self.north) / 2))
        self.unit = WIDE / ((east - self.west) * self.across or 1)
        self.box = f"-8 -8 {WIDE + 16} {(self.north - south) * self.unit + 16:.0f}"

    def spot(self, point: Sequence[float]) -> tuple[int, int]:
        return round((point[0] - self.west) * self.across * self.unit), round((self.north - point[1]) * self.unit)

    def path(self, geometry: dict[str, Any]) -> str:
        """Every ring as `Mx yldx dy…z`; steps that come to nothing are left out."""
        return "".join(self._ring(ring) for ring in _rings(geometry))

    def _ring(self, ring: Ring) -> str:
        spots = [self.spot(point) for point in ring[:-1]]
        steps = ((b[0] - a[0], b[1] - a[1]) for a, b in pairwise(spots))
        return f"M{spots[0][0]} {spots[0][1]}l" + " ".join(f"{x} {y}" for x, y in steps if x or y) + "z"

    def anchor(self, geometry: dict[str, Any]) -> tuple[tuple[int, int], float]:
        """Where a sign stands, and how much room there is around it."""
        x, y, radius = geometry["anchor"]
        return self.spot((x, y)), radius * self.across * self.unit


def _rings(geometry: dict[str, Any]) -> Iterator[Ring]:
    parts = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    return (ring for part in parts for ring in part)


def _shape(
    unit: UnitFact, within: UnitFact, one: Class, question: str, at: tuple[float, float], path: str = ""
) -> Shape:
    to = f"/units/{quote(unit.code)}" + (f"?{question}" if question else "")
    name = unit.name if unit.parent_id in (None, within.id, unit.id) else f"{unit.name}, {unit.parent_name}"
    said = f"{name}: {one.value}"
    return Shape(unit.code, one.kind, one.fill, said, to, round(at[0]), round(at[1]), path, one.sign)
