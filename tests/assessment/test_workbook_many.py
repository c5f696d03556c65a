"""The form of many communes: a row each, read by columns; same figures, same refusals as one by one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pytest

from chungsuc.assessment.matrix import Asked
from chungsuc.assessment.rules import Level
from chungsuc.assessment.workbook.blank_many import FIRST, HEAD_ROW, write_many
from chungsuc.assessment.workbook.facts import FormRead, ManyForm
from chungsuc.assessment.workbook.labels import MANY_SHEET, label_of
from chungsuc.assessment.workbook.read_many import read_many
from chungsuc.criteria.engine import Context, place
from chungsuc.kit.sheets.reading import read_here
from tests.assessment import matrix_land
from tests.assessment.workbook_forms import END_2019, found, rules

DISTRICT = next(unit for unit in matrix_land.districts() if unit.code == "045")
COMMUNES = tuple(matrix_land.communes("045"))
LABELS = [label_of(rules(), leaf) for leaf in rules().leaves]


def made(folder: Path, last: np.ndarray | None = None) -> Path:
    path = folder / "nhieu.xlsx"
    rulings = place(rules(), Context("tdmnpb", 2019, {}))
    write_many(path, ManyForm(rules(), DISTRICT, COMMUNES, (rulings,) * len(COMMUNES), END_2019, "self", last, "f2"))
    return path


def typed(path: Path, cells: dict[tuple[int, str], Any]) -> dict[tuple[int, str], str]:
    """Type values by (row of commune, label); returns their addresses."""
    book = openpyxl.load_workbook(path)
    sheet = book[MANY_SHEET]
    where = {}
    for (row, label), value in cells.items():
        cell = sheet.cell(HEAD_ROW + 5 + row, FIRST + 1 + LABELS.index(label))
        cell.value = value
        where[row, label] = cell.coordinate
    book.save(path)
    return where


def read(path: Path, asked: Asked | None = None) -> FormRead:
    return read_many(
        read_here(str(path), ["xlsx"]),
        rules(),
        asked or matrix_land.asked(),
        END_2019,
        Level.SELF,
        lambda unit: unit.parent_code == "045",
    )


def test_last_figures_go_out_and_come_back(tmp_path):
    chance = np.random.default_rng(5)
    last = chance.uniform(0, 100, (len(COMMUNES), len(LABELS))).round(2)
    for column, leaf in enumerate(rules().leaves):
        kind = rules().by_code[leaf.indicator].kind
        if kind in ("boolean", "count"):
            last[:, column] = last[:, column].round() % 2
    last[3, :] = np.nan
    result = read(made(tmp_path, last))
    assert result.problems == []
    assert [unit.code for unit in result.units] == [unit.code for unit in COMMUNES]
    np.testing.assert_allclose(result.grid.values, last)


def test_what_people_type_is_read(tmp_path):
    path = made(tmp_path)
    typed(
        path,
        {
            (0, "4.2"): "94,9",
            (1, "4.2"): "94.9 %",
            (2, "4.2"): "95 (ước)",
            (0, "1.1"): "x",
            (1, "1.1"): "Chưa",
            (0, "13.2"): "Không xét: không có hợp tác xã",
            (0, "17.1a"): 91,
            (0, "17.1b"): "52",
            (0, "15.2"): "Cơ bản đạt: chờ quyết định",
        },
    )
    result = read(path)
    assert found(result, "error") == []
    assert [code for code, _ in found(result, "warning")] == ["workbook.note_kept"]
    column = {label: place for place, label in enumerate(LABELS)}
    assert result.grid.values[:3, column["4.2"]].tolist() == [94.9, 94.9, 95]
    assert result.grid.values[:2, column["1.1"]].tolist() == [1, 0]
    assert result.grid.not_applicable == {(0, "13.2"): "không có hợp tác xã"}
    assert result.grid.nearly_met == {(0, "15.2"): "chờ quyết định"}
    assert result.grid.notes == {(2, "4.2"): "ước"}


@pytest.mark.parametrize(
    ("label", "value", "code"),
    [
        ("4.2", 120, "criteria.over_100"),
        ("4.2", -1, "criteria.negative"),
        ("4.2", "abc", "workbook.not_a_number"),
        ("10", 1e308, "criteria.too_large"),
        ("9.1", 2.5, "criteria.not_whole"),
        ("1.1", "?", "workbook.not_yes_or_no"),
        ("1.1", 3, "criteria.boolean_expected"),
        ("17.1a", 90, "criteria.part_missing"),
        ("13.2", "Không xét", "workbook.reason_missing"),
        ("1.1", "Không xét: x", "criteria.cannot_be_set_aside"),
        ("4.2", "#N/A", "workbook.formula_error"),
        ("4.2", "=1+1", "workbook.formula_without_value"),
    ],
)
def test_a_wrong_cell_is_named(tmp_path, label, value, code):
    path = made(tmp_path)
    where = typed(path, {(4, label): value})
    assert found(read(path), "error") == [(code, where[4, label])]


def test_moved_columns_and_rows(tmp_path):
    path = made(tmp_path)
    typed(path, {(0, "4.2"): 90, (2, "4.2"): 80})
    book = openpyxl.load_workbook(path)
    sheet = book[MANY_SHEET]
    sheet.insert_cols(3)
    sheet.insert_rows(HEAD_ROW + 6)
    sheet.row_dimensions[HEAD_ROW + 5].hidden = True
    first, second = HEAD_ROW + 5, HEAD_ROW + 8
    for column in range(1, sheet.max_column + 1):
        one, two = sheet.cell(first, column), sheet.cell(second, column)
        one.value, two.value = two.value, one.value
    book.save(path)
    result = read(path)
    assert found(result, "error") == []
    column = LABELS.index("4.2")
    values = {unit.code: value for unit, value in zip(result.units, result.grid.values[:, column], strict=True)}
    assert (values[COMMUNES[0].code], values[COMMUNES[2].code]) == (90, 80)


def test_units_that_do_not_belong(tmp_path):
    path = made(tmp_path)
    book = openpyxl.load_workbook(path)
    sheet = book[MANY_SHEET]
    stranger = matrix_land.communes("042")[0]
    for row, (code, name) in enumerate(
        [(stranger.code, stranger.name), ("99999", "Xã Không Có"), (COMMUNES[3].code, COMMUNES[3].name)],
        start=HEAD_ROW + 5,
    ):
        sheet.cell(row, 1).value, sheet.cell(row, 2).value = code, name
    book.save(path)
    assert [code for code, _ in found(read(path), "error")] == [
        "workbook.unit_above_differs",
        "matrix.unknown_name",
        "matrix.unit_twice",
    ]


def test_units_are_found_by_name_when_codes_are_gone(tmp_path):
    path = made(tmp_path)
    book = openpyxl.load_workbook(path)
    sheet = book[MANY_SHEET]
    for row in range(HEAD_ROW + 5, HEAD_ROW + 5 + len(COMMUNES)):
        sheet.cell(row, 1).value = None
        sheet.cell(row, FIRST + 1).value = "x"
    book.save(path)
    here = replace(matrix_land.asked(), units=(DISTRICT, *COMMUNES))
    result = read(path, here)
    assert found(result, "error") == []
    assert {unit.code for unit in result.units} == {unit.code for unit in COMMUNES}
