"""A draft: units, changes, classes and acts as somebody handed them in, before anything is believed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from chungsuc.territory.rules.kinds import Kind


class ChangeKind(StrEnum):
    """What a legal act does to one unit.

    merge: it ends, all of it goes into the other unit. split: it ends, a part goes there. absorb: it
    stays itself and takes others in. part_transfer: it stays itself and gives a part away. rename,
    reparent, recode: it stays itself under another name, parent, code. abolish: it ends without successor.
    """

    MERGE = "merge"
    SPLIT = "split"
    ABSORB = "absorb"
    PART_TRANSFER = "part_transfer"
    RENAME = "rename"
    REPARENT = "reparent"
    RECODE = "recode"
    ABOLISH = "abolish"


ENDING = frozenset({ChangeKind.MERGE, ChangeKind.SPLIT, ChangeKind.ABOLISH})

# What the official tables write, besides the words above.
OTHER_WORDS = {
    "absorbs": ChangeKind.ABSORB,
    "abolished": ChangeKind.ABOLISH,
    "parent_renamed": ChangeKind.REPARENT,
}


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One line of a list of units. `line` is where it stood in its file."""

    code: str
    name: str
    kind: Kind
    parent_code: str | None
    alt_names: tuple[str, ...] = ()
    line: int = 0


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One line of a table of changes: `old_code` the day before, `new_code` on the day `effective`.

    `new_parent` is a code or a full name. `parent_date` and `parent_basis` are given where the move to
    the new parent comes later than the rest.
    """

    effective: date
    legal_basis: str
    kinds: tuple[ChangeKind, ...]
    old_code: str
    new_code: str | None
    part: bool = False
    old_name: str | None = None
    new_name: str | None = None
    old_parent: str | None = None
    new_parent: str | None = None
    parent_date: date | None = None
    parent_basis: str | None = None
    note: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class ClassLine:
    """One classification of one unit: scheme, value, days, decision and how well it is known."""

    code: str
    scheme: str
    value: str
    valid_from: date | None
    valid_to: date | None
    decision: str
    provenance: str
    note: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class ActLine:
    """A legal act as listed."""

    number: str
    signed: date | None = None
    title: str = ""
    source: str = ""
    provenance: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """One generation of a province's units.

    With `changes`: what happens to the units in force; `units`, where given, is the list that must
    come out. Without: `units` is the first list of a province, in force since `since` (None: no
    known first day). Only `classes`: a new classification.
    """

    label: str
    units: tuple[UnitLine, ...] = ()
    changes: tuple[ChangeLine, ...] = ()
    classes: tuple[ClassLine, ...] = ()
    acts: tuple[ActLine, ...] = ()
    since: date | None = None


_SIGNED = re.compile(r"^(?P<number>[^()]+?)\s*(?:\(\s*(?P<day>\d{1,2}/\d{1,2}/\d{4})\s*\))?$")


def acts_named(legal_basis: str) -> tuple[ActLine, ...]:
    """The acts in a legal basis: "864/NQ-UBTVQH14 (10/01/2020)", several divided by ";"."""
    found = []
    for text in legal_basis.split(";"):
        match = _SIGNED.match(text.strip())
        if not text.strip():
            continue
        if match is None:
            found.append(ActLine(text.strip()))
            continue
        day = match["day"]
        signed = datetime.strptime(day, "%d/%m/%Y").date() if day else None  # noqa: DTZ007
        found.append(ActLine(match["number"].strip(), signed))
    return tuple(found)
