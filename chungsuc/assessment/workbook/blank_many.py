"""The blank form of a district or province: a row per commune, a column per figure, streamed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from chungsuc.assessment.workbook import sheets, styles
from chungsuc.assessment.workbook.facts import ManyForm, Meta
from chungsuc.assessment.workbook.labels import MANY_SHEET, NO, TEMPLATE, YES, label_of, part_name
from chungsuc.criteria.engine import Kind, Leaf
from chungsuc.kit.sheets.writing import write_text
from chungsuc.kit.vietnamese import day

FIRST = 3  # columns before the figures: code, name, district
HEAD_ROW = 4  # criterion; below it code, short name, threshold


def write_many(path: Path, form: ManyForm) -> None:
    """Write the form of the communes below a unit to `path`, row by row in little memory."""
    with sheets.new_book(path, constant_memory=True) as book:
        formats = styles.formats(book)
        sheet = book.add_worksheet(MANY_SHEET)
        _frame(sheet, form, formats)
        _header(sheet, form, formats)
        _body(sheet, form, formats)
        sheets.add_help(book, formats)
        sheets.add_meta(book, _meta(form))


def _meta(form: ManyForm) -> Meta:
    return Meta(
        kind="many",
        set_code=form.rules.code,
        set_version=form.rules.version,
        unit=form.above.code,
        at=form.at.isoformat(),
        level=form.level,
        form=form.form,
        template=TEMPLATE,
    )


def _frame(sheet: Any, form: ManyForm, formats: dict[str, Any]) -> None:
    sheet.set_column(0, 0, 8)
    sheet.set_column(1, 1, 22)
    sheet.set_column(2, 2, 18)
    sheet.set_column(FIRST, FIRST + len(form.rules.leaves) - 1, 11)
    sheet.freeze_panes(HEAD_ROW + 4, FIRST)
    sheet.protect("", styles.PROTECTION)
    sheet.set_landscape()
    sheet.set_paper(8)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEAD_ROW, HEAD_ROW + 3)
    write_text(sheet, 0, 0, f"BIỂU SỐ LIỆU XÂY DỰNG NÔNG THÔN MỚI: {form.above.name.upper()}", formats["title"])
    write_text(sheet, 1, 0, f"Bộ tiêu chí: {form.rules.name.vi} ({form.rules.code})", formats["fact"])
    write_text(sheet, 2, 0, f"Ngày của số liệu: {day(form.at)}", formats["fact"])


def _header(sheet: Any, form: ManyForm, formats: dict[str, Any]) -> None:
    """Four rows, each written from left to right: rows that are done leave the memory."""
    rules = form.rules
    _criteria_row(sheet, form, formats)
    for row, say in ((1, _label), (2, _short), (3, _limit)):
        style = formats["head" if row == 1 else "subhead"]
        for column, heading in enumerate(("Mã", "Xã", "Huyện") if row == 1 else ("", "", "")):
            write_text(sheet, HEAD_ROW + row, column, heading, formats["head"])
        for place, leaf in enumerate(rules.leaves):
            write_text(sheet, HEAD_ROW + row, FIRST + place, say(form, leaf), style)
        sheet.set_row(HEAD_ROW + row, (20, 60, 30)[row - 1])


def _criteria_row(sheet: Any, form: ManyForm, formats: dict[str, Any]) -> None:
    sheet.set_row(HEAD_ROW, 34)
    spans: dict[int, list[int]] = {}
    for place, leaf in enumerate(form.rules.leaves):
        spans.setdefault(form.rules.by_code[leaf.indicator].number, []).append(FIRST + place)
    names = {criterion.number: criterion.name.vi for criterion in form.rules.criteria}
    for column in range(FIRST):
        write_text(sheet, HEAD_ROW, column, "", formats["head"])
    for number, columns in spans.items():
        if len(columns) > 1:
            sheet.merge_range(HEAD_ROW, columns[0], HEAD_ROW, columns[-1], "", formats["head"])
        write_text(sheet, HEAD_ROW, columns[0], f"{number}. {names[number]}", formats["head"])


def _label(form: ManyForm, leaf: Leaf) -> str:
    return label_of(form.rules, leaf)


def _short(form: ManyForm, leaf: Leaf) -> str:
    indicator = form.rules.by_code[leaf.indicator]
    name = indicator.short.vi + (f": {part_name(indicator, leaf.part)}" if leaf.part else "")
    return f"{name} ({indicator.unit.vi})" if indicator.unit else name


def _limit(form: ManyForm, leaf: Leaf) -> str:
    place = [indicator.code for indicator in form.rules.indicators].index(leaf.indicator)
    mine = [rulings[place] for rulings in _different(form)]
    marks = sorted({sheets.mark_text(ruling) for ruling in mine} - {""})
    limit = sheets.common([sheets.threshold_text(ruling, leaf.part) for ruling in mine])
    return f"{limit} ({'; '.join(marks)})" if marks else limit


def _different(form: ManyForm) -> list[Any]:
    """One list of rulings per context: communes of one class share theirs."""
    return list({id(rulings): rulings for rulings in form.rulings}.values())


def _body(sheet: Any, form: ManyForm, formats: dict[str, Any]) -> None:
    rules, first = form.rules, HEAD_ROW + 4
    kinds = [rules.by_code[leaf.indicator].kind for leaf in rules.leaves]
    last = first + max(len(form.units), 1) - 1
    for place, leaf in enumerate(rules.leaves):
        check = sheets.validation(rules.by_code[leaf.indicator])
        sheet.data_validation(first, FIRST + place, last, FIRST + place, check)
    for row, unit in enumerate(form.units, start=first):
        write_text(sheet, row, 0, unit.code, formats["code"])
        write_text(sheet, row, 1, unit.name, formats["text"])
        write_text(sheet, row, 2, unit.parent_name or "", formats["text"])
        values = form.last[row - first] if form.last is not None else None
        for place, kind in enumerate(kinds):
            value = float("nan") if values is None else float(values[place])
            _cell(sheet, row, FIRST + place, value, kind, formats)


def _cell(sheet: Any, row: int, column: int, value: float, kind: Kind, formats: dict[str, Any]) -> None:
    style = formats["entry_yes" if kind is Kind.BOOLEAN else "entry_number"]
    if np.isnan(value):
        sheet.write_blank(row, column, None, style)
    elif kind is Kind.BOOLEAN:
        sheet.write_string(row, column, YES if value else NO, style)
    else:
        sheet.write_number(row, column, value, style)
