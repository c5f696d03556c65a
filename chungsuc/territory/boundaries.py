"""Reading boundaries: GeoJSON keyed by the units' codes, checked whole before anything is kept.

Missing and extra units, invalid and overlapping shapes, another coordinate system: each a reason that names
the feature. What passes is simplified with its neighbours, so that shared borders stay shared.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import shapely
from shapely.geometry import mapping, shape

from chungsuc.kit.errors import Reason, reasons, stop_if
from chungsuc.territory.rules import Kind, UnitFact

LEVELS = {
    "district": (Kind.DISTRICT, Kind.CITY),
    "commune": (Kind.COMMUNE, Kind.TOWNSHIP, Kind.WARD),
}
LARGEST = 80 * 1024 * 1024
SHOWN = 50
CODE_NAMES = ("code", "ma", "ma_xa", "ma_huyen", "ma_dvhc", "maxa", "mahuyen", "MA_XA", "MA_HUYEN", "MA", "Code")
# A sliver of two digitised borders is no overlap: less than this share of the smaller of the two.
SLIVER = 0.01
BUDGET = 60_000  # bytes, compressed, of a province's boundaries
PLACES = 4  # decimals of a degree: about ten metres
_WORLD = (102.0, 7.0, 118.0, 24.0)  # Vietnam with its sea, in degrees
_PLAIN_CRS = ("crs84", "epsg::4326", "epsg:4326", "wgs84", "wgs 84")


@dataclass(frozen=True, slots=True)
class Feature:
    """One feature of the file: its place, its code, its shape."""

    place: int
    code: str
    shape: Any


def read(content: bytes, units: Mapping[str, UnitFact], *, code_name: str | None = None) -> dict[str, dict[str, Any]]:
    """The boundaries by code as GeoJSON geometries; `Refused` with every reason, nothing half taken.

    `units`: the units that must all have a boundary, by code.
    """
    collection = _collection(content)
    stop_if(_why_not_crs(collection))
    features, problems = _features(collection["features"], code_name)
    problems += _why_not_units(features, units)
    problems += _why_not_shapes(features)
    stop_if(problems[:SHOWN])
    overlapping = _why_not_apart(features)
    stop_if(overlapping[:SHOWN])
    return _simplified(features)


def _collection(content: bytes) -> dict[str, Any]:
    stop_if(reasons((len(content) > LARGEST, Reason("boundary.too_large", most=LARGEST // 2**20))))
    try:
        told = json.loads(content)
    except (ValueError, RecursionError):
        told = None
    fits = isinstance(told, dict) and told.get("type") == "FeatureCollection" and isinstance(told.get("features"), list)
    stop_if(reasons((not fits, Reason("boundary.not_geojson"))))
    stop_if(reasons((not told["features"], Reason("boundary.empty"))))
    return told


def _why_not_crs(collection: Mapping[str, Any]) -> tuple[Reason, ...]:
    """A coordinate system that the file declares and that is not plain longitude and latitude."""
    declared = collection.get("crs")
    if declared is None:
        return ()
    name = str((declared.get("properties") or {}).get("name", "")) if isinstance(declared, dict) else str(declared)
    plain = any(known in name.lower() for known in _PLAIN_CRS)
    return reasons((not plain, Reason("boundary.other_crs", crs=name[:80])))


def _features(raw: Sequence[Any], code_name: str | None) -> tuple[list[Feature], list[Reason]]:
    features, problems = [], []
    for place, one in enumerate(raw, start=1):
        properties = one.get("properties") if isinstance(one, dict) else None
        code = _code(properties if isinstance(properties, dict) else {}, code_name)
        geometry = one.get("geometry") if isinstance(one, dict) else None
        kind = geometry.get("type") if isinstance(geometry, dict) else None
        if code is None:
            names = [code_name] if code_name else list(CODE_NAMES[:4])
            problems.append(Reason("boundary.no_code", place=place, names=names))
        elif kind not in ("Polygon", "MultiPolygon"):
            problems.append(Reason("boundary.not_an_area", place=place, code=code, kind=str(kind)[:40]))
        else:
            try:
                features.append(Feature(place, code, shape(geometry)))
            except (ValueError, TypeError, IndexError, shapely.errors.ShapelyError):
                problems.append(Reason("boundary.unreadable", place=place, code=code))
    return features, problems


def _code(properties: Mapping[str, Any], code_name: str | None) -> str | None:
    names = (code_name,) if code_name else CODE_NAMES
    found = next((properties[name] for name in names if properties.get(name) not in (None, "")), None)
    return None if found is None else str(found).strip()


def _why_not_units(features: Sequence[Feature], units: Mapping[str, UnitFact]) -> list[Reason]:
    seen: dict[str, int] = {}
    problems = []
    for one in features:
        if one.code in seen:
            problems.append(Reason("boundary.twice", code=one.code, place=one.place, first=seen[one.code]))
        seen.setdefault(one.code, one.place)
        if one.code not in units:
            problems.append(Reason("boundary.extra", code=one.code, place=one.place))
    missing = [unit for code, unit in sorted(units.items()) if code not in seen]
    return problems + [Reason("boundary.missing", code=one.code, name=one.name) for one in missing]


def _why_not_shapes(features: Sequence[Feature]) -> list[Reason]:
    problems = []
    for one in features:
        if one.shape.is_empty:
            problems.append(Reason("boundary.not_an_area", place=one.place, code=one.code, kind="empty"))
            continue
        found = _why_not_place(one)
        if found:
            problems.append(found)
        elif not one.shape.is_valid:
            said = shapely.is_valid_reason(one.shape)
            problems.append(Reason("boundary.invalid", place=one.place, code=one.code, said=said[:120]))
    return problems


def _why_not_place(one: Feature) -> Reason | None:
    """Metres instead of degrees, latitude before longitude, or another part of the world."""
    west, south, east, north = one.shape.bounds
    left, low, right, high = _WORLD
    facts = {"place": one.place, "code": one.code, "x": round(west, 3), "y": round(south, 3)}
    if max(abs(west), abs(east)) > 180 or max(abs(south), abs(north)) > 180:
        return Reason("boundary.metres", **facts)
    if left <= west and east <= right and low <= south and north <= high:
        return None
    swapped = left <= south and north <= right and low <= west and east <= high
    return Reason("boundary.swapped" if swapped else "boundary.elsewhere", **facts)


def _why_not_apart(features: Sequence[Feature]) -> list[Reason]:
    shapes = [one.shape for one in features]
    tree = shapely.STRtree(shapes)
    problems = []
    for first, second in zip(*tree.query(shapes, predicate="intersects"), strict=True):
        if first >= second:
            continue
        shared = shapely.intersection(shapes[first], shapes[second]).area
        share = shared / min(shapes[first].area, shapes[second].area)
        if share > SLIVER:
            codes = {"code": features[first].code, "other": features[second].code}
            problems.append(Reason("boundary.overlap", **codes, percent=round(100 * share, 1)))
    return problems


def _simplified(features: Sequence[Feature]) -> dict[str, dict[str, Any]]:
    """Coarser in steps until the whole fits the budget; borders between two units stay one line."""
    shapes = [one.shape for one in features]
    for tolerance in (0.0, 0.0005, 0.001, 0.002, 0.004, 0.008):
        drawn = shapely.coverage_simplify(shapes, tolerance) if tolerance else shapes
        kept = {one.code: _rounded(mapping(area)) for one, area in zip(features, drawn, strict=True)}
        if len(gzip.compress(json.dumps(kept).encode())) <= BUDGET:
            break
    return kept


def _rounded(geometry: Any) -> Any:
    if isinstance(geometry, Mapping):
        return {"type": geometry["type"], "coordinates": _rounded(geometry["coordinates"])}
    if isinstance(geometry, (list, tuple)):
        return [_rounded(one) for one in geometry]
    return round(float(geometry), PLACES)
