"""The units in force while a draft is tried out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from chungsuc.kit.errors import Reason
from chungsuc.territory.rules.draft import ActLine
from chungsuc.territory.rules.kinds import Kind


@dataclass(frozen=True, slots=True)
class Held:
    """One version of one identity (`key`); `parent` is the key of the unit above."""

    key: int
    code: str
    name: str
    kind: Kind
    parent: int | None
    alt_names: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """One step to record. `new` is None where the unit ends without successor."""

    old: int
    new: int | None
    effective: date
    change: str
    part: bool
    acts: tuple[ActLine, ...]
    note: str


class State:
    """The units in force, day after day, and what has been gathered on the way.

    `key` below zero marks an identity made by this draft. `spellings` gives other spellings by code.
    """

    def __init__(self, before: Iterable[Held], taken: frozenset[str], spellings: Mapping[str, tuple[str, ...]]) -> None:
        self.units: dict[int, Held] = {held.key: held for held in before}
        self.taken = taken
        self.spellings = spellings
        self.created: list[int] = []
        self.closed: list[tuple[int, date]] = []
        self.steps: list[PlannedStep] = []
        self.reasons: list[Reason] = []
        self._mine: dict[int, list[Held]] = {}

    def by_code(self) -> dict[str, Held]:
        """The units in force by the code they bear now."""
        return {held.code: held for held in self.units.values()}

    def create(self) -> int:
        """A new identity's key."""
        key = -(len(self.created) + 1)
        self.created.append(key)
        return key

    def end(self, key: int, day: date) -> None:
        """The version in force of this identity ends before `day`."""
        self._close(self.units.pop(key), day)

    def open(self, held: Held) -> None:
        """This version is in force from its first day; the identity's former one ends there."""
        former = self.units.get(held.key)
        if former is not None and held.valid_from is not None:
            self._close(former, held.valid_from)
        self._mine.setdefault(held.key, []).append(held)
        self.units[held.key] = held

    def opened(self) -> Iterator[Held]:
        """Every version that this draft adds."""
        for versions in self._mine.values():
            yield from versions

    def _close(self, held: Held, day: date) -> None:
        if held.valid_from is not None and held.valid_from >= day:
            facts = {"unit": held.code, "name": held.name, "since": held.valid_from}
            self.reasons.append(Reason("change.before_last", on=day, **facts))
            return
        versions = self._mine.get(held.key)
        if versions:
            versions[-1] = replace(versions[-1], valid_to=day)
        else:
            self.closed.append((held.key, day))
