"""Every write of the territory: load a generation as a draft, check it, activate it, or discard it.

The guard stands above this room (people need a territory first), so the door asks it:
`guard.require(by, Permission.LOAD_UNITS, on=...)` before any of these. `by` is whoever acts, with a `code`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Protocol

from django.db import IntegrityError, connection, transaction

from chungsuc.kit import journal
from chungsuc.kit.errors import Reason, Refused, reasons, stop_if
from chungsuc.kit.vietnamese import fold, sort_key
from chungsuc.territory import queries
from chungsuc.territory.models import (
    Act,
    Boundary,
    BoundaryLayer,
    Change,
    ChangeAct,
    Generation,
    GenerationMove,
    Unit,
    UnitClass,
    UnitVersion,
)
from chungsuc.territory.queries.generations import DRAFTS
from chungsuc.territory.rules import ActLine, Draft, Held, Plan, short_name

if TYPE_CHECKING:
    from chungsuc.territory.boundaries import Read

# The named constraints of the database, and what a breach of each means.
CONSTRAINTS = {
    "territory_one_version_at_a_time": "unit.two_versions",
    "territory_one_unit_per_code": "unit.code_taken",
    "territory_one_class_at_a_time": "class.overlap",
    "territory_generation_activated_once": "generation.activated_meanwhile",
}
# Why an act does not fit the step that a generation is at.
_OUT_OF_TURN = {
    "loaded": "generation.not_checked",
    "activated": "generation.activated_already",
    "discarded": "generation.discarded_already",
}
_LOCK = 7_204_864  # one writer of units at a time


class Actor(Protocol):
    """Whoever acts; `chungsuc.accounts.rules.Person` is one."""

    @property
    def code(self) -> str:
        """The code that the journal keeps."""


@transaction.atomic
def load_draft(*, draft: Draft, by: Actor, at: datetime) -> queries.GenerationFact:
    """Keep a draft as it was handed in. Nothing changes in the units. `Refused` when it is there already."""
    _lock()
    content = DRAFTS.dump_python(draft, mode="json")
    digest = hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
    same = [fact for fact in queries.generations() if fact.digest == digest and fact.step != "discarded"]
    if same:
        raise Refused(Reason("generation.loaded_before", label=draft.label, id=same[0].id, step=same[0].step))
    province = queries.province_of(draft)
    row = Generation.objects.create(label=draft.label, province_code=province, digest=digest, content=content)
    _move(row.pk, "loaded", by=by, at=at, facts={"label": draft.label})
    return _fact(row.pk)


@transaction.atomic
def load_drafts(*, drafts: Sequence[Draft], by: Actor, at: datetime) -> list[queries.GenerationFact]:
    """Keep several drafts, all or nothing (see `load_draft`)."""
    return [load_draft(draft=draft, by=by, at=at) for draft in drafts]


@transaction.atomic
def check_draft(*, generation: int, by: Actor, at: datetime) -> Plan:
    """Try a draft against the units in force; note that it passed, or raise `Refused` with all that is wrong."""
    _lock()
    _stop_unless(generation, {"loaded", "checked"})
    plan = _plan(generation)
    _move(generation, "checked", by=by, at=at, facts=_summary(plan))
    return plan


@transaction.atomic
def activate(*, generation: int, by: Actor, at: datetime) -> queries.GenerationFact:
    """Make a checked draft the truth: new identities, versions, steps, classes, acts. It is checked once more."""
    _lock()
    _stop_unless(generation, {"checked"})
    plan = _plan(generation)
    with _named_constraints():
        _write(generation, plan)
    _move(generation, "activated", by=by, at=at, facts=_summary(plan))
    return _fact(generation)


@transaction.atomic
def discard(*, generation: int, by: Actor, at: datetime) -> queries.GenerationFact:
    """Put a draft aside for good; it stays on record."""
    _lock()
    _stop_unless(generation, {"loaded", "checked"})
    _move(generation, "discarded", by=by, at=at, facts={})
    return _fact(generation)


@transaction.atomic
def load_generations(*, drafts: Sequence[Draft], by: Actor, at: datetime) -> list[queries.GenerationFact]:
    """Load, check and activate drafts one after another, all or nothing; those activated before are passed over.

    The way of the demo and of a first installation: `lists.read_folder` gives the drafts in order.
    """
    done = []
    for draft in drafts:
        try:
            with transaction.atomic():
                fact = load_draft(draft=draft, by=by, at=at)
        except Refused as refused:
            known = refused.reasons[0]
            if known.code != "generation.loaded_before":
                raise
            fact = _fact(known.facts["id"])
        if fact.step != "activated":
            check_draft(generation=fact.id, by=by, at=at)
            fact = activate(generation=fact.id, by=by, at=at)
        done.append(fact)
    return done


def _plan(generation: int) -> Plan:
    draft = queries.draft_of(generation)
    plan = queries.plan_of(draft, _fact(generation).province_code)
    stop_if(plan.reasons)
    return plan


def _fact(generation: int) -> queries.GenerationFact:
    for fact in queries.generations():
        if fact.id == generation:
            return fact
    raise Refused(Reason("generation.unknown", id=generation))


def _stop_unless(generation: int, steps: set[str]) -> None:
    fact = _fact(generation)
    if fact.step not in steps:
        raise Refused(Reason(_OUT_OF_TURN[fact.step], id=generation, step=fact.step))


def _lock() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def _move(generation: int, step: str, *, by: Actor, at: datetime, facts: dict[str, Any]) -> None:
    GenerationMove.objects.create(generation_id=generation, step=step, by=by.code, at=at, facts=facts)
    journal.record(f"units.{step}", subject=f"generation:{generation}", by=by.code, at=at, facts=facts)


def _summary(plan: Plan) -> dict[str, int]:
    return {
        "created": len(plan.created),
        "versions": len(plan.opened),
        "closed": len(plan.closed),
        "changes": len(plan.steps),
        "classes": len(plan.classes),
    }


@contextmanager
def _named_constraints():
    """A breach of a named constraint is a refusal with its reason; any other is a fault of ours."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        diagnosis = getattr(error.__cause__, "diag", None)
        code = CONSTRAINTS.get(getattr(diagnosis, "constraint_name", None) or "")
        if code is None:
            raise
        raise Refused(Reason(code, said=diagnosis.message_detail or "")) from error


