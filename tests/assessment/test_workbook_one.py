"""The form of one commune: what is printed in it, and that what people do to it is read."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import openpyxl
import pytest

from chungsuc.assessment.rules import BatchKind, FigureEntry, FigureFact, Level
from chungsuc.assessment.workbook.blank import write_form
from chungsuc.assessment.workbook.labels import CHANGE_REASON, META_SHEET
from chungsuc.assessment.workbook.meta import read_meta
from chungsuc.criteria.engine import Share
from chungsuc.kit.sheets.reading import read_here
from tests.assessment.workbook_forms import END_2019, SET, Filled, filled, form, found, read, rules

YEAR_END = datetime(2019, 12, 31, tzinfo=UTC)


def fact(indicator: str, **changes) -> FigureFact:
    unsaid = ("value", "num", "den", "not_applicable", "nearly_met", "note", "reason", "supersedes")
    known = dict.fromkeys(unsaid) | {"id": 7, "unit_id": 3, "set_code": SET, "indicator": indicator, "parts": {}}
    known |= {"speaks_of": END_2019, "level": Level.SELF, "source": "", "author": "", "recorded_at": YEAR_END}
    known |= {"batch_id": 1, "batch_kind": BatchKind.ENTRY}
    return FigureFact(**(known | changes))


def test_the_form_shows_thresholds_their_source_and_the_last_figures(tmp_path):
    last = {"4.2": fact("4.2", value=Decimal("94.9"), num=Decimal(949), den=Decimal(1000))}
    last["7"] = fact("7", not_applicable="không có chợ")
    write_form(tmp_path / "b.xlsx", form(last=last))
    opened = Filled(tmp_path / "b.xlsx")
    row = opened.rows["4.2"]
    shown = {name: opened.sheet.cell(row, column).value for name, column in opened.columns.items()}
    assert shown["threshold"] == "≥ 95%"
    assert shown["last"] == shown["value"] == 94.9
    assert (shown["num"], shown["den"], shown["last_at"]) == (949, 1000, "31/12/2019")
    assert "1980/QĐ-TTg" in shown["basis"]
    assert "chưa đối chiếu văn bản" in opened.sheet.cell(opened.rows["1.1"], opened.columns["basis"]).value
    assert opened.sheet.cell(opened.rows["7"], opened.columns["value"]).value == "Không xét"
    assert opened.sheet.cell(opened.rows["17.1a"], opened.columns["threshold"]).value == "≥ 90%"


def test_only_entry_cells_are_open_and_they_are_checked(tmp_path):
    write_form(tmp_path / "b.xlsx", form())
    opened = Filled(tmp_path / "b.xlsx")
    sheet = opened.sheet
    assert sheet.protection.sheet
    value = sheet.cell(opened.rows["4.2"], opened.columns["value"])
    assert not value.protection.locked
    assert sheet.cell(opened.rows["4.2"], opened.columns["code"]).protection.locked
    kinds = {str(one.sqref): one.type for one in sheet.data_validations.dataValidation}
    assert any(kind == "list" for kind in kinds.values()) and any(kind == "decimal" for kind in kinds.values())
    assert opened.book[META_SHEET].sheet_state == "veryHidden"
    assert "chungsuc_set_code" in opened.book.defined_names
    meta = read_meta(read_here(str(tmp_path / "b.xlsx"), ["xlsx"]))
    assert (meta.set_code, meta.unit, meta.at, meta.level) == (SET, "99001", "2019-12-31", "self")
    assert sheet.freeze_panes is not None


def test_an_untouched_form_gives_back_the_last_figures(tmp_path):
    last = {
        "4.2": fact("4.2", value=Decimal("94.9"), num=Decimal(949), den=Decimal(1000), note="biểu 5"),
        "1.1": fact("1.1", value=Decimal(1)),
        "9.1": fact("9.1", value=Decimal(3)),
        "13.2": fact("13.2", not_applicable="không có mô hình"),
        "17.1": fact("17.1", parts={"hygienic": Decimal(91), "clean": Share(Decimal(52), Decimal(52), Decimal(100))}),
        "15.3": fact("15.3", value=Decimal("31"), nearly_met="giảm nhanh"),
    }
    write_form(tmp_path / "b.xlsx", form(last=last))
    result = read(tmp_path / "b.xlsx")
    assert found(result, "error") == []
    assert result.entries == {
        "4.2": FigureEntry(value=Decimal("94.9"), num=Decimal(949), den=Decimal(1000), note="biểu 5"),
        "1.1": FigureEntry(value=True),
        "9.1": FigureEntry(value=Decimal(3)),
        "13.2": FigureEntry(not_applicable="không có mô hình"),
        "17.1": FigureEntry(parts={"hygienic": Decimal(91), "clean": Share(Decimal(52), Decimal(52), Decimal(100))}),
        "15.3": FigureEntry(value=Decimal(31), nearly_met="giảm nhanh"),
    }


@pytest.mark.parametrize(
    "typed", ["94,9", "94.9", "94.9%", "94,9 %", " 94.9 ", 94.9, 94.89999999999999, "\u00a094,9", "94,90"]
)
def test_a_share_in_every_spelling(tmp_path, typed):
    result = read(filled(tmp_path, {"4.2": typed}))
    assert result.problems == []
    assert result.entries["4.2"].value == Decimal("94.9")


@pytest.mark.parametrize(
    ("typed", "value"),
    [(word, True) for word in ("x", "X", "Đạt", "đạt", "ĐẠT", "Có", "1", 1, True, "✓", "Đ", " x ")]
    + [(word, False) for word in ("Chưa đạt", "chưa", "CĐ", "0", 0, False, "Không", "K")],
)
def test_yes_and_no_in_every_spelling(tmp_path, typed, value):
    result = read(filled(tmp_path, {"1.1": typed}))
    assert result.problems == []
    assert result.entries["1.1"].value is value


def test_a_percent_cell_is_read_as_what_it_shows(tmp_path):
    def as_percent(opened: Filled) -> None:
        opened.sheet[opened.put("4.2", 0.949)].number_format = "0.0%"

    result = read(filled(tmp_path, {}, as_percent))
    assert result.entries["4.2"].value == Decimal("94.9")
    assert [code for code, _ in found(result, "warning")] == ["workbook.percent_cell"]


def test_a_trailing_remark_is_kept_as_a_note(tmp_path):
    result = read(filled(tmp_path, {"10": "36,5 (ước)", "1.1": "Đạt (QĐ 12)", "9.1": "3 nhà"}))
    assert found(result, "error") == []
    assert (result.entries["10"].value, result.entries["10"].note) == (Decimal("36.5"), "ước")
    assert result.entries["1.1"].note == "QĐ 12"
    assert [code for code, _ in found(result, "warning")] == ["workbook.note_kept"] * 2
    assert result.entries["9.1"].note is None  # the unit written out is no remark


def test_counts_may_stand_for_the_share(tmp_path):
    def counts(opened: Filled) -> None:
        opened.put("16", 9, "num")
        opened.put("16", 12, "den")
        opened.put("12", "1.234", "num")
        opened.put("12", "1.500", "den")

    result = read(filled(tmp_path, {"4.2": "949/1.000"}, counts))
    assert found(result, "error") == []
    assert (result.entries["16"].num, result.entries["16"].den) == (9, 12)
    assert (result.entries["12"].num, result.entries["12"].den) == (1234, 1500)
    assert (result.entries["4.2"].num, result.entries["4.2"].den) == (949, 1000)


def test_moved_columns_inserted_and_hidden_rows_and_merged_heads(tmp_path):
    def shuffle(opened: Filled) -> None:
        sheet = opened.sheet
        sheet.insert_cols(1)
        sheet.cell(opened.head, 1).value = "Ghi thêm"
        sheet.insert_rows(opened.head + 4)
        sheet.cell(opened.head + 4, 3).value = "(dòng chèn thêm)"
        for row in range(opened.head, sheet.max_row + 1):
            for one, two in ((9, 3), (4, 13)):
                a, b = sheet.cell(row, one), sheet.cell(row, two)
                a.value, b.value = b.value, a.value
        sheet.row_dimensions[opened.head + 12].hidden = True
        sheet.column_dimensions["F"].hidden = True
        sheet.merge_cells(start_row=opened.head, start_column=9, end_row=opened.head, end_column=9)

    entries = {"1.1": "x", "4.2": "94,9", "9.1": 0, "10": 36.5, "17.1a": 91, "17.1b": "52%"}
    result = read(filled(tmp_path, entries, shuffle))
    assert found(result, "error") == []
    assert set(result.entries) == {"1.1", "4.2", "9.1", "10", "17.1"}
    assert result.entries["17.1"].parts == {"hygienic": Decimal(91), "clean": Decimal(52)}
    assert found(result, "warning") == [("workbook.hidden_read", "")]


def test_rows_in_another_order_and_codes_as_numbers(tmp_path):
    def turn(opened: Filled) -> None:
        sheet = opened.sheet
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=opened.head + 1)]
        for at, row in enumerate(reversed(rows), start=opened.head + 1):
            for column, value in enumerate(row, start=1):
                is_code = column == 1 and isinstance(value, str) and value.replace(".", "").isdigit()
                sheet.cell(at, column).value = float(value) if is_code else value

    law = rules("xa-ntm-2021-2025")
    result = read(
        filled(tmp_path, {"17.10": 90, "17.1 total": 80, "17.1 centralised": 30, "4.2": 98}, turn, law=law), law
    )
    assert found(result, "error") == []
    assert set(result.entries) == {"17.10", "17.1", "4.2"}


BAD = [
    ("4.2", "120%", "criteria.over_100"),
    ("4.2", -3, "criteria.negative"),
    ("4.2", "abc", "workbook.not_a_number"),
    ("4.2", "khoảng 95", "workbook.not_a_number"),
    ("4.2", "90 - 95", "workbook.not_a_number"),
    ("4.2", "NaN", "workbook.not_a_number"),
    ("10", 1e308, "criteria.too_large"),
    ("10", "36.500", "workbook.thousands_or_decimals"),
    ("9.1", "2,5", "criteria.not_whole"),
    ("1.1", "?", "workbook.not_yes_or_no"),
    ("1.1", "-", "workbook.not_yes_or_no"),
    ("1.1", 0.5, "workbook.not_yes_or_no"),
    ("4.2", "=1/0", "workbook.formula_without_value"),
    ("4.2", "#REF!", "workbook.formula_error"),
    ("13.2", "Không xét", "workbook.reason_missing"),
    ("1.1", "Không xét: vì lý do", "criteria.cannot_be_set_aside"),
]


@pytest.mark.parametrize(("code", "typed", "problem"), BAD)
def test_what_cannot_be_a_figure_is_named_at_its_cell(tmp_path, code, typed, problem):
    cells = []

    def note(opened: Filled) -> None:
        cells.append(opened.put(code, typed))
        if typed == "#REF!":
            opened.sheet[cells[0]].data_type = "e"

    result = read(filled(tmp_path, {"2.1": 100}, note))
    assert found(result, "error") == [(problem, cells[0])]
    assert not result.accepted


def test_a_part_or_a_count_that_is_missing_or_does_not_fit(tmp_path):
    def counts(opened: Filled) -> None:
        opened.put("12", 9, "num")
        opened.put("16", 9, "num")
        opened.put("16", 12, "den")

    result = read(filled(tmp_path, {"17.1a": 91, "16": 80}, counts))
    assert sorted(code for code, _ in found(result, "error")) == [
        "criteria.counts_incomplete",
        "criteria.counts_not_share",
        "criteria.part_missing",
    ]


def test_an_indicator_of_another_set_or_twice(tmp_path):
    def strange(opened: Filled) -> None:
        opened.put("4.2", "99.9", "code")
        opened.put("4.2", 90)
        opened.put("5", "2.1", "code")
        opened.put("5", 90)
        opened.put("5", "", "name")

    result = read(filled(tmp_path, {"2.1": 90}, strange))
    codes = {code for code, _ in found(result, "error")}
    assert "workbook.indicator_twice" in codes
    assert result.entries["4.2"].value == 90  # the name still tells which indicator it is


def test_a_wrong_sheet_is_said(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["Danh sách", "hộ"])
    book.save(tmp_path / "x.xlsx")
    assert [code for code, _ in found(read(tmp_path / "x.xlsx"), "error")] == ["workbook.wrong_sheet"]


def test_the_reason_for_a_change_is_read(tmp_path):
    def why(opened: Filled) -> None:
        row = next(r for r in range(1, opened.head) if opened.sheet.cell(r, 2).value == CHANGE_REASON)
        opened.sheet.cell(row, 3).value = "gõ nhầm"

    assert read(filled(tmp_path, {"2.1": 90}, why)).change_reason == "gõ nhầm"


def test_every_kind_of_indicator_has_its_row(tmp_path):
    for law in (rules(), rules("xa-ntm-2021-2025")):
        write_form(tmp_path / "b.xlsx", replace(form(rules=law)))
        opened = Filled(tmp_path / "b.xlsx")
        assert set(law.by_code) <= set(opened.rows)


def test_a_code_that_contradicts_the_text_is_told_and_twice_is_an_error(tmp_path):
    cells = {}

    def wrong_code(code, text):
        def change(opened):
            cells[text] = f"A{opened.rows[code]}"
            opened.sheet.cell(opened.rows[code], opened.columns["code"]).value = text

        return change

    result = read(filled(tmp_path, {"1.1": "x"}, wrong_code("1.1", "1.1x")))
    assert found(result, "warning") == [("workbook.code_and_name_differ", cells["1.1x"])]
    assert result.entries["1.1"].value is True
    result = read(filled(tmp_path, {"1.2": "x", "2.1": 50}, wrong_code("2.1", "1.2")))
    assert found(result, "error") == [("workbook.indicator_twice", cells["1.2"])]
