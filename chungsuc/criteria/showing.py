"""Sets, indicators and thresholds as plain data for tables, JSON and the reference pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chungsuc.criteria.engine.sentences import amount, with_unit
from chungsuc.criteria.engine.sets import (
    ByClass,
    ByYear,
    Cell,
    CriteriaSet,
    Criterion,
    Indicator,
    Kind,
    Provenance,
    Words,
)
from chungsuc.criteria.queries import SetSummary
from chungsuc.kit.catalogue import text


def summary_json(one: SetSummary) -> dict[str, Any]:
    """One set in a list."""
    return {
        "code": one.code,
        "name": one.name._asdict(),
        "citation": one.citation._asdict(),
        "kind_of_unit": one.kind_of_unit,
        "period": {"from": one.period[0], "to": one.period[1]},
        "in_force": {"from": one.in_force[0], "to": one.in_force[1]},
        "judges": one.judges,
        "incomplete": words_json(one.incomplete),
        "criteria": one.criteria,
        "indicators": one.indicators,
        "totals": {"criteria": one.totals[0], "indicators": one.totals[1]} if one.totals else None,
        "replaced_by": one.replaced_by,
        "overlays": list(one.overlays),
        "version": one.version,
    }


def set_json(one: CriteriaSet) -> dict[str, Any]:
    """A whole set; thresholds by column, each with its provenance."""
    return {
        "code": one.code,
        "name": one.name._asdict(),
        "citation": one.citation._asdict(),
        "kind_of_unit": one.kind_of_unit,
        "period": {"from": one.period[0], "to": one.period[1]},
        "in_force": {"from": one.in_force[0], "to": one.in_force[1]},
        "judges": one.judges,
        "incomplete": words_json(one.incomplete),
        "overlay": one.overlay,
        "overlay_example": one.overlay_example,
        "version": one.version,
        "totals": {"criteria": one.totals[0], "indicators": one.totals[1]} if one.totals else None,
        "legal_basis": [
            {"document": doc.document, "issued": doc.issued, "provenance": provenance_json(doc.provenance)}
            for doc in (*one.legal_basis, *one.amendments)
        ],
        "guidance": [
            {
                "document": doc.document,
                "issued": doc.issued,
                "indicators": "all" if doc.indicators is None else list(doc.indicators),
                "provenance": provenance_json(doc.provenance),
            }
            for doc in one.guidance
        ],
        "regions": {key: name._asdict() for key, name in one.regions.items()},
        "groups": {key: name._asdict() for key, name in one.groups.items()},
        "classes": {
            key: {"name": scheme.name._asdict(), "values": {k: v._asdict() for k, v in scheme.values.items()}}
            for key, scheme in one.classes.items()
        },
        "criteria": [_criterion_json(one, criterion) for criterion in one.criteria],
    }


def _criterion_json(whole: CriteriaSet, one: Criterion) -> dict[str, Any]:
    return {
        "number": one.number,
        "name": one.name._asdict(),
        "group": one.group,
        "name_provenance": provenance_json(one.name_provenance),
        "indicators": [_indicator_json(whole, indicator) for indicator in one.indicators],
    }


def _indicator_json(whole: CriteriaSet, one: Indicator) -> dict[str, Any]:
    return {
        "code": one.code,
        "name": one.name._asdict(),
        "short": one.short._asdict(),
        "name_provenance": provenance_json(one.name_provenance),
        "kind": one.kind,
        "unit": words_json(one.unit),
        "better": None if one.kind is Kind.BOOLEAN else one.better,
        "counted": words_json(one.counted.name) if one.counted else None,
        "counts_required": one.counts_required,
        "owner": words_json(whole.owners.get(one.owner or "")),
        "set_by": one.set_by,
        "may_tighten": one.may_tighten,
        "not_applicable": one.set_aside,
        "conditional": words_json(one.conditional),
        "parts": list(one.part_keys),
        "both_sexes": one.both_sexes,
        "thresholds": {key: cell_json(cell) for key, cell in one.thresholds.items()}
        if not one.parts
        else {part.key: {key: cell_json(cell) for key, cell in part.thresholds.items()} for part in one.parts},
        "provincial": {key: cell_json(cell) for key, cell in one.fill.cells.items()} if one.fill else None,
        "provenance": provenance_json(one.fill.provenance if one.fill else one.provenance),
    }


def cell_json(cell: Cell) -> Any:
    """A threshold as it stands in the file: a value, or values by year or by class."""
    if isinstance(cell, ByYear):
        return {"year": {str(year): cell_json(inner) for year, inner in cell.steps}}
    if isinstance(cell, ByClass):
        return {cell.scheme: {key: cell_json(inner) for key, inner in cell.values.items()}}
    return cell


def provenance_json(one: Provenance) -> dict[str, Any]:
    """Where a value comes from."""
    return {
        "status": one.status,
        "confidence": one.confidence,
        "sources": list(one.sources),
        "note": one.note,
        "seen": list(one.seen),
        "other_regions": one.other_regions,
        "example": one.example,
    }


def words_json(words: Words | None) -> dict[str, str] | None:
    """Both languages, or nothing."""
    return words._asdict() if words else None


def cell_text(indicator: Indicator, cell: Cell | None, lang: str) -> str:
    """A threshold for people: `≥ 95%`, `Đạt`, `2021: ≥ 36 …; 2022: …`; a dash where there is none."""
    if cell is None:
        return "–"
    if isinstance(cell, ByYear):
        return "; ".join(f"{year}: {cell_text(indicator, inner, lang)}" for year, inner in cell.steps)
    if isinstance(cell, ByClass):
        return "; ".join(f"{key}: {cell_text(indicator, inner, lang)}" for key, inner in cell.values.items())
    if isinstance(cell, bool):
        return text("criteria.word.required", lang)
    sign = "≤" if indicator.better == "lower" else "≥"
    return f"{sign} {with_unit(indicator, amount(cell, lang), lang)}"


def asked(indicator: Indicator, column: str, lang: str) -> str:
    """What an indicator asks in one column, its parts named; what a province filled in comes first."""
    names = {part.key: part.name.of(lang) for part in indicator.parts}
    cells: Mapping[str, Cell | None]
    if indicator.fill:
        cells = {names.get(key, ""): cell for key, cell in indicator.fill.cells.items()}
    elif indicator.parts:
        cells = {part.name.of(lang): part.thresholds.get(column) for part in indicator.parts}
    else:
        cells = {"": indicator.thresholds.get(column)}
    if all(cell is None for cell in cells.values()):
        return "–"
    shown = "; ".join(f"{name} {cell_text(indicator, cell, lang)}".strip() for name, cell in cells.items())
    if not indicator.both_sexes:
        return shown
    return text("criteria.word.both_sexes", lang, limit=shown)


def status_text(provenance: Provenance, column: str, lang: str) -> str:
    """How well a value is known, in a few words."""
    if provenance.example:
        return text("criteria.mark.example", lang)
    if provenance.checked(column):
        return text("criteria.word.verified", lang)
    if provenance.status == "unknown":
        return text("criteria.word.unknown", lang)
    return text("criteria.mark.unchecked", lang)
