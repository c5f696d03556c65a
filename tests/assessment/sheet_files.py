"""Writes small spreadsheets for the tests: Excel with merged, hidden and formula cells; text tables in any encoding."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import xlsxwriter

Rows = list[list[Any]]


@dataclass
class Page:
    """One sheet to write."""

    rows: Rows
    name: str = "Bảng tiêu chí"
    merges: Sequence[tuple[int, int, int, int]] = ()
    hidden_rows: Sequence[int] = ()
    hidden: bool = False
    formulas: dict[tuple[int, int], tuple[str, Any]] = field(default_factory=dict)


def write_xlsx(path: Path, *pages: Page) -> Path:
    """Write pages with merged blocks, hidden rows and formulas with or without worked-out values."""
    with xlsxwriter.Workbook(str(path)) as book:
        for page in pages:
            sheet = book.add_worksheet(page.name)
            for row, cells in enumerate(page.rows):
                for column, value in enumerate(cells):
                    if value is not None and value != "":
                        write = sheet.write_string if isinstance(value, str) else sheet.write
                        write(row, column, value)
            for top, left, bottom, right in page.merges:
                value = page.rows[top][left] if left < len(page.rows[top]) else ""
                sheet.merge_range(top, left, bottom, right, value)
            for (row, column), (formula, value) in page.formulas.items():
                sheet.write_formula(row, column, formula, None, value)
            for row in page.hidden_rows:
                sheet.set_row(row, None, None, {"hidden": True})
            if page.hidden:
                sheet.hide()
    return path


def write_csv(path: Path, rows: Rows, delimiter: str = ",", encoding: str = "utf-8") -> Path:
    """Write rows as text with this delimiter and encoding."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    path.write_bytes(out.getvalue().encode(encoding))
    return path
