"""Units: on a day, one of them, where it came from, by name."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router

from chungsuc.doors.api.v1 import shapes
from chungsuc.doors.api.v1.asking import A_WHILE, keeps, may_read
from chungsuc.doors.api.v1.operations import answers
from chungsuc.doors.api.v1.paging import page_of
from chungsuc.doors.api.v1.values import Asked, Code, Cursor, Day, Limit
from chungsuc.kit import clock
from chungsuc.territory import queries as territory
from chungsuc.territory.rules import Kind, Step, UnitFact

router = Router(tags=["units"])
MOST_HITS = 100


def unit_json(unit: UnitFact) -> dict[str, Any]:
    """A unit as it goes out."""
    names = ("id", "code", "name", "short_name", "parent_code", "parent_name", "region", "valid_from", "valid_to")
    return {
        **{name: getattr(unit, name) for name in names},
        "kind": unit.kind.value,
        "classes": dict(unit.classes),
    }


def _step(step: Step) -> dict[str, Any]:
    names = ("from_code", "from_name", "to_code", "to_name", "effective", "change", "part", "act")
    return {name: getattr(step, name) for name in names}


@router.get("/units", operation_id="units", response=answers(shapes.UnitPage))
def units(
    request: HttpRequest, at: Day = None, under: Code = None, kind: shapes.KindName = None,
    limit: Limit = 100, after: Cursor = None,
):  # fmt: skip
    """The units in force on a day, by code."""
    day = at or clock.today()
    may_read(request, day)
    found = territory.units_at(day, under=under, kinds=[Kind(kind)] if kind else None)
    rows, following = page_of(request, found, lambda one: [one.code], after=after, limit=limit)
    _keep(request, at)
    return {"at": day, "items": [unit_json(one) for one in rows], "next": following}


@router.get("/find", operation_id="find", response=answers(shapes.Hits))
def find(request: HttpRequest, q: Asked, at: Day = None):
    """Units by any way of writing a name, or by code."""
    may_read(request, at or clock.today())
    names = ("id", "code", "name", "parent_code", "parent_name", "valid_from", "valid_to", "matched")
    found = territory.find(q, at)[:MOST_HITS]
    return {"items": [{**{name: getattr(one, name) for name in names}, "kind": one.kind.value} for one in found]}


@router.get("/units/{code}", operation_id="unit", response=answers(shapes.Unit))
def unit(request: HttpRequest, code: Code, at: Day = None):
    """One unit as it stands on a day."""
    day = at or clock.today()
    may_read(request, day)
    _keep(request, at)
    return unit_json(territory.unit_at(code, day))


@router.get("/units/{code}/lineage", operation_id="lineage", response=answers(shapes.Lineage))
def lineage(request: HttpRequest, code: Code, at: Day = None):
    """Where a unit came from, what it became, and where it all is today."""
    day = at or clock.today()
    may_read(request, day)
    found = territory.lineage(code, day, clock.today())
    return {
        "unit": unit_json(found.unit),
        "predecessors": [_step(one) for one in found.predecessors],
        "successors": [_step(one) for one in found.successors],
        "in_force_today": [unit_json(one) for one in found.in_force_today],
        "ended": found.ended.effective if found.ended else None,
    }


def _keep(request: HttpRequest, at: Any) -> None:
    if at is not None and at < clock.today():
        keeps(request, A_WHILE)
