"""The map as a page draws it on the server: SVG with classes only, each commune a link."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi
from typing import Any
from urllib.parse import quote, urlencode

from chungsuc.doors.desk.maps.classes import Class, Key, by_count
from chungsuc.doors.desk.reports.forms import Asked
from chungsuc.kit.catalogue import text
from chungsuc.reports.rules import Ground
from chungsuc.reports.tiles import Block, tile_map

SCALE = 20  # drawn larger than it is laid, because browsers set letters badly below one pixel
WIDE = 1000  # a real map is drawn so wide


@dataclass(frozen=True, slots=True)
class Shape:
    """One commune: its outline as an SVG path, its class, what it says, where it leads, the sign written in it."""

    code: str
    path: str
    kind: str
    said: str
    to: str
    x: str
    y: str
    label: str


@dataclass(frozen=True, slots=True)
class Label:
    """The name of a block and its border."""

    name: str
    x: str
    y: str
    border: str


@dataclass(frozen=True, slots=True)
class MapFigure:
    """Everything the part `desk/parts/tile_map.html` needs. `schematic`: no boundaries are drawn."""

    box: str
    said: str
    shapes: tuple[Shape, ...]
    labels: tuple[Label, ...]
    legend: tuple[Key, ...]
    schematic: bool = True


def count_map(ground: Ground, asked: Asked, lang: str) -> MapFigure:
    """The communes coloured by the band of their criteria met, the count written in each hexagon."""
    rows, legend = by_count(ground, lang)
    said = text("desk.map.said", lang, unit=ground.unit.name, at=ground.at)
    return tile_figure(ground, rows, legend, said, asked)


def tile_figure(
    ground: Ground, rows: Sequence[Class], legend: tuple[Key, ...], said: str, asked: Asked
) -> MapFigure:
    """The schematic map with a class for each row."""
    drawn = tile_map(ground)
    question = urlencode(asked.explicit)
    shapes = tuple(
        Shape(
            code=tile.code,
            path="M" + "L".join(f"{x * SCALE:.0f} {y * SCALE:.0f}" for x, y in tile.points) + "Z",
            kind=rows[tile.row].kind,
            said=rows[tile.row].said,
            to=_to(tile.code, question),
            x=f"{tile.x * SCALE:.0f}",
            y=f"{tile.y * SCALE:.0f}",
            label=rows[tile.row].sign,
        )
        for tile in drawn.tiles
    )
    box = " ".join(f"{one * SCALE:.0f}" for one in (drawn.left, drawn.top, drawn.width, drawn.height))
    return MapFigure(box, said, shapes, tuple(_label(one) for one in drawn.blocks), legend)


def real_figure(
    ground: Ground,
    geometries: dict[int, dict[str, Any]],
    rows: Sequence[Class],
    legend: tuple[Key, ...],
    said: str,
    asked: Asked,
) -> MapFigure:
    """The communes by their boundaries; degrees are drawn as on a map of this latitude."""
    rings = {key: _rings(geometry) for key, geometry in geometries.items()}
    points = [point for some in rings.values() for ring in some for point in ring]
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    across = cos((south + north) / 2 * pi / 180)
    unit = WIDE / ((east - west) * across or 1)
    question = urlencode(asked.explicit)

    def spot(point: Sequence[float]) -> tuple[float, float]:
        return (point[0] - west) * across * unit, (north - point[1]) * unit

    shapes = []
    for row, commune in enumerate(ground.communes):
        if commune.id not in rings:
            continue
        drawn = [[spot(point) for point in ring] for ring in rings[commune.id]]
        largest = max(drawn, key=len)
        path = "".join("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in ring[:-1]) + "Z" for ring in drawn)
        x = (min(one for one, _ in largest) + max(one for one, _ in largest)) / 2
        y = (min(one for _, one in largest) + max(one for _, one in largest)) / 2
        one, to = rows[row], _to(commune.code, question)
        shapes.append(Shape(commune.code, path, one.kind, one.said, to, f"{x:.0f}", f"{y:.0f}", one.sign))
    box = f"-8 -8 {WIDE + 16} {(north - south) * unit + 16:.0f}"
    return MapFigure(box, said, tuple(shapes), (), legend, schematic=False)


def _rings(geometry: dict[str, Any]) -> list[list[list[float]]]:
    coordinates = geometry["coordinates"]
    return list(coordinates) if geometry["type"] == "Polygon" else [ring for part in coordinates for ring in part]


def _to(code: str, question: str) -> str:
    return f"/units/{quote(code)}" + (f"?{question}" if question else "")


def _label(block: Block) -> Label:
    border = "".join(
        f"M{a[0] * SCALE:.0f} {a[1] * SCALE:.0f}L{b[0] * SCALE:.0f} {b[1] * SCALE:.0f}" for a, b in block.outline
    )
    return Label(block.name, f"{block.x * SCALE:.0f}", f"{block.y * SCALE:.0f}", border)