def _write(generation: int, plan: Plan) -> None:
    units = Unit.objects.bulk_create([Unit(generation_id=generation) for _ in plan.created])
    ids = dict(zip(plan.created, (unit.pk for unit in units), strict=True))
    for key, day in plan.closed:
        UnitVersion.objects.filter(unit_id=key, valid_to=None).update(valid_to=day)
    UnitVersion.objects.bulk_create([_version(generation, held, ids) for held in plan.opened])
    _write_steps(generation, plan, ids, {act.number: _act(act) for act in plan.acts})
    _write_classes(generation, plan, ids)


def _version(generation: int, held: Held, ids: dict[int, int]) -> UnitVersion:
    return UnitVersion(
        unit_id=ids.get(held.key, held.key),
        code=held.code,
        name=held.name,
        short_name=short_name(held.name),
        alt_names=list(held.alt_names),
        kind=held.kind.value,
        parent_id=None if held.parent is None else ids.get(held.parent, held.parent),
        valid_from=held.valid_from,
        valid_to=held.valid_to,
        search="|".join(fold(name) for name in (held.name, *held.alt_names)),
        sort_key=sort_key(short_name(held.name)),
        generation_id=generation,
    )


def _act(line: ActLine) -> Act:
    known = Act.objects.filter(number=line.number)
    if line.signed is not None:
        known = known.filter(signed=line.signed)
    return known.first() or Act.objects.create(
        number=line.number, signed=line.signed, title=line.title, source=line.source, provenance=line.provenance
    )


def _write_steps(generation: int, plan: Plan, ids: dict[int, int], acts: dict[str, Act]) -> None:
    rows = Change.objects.bulk_create(
        [
            Change(
                generation_id=generation,
                change=step.change,
                from_unit_id=ids.get(step.old, step.old),
                to_unit_id=None if step.new is None else ids.get(step.new, step.new),
                effective=step.effective,
                part=step.part,
                note=step.note,
            )
            for step in plan.steps
        ]
    )
    ChangeAct.objects.bulk_create(
        [
            ChangeAct(change=row, act=acts[act.number])
            for row, step in zip(rows, plan.steps, strict=True)
            for act in step.acts
        ]
    )


def _write_classes(generation: int, plan: Plan, ids: dict[int, int]) -> None:
    """A later class of the same scheme closes the open one before it."""
    rows = []
    for item in plan.classes:
        unit, line = ids.get(item.key, item.key), item.line
        if line.valid_from is not None:
            _close_class(unit, line.scheme, line.valid_from)
        rows.append(
            UnitClass(
                unit_id=unit,
                scheme=line.scheme,
                value=line.value,
                valid_from=line.valid_from,
                valid_to=line.valid_to,
                decision=line.decision,
                provenance=line.provenance,
                note=line.note,
                generation_id=generation,
            )
        )
    UnitClass.objects.bulk_create(rows)


def _close_class(unit: int, scheme: str, day: date) -> None:
    """The open class ends where the new one begins; one that begins later is left to the constraint."""
    for row in UnitClass.objects.filter(unit_id=unit, scheme=scheme, valid_to=None):
        if row.valid_from is None or row.valid_from < day:
            UnitClass.objects.filter(pk=row.pk).update(valid_to=day)


@transaction.atomic
def load_boundaries(
    *,
    content: bytes,
    label: str,
    on: date,
    province_code: str,
    source: str,
    licence: str,
    by: Actor,
    at: datetime,
    note: str = "",
    level: str | None = None,
    code_name: str | None = None,
) -> Read:
    """Keep the boundaries of all units of a level in a province on a day. All or nothing.

    `level`: "district" (districts and provincial cities) or "commune" (communes, townships, wards); without
    it the level whose codes the file bears. `source`, `licence`: from where they are and what may be done with
    them; neither may be empty. The reasons of `boundaries.read` where the file does not fit.
    """
    _lock()
    stop_if(
        reasons(
            (not source.strip(), Reason("boundary.no_source")), (not licence.strip(), Reason("boundary.no_licence"))
        )
    )
    found = queries.read_boundaries(content, on, province_code, level=level, code_name=code_name)
    units = queries.levels_at(on, province_code)[found.level]
    layer = BoundaryLayer.objects.create(
        label=label[:120],
        province_code=province_code,
        kind=found.level,
        on=on,
        source=source.strip(),
        licence=licence.strip(),
        note=note.strip(),
        digest=hashlib.sha256(content).hexdigest(),
        by=by.code,
        at=at,
    )
    Boundary.objects.bulk_create(
        Boundary(layer=layer, unit_id=units[code].id, geometry=geometry) for code, geometry in found.geometries.items()
    )
    facts = {"layer": layer.pk, "on": on.isoformat(), "level": found.level, "units": len(units), "digest": layer.digest}
    journal.record("boundaries.loaded", subject=f"province:{province_code}", by=by.code, at=at, facts=facts)
    return found
