"""Forms for the tests: one toy commune, the real criteria sets, cells changed the way people change them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl

from chungsuc.assessment.workbook.blank import write_form
from chungsuc.assessment.workbook.facts import FormRead, OneForm
from chungsuc.assessment.workbook.labels import COLUMNS, FORM_SHEET
from chungsuc.assessment.workbook.read_one import read_one
from chungsuc.criteria import queries as criteria
from chungsuc.criteria.engine import Context, CriteriaSet, place
from chungsuc.kit.sheets.reading import read_here
from chungsuc.territory.rules import Kind, UnitFact

END_2019 = date(2019, 12, 31)
SET = "xa-ntm-2016-2020"
COMMUNE = UnitFact(
    id=3,
    code="99001",
    name="Xã Ao Sen",
    short_name="Ao Sen",
    kind=Kind.COMMUNE,
    parent_id=2,
    parent_code="991",
    parent_name="Huyện Đông",
    region="tdmnpb",
)


@cache
def rules(set_code: str = SET) -> CriteriaSet:
    """The set with the example overlay of Cao Bằng."""
    return criteria.criteria_set(set_code, province="04", at=END_2019)


def form(**changes: Any) -> OneForm:
    """The blank form of the toy commune."""
    law = changes.pop("rules", rules())
    at = changes.pop("at", END_2019)
    rulings = place(law, Context("tdmnpb", at.year, {}))
    return OneForm(rules=law, rulings=rulings, unit=COMMUNE, at=at, level="self", form="f1", **changes)


class Filled:
    """A form opened as a person has it before them."""

    def __init__(self, path: Path) -> None:
        self.book = openpyxl.load_workbook(path)
        self.sheet = self.book[FORM_SHEET]
        self.head = next(row for row in range(1, 30) if self.sheet.cell(row, 1).value == COLUMNS["code"][0])
        self.columns = {name: place for place, name in enumerate(COLUMNS, start=1)}
        self.rows = {self.sheet.cell(row, 1).value: row for row in range(self.head + 1, self.sheet.max_row + 1)}

    def put(self, code: str, value: Any, column: str = "value") -> str:
        """Type into the row of an indicator; returns the address."""
        cell = self.sheet.cell(self.rows[code], self.columns[column])
        cell.value = value
        return cell.coordinate


def filled(
    folder: Path, entries: dict[str, Any], *changes: Callable[[Filled], None], law: CriteriaSet | None = None
) -> Path:
    """A form with these values typed in, then changed further."""
    path = folder / "bieu.xlsx"
    write_form(path, form(rules=law or rules()))
    opened = Filled(path)
    for code, value in entries.items():
        opened.put(code, value)
    for change in changes:
        change(opened)
    opened.book.save(path)
    return path


def read(path: Path, law: CriteriaSet | None = None) -> FormRead:
    """Read it in this process."""
    return read_one(read_here(str(path), ["xlsx"]), law or rules())


def found(result: FormRead, severity: str) -> list[tuple[str, str]]:
    """Codes and cells of the problems."""
    return [(one.reason.code, one.cell) for one in result.problems if one.severity == severity]


def every_code(law: CriteriaSet) -> Iterable[str]:
    """Codes of all indicators."""
    return law.by_code
