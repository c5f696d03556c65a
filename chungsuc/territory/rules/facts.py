"""What the territory tells the other rooms: a unit as it is on a day, and its steps through time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from chungsuc.territory.rules.kinds import Kind


@dataclass(frozen=True, slots=True)
class UnitFact:
    """One unit as it stands on a day.

    `id` is the identity, which survives renames, moves and new codes; `code` is only what the unit
    bears that day. `valid_from` and `valid_to` bound this version, half-open; None is open. `region`
    is the region of its province; `classes` the other classifications in force (scheme → value).
    """

    id: int
    code: str
    name: str
    short_name: str
    kind: Kind
    parent_id: int | None
    parent_code: str | None
    parent_name: str | None
    region: str | None = None
    classes: Mapping[str, str] = field(default_factory=dict, hash=False)
    valid_from: date | None = None
    valid_to: date | None = None
    alt_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ClassNote:
    """How well a classification is known: its decision, and a provenance other than `verified`."""

    scheme: str
    decision: str
    provenance: str
    note: str


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a legal act: what one unit became.

    `change` names it ("merge", "absorb+reparent"); `part` says that only a part went this way. The
    names are those on the day before and on the day of effect. `to_id` is None where the unit
    ended without a successor.
    """

    from_id: int
    from_code: str
    from_name: str
    to_id: int | None
    to_code: str | None
    to_name: str | None
    effective: date
    change: str
    part: bool
    act: str
    generation: int
    note: str = ""

    @property
    def keeps_identity(self) -> bool:
        """True where the unit stays itself (renamed, moved, or grown by others)."""
        return self.from_id == self.to_id


@dataclass(frozen=True, slots=True)
class Ended:
    """A unit that ended without a successor: when, and by which act."""

    effective: date
    act: str


@dataclass(frozen=True, slots=True)
class Lineage:
    """Where a unit came from, what it became, and where it all is today."""

    unit: UnitFact
    predecessors: tuple[Step, ...]
    successors: tuple[Step, ...]
    in_force_today: tuple[UnitFact, ...]
    ended: Ended | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A hit of the search: one version of a unit, with the days it bore that name.

    `matched` is the spelling that was hit, which may be an alternative one.
    """

    id: int
    code: str
    name: str
    kind: Kind
    parent_code: str | None
    parent_name: str | None
    valid_from: date | None
    valid_to: date | None
    matched: str
