"""What one search over everything finds, each hit with the place it leads to. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class UnitHit:
    """A unit under one of its names. `day`: a day on which the code answers (the day asked about, or its last)."""

    code: str
    name: str
    parent_name: str
    matched: str
    in_force: bool
    day: date
    until: date | None


@dataclass(frozen=True, slots=True)
class RuleHit:
    """A criterion (`indicator` empty) or an indicator of a set."""

    set_code: str
    set_name: str
    set_name_en: str
    criterion: int
    indicator: str
    name: str
    name_en: str


@dataclass(frozen=True, slots=True)
class DocumentHit:
    """A document that data rest on: its number, its day, what it did, and the page that shows it.

    `kind`: "set" (a criteria decision), "title" (a recognition decision), "act" (an act on units).
    """

    kind: str
    number: str
    dated: date | None
    about: str
    set_code: str = ""
    unit_code: str = ""
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Hits:
    """Everything found, the nearest first within each kind; `text` as it was asked."""

    text: str
    units: tuple[UnitHit, ...]
    rules: tuple[RuleHit, ...]
    documents: tuple[DocumentHit, ...]

    @property
    def count(self) -> int:
        """How many hits there are."""
        return len(self.units) + len(self.rules) + len(self.documents)
