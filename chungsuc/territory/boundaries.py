"""Reading boundaries: GeoJSON keyed by the units' codes, checked whole before anything is kept.

Missing and extra units, invalid and overlapping shapes, another coordinate system: each a reason that names
the feature. What passes is simplified with its neighbours, so that shared borders stay shared.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import cos, radians
from typing import Any

import shapely
from shapely.geometry import mapping, shape

from chungsuc.kit.errors import Reason, reasons, stop_if
from chungsuc.territory.rules import UnitFact

LARGEST = 80 * 1024 * 1024
SHOWN = 50
CODE_NAMES = ("code", "ma", "ma_xa", "ma_huyen", "ma_dvhc", "maxa", "mahuyen", "MA_XA", "MA_HUYEN", "MA", "Code")
# What two digitised borders share by chance is no overlap: up to so much of the smaller unit and so many km².
SLIVER, SLIVER_KM2 = 0.01, 0.5
BUDGET = 60_000  # bytes, compressed, of a province's boundaries
TOLERANCES = (0.0, 0.0002, 0.0005, 0.001, 0.002, 0.004, 0.008)  # degrees, from fine to coarse
PLACES = 4  # decimals of a degree: about ten metres
_WORLD = (102.0, 7.0, 118.0, 24.0)  # Vietnam with its sea, in degrees
_PLAIN_CRS = ("crs84", "epsg::4326", "epsg:4326", "wgs84", "wgs 84")
_KM = 111.2  # of a degree of latitude


@dataclass(frozen=True, slots=True)
class Feature:
    """One feature of the file: its place, its code, its shape."""

    place: int
    code: str
    shape: Any


@dataclass(frozen=True, slots=True)
class Read:
    """What a file gave: GeoJSON geometries by code, how far they were simplified (degrees), their compressed size."""

    level: str
    geometries: Mapping[str, dict[str, Any]]
    tolerance: float
    size: int


def read(
    content: bytes,
    levels: Mapping[str, Mapping[str, UnitFact]],
    *,
    level: str | None = None,
    code_name: str | None = None,
) -> Read:
    """The boundaries of one level of units; `Refused` with every reason, nothing half taken.

    `levels`: for each level the units that must all have a boundary, by code. Without `level` it is the one
    whose codes the file bears.
    """
    collection = _collection(content)
    stop_if(_why_not_crs(collection))
    features, problems = _features(collection["features"], code_name)
    level = level or _level_of(features, levels)
    units = levels[level]
    problems += _why_not_units(features, units)
    problems += _why_not_places(features)
    problems += _why_not_shapes(features)
    stop_if(problems[:SHOWN])
    stop_if(_why_not_apart(features, units)[:SHOWN])
    return Read(level, *_simplified(features))


def _level_of(features: Sequence[Feature], levels: Mapping[str, Mapping[str, UnitFact]]) -> str:
    """The level with the most codes of the file; the lowest where none is known."""
    known = {level: sum(one.code in units for one in features) for level, units in levels.items()}
    return max(sorted(levels), key=lambda level: known[level])


def _collection(content: bytes) -> dict[str, Any]:
    stop_if(reasons((len(content) > LARGEST, Reason("boundary.too_large", most=LARGEST // 2**20))))
    try:
        told = json.loads(content, parse_constant=_no_number)
    except (ValueError, RecursionError):
        told = None
    fits = isinstance(told, dict) and told.get("type") == "FeatureCollection" and isinstance(told.get("features"), list)
    stop_if(reasons((not fits, Reason("boundary.not_geojson"))))
    stop_if(reasons((not told["features"], Reason("boundary.empty"))))
    return told


def _no_number(said: str) -> None:
    """NaN and Infinity are no JSON."""
    raise ValueError(said)


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
                features.append(Feature(place, code, shapely.force_2d(shape(geometry))))
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
        elif one.code not in units:
            meant = next((code for code in units if code.lstrip("0") == one.code.lstrip("0")), None)
            lost = {"meant": meant} if meant else {}
            kind = "boundary.no_nought" if meant else "boundary.extra"
            problems.append(Reason(kind, code=one.code, place=one.place, **lost))
            seen.setdefault(meant or one.code, one.place)
        seen.setdefault(one.code, one.place)
    missing = [unit for code, unit in sorted(units.items()) if code not in seen]
    return problems + [Reason("boundary.missing", code=one.code, name=one.name) for one in missing]


def _why_not_places(features: Sequence[Feature]) -> list[Reason]:
    """Metres instead of degrees, latitude before longitude, another part of the world: said once with the first."""
    found: dict[str, list[Feature]] = {}
    for one in features:
        if not one.shape.is_empty and (code := _misplaced(one)):
            found.setdefault(code, []).append(one)
    problems = []
    for code, some in found.items():
        x, y = some[0].shape.bounds[:2]
        at = {"x": round(x, 3), "y": round(y, 3)}
        problems.append(Reason(code, place=some[0].place, code=some[0].code, count=len(some), **at))
    return problems


def _misplaced(one: Feature) -> str | None:
    west, south, east, north = one.shape.bounds
    left, low, right, high = _WORLD
    if max(abs(west), abs(east)) > 180 or max(abs(south), abs(north)) > 180:
        return "boundary.metres"
    if left <= west and east <= right and low <= south and north <= high:
        return None
    swapped = left <= south and north <= right and low <= west and east <= high
    return "boundary.swapped" if swapped else "boundary.elsewhere"


def _why_not_shapes(features: Sequence[Feature]) -> list[Reason]:
    problems = []
    for one in features:
        if one.shape.is_empty:
            problems.append(Reason("boundary.not_an_area", place=one.place, code=one.code, kind="empty"))
        elif not one.shape.is_valid:
            why, _, where = shapely.is_valid_reason(one.shape).partition("[")
            spot = where.rstrip("]").replace(" ", ", ") or "?"
            facts = {"said": why.strip()[:80], "spot": spot}
            problems.append(Reason("boundary.invalid", place=one.place, code=one.code, **facts))
    return problems


def _why_not_apart(features: Sequence[Feature], units: Mapping[str, UnitFact]) -> list[Reason]:
    shapes = [one.shape for one in features]
    tree = shapely.STRtree(shapes)
    problems = []
    for first, second in sorted(zip(*tree.query(shapes, predicate="intersects").tolist(), strict=True)):
        if first >= second:
            continue
        common = shapely.intersection(shapes[first], shapes[second])
        share = common.area / min(shapes[first].area, shapes[second].area)
        km2 = common.area * _KM**2 * cos(radians(shapes[first].centroid.y))
        if share > SLIVER or km2 > SLIVER_KM2:
            one, other = units[features[first].code], units[features[second].code]
            names = {"code": one.code, "name": one.name, "other": other.code, "other_name": other.name}
            facts = {"percent": round(100 * share, 1), "area": round(km2, 2)}
            problems.append(Reason("boundary.overlap", **names, **facts))
    return problems


def _simplified(features: Sequence[Feature]) -> tuple[dict[str, dict[str, Any]], float, int]:
    """Coarser in steps until the whole fits the budget; borders between two units stay one line."""
    shapes = [one.shape for one in features]
    for tolerance in TOLERANCES:
        drawn = shapely.coverage_simplify(shapes, tolerance) if tolerance else shapes
        kept = {one.code: _rounded(mapping(area)) for one, area in zip(features, drawn, strict=True)}
        size = len(gzip.compress(json.dumps(kept, separators=(",", ":")).encode(), mtime=0))
        if size <= BUDGET:
            break
    return kept, tolerance, size


def _rounded(geometry: Any) -> Any:
    if isinstance(geometry, Mapping):
        return {"type": geometry["type"], "coordinates": _rounded(geometry["coordinates"])}
    if isinstance(geometry, (list, tuple)):
        return [_rounded(one) for one in geometry]
    return round(float(geometry), PLACES)
