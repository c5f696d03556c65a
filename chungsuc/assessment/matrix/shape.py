"""What is known of a table: where its parts stand, and what a header cell says."""

from __future__ import annotations

from dataclasses import dataclass, field

from chungsuc.kit.errors import Reason
from chungsuc.kit.sheets.table import CellError, Sheet


@dataclass
class Layout:
    """Where things stand. Rows and columns from 0; `criteria` maps a criterion to its column."""

    sheet: Sheet
    first_row: int
    name: int | None
    code: int | None = None
    district: int | None = None
    order: int | None = None
    criteria: dict[int, int] = field(default_factory=dict)
    not_met: dict[int, int] = field(default_factory=dict)
    total: int | None = None
    not_met_total: int | None = None
    title: str = ""
    # Many columns of marks whose criteria nobody can tell.
    unnamed_marks: bool = False
    guessed: dict[int, tuple[int, str]] = field(default_factory=dict)
    faults: list[tuple[Reason, int, int]] = field(default_factory=list)
    fill: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)

    def source(self, row: int, column: int) -> tuple[int, int]:
        """The cell that holds the value: the top left one of a merged block, else the cell itself."""
        return self.fill.get((row, column), (row, column))

    def text(self, row: int, column: int | None) -> str:
        """The text of a cell, merged blocks filled."""
        return "" if column is None else self.sheet.text(*self.source(row, column)).strip()


@dataclass(frozen=True, slots=True)
class Said:
    """A header text above a column; `width` is how many columns its merged block spans."""

    row: int
    text: str
    width: int
    left: int


def own(layout: Layout, row: int, column: int) -> Said:
    """What stands above a column in a row, merged blocks filled."""
    top, left = layout.source(row, column)
    value = layout.sheet.value(top, left)
    text = "" if isinstance(value, CellError) else layout.sheet.text(top, left).strip()
    width = sum(1 for at in range(layout.sheet.columns) if layout.source(row, at) == (top, left)) if text else 1
    return Said(row, text, width, left)
