"""One day of a draft: what ends, what stays itself, what is new, and who stands under whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from chungsuc.kit.errors import Reason
from chungsuc.kit.vietnamese import nfc, same_name
from chungsuc.territory.rules.draft import ENDING, ActLine, ChangeKind
from chungsuc.territory.rules.held import Held, PlannedStep, State
from chungsuc.territory.rules.kinds import PARENTS, Kind, kind_of_name


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the draft on its day. `parent` is a code or a full name, or None for "as before"."""

    day: date
    kinds: tuple[ChangeKind, ...]
    old: str
    new: str | None
    part: bool
    acts: tuple[ActLine, ...]
    old_name: str | None
    new_name: str | None
    parent: str | None
    note: str
    line: int

    @property
    def ends(self) -> bool:
        """Whether the old unit ends by it."""
        return bool(set(self.kinds) & ENDING)

    @property
    def stays(self) -> bool:
        """Whether it says that the old unit is the new one."""
        return not self.ends and ChangeKind.PART_TRANSFER not in self.kinds


@dataclass(slots=True)
class Target:
    """A unit as it will be from this day: `key` is an existing identity or a new one."""

    key: int
    code: str
    name: str
    kind: Kind | None
    parent: str | None
    former: Held | None
    line: int


def apply_day(state: State, day: date, events: Sequence[Event]) -> None:
    """Move `state` over the start of `day`. What is wrong is added to `state.reasons`; then nothing moves."""
    before = state.by_code()
    wrong = [*_why_not_old(events, before, day), *_why_not_fates(events, day)]
    if wrong:
        state.reasons.extend(wrong)
        return
    targets = list(_targets(state, events, before))
    if state.reasons:
        return
    for event in events:
        if event.ends and before[event.old].key in state.units:
            state.end(before[event.old].key, day)
    _check_codes(state, targets, day)
    _open(state, targets, day)
    _record(state, events, before, {target.code: target.key for target in targets})
    _check_tree(state, day)


def _why_not_old(events: Sequence[Event], before: dict[str, Held], day: date) -> Iterator[Reason]:
    for event in events:
        held = before.get(event.old)
        if held is None:
            yield Reason("change.unit_not_in_force", unit=event.old, on=day, line=event.line)
        elif event.old_name is not None and same_name(event.old_name) not in _spellings(held):
            yield Reason(
                "change.old_name_differs", unit=event.old, given=event.old_name, known=held.name, line=event.line
            )
        if event.new is None and ChangeKind.ABOLISH not in event.kinds:
            yield Reason("change.no_new_code", unit=event.old, line=event.line)


def _spellings(held: Held) -> frozenset[str]:
    return frozenset(same_name(name) for name in (held.name, *held.alt_names))


def _why_not_fates(events: Sequence[Event], day: date) -> Iterator[Reason]:
    by_old: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        by_old[event.old].append(event)
    for code, fates in by_old.items():
        lines = tuple(event.line for event in fates)
        ending = [event for event in fates if event.ends]
        staying = [event for event in fates if event.stays]
        if (ending and len(ending) < len(fates)) or len(staying) > 1:
            yield Reason("change.two_fates", unit=code, on=day, lines=lines)
        elif ending and not _whole(ending):
            yield Reason("change.not_whole", unit=code, on=day, lines=lines)


def _whole(ending: Sequence[Event]) -> bool:
    """A unit ends whole into one, or in parts into two or more, never half accounted for."""
    parts = [event for event in ending if event.part]
    if not parts:
        return len(ending) == 1 and ChangeKind.SPLIT not in ending[0].kinds
    return len(parts) == len(ending) >= 2 and len({event.new for event in parts}) == len(parts)


def _targets(state: State, events: Sequence[Event], before: dict[str, Held]) -> Iterator[Target]:
    by_new: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        if event.new is not None:
            by_new[event.new].append(event)
    mentioned = {event.old for event in events if not set(event.kinds) <= {ChangeKind.PART_TRANSFER}}
    for code, group in sorted(by_new.items()):
        staying = [event for event in group if event.stays]
        names = {nfc(event.new_name) for event in group if event.new_name}
        parents = {event.parent for event in group if event.parent}
        if len(staying) > 1:
            state.reasons.append(Reason("change.code_claimed_twice", unit=code, lines=tuple(e.line for e in staying)))
        elif len(names) > 1 or len(parents) > 1:
            state.reasons.append(Reason("change.lines_disagree", unit=code, lines=tuple(event.line for event in group)))
        else:
            name, parent = next(iter(names), None), next(iter(parents), None)
            target = _target(state, code, group, staying, before, mentioned, name, parent)
            if target is not None:
                yield target


