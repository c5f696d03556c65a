"""Boundaries on a day: those of the last layer between whose day and the day asked about no unit changed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import Count, Max, Min

from chungsuc.kit.errors import Reason, Refused, reasons, stop_if
from chungsuc.territory.models import BoundaryLayer, UnitVersion
from chungsuc.territory.queries.generations import generations
from chungsuc.territory.queries.units import units_at
from chungsuc.territory.rules import BOUNDARY_LEVELS, UnitFact

if TYPE_CHECKING:
    from chungsuc.territory.boundaries import Read


@dataclass(frozen=True, slots=True)
class LayerFact:
    """One layer as it was handed in."""

    id: int
    label: str
    province_code: str
    kind: str
    on: date
    source: str
    licence: str
    by: str
    at: datetime
    units: int
    note: str


@dataclass(frozen=True)
class Boundaries:
    """GeoJSON geometries by unit identity, each with its `anchor`, and the layers they are from, newest first.

    `anchor`: [longitude, latitude, radius] of the largest circle inside, in degrees: where a sign has room.
    """

    geometries: dict[int, dict[str, Any]]
    layers: tuple[LayerFact, ...]


# A layer holds for a unit on a day when nothing changed the unit's land between the two days.
_AT = """
SELECT DISTINCT ON (b.unit_id) b.unit_id, b.geometry, b.layer_id
FROM territory_boundary b JOIN territory_boundary_layer l ON l.id = b.layer_id
WHERE b.unit_id = ANY(%(ids)s) AND NOT EXISTS (
    SELECT 1 FROM territory_change c
    WHERE (c.from_unit_id = b.unit_id OR c.to_unit_id = b.unit_id)
      AND c.change ~ '(merge|split|absorb|part_transfer|abolish)'
      AND c.effective > least(l.on, %(day)s) AND c.effective <= greatest(l.on, %(day)s)
)
ORDER BY b.unit_id, l.id DESC
"""


def boundaries_at(on: date, unit_ids: Sequence[int]) -> Boundaries:
    """The boundaries of these units on a day; units without one that day are left out."""
    with connection.cursor() as cursor:
        cursor.execute(_AT, {"ids": list(unit_ids), "day": on})
        rows = [(unit, json.loads(told) if isinstance(told, str) else told, layer) for unit, told, layer in cursor]
    if not rows:
        return Boundaries({}, ())
    for (_, told, _), anchor in zip(rows, _anchors([told for _, told, _ in rows]), strict=True):
        told["anchor"] = anchor
    used = {layer for _, _, layer in rows}
    return Boundaries({unit: told for unit, told, _ in rows}, tuple(one for one in boundary_layers() if one.id in used))


def _anchors(geometries: Sequence[dict[str, Any]]) -> list[list[float]]:
    import shapely  # here, because it takes a tenth of a second and every command would wait for it
    from shapely.geometry import shape

    circles = shapely.maximum_inscribed_circle([shape(one) for one in geometries], tolerance=0.001)
    return [[*circle.coords[0], circle.length] for circle in circles]


def boundary_layers() -> list[LayerFact]:
    """Every layer, newest first."""
    found = BoundaryLayer.objects.annotate(units=Count("boundaries")).order_by("-pk")
    names = [one.name for one in fields(LayerFact)]
    return [LayerFact(**{name: getattr(row, name) for name in names}) for row in found]


def levels_at(on: date, province_code: str) -> dict[str, dict[str, UnitFact]]:
    """For each level that can have boundaries: the units of the province on the day, by code."""
    below = units_at(on, province_code)
    return {level: {one.code: one for one in below if one.kind in kinds} for level, kinds in BOUNDARY_LEVELS.items()}


def read_boundaries(
    content: bytes, on: date, province_code: str, *, level: str | None = None, code_name: str | None = None
) -> Read:
    """What a file of boundaries gives for a province on a day, or `Refused` with all that is wrong; nothing is kept."""
    from chungsuc.territory.boundaries import read  # here, because of shapely

    levels = levels_at(on, province_code)
    empty = not any(levels.values()) if level is None else not levels[level]
    facts = {"kind": level or "district, commune", "on": on, "province": province_code}
    stop_if(reasons((empty, Reason("boundary.no_units", **facts))))
    return read(content, levels, level=level, code_name=code_name)


def day_of_generation(generation: int, today: date) -> tuple[date, str]:
    """A day on which the units of an activated generation are in force, and its province.

    The last day on which one of its units began; where none has a known first day, the last day of its first.
    """
    fact = next((one for one in generations() if one.id == generation), None)
    if fact is None:
        raise Refused(Reason("generation.unknown", id=generation))
    if fact.step != "activated":
        raise Refused(Reason("boundary.generation_waits", id=generation, step=fact.step))
    rows = UnitVersion.objects.filter(generation_id=generation)
    begun, over = rows.aggregate(begun=Max("valid_from"), over=Min("valid_to")).values()
    day = begun or (over - timedelta(days=1) if over else today)
    return day, fact.province_code
