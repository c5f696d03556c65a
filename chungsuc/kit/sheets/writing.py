"""Spreadsheets going out: text is always text. Nothing a person typed can become a formula on another's screen.

Excel files are streamed row by row (constant memory); CSV is RFC 4180 with a byte order mark, and cells that
a spreadsheet would take for a formula get a quote in front that our own reading takes off again.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from chungsuc.kit.vietnamese import day

RISKY = "=+-@\t\r\n"
# Excel refuses control letters in its XML; they carry no meaning in a report.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_LONGEST = 32_767


def csv_text(rows: Iterable[Sequence[Any]]) -> str:
    """Rows as CSV text. Numbers stay bare, text is guarded; None is an empty cell."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    for row in rows:
        writer.writerow([guarded(cell) if isinstance(cell, str) else _plain(cell) for cell in row])
    return "\ufeff" + out.getvalue()


def guarded(text: str) -> str:
    """Text that no spreadsheet takes for a formula; `delimited` takes the guard off exactly."""
    risky = text[:1] in RISKY if text else False
    quoted = text[:1] == "'" and text[1:2] in (*RISKY, "'") and len(text) > 1
    return f"'{text}" if risky or quoted else text


def _plain(value: Any) -> str:
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else str(value)


def clean(text: str) -> str:
    """Text that fits a cell: no control letters, no longer than Excel allows."""
    return _CONTROL.sub("", text)[:_LONGEST]


def write_text(sheet: Any, row: int, column: int, text: str, style: Any = None) -> None:
    """Write a text cell of an xlsxwriter sheet as text, whatever it looks like."""
    if text:
        sheet.write_string(row, column, clean(text), style)
    else:
        sheet.write_blank(row, column, None, style)


def write_value(sheet: Any, row: int, column: int, value: Any, style: Any = None) -> None:
    """Write any plain value: text as text, numbers as numbers, dates as `31/12/2019`, None as blank."""
    if value is None:
        sheet.write_blank(row, column, None, style)
    elif isinstance(value, bool):
        sheet.write_boolean(row, column, value, style)
    elif isinstance(value, (int, float, Decimal)):
        number = float(value)
        if number != number or number in (float("inf"), float("-inf")):
            sheet.write_blank(row, column, None, style)
        else:
            sheet.write_number(row, column, number, style)
    elif isinstance(value, date):
        write_text(sheet, row, column, day(value), style)
    else:
        write_text(sheet, row, column, str(value), style)


@dataclass(frozen=True)
class Streamed:
    """A sheet to stream. `header` and `rows` are rows of plain values, `rows` may be a generator.

    `style(place, column, value)` names a style of the book for a body cell (None: plain); `widths` in
    letters by column; `freeze` = (rows, columns) kept in sight; `merges` = (row, first, last, text).
    """

    name: str
    header: Sequence[Sequence[Any]]
    rows: Iterable[Sequence[Any]]
    widths: Mapping[int, float] = field(default_factory=dict)
    freeze: tuple[int, int] = (0, 0)
    style: Callable[[int, int, Any], str | None] | None = None
    merges: Sequence[tuple[int, int, int, str]] = ()
    landscape: bool = True


def stream_xlsx(path: Path, sheets: Iterable[Streamed], styles: Mapping[str, Mapping[str, Any]] | None = None) -> int:
    """Write sheets to `path` in constant memory; returns how many body rows. `styles`: xlsxwriter properties.

    The styles "header" and "cell" are used for header rows and plain body cells where given.
    """
    import xlsxwriter

    written = 0
    with xlsxwriter.Workbook(str(path), {"constant_memory": True, **SAFE}) as book:
        formats = {name: book.add_format(dict(properties)) for name, properties in (styles or {}).items()}
        for streamed in sheets:
            written += _stream(book.add_worksheet(streamed.name[:31]), streamed, formats)
    return written


# xlsxwriter must never guess a formula, a number or a link out of a text.
SAFE = {
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "nan_inf_to_errors": False,
}


def _stream(sheet: Any, streamed: Streamed, formats: Mapping[str, Any]) -> int:
    for column, width in streamed.widths.items():
        sheet.set_column(column, column, width)
    if streamed.freeze != (0, 0):
        sheet.freeze_panes(*streamed.freeze)
    if streamed.landscape:
        sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    top = len(streamed.header)
    if top:
        sheet.repeat_rows(0, top - 1)
    for place, row in enumerate(streamed.header):
        for column, value in enumerate(row):
            write_value(sheet, place, column, value, formats.get("header"))
        for _, first, last, text in (merge for merge in streamed.merges if merge[0] == place):
            sheet.merge_range(place, first, place, last, "", formats.get("header"))
            write_text(sheet, place, first, text, formats.get("header"))
    return _stream_body(sheet, streamed, formats, top)


def _stream_body(sheet: Any, streamed: Streamed, formats: Mapping[str, Any], top: int) -> int:
    plain, style = formats.get("cell"), streamed.style
    number, count = sheet.write_number, 0
    for count, row in enumerate(streamed.rows, start=1):
        place = top + count - 1
        for column, value in enumerate(row):
            named = style(count - 1, column, value) if style else None
            chosen = formats.get(named, plain) if named else plain
            if type(value) is float and value == value and abs(value) != float("inf"):
                number(place, column, value, chosen)
            else:
                write_value(sheet, place, column, value, chosen)
    return count
