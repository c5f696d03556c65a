"""Generations: what has been handed in, how far it is, and what it would do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from pydantic import TypeAdapter

from chungsuc.kit.errors import Reason, Refused
from chungsuc.territory.models import Generation, UnitVersion
from chungsuc.territory.rules import Draft, Held, Kind, Plan, plan_draft

DRAFTS = TypeAdapter(Draft)


@dataclass(frozen=True, slots=True)
class GenerationFact:
    """A generation: its label, how many lines it has, its step ("loaded", "checked", "activated", "discarded")."""

    id: int
    label: str
    province_code: str
    step: str
    by: str
    at: datetime
    units: int
    changes: int
    classes: int
    digest: str


def generations() -> list[GenerationFact]:
    """All generations in the order in which they were handed in."""
    found = []
    for row in Generation.objects.prefetch_related("moves").order_by("pk"):
        last = max(row.moves.all(), key=lambda move: move.pk)
        count = {part: len(row.content.get(part, ())) for part in ("units", "changes", "classes")}
        found.append(
            GenerationFact(
                row.pk, row.label, row.province_code, last.step, last.by, last.at, digest=row.digest, **count
            )
        )
    return found


def earliest_open() -> GenerationFact:
    """The earliest generation that waits for its check or activation, or `Refused`."""
    for fact in generations():
        if fact.step in ("loaded", "checked"):
            return fact
    raise Refused(Reason("generation.none_waiting"))


def draft_of(generation_id: int) -> Draft:
    """The draft as it was handed in."""
    try:
        return DRAFTS.validate_python(Generation.objects.get(pk=generation_id).content)
    except Generation.DoesNotExist:
        raise Refused(Reason("generation.unknown", id=generation_id)) from None


def plan_of(draft: Draft, province_code: str) -> Plan:
    """What the draft would do now; its `reasons` say what stands against it."""
    before = held_under(province_code)
    return plan_draft(draft, before, taken_outside(before, draft))


def held_under(province_code: str) -> list[Held]:
    """Every open version of a province's tree, the province first; empty when it has none."""
    sql = """
    WITH RECURSIVE tree AS (
        SELECT v.id, v.unit_id, v.parent_id, v.code FROM territory_unit_version v
        WHERE v.code = %(code)s AND v.valid_to IS NULL
        UNION
        SELECT v.id, v.unit_id, v.parent_id, v.code FROM territory_unit_version v
        JOIN tree ON v.parent_id = tree.unit_id WHERE v.valid_to IS NULL
    )
    SELECT id FROM tree ORDER BY parent_id IS NOT NULL, code"""
    with connection.cursor() as cursor:
        cursor.execute(sql, {"code": province_code})
        order = [row[0] for row in cursor.fetchall()]
    rows = UnitVersion.objects.in_bulk(order)
    return [
        Held(row.unit_id, row.code, row.name, Kind(row.kind), row.parent_id, tuple(row.alt_names), row.valid_from)
        for row in (rows[key] for key in order)
    ]


def taken_outside(before: Sequence[Held], draft: Draft) -> frozenset[str]:
    """Which codes that the draft gives are borne by open versions outside the province."""
    codes = {unit.code for unit in draft.units} | {line.new_code for line in draft.changes if line.new_code}
    inside = [held.key for held in before]
    return frozenset(
        UnitVersion.objects.filter(code__in=codes, valid_to=None)
        .exclude(unit_id__in=inside)
        .values_list("code", flat=True)
    )


def province_of(draft: Draft) -> str:
    """The code of the province that a draft speaks of, or `Refused`.

    A table of changes names no province: it is that of the units in force under its codes or, where
    none is, of the generations that wait for their activation (the first list of the same load).
    """
    roots = [unit.code for unit in draft.units if unit.parent_code is None]
    if roots:
        return roots[0]
    codes = [line.old_code for line in draft.changes] + [line.code for line in draft.classes]
    if not codes:
        raise Refused(Reason("generation.empty", label=draft.label))
    found = _provinces_in_force(codes) or _provinces_waiting(codes)
    if not found:
        raise Refused(Reason("generation.no_province", label=draft.label))
    if len(found) > 1:
        raise Refused(Reason("generation.one_province", label=draft.label, found=tuple(found)))
    return found[0]


def _provinces_in_force(codes: Sequence[str]) -> list[str]:
    sql = """
    WITH RECURSIVE up AS (
        SELECT v.code, v.parent_id FROM territory_unit_version v WHERE v.code = ANY(%(codes)s) AND v.valid_to IS NULL
        UNION
        SELECT v.code, v.parent_id FROM territory_unit_version v JOIN up ON v.unit_id = up.parent_id
        WHERE v.valid_to IS NULL
    )
    SELECT code FROM up WHERE parent_id IS NULL ORDER BY code"""
    with connection.cursor() as cursor:
        cursor.execute(sql, {"codes": codes})
        return [row[0] for row in cursor.fetchall()]


def _provinces_waiting(codes: Sequence[str]) -> list[str]:
    found = set()
    for fact in generations():
        if fact.step in ("loaded", "checked"):
            draft = draft_of(fact.id)
            made = {unit.code for unit in draft.units} | {line.new_code for line in draft.changes}
            if not made.isdisjoint(codes):
                found.add(fact.province_code)
    return sorted(found)
