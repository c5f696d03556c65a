"""A drawing as pure data: areas, strokes and labels in millimetres, y downwards. Both writers draw the same one."""

from __future__ import annotations

from dataclasses import dataclass, field

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Area:
    """A filled polygon. `fill` and `line` are `#rrggbb`; no `line`: no border; `width` of the border in mm."""

    points: tuple[Point, ...]
    fill: str
    line: str = ""
    width: float = 0.2
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Stroke:
    """A straight line."""

    start: Point
    end: Point
    width: float = 0.3
    colour: str = "#000000"


@dataclass(frozen=True, slots=True)
class Label:
    """Words at a point: the point is their middle line; `anchor`: start, middle or end of the words."""

    at: Point
    text: str
    size: float = 9
    anchor: str = "middle"
    bold: bool = False
    colour: str = "#000000"
    haloed: bool = False


@dataclass(frozen=True, slots=True)
class Drawing:
    """What is drawn, its size in mm, and `alt`: what somebody who cannot see it must be told."""

    width: float
    height: float
    alt: str
    areas: tuple[Area, ...] = field(default=())
    strokes: tuple[Stroke, ...] = field(default=())
    labels: tuple[Label, ...] = field(default=())


def rectangle(x: float, y: float, width: float, height: float, fill: str, line: str = "") -> Area:
    """A rectangle by its upper left corner and size."""
    return Area(((x, y), (x + width, y), (x + width, y + height), (x, y + height)), fill, line)
