"""What the matrix reader is given and what it gives back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Protocol

from chungsuc.kit.errors import Reason
from chungsuc.kit.sheets.problems import Problem, Severity
from chungsuc.territory.rules import Gazetteer, Kind, UnitFact


@dataclass(frozen=True, slots=True)
class CriterionName:
    """A criterion of the set: its number, the names it goes by, how many indicators it has."""

    number: int
    names: tuple[str, ...]
    indicators: int = 1


@dataclass(frozen=True, slots=True)
class Under:
    """What a row stands under: the name of the heading, and the codes that the district bears that day.

    A district that has ended goes on in others; then the codes are theirs.
    """

    name: str
    codes: frozenset[str]


class Past(Protocol):
    """What the day's own list does not know: names of other days."""

    def why_absent(self, name: str, code: str | None, under: Under | None) -> Reason:
        """The reason why no unit (under that district) bears the name or the code on the day."""

    def district(self, name: str) -> frozenset[str] | None:
        """For a district of another day the codes in force that it went into; None for a name never heard of."""


@dataclass(frozen=True)
class Asked:
    """The question: which criteria, which units are in force, and what is known of other days."""

    at: date
    criteria: tuple[CriterionName, ...]
    units: Sequence[UnitFact]
    past: Past

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """All names of the day; built when the first name is looked up."""
        return Gazetteer(self.units)

    @cached_property
    def by_code(self) -> dict[str, UnitFact]:
        """The units by code."""
        return {unit.code: unit for unit in self.units}

    @property
    def numbers(self) -> tuple[int, ...]:
        """The criterion numbers of the set."""
        return tuple(criterion.number for criterion in self.criteria)

    @property
    def communes(self) -> list[UnitFact]:
        """The units that the programme counts."""
        return [unit for unit in self.units if unit.kind is Kind.COMMUNE]

    @property
    def districts(self) -> list[UnitFact]:
        """The units that communes are grouped under."""
        return [unit for unit in self.units if unit.kind in (Kind.DISTRICT, Kind.CITY)]


@dataclass(frozen=True)
class UnitRead:
    """One row that was read. `met` criterion -> met or not; empty when only `count` is known.

    `counts`: whether the programme counts the unit (townships and wards are read for totals only).
    """

    unit: UnitFact
    met: dict[int, bool]
    count: int
    sheet: str
    row: int
    cell: str
    counts: bool = True

    @property
    def numbers(self) -> list[int]:
        """The criteria met, in order."""
        return sorted(number for number, met in self.met.items() if met)


@dataclass
class MatrixRead:
    """Everything read from a file: units by code in reading order, and the problems found."""

    units: dict[str, UnitRead] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    # Codes of units that stand in the file but could not be read: they are not missing.
    spoilt: set[str] = field(default_factory=set)
    # Where each unit was met first, read or not.
    places: dict[str, str] = field(default_factory=dict)

    @property
    def accepted(self) -> bool:
        """Whether nothing stands against taking it in."""
        return all(problem.severity is not Severity.ERROR for problem in self.problems)

    def error(self, reason: Reason, sheet: str = "", cell: str = "") -> None:
        """Something that keeps the whole file out."""
        self.problems.append(Problem(reason, Severity.ERROR, sheet, cell))

    def warn(self, reason: Reason, sheet: str = "", cell: str = "") -> None:
        """Something to know that is kept with the import."""
        self.problems.append(Problem(reason, Severity.WARNING, sheet, cell))
