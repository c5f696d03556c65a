"""From an overlay file to an `Overlay`: it may fill what is delegated or tighten what may be tightened."""

from __future__ import annotations

from collections.abc import Mapping

from chungsuc.criteria.engine.nodes import AtMost
from chungsuc.criteria.engine.overlays import Overlay
from chungsuc.criteria.engine.placing import leaf_for
from chungsuc.criteria.engine.sets import Cell, CriteriaSet, Fill, Indicator, Kind, scalars
from chungsuc.criteria.reader import shapes
from chungsuc.criteria.reader.build import Builder, provenance, span_in_order, words
from chungsuc.criteria.reader.problems import Path, nearest
from chungsuc.kit.errors import Reason


def build_overlay(
    shape: shapes.OverlayShape, lines: dict[Path, int], sets: Mapping[str, CriteriaSet]
) -> tuple[Overlay, tuple[Reason, ...]]:
    """The overlay, and why each of its values may not stand where it does."""
    builder = Builder(lines)
    span_in_order(builder, shape.in_force, "in_force")
    fills: dict[str, dict[str, Fill]] = {}
    for set_code, entries in shape.sets.items():
        if set_code not in sets:
            builder.wrong(
                "criteria.file_unknown_set", ("sets", set_code), given=set_code, meant=nearest(set_code, sets)
            )
            continue
        _region_known(builder, shape, sets[set_code])
        fills[set_code] = {}
        for code, one in entries.items():
            fill = _fill(builder, shape, sets[set_code], code, one)
            if fill is not None:
                fills[set_code][code] = fill
    built = Overlay(
        code=shape.code,
        province=shape.province,
        region=shape.region,
        example=shape.example,
        name=words(shape.name),
        citation=words(shape.citation),
        in_force=(shape.in_force.from_, shape.in_force.to),
        fills=fills,
    )
    return built, tuple(builder.problems)


def _region_known(builder: Builder, shape: shapes.OverlayShape, criteria_set: CriteriaSet) -> None:
    if shape.region not in criteria_set.regions:
        builder.wrong(
            "criteria.file_unknown_region",
            ("region",),
            given=shape.region,
            meant=nearest(shape.region, criteria_set.regions),
        )


def _fill(
    builder: Builder, shape: shapes.OverlayShape, criteria_set: CriteriaSet, code: str, one: shapes.FillShape
) -> Fill | None:
    path: Path = ("sets", criteria_set.code, code)
    indicator = criteria_set.by_code.get(code)
    if indicator is None:
        known = nearest(code, criteria_set.by_code)
        builder.wrong("criteria.overlay_unknown_indicator", path, given=code, set=criteria_set.code, meant=known)
        return None
    builder.schemes = tuple({"khu_vuc": None, **dict.fromkeys(criteria_set.classes)})
    before = len(builder.problems)
    cells = _cells(builder, indicator, one, (*path, "value"))
    if len(builder.problems) > before:
        return None
    if not _may_stand(builder, shape, criteria_set, indicator, cells, path):
        return None
    return Fill(
        cells=cells,
        provenance=provenance(one.provenance, example=shape.example),
        citation=words(shape.citation),
        overlay=shape.code,
    )


def _cells(builder: Builder, indicator: Indicator, one: shapes.FillShape, path: Path) -> dict[str, Cell]:
    """Cells by part; "" for an indicator without parts."""
    if not indicator.parts:
        cell = builder.cell(one.value, path, indicator)
        return {} if cell is None else {"": cell}
    keys = [part.key for part in indicator.parts]
    if not isinstance(one.value, dict) or set(one.value) != set(keys):
        builder.wrong("criteria.overlay_parts", path, given=indicator.code, parts=keys)
        return {}
    found = {key: builder.cell(one.value[key], (*path, key), indicator) for key in keys}
    return {key: cell for key, cell in found.items() if cell is not None}


def _may_stand(
    builder: Builder,
    shape: shapes.OverlayShape,
    criteria_set: CriteriaSet,
    indicator: Indicator,
    cells: Mapping[str, Cell],
    path: Path,
) -> bool:
    """Fill what is delegated; else only where tightening is allowed, and only tighter."""
    national = {
        part: table.get(shape.region, table.get("all"))
        for part, table in ([(part.key, part.thresholds) for part in indicator.parts] or [("", indicator.thresholds)])
    }
    if indicator.set_by == "province" and (indicator.kind is Kind.BOOLEAN or not any(national.values())):
        return True
    facts = {"given": indicator.code, "set": criteria_set.code}
    if not indicator.may_tighten:
        builder.wrong("criteria.overlay_not_delegated", path, **facts)
        return False
    for part, cell in cells.items():
        for value in scalars(cell):
            limits = scalars(national[part])
            looser = [limit for limit in limits if not _at_least_as_strict(indicator, value, limit)]
            if looser or not limits:
                least = looser[0] if looser else "?"
                builder.wrong("criteria.overlay_loosens", path, **facts, value=value, national=least)
                return False
    return True


def _at_least_as_strict(indicator: Indicator, value: object, limit: object) -> bool:
    mine, theirs = leaf_for(indicator, value), leaf_for(indicator, limit)  # type: ignore[arg-type]
    return mine.limit <= theirs.limit if isinstance(mine, AtMost) else mine.limit >= theirs.limit
