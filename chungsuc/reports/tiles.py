"""The schematic tile map of a ground: each commune one hexagon in the block of its district. For every era."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path

import yaml

from chungsuc.kit import maps
from chungsuc.kit.maps import Cell, Placed
from chungsuc.reports.rules import Ground
from chungsuc.territory import queries as territory
from chungsuc.territory.rules import UnitFact

DATA = Path(os.environ.get("CHUNGSUC_DATA", Path(__file__).resolve().parents[2] / "data"))
OTHERS = "-"  # the block of communes whose district nobody knows
NAME_SIZE = 1.3  # the letters of a district's name, in radii of a hexagon
LETTER = 0.56  # how wide a letter is, as a share of its size


@dataclass(frozen=True, slots=True)
class Tile:
    """One commune: the middle of its hexagon (radius 1, y downwards) and its row in the ground."""

    code: str
    name: str
    district_code: str
    x: float
    y: float
    row: int
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Block:
    """One district, or the land of a former one: the middle of its name, the edges of its border."""

    code: str
    name: str
    x: float
    y: float
    outline: tuple[tuple[tuple[float, float], tuple[float, float]], ...]
    former: bool


@dataclass(frozen=True, slots=True)
class TileMap:
    """The whole map; its box goes from (left, top), `width` and `height` in radii of a hexagon."""

    tiles: tuple[Tile, ...]
    blocks: tuple[Block, ...]
    left: float
    top: float
    width: float
    height: float


def tile_map(ground: Ground) -> TileMap:
    """The map of the communes of a ground; empty where there are none."""
    groups, names, former = _groups(ground)
    order = {code: place for place, code in enumerate(groups)}
    centres = {code: _placed(ground, code) or _fallback(order[code]) for code in groups}
    sizes = {code: len(rows) for code, rows in groups.items()}
    laid = maps.lay(sizes, centres, {code: len(names[code]) * NAME_SIZE * LETTER for code in groups})
    tiles = [
        _tile(ground.communes[row], code, cell, row)
        for code, rows in groups.items()
        for cell, row in zip(laid[code].cells, sorted(rows, key=lambda row: ground.communes[row].code), strict=True)
    ]
    blocks = [_block(code, names[code], laid[code], code in former) for code in groups if names[code]]
    return _boxed(tiles, blocks)


def _groups(ground: Ground) -> tuple[dict[str, list[int]], dict[str, str], set[str]]:
    """Rows by district, the districts' names, and which of them are no longer there."""
    groups: dict[str, list[int]] = defaultdict(list)
    names = {one.code: one.short_name for one in ground.districts}
    before: Mapping[str, UnitFact] | None = None
    for row, commune in enumerate(ground.communes):
        place = int(ground.district_of[row])
        if place >= 0:
            groups[ground.districts[place].code].append(row)
            continue
        before = _districts_before(ground) if before is None else before
        district = before.get(commune.code)
        groups[district.code if district else OTHERS].append(row)
        names.setdefault(district.code if district else OTHERS, district.short_name if district else "")
    return dict(sorted(groups.items())), names, set(groups) - {one.code for one in ground.districts}


def _districts_before(ground: Ground) -> dict[str, UnitFact]:
    """For codes of communes: the district that they, or those who merged into them, stood under last."""
    ended = territory.last_day_of_districts(ground.at)
    if ended is None:
        return {}
    units = territory.units_at(ended)
    by_code = {one.code: one for one in units}
    found: dict[str, UnitFact] = {}
    for step in territory.steps_between(ended, ended + timedelta(days=1)):
        parent = by_code.get(by_code[step.from_code].parent_code or "") if step.from_code in by_code else None
        if step.to_code and parent is not None:
            found.setdefault(step.to_code, parent)
    for one in units:
        if one.parent_code in by_code:
            found.setdefault(one.code, by_code[one.parent_code])
    return found


@cache
def _blocks() -> Mapping[str, tuple[float, float]]:
    placed: dict[str, tuple[float, float]] = {}
    for path in sorted((DATA / "units").glob("*/blocks.yaml")):
        told = yaml.safe_load(path.read_text(encoding="utf-8"))
        placed |= {f"{told['province']}/{code}": tuple(place) for code, place in told["blocks"].items()}
    return placed


def _placed(ground: Ground, code: str) -> tuple[float, float] | None:
    province = (ground.unit, *ground.above)[-1].code
    return _blocks().get(f"{province}/{code}")


def _fallback(place: int) -> tuple[float, float]:
    """Five blocks to a row, in order of code: for provinces whose districts nobody has placed."""
    return 3.0 * (place % 5), 3.0 * (place // 5) + 0.4 * (place % 5 % 2)


def _tile(commune: UnitFact, district: str, cell: Cell, row: int) -> Tile:
    x, y = maps.centre(cell)
    return Tile(commune.code, commune.name, district, round(x, 3), round(y, 3), row, maps.corners(cell, 0.94))


def _block(code: str, name: str, placed: Placed, former: bool) -> Block:
    return Block(code, name, *placed.label, maps.outline(placed.cells), former)


def _boxed(tiles: list[Tile], blocks: list[Block]) -> TileMap:
    """The box holds every hexagon and every name."""
    halves = [(one, len(one.name) * NAME_SIZE * LETTER / 2) for one in blocks]
    xs = [x for one in tiles for x in (one.x - 0.9, one.x + 0.9)]
    xs += [x for one, half in halves for x in (one.x - half, one.x + half)]
    ys = [y for one in tiles for y in (one.y - 1, one.y + 1)] + [one.y - 0.8 for one, _ in halves]
    left, top = min(xs, default=0) - 0.3, min(ys, default=0) - 0.3
    return TileMap(
        tiles=tuple(sorted(tiles, key=lambda one: one.row)),
        blocks=tuple(blocks),
        left=round(left, 3),
        top=round(top, 3),
        width=round(max(xs, default=0) + 0.3 - left, 3),
        height=round(max(ys, default=0) + 0.3 - top, 3),
    )
