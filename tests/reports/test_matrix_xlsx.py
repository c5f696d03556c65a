"""The matrix as an Excel file: what stands in which cell, and that nothing in it is a formula."""

from __future__ import annotations

import zipfile
from dataclasses import replace

import openpyxl
import pytest

from chungsuc.reports import matrix_xlsx
from chungsuc.reports.rules import Made
from tests.reports.made import ground

HEAD = matrix_xlsx.HEAD + 1


@pytest.fixture
def here():
    made = ground([[19, 3], [12]], titles=[(0, 0, 2019)])
    risky = replace(made.communes[1], name="=HYPERLINK(1)")
    return replace(made, communes=(made.communes[0], risky, made.communes[2]), made=Made.DEMO)


def rows_of(here, tmp_path, lang="vi"):
    path = tmp_path / "matrix.xlsx"
    matrix_xlsx.write(here, path, lang=lang)
    sheet = openpyxl.load_workbook(path).active
    return path, sheet, [[cell.value for cell in row] for row in sheet.iter_rows(min_row=HEAD)]


def test_marks_counts_and_sums_are_values(here, tmp_path):
    _, _, rows = rows_of(here, tmp_path)
    assert rows[0][:4] == ["TT", "Mã", "Tên xã", "1. Tiêu chí 1"]
    district, first, second = rows[1], rows[2], rows[3]
    assert district[2] == "Huyện Đông: 2 xã" and district[3:7] == [2, 2, 2, 1] and district[22:24] == [22, 1]
    assert first[:4] == [1, "01000", "Xã Xã số 0", "x"] and first[22:24] == [19, "2019"]
    assert second[3:7] == ["x", "x", "x", None] and second[22] == 3
    assert rows[-1][2] == "Tỉnh Thử: 3 xã" and rows[-1][3] == 3 and rows[-1][22:24] == [34, 1]


def test_no_cell_starts_a_formula(here, tmp_path):
    path, _, rows = rows_of(here, tmp_path)
    assert rows[3][2] == "=HYPERLINK(1)"
    with zipfile.ZipFile(path) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet and "HYPERLINK" in sheet


def test_it_is_ready_to_print_and_says_what_it_is(here, tmp_path):
    _, sheet, _ = rows_of(here, tmp_path)
    assert sheet.freeze_panes == "D7"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.print_area and sheet.print_title_rows == "$6:$6"
    top = [sheet.cell(row, 1).value for row in range(1, 6)]
    assert "Tỉnh Thử" in top[1] and "31/12/2019" in top[1]
    assert top[3].startswith("SỐ LIỆU MẪU") and "cơ bản đạt" in top[4]


def test_real_data_carry_no_label(here, tmp_path):
    _, sheet, _ = rows_of(replace(here, made=Made.REAL), tmp_path)
    assert sheet.cell(4, 1).value is None


def test_in_english(here, tmp_path):
    _, _, rows = rows_of(here, tmp_path, "en")
    assert rows[0][3] == "1. Criterion 1" and rows[1][2] == "Huyện Đông: 2 communes"
