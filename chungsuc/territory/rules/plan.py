"""What a draft would do: the versions to close and open, the steps to record, or why it cannot be.

Nothing here touches the database: the units in force go in, a `Plan` comes out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from chungsuc.kit.errors import Reason
from chungsuc.territory.rules import listing
from chungsuc.territory.rules.day import Event, apply_day
from chungsuc.territory.rules.draft import ENDING, ActLine, ChangeKind, ChangeLine, ClassLine, Draft, acts_named
from chungsuc.territory.rules.held import Held, PlannedStep, State


@dataclass(frozen=True, slots=True)
class PlannedClass:
    """A classification with the identity it belongs to."""

    key: int
    line: ClassLine


@dataclass(frozen=True, slots=True)
class Plan:
    """What to write. Keys below zero are identities to be made; the others exist.

    `opened` are versions to add (one that the same draft closes again has its end already), `closed`
    the day on which an existing identity's version ends.
    """

    reasons: tuple[Reason, ...] = ()
    created: tuple[int, ...] = ()
    opened: tuple[Held, ...] = ()
    closed: tuple[tuple[int, date], ...] = ()
    steps: tuple[PlannedStep, ...] = ()
    classes: tuple[PlannedClass, ...] = ()
    acts: tuple[ActLine, ...] = ()
    after: tuple[Held, ...] = field(default=())


def plan_draft(draft: Draft, before: Sequence[Held], taken: Iterable[str] = ()) -> Plan:
    """The plan of a draft against the units in force (`before`: every open version of the province).

    `taken` are the codes in force elsewhere, which no new unit may bear.
    """
    plan = _plan(draft, before, frozenset(taken))
    return _with_classes(plan, draft, before)


def _plan(draft: Draft, before: Sequence[Held], taken: frozenset[str]) -> Plan:
    if draft.changes:
        return _plan_changes(draft, before, taken)
    if draft.units:
        return _plan_first(draft, before, taken)
    return Plan(acts=_acts(draft), after=tuple(before))


def _in_file(table: str, draft: Draft, found: Iterable[Reason]) -> Iterator[Reason]:
    """The reasons with the name of the file that their lines stand in."""
    return (Reason(reason.code, **{**reason.facts, "file": f"{table}_{draft.label}.csv"}) for reason in found)


def _plan_first(draft: Draft, before: Sequence[Held], taken: frozenset[str]) -> Plan:
    found = list(_in_file("units", draft, listing.why_not_a_tree(draft.units)))
    if before:
        found.append(Reason("generation.province_exists", unit=before[0].code, name=before[0].name))
    borne = [Reason("change.code_taken", unit=unit.code, line=unit.line) for unit in draft.units if unit.code in taken]
    found.extend(_in_file("units", draft, borne))
    if found:
        return Plan(reasons=tuple(found))
    keys = {unit.code: -place for place, unit in enumerate(draft.units, start=1)}
    opened = tuple(
        Held(
            keys[unit.code],
            unit.code,
            unit.name,
            unit.kind,
            keys[unit.parent_code] if unit.parent_code else None,
            unit.alt_names,
            draft.since,
        )
        for unit in draft.units
    )
    return Plan(created=tuple(keys.values()), opened=opened, acts=_acts(draft), after=opened)


def _plan_changes(draft: Draft, before: Sequence[Held], taken: frozenset[str]) -> Plan:
    if not before:
        return Plan(reasons=(Reason("generation.nothing_in_force", label=draft.label),))
    state = State(before, taken, {unit.code: unit.alt_names for unit in draft.units})
    events = _events(draft.changes)
    for day in sorted({event.day for event in events}):
        apply_day(state, day, [event for event in events if event.day == day])
    reasons = list(_in_file("changes", draft, state.reasons))
    if draft.units:
        reasons.extend(_in_file("units", draft, listing.why_not_a_tree(draft.units)))
    if draft.units and not reasons:
        reasons.extend(_in_file("units", draft, listing.differences(draft.units, state.units.values())))
    return Plan(
        reasons=tuple(dict.fromkeys(reasons)),
        created=tuple(state.created),
        opened=tuple(state.opened()),
        closed=tuple(state.closed),
        steps=tuple(state.steps),
        acts=_acts(draft),
        after=tuple(state.units.values()),
    )


def _events(lines: Sequence[ChangeLine]) -> list[Event]:
    """One event for each line, and one more where the move to a new parent comes later."""
    events: dict[tuple[date, str, str | None], Event] = {}
    extra: dict[tuple[date, str, str | None], Event] = {}
    for place, line in enumerate(lines):
        acts = acts_named(line.legal_basis)
        moved_later = line.parent_date is not None and line.parent_date > line.effective
        kinds = tuple(kind for kind in line.kinds if not (kind is ChangeKind.REPARENT and moved_later))
        if set(kinds) & ENDING:  # what ends is not renamed or moved: its successor is another unit
            kinds = tuple(kind for kind in kinds if kind in ENDING)
        parent = line.old_parent if moved_later else line.new_parent
        events[line.effective, line.old_code, f"{line.new_code}#{place}"] = Event(
            day=line.effective,
            kinds=kinds,
            old=line.old_code,
            new=line.new_code,
            part=line.part,
            acts=acts,
            old_name=line.old_name,
            new_name=line.new_name,
            parent=parent,
            note=line.note,
            line=line.line,
        )
        if moved_later and line.new_code is not None:
            extra[line.parent_date, line.new_code, line.new_code] = Event(
                day=line.parent_date,
                kinds=(ChangeKind.REPARENT,),
                old=line.new_code,
                new=line.new_code,
                part=False,
                acts=acts_named(line.parent_basis or line.legal_basis),
                old_name=line.new_name,
                new_name=line.new_name,
                parent=line.new_parent,
                note=line.note,
                line=line.line,
            )
    return [*events.values(), *extra.values()]


def _acts(draft: Draft) -> tuple[ActLine, ...]:
    """The acts listed, and those only named by a change."""
    found = {act.number: act for act in draft.acts}
    for line in draft.changes:
        for basis in (line.legal_basis, line.parent_basis or ""):
            for act in acts_named(basis):
                found.setdefault(act.number, act)
    return tuple(found.values())


def _with_classes(plan: Plan, draft: Draft, before: Sequence[Held]) -> Plan:
    versions = [*before, *plan.opened]
    ends = dict(plan.closed)
    found, reasons = [], []
    for line in draft.classes:
        key = _bearer(line, versions, ends)
        if key is None:
            reasons.append(Reason("class.unit_not_in_force", unit=line.code, on=line.valid_from or "…", line=line.line))
        elif line.valid_to is not None and line.valid_from is not None and line.valid_to <= line.valid_from:
            reasons.append(Reason("class.empty_period", unit=line.code, line=line.line))
        else:
            found.append(PlannedClass(key, line))
    seen: set[tuple[int, str, date | None]] = set()
    for item in found:
        mark = (item.key, item.line.scheme, item.line.valid_from)
        if mark in seen:
            reasons.append(Reason("class.twice", unit=item.line.code, scheme=item.line.scheme, line=item.line.line))
        seen.add(mark)
    return replace(plan, classes=tuple(found), reasons=plan.reasons or tuple(_in_file("classes", draft, reasons)))


def _bearer(line: ClassLine, versions: Sequence[Held], ends: dict[int, date]) -> int | None:
    """The identity that bears the code on the day the class begins."""
    for held in versions:
        end = held.valid_to or (ends.get(held.key) if held.key > 0 else None)
        began = held.valid_from is None or (line.valid_from is not None and held.valid_from <= line.valid_from)
        lasts = end is None or line.valid_from is None or line.valid_from < end
        if held.code == line.code and began and lasts:
            return held.key
    return None
