"""What the forms are made from and what reading them gives."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from chungsuc.assessment.rules import FigureEntry, FigureFact, FigureGrid
from chungsuc.criteria.engine import CriteriaSet, Ruling
from chungsuc.kit.errors import Reason
from chungsuc.kit.sheets.problems import Problem, Severity
from chungsuc.territory.rules import UnitFact


@dataclass(frozen=True)
class OneForm:
    """A form for one commune. `last`: the figure that counts, per indicator; `before`: what is filled in
    beforehand (None: the same); `seen`: figure number that stands at this date and level, 0 for none."""

    rules: CriteriaSet
    rulings: tuple[Ruling, ...]
    unit: UnitFact
    at: date
    level: str
    last: Mapping[str, FigureFact] = field(default_factory=dict)
    before: Mapping[str, FigureFact] | None = None
    seen: Mapping[str, int] = field(default_factory=dict)
    form: str = ""


@dataclass(frozen=True)
class ManyForm:
    """A form for the communes below a unit. `last[n, leaves]` are the newest figures (NaN: none).

    `rulings[i]` are those of the i-th commune.
    """

    rules: CriteriaSet
    above: UnitFact
    units: tuple[UnitFact, ...]
    rulings: tuple[tuple[Ruling, ...], ...]
    at: date
    level: str
    last: Any = None
    form: str = ""


@dataclass(frozen=True, slots=True)
class Meta:
    """What the hidden sheet of a form says about it."""

    kind: str
    set_code: str
    set_version: str
    unit: str
    at: str
    level: str
    form: str
    template: str
    seen: Mapping[str, int] = field(default_factory=dict)

    def rows(self) -> list[tuple[str, str]]:
        """As rows of the hidden sheet."""
        return [
            (name, json.dumps(value) if isinstance(value, Mapping) else str(value))
            for name, value in asdict(self).items()
        ]


@dataclass
class FormRead:
    """What was read: entries of one unit (by indicator) or a grid of many, and the problems by cell.

    `cells` says where the entry of an indicator stands, for problems that later steps find.
    """

    entries: dict[str, FigureEntry] = field(default_factory=dict)
    grid: FigureGrid | None = None
    units: list[UnitFact] = field(default_factory=list)
    cells: dict[Any, tuple[str, str]] = field(default_factory=dict)
    change_reason: str | None = None
    problems: list[Problem] = field(default_factory=list)

    @property
    def accepted(self) -> bool:
        """Whether nothing stands against taking it in."""
        return all(problem.severity is not Severity.ERROR for problem in self.problems)

    def error(self, reason: Reason, sheet: str = "", cell: str = "") -> None:
        """Something that keeps the whole workbook out."""
        self.problems.append(Problem(reason, Severity.ERROR, sheet, cell))

    def warn(self, reason: Reason, sheet: str = "", cell: str = "") -> None:
        """Something to know."""
        self.problems.append(Problem(reason, Severity.WARNING, sheet, cell))