def _target(
    state: State,
    code: str,
    group: Sequence[Event],
    staying: Sequence[Event],
    before: dict[str, Held],
    mentioned: set[str],
    name: str | None,
    parent: str | None,
) -> Target | None:
    line = group[0].line
    if staying:
        former = before[staying[0].old]
        return Target(
            former.key, code, name or former.name, kind_of_name(name) if name else former.kind, parent, former, line
        )
    standing = before.get(code)
    if standing is not None and code not in mentioned:
        if all(ChangeKind.PART_TRANSFER in event.kinds for event in group):
            return Target(standing.key, code, standing.name, standing.kind, None, standing, line)
        state.reasons.append(Reason("change.absorber_unstated", unit=code, name=standing.name, line=line))
        return None
    if name is None or parent is None or kind_of_name(name) is None:
        state.reasons.append(Reason("change.new_unit_incomplete", unit=code, line=line))
        return None
    return Target(state.create(), code, name, kind_of_name(name), parent, None, line)


def _check_codes(state: State, targets: Sequence[Target], day: date) -> None:
    moving = {target.key for target in targets}
    held = {unit.code for unit in state.units.values() if unit.key not in moving}
    for target in targets:
        if target.code in held or target.code in state.taken:
            state.reasons.append(Reason("change.code_taken", unit=target.code, line=target.line))


def _open(state: State, targets: Sequence[Target], day: date) -> None:
    """Add the new versions. Parents are looked up among the units of the new day."""
    after = {key: (held.code, held.name) for key, held in state.units.items()}
    after.update({target.key: (target.code, target.name) for target in targets})
    for target in targets:
        former = target.former
        parent = former.parent if former else None
        if target.parent is not None:
            found = _find(target.parent, after, {key: held.alt_names for key, held in state.units.items()})
            if len(found) != 1:
                state.reasons.append(
                    Reason("change.parent_unknown", unit=target.code, parent=target.parent, on=day, line=target.line)
                )
                continue
            parent = found[0]
        kind = target.kind or (former.kind if former else Kind.COMMUNE)
        alt_names = former.alt_names if former and former.name == target.name else state.spellings.get(target.code, ())
        held = Held(target.key, target.code, target.name, kind, parent, alt_names, day)
        if former is None or _face(held) != _face(former):
            state.open(held)


def _face(held: Held) -> tuple[str, str, Kind, int | None]:
    return held.code, held.name, held.kind, held.parent


def _find(text: str, after: dict[int, tuple[str, str]], spellings: dict[int, tuple[str, ...]]) -> list[int]:
    by_code = [key for key, (code, _) in after.items() if code == text]
    if by_code:
        return by_code
    wanted = same_name(text)
    return [
        key
        for key, (_, name) in after.items()
        if wanted in {same_name(name), *(same_name(other) for other in spellings.get(key, ()))}
    ]


def _record(state: State, events: Sequence[Event], before: dict[str, Held], keys: dict[str, int]) -> None:
    for event in events:
        old = before[event.old]
        new = keys.get(event.new) if event.new is not None else None
        if event.stays:
            _check_said(state, event, old)
        change = "+".join(event.kinds)
        state.steps.append(PlannedStep(old.key, new, event.day, change, event.part, event.acts, event.note))


def _check_said(state: State, event: Event, old: Held) -> None:
    """A unit that stays itself changes only what its line says it changes."""
    now = state.units.get(old.key)
    if now is None:
        return
    for kind, differs in (
        (ChangeKind.RENAME, now.name != old.name or now.kind is not old.kind),
        (ChangeKind.REPARENT, now.parent != old.parent),
        (ChangeKind.RECODE, now.code != old.code),
    ):
        if differs and kind not in event.kinds:
            state.reasons.append(Reason("change.unsaid", unit=event.old, change=kind.value, line=event.line))


def _check_tree(state: State, day: date) -> None:
    for held in state.units.values():
        if held.parent is None:
            continue
        parent = state.units.get(held.parent)
        if parent is None:
            state.reasons.append(Reason("change.orphan", unit=held.code, name=held.name, on=day))
        elif parent.kind not in PARENTS[held.kind]:
            facts = {"unit": held.code, "name": held.name, "parent": parent.name}
            state.reasons.append(Reason("change.kind_under", on=day, **facts))
