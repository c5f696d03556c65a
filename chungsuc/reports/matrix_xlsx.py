"""The matrix as a formatted Excel file: as provinces keep it, ready to print. Rows are streamed to disk.

Every text goes in as a text, never as a formula; sums are values, so that the file says the same on
every machine and for ever.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from chungsuc.criteria.engine import Verdict
from chungsuc.kit.catalogue import text
from chungsuc.kit.sheets.writing import write_text
from chungsuc.kit.vietnamese import day
from chungsuc.reports.prose import demo_label, unit_name
from chungsuc.reports.rules import VERDICTS, Ground, met_cells

MARKS = {
    Verdict.MET: "x",
    Verdict.NEARLY_MET: "~",
    Verdict.NOT_MET: "",
    Verdict.NOT_APPLICABLE: "–",
    Verdict.NO_FIGURE: "?",
    Verdict.NO_THRESHOLD: "∅",
}
BY_CODE = tuple(MARKS[verdict] for verdict in VERDICTS)
FIRST = 3  # order, code, name; then one column per criterion
HEAD = 5  # rows above the header


@dataclass(frozen=True)
class Look:
    """The formats of the sheet."""

    title: Format
    facts: Format
    demo: Format
    head: Format
    turned: Format
    text: Format
    mark: Format
    number: Format
    district: Format
    district_number: Format
    total: Format
    total_number: Format


def write(here: Ground, path: Path, *, lang: str = "vi") -> None:
    """Write the matrix to `path` (.xlsx). Memory does not grow with the number of communes."""
    book = xlsxwriter.Workbook(
        str(path),
        {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
    )
    try:
        sheet = book.add_worksheet(text("xlsx.sheet", lang))
        look = _look(book)
        _set_up(sheet, here, lang)
        _titles(sheet, here, look, lang)
        _header(sheet, here, look, lang)
        last = _body(sheet, here, look, lang)
        sheet.print_area(0, 0, last, _width(here) - 1)
        sheet.autofilter(HEAD, 0, last, _width(here) - 1)
    finally:
        book.close()


def _width(here: Ground) -> int:
    return FIRST + len(here.criteria) + 2


def _look(book: Workbook) -> Look:
    base = {"font_name": "Times New Roman", "font_size": 11, "valign": "vcenter"}
    cell = {**base, "border": 1, "border_color": "#B9B5A8"}

    def make(**more: object) -> Format:
        return book.add_format({**cell, **more})

    shade, deep = {"bg_color": "#EEF3EE", "bold": True}, {"bg_color": "#DCE6DC", "bold": True}
    return Look(
        title=book.add_format({**base, "bold": True, "font_size": 14, "align": "center"}),
        facts=book.add_format({**base, "align": "center"}),
        demo=book.add_format({**base, "bold": True, "align": "center", "font_color": "#7A4B00", "bg_color": "#FDF0D0"}),
        head=make(bold=True, align="center", text_wrap=True, bg_color="#F3F1EA"),
        turned=make(bold=True, align="center", rotation=90, text_wrap=True, bg_color="#F3F1EA"),
        text=make(),
        mark=make(align="center"),
        number=make(align="right"),
        district=make(**shade),
        district_number=make(**shade, align="center"),
        total=make(**deep),
        total_number=make(**deep, align="center"),
    )


def _set_up(sheet: Worksheet, here: Ground, lang: str) -> None:
    criteria = len(here.criteria)
    sheet.set_landscape()
    sheet.set_paper(8)  # A3: a province on few sheets
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEAD)
    sheet.freeze_panes(HEAD + 1, FIRST)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer("&L" + text("ui.name", lang) + "&R" + text("xlsx.page", lang))
    sheet.set_column(0, 0, 5)
    sheet.set_column(1, 1, 8)
    sheet.set_column(2, 2, 22)
    sheet.set_column(FIRST, FIRST + criteria - 1, 4.6)
    sheet.set_column(FIRST + criteria, FIRST + criteria, 9)
    sheet.set_column(FIRST + criteria + 1, FIRST + criteria + 1, 12)


def _titles(sheet: Worksheet, here: Ground, look: Look, lang: str) -> None:
    last = _width(here) - 1
    name = here.set_name_en if lang == "en" else here.set_name
    known = _day(here.known.date(), lang) if here.known else text("md.known.now", lang)
    label = demo_label(here.made, here.real_titles, lang)
    rows = [
        (text("xlsx.title", lang), look.title),
        (text("xlsx.facts", lang, unit=unit_name(here.unit, lang), at=_day(here.at, lang), set=name), look.facts),
        (text("xlsx.known", lang, known=known), look.facts),
        (label, look.demo if label else look.facts),
        (text("xlsx.legend", lang), look.facts),
    ]
    for row, (words, style) in enumerate(rows):
        sheet.set_row(row, 22 if row == 0 else 17)
        sheet.merge_range(row, 0, row, last, "", style)
        write_text(sheet, row, 0, words, style)


def _day(value: date, lang: str) -> str:
    return day(value) if lang == "vi" else value.isoformat()


def _header(sheet: Worksheet, here: Ground, look: Look, lang: str) -> None:
    sheet.set_row(HEAD, 150)
    for column, key in enumerate(("report.order", "xlsx.code", "xlsx.commune")):
        write_text(sheet, HEAD, column, text(key, lang), look.head)
    for place, one in enumerate(here.criteria):
        write_text(sheet, HEAD, FIRST + place, f"{one.number}. {one.name(lang)}", look.turned)
    column = FIRST + len(here.criteria)
    write_text(sheet, HEAD, column, text("xlsx.met", lang), look.head)
    write_text(sheet, HEAD, column + 1, text("xlsx.title_held", lang), look.head)


def _groups(here: Ground) -> Iterator[tuple[int, np.ndarray]]:
    """(district or -1, rows): districts in order, communes directly under the unit first."""
    for district in (-1, *range(len(here.districts))):
        rows = np.flatnonzero(here.district_of == district)
        if len(rows):
            yield district, rows


def _body(sheet: Worksheet, here: Ground, look: Look, lang: str) -> int:
    met, row, order = met_cells(here.verdicts), HEAD + 1, 0
    for district, rows in _groups(here):
        if district >= 0:
            name = text("xlsx.district_sum", lang, name=here.districts[district].name, communes=len(rows))
            _sums(sheet, row, here, rows, met, name, look.district, look.district_number)
            row += 1
        for place in rows:
            order += 1
            _commune(sheet, row, here, int(place), order, look)
            row += 1
    name = text("xlsx.whole", lang, name=here.unit.name, communes=len(here.communes))
    _sums(sheet, row, here, np.arange(len(here.communes)), met, name, look.total, look.total_number)
    return row


def _commune(sheet: Worksheet, row: int, here: Ground, place: int, order: int, look: Look) -> None:
    unit = here.communes[place]
    sheet.write_number(row, 0, order, look.number)
    write_text(sheet, row, 1, unit.code, look.text)
    write_text(sheet, row, 2, unit.name, look.text)
    for column, code in enumerate(here.verdicts[place].tolist(), FIRST):
        write_text(sheet, row, column, BY_CODE[code], look.mark)
    column = FIRST + len(here.criteria)
    if (count := here.met_of(place)) is None:
        write_text(sheet, row, column, "?", look.mark)
    else:
        sheet.write_number(row, column, count, look.mark)
    title = here.titles.get(unit.id)
    write_text(sheet, row, column + 1, str(title.year) if title else "", look.mark)


def _sums(
    sheet: Worksheet,
    row: int,
    here: Ground,
    rows: np.ndarray,
    met: np.ndarray,
    name: str,
    words: Format,
    numbers: Format,
) -> None:
    write_text(sheet, row, 0, "", words)
    write_text(sheet, row, 1, "", words)
    write_text(sheet, row, 2, name, words)
    for column, count in enumerate(met[rows].sum(axis=0).tolist(), FIRST):
        sheet.write_number(row, column, count, numbers)
    column = FIRST + len(here.criteria)
    sheet.write_number(row, column, int(here.met[rows].sum()), numbers)
    held = sum(here.communes[place].id in here.titles for place in rows)
    sheet.write_number(row, column + 1, held, numbers)
