"""Boundaries on a day: those of the last layer between whose day and the day asked about no unit changed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection

from chungsuc.territory.models import BoundaryLayer


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


# A layer holds on a day when nothing that touches the unit took effect between the two days.
_AT = """
SELECT DISTINCT ON (b.unit_id) b.unit_id, b.geometry
FROM territory_boundary b JOIN territory_boundary_layer l ON l.id = b.layer_id
WHERE b.unit_id = ANY(%(ids)s) AND NOT EXISTS (
    SELECT 1 FROM territory_change c
    WHERE (c.from_unit_id = b.unit_id OR c.to_unit_id = b.unit_id)
      AND c.effective > least(l.on, %(day)s) AND c.effective <= greatest(l.on, %(day)s)
)
ORDER BY b.unit_id, l.id DESC
"""


def boundaries_at(on: date, unit_ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """GeoJSON geometries by unit identity; units without a boundary on that day are left out."""
    with connection.cursor() as cursor:
        cursor.execute(_AT, {"ids": list(unit_ids), "day": on})
        rows = cursor.fetchall()
    return {unit: json.loads(told) if isinstance(told, str) else told for unit, told in rows}


def boundary_layers() -> list[LayerFact]:
    """Every layer, newest first."""
    from django.db.models import Count

    found = BoundaryLayer.objects.annotate(count=Count("boundaries")).order_by("-pk")
    return [
        LayerFact(
            one.pk, one.label, one.province_code, one.kind, one.on, one.source, one.licence, one.by, one.at, one.count
        )
        for one in found
    ]
