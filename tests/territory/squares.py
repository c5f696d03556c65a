"""Boundaries made up for tests: each unit a square of a chessboard in the north, side by side."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

WEST, SOUTH, SIDE = 106.0, 22.5, 0.1


def square(place: int, across: int = 3) -> list[list[float]]:
    """The ring of the square at this place of the board."""
    x, y = WEST + SIDE * (place % across), SOUTH + SIDE * (place // across)
    ring = [(x, y), (x + SIDE, y), (x + SIDE, y + SIDE), (x, y + SIDE), (x, y)]
    return [[round(one, 4), round(other, 4)] for one, other in ring]


def feature(code: Any, ring: Sequence[Sequence[float]], kind: str = "Polygon", **properties: Any) -> dict[str, Any]:
    """One feature of a file."""
    return {
        "type": "Feature",
        "properties": {"code": code, **properties},
        "geometry": {"type": kind, "coordinates": [list(map(list, ring))]},
    }


def board(codes: Iterable[str], across: int = 3) -> list[dict[str, Any]]:
    """A feature for each code."""
    return [feature(code, square(place, across)) for place, code in enumerate(codes)]


def collection(features: Sequence[Any], **more: Any) -> bytes:
    """The file."""
    return json.dumps({"type": "FeatureCollection", "features": list(features), **more}).encode()
