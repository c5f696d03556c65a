"""The schematic map as a page draws it on the server: SVG with classes only, each hexagon a link."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from chungsuc.doors.desk.reports.forms import Asked
from chungsuc.kit.catalogue import text
from chungsuc.reports.rules import Bands, Ground
from chungsuc.reports.tiles import Block, TileMap, tile_map

SCALE = 20  # drawn larger than it is laid, because browsers set letters badly below one pixel


@dataclass(frozen=True, slots=True)
class Shape:
    """One hexagon: its corners, its colour class, what it says, where it leads, the number written in it."""

    points: str
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
class Key:
    """One colour class of the legend and how many communes are in it."""

    kind: str
    said: str
    count: int


@dataclass(frozen=True, slots=True)
class MapFigure:
    """Everything the part `desk/parts/tile_map.html` needs."""

    box: str
    said: str
    shapes: tuple[Shape, ...]
    labels: tuple[Label, ...]
    legend: tuple[Key, ...]


def count_map(ground: Ground, asked: Asked, lang: str) -> MapFigure:
    """The communes coloured by the band of their criteria met, the count written in each hexagon."""
    drawn = tile_map(ground)
    kinds = [_band(ground.bands, ground.met_of(row)) for row in range(len(ground.communes))]
    question = urlencode(asked.explicit)
    shapes = tuple(
        Shape(
            points=" ".join(f"{x * SCALE:.1f},{y * SCALE:.1f}" for x, y in tile.points),
            kind=kinds[tile.row],
            said=_said(ground, tile.row, tile.name, lang),
            to=f"/units/{quote(tile.code)}" + (f"?{question}" if question else ""),
            x=f"{tile.x * SCALE:.1f}",
            y=f"{tile.y * SCALE:.1f}",
            label="" if ground.met_of(tile.row) is None else str(ground.met_of(tile.row)),
        )
        for tile in drawn.tiles
    )
    return MapFigure(
        box=_box(drawn),
        said=text("desk.map.said", lang, unit=ground.unit.name, at=ground.at),
        shapes=shapes,
        labels=tuple(_label(one) for one in drawn.blocks),
        legend=_legend(ground.bands, kinds, lang),
    )


def _box(drawn: TileMap) -> str:
    return " ".join(f"{one * SCALE:.0f}" for one in (drawn.left, drawn.top, drawn.width, drawn.height))


def _label(block: Block) -> Label:
    border = "".join(
        f"M{a[0] * SCALE:.1f} {a[1] * SCALE:.1f}L{b[0] * SCALE:.1f} {b[1] * SCALE:.1f}" for a, b in block.outline
    )
    return Label(block.name, f"{block.x * SCALE:.1f}", f"{block.y * SCALE:.1f}", border)


def _band(bands: Bands, met: int | None) -> str:
    """`band-1` the best … `band-5`; `band-none` where there are no figures."""
    if met is None:
        return "band-none"
    place = next(number for number, (low, high) in enumerate(bands.ranges, start=1) if low <= met <= high)
    return f"band-{place}"


def _said(ground: Ground, row: int, name: str, lang: str) -> str:
    met = ground.met_of(row)
    if met is None:
        return text("desk.map.no_figures", lang, name=name)
    return text("desk.map.met", lang, name=name, met=met, of=len(ground.criteria))


def _legend(bands: Bands, kinds: list[str], lang: str) -> tuple[Key, ...]:
    count = Counter(kinds)
    keys = [
        Key(f"band-{place}", text("desk.map.band", lang, band=key.replace("-", "–")), count[f"band-{place}"])
        for place, key in enumerate(bands.keys, start=1)
    ]
    if count["band-none"]:
        keys.append(Key("band-none", text("desk.map.band.none", lang), count["band-none"]))
    return tuple(keys)
