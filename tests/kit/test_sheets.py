"""Uploaded spreadsheets: what is opened, what is refused before it can do harm, and that nothing kills the server."""

from __future__ import annotations

import random
import resource
import time
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from chungsuc.kit.errors import Refused
from chungsuc.kit.sheets import grid, jail, limits, reading
from chungsuc.kit.sheets.grid import address, column_number
from chungsuc.kit.sheets.precheck import Kind
from chungsuc.kit.sheets.table import CellError
from tests.kit import hostile

ALL = tuple(Kind)


def refusal(path: Path, kinds=(Kind.XLSX,)) -> str:
    with pytest.raises(Refused) as refused:
        reading.read(path, kinds)
    return refused.value.reasons[0].code


def test_an_honest_workbook_is_read_with_its_facts(tmp_path):
    path = tmp_path / "b.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Số liệu")
        percent = book.add_format({"num_format": "0.0%"})
        sheet.write(1, 1, "đ")
        sheet.write(1, 2, 0.949, percent)
        sheet.write_boolean(2, 2, True)
        sheet.write_formula(3, 2, "=1/0", None, "#DIV/0!")
        sheet.write_formula(4, 2, "=1+1", None, "")
        sheet.write_formula(5, 2, "=1+1", None, 2)
        sheet.merge_range("E1:F2", "gộp")
        sheet.set_row(2, None, None, {"hidden": True})
        sheet.set_column(3, 3, None, None, {"hidden": True})
        book.add_worksheet("ẩn").hide()
    read = reading.read(path)
    sheet = read.sheets[0]
    assert [(one.name, one.visible) for one in read.sheets] == [("Số liệu", True), ("ẩn", False)]
    assert sheet.value(1, 1) == "đ" and sheet.value(1, 2) == 0.949 and sheet.value(2, 2) is True
    assert sheet.value(3, 2) == CellError("#DIV/0!")
    assert sheet.value(4, 2) == CellError("")
    assert sheet.value(5, 2) == 2.0
    assert sheet.value(99, 99) is None
    assert sheet.percent == {(1, 2)}
    assert sheet.hidden_rows == {2} and sheet.hidden_columns == {3}
    assert sheet.merged == ((0, 4, 1, 5),)


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (
            lambda p: hostile.with_parts(p, {"xl/vbaProject.bin": b"x"}),
            "sheet.macros",
        ),
        (
            lambda p: hostile.packed(
                p, hostile.parts_of(hostile.honest(p)) | {"xl/externalLinks/externalLink1.xml": b"<a/>"}
            ),
            "sheet.active_parts",
        ),
        (
            lambda p: hostile.with_parts(p, {"xl/embeddings/a.bin": b"x"}),
            "sheet.active_parts",
        ),
        (
            lambda p: hostile.with_parts(p, {"xl/activeX/a.xml": b"<a/>"}),
            "sheet.active_parts",
        ),
        (
            lambda p: hostile.with_parts(p, {"../evil.xml": b"<a/>"}),
            "sheet.broken_zip",
        ),
        (
            lambda p: hostile.with_parts(p, {f"x{n}.xml": b"" for n in range(2001)}),
            "sheet.bomb",
        ),
        (
            lambda p: hostile.with_parts(p, {"a.zip": b"PK\x03\x04" + b"0" * 99}),
            "sheet.bomb",
        ),
        (lambda p: hostile.with_sheet(p, "", '<!DOCTYPE x [<!ENTITY a "b">]>'), "sheet.doctype"),
        (hostile.bomb, "sheet.bomb"),
        (hostile.lying_size, "sheet.broken_zip"),
        (hostile.overlapping, "sheet.broken_zip"),
        (hostile.doubled, "sheet.broken_zip"),
        (hostile.sparse_corner, "sheet.too_many_rows"),
        (hostile.first_row_last_column, "sheet.too_many_columns"),
        (hostile.beyond_the_sheet, "sheet.too_many_rows"),
        (hostile.implied_places, "sheet.too_many_columns"),
        (hostile.odd_spelling, "sheet.too_many_rows"),
        (lambda p: hostile.ole(p, "EncryptedPackage"), "sheet.password"),
        (lambda p: hostile.ole(p, "Workbook"), "sheet.old_format"),
        (lambda p: hostile.sparse_file(p, 200), "sheet.too_big"),
        (lambda p: hostile.raw(p, b""), "sheet.empty"),
        (lambda p: hostile.raw(p, b"<html><table></table></html>"), "sheet.not_a_sheet"),
        (lambda p: hostile.raw(p, b"%PDF-1.7 ..."), "sheet.not_a_sheet"),
        (lambda p: hostile.raw(p, b"a,b\n1,2\n"), "sheet.wrong_kind"),
        (lambda p: hostile.raw(p, hostile.honest(p).read_bytes()[:700]), "sheet.broken_zip"),
    ],
)
def test_hostile_files_are_refused_fast_and_the_server_stays_small(tmp_path, make, code):
    path = make(tmp_path / "x.xlsx")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.perf_counter()
    assert refusal(path) == code
    assert time.perf_counter() - start < 5
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50 * 1024


def test_a_sparse_grid_is_refused_within_a_second(tmp_path):
    path = hostile.sparse_corner(tmp_path / "x.xlsx")
    start = time.perf_counter()
    assert refusal(path) == "sheet.too_many_rows"
    assert time.perf_counter() - start < 1


def test_a_workbook_of_the_largest_size_is_still_read(tmp_path):
    path = tmp_path / "x.xlsx"
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write(limits.ROWS - 1, limits.COLUMNS - 1, 1)
    assert reading.read(path).sheets[0].kinds.shape == (limits.ROWS, limits.COLUMNS)
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        book.add_worksheet().write(limits.ROWS, 0, 1)
    assert refusal(path) == "sheet.too_many_rows"


@pytest.mark.parametrize("how", ["memory", "abort", "raise"])
def test_the_child_may_die_and_the_parent_says_not_readable(how):
    with pytest.raises(Refused) as refused:
        jail.run("chungsuc.kit.sheets.trial:die", how)
    assert refused.value.reasons[0].code == "sheet.unreadable"


def test_a_child_that_never_ends_is_stopped():
    with pytest.raises(Refused) as refused:
        jail.run("chungsuc.kit.sheets.trial:die", "forever", seconds=1)
    assert refused.value.reasons[0].code == "sheet.unreadable"


def test_the_child_knows_no_secret(monkeypatch):
    monkeypatch.setenv("CHUNGSUC_DATABASE_URL", "postgres://secret")
    assert not any(
        "CHUNGSUC" in name or "secret" in value for name, value in jail.run("chungsuc.kit.sheets.trial:see").items()
    )


def test_only_our_own_functions_run_in_the_child():
    with pytest.raises(Refused):
        jail.run("os:system", "true")


def test_addresses():
    assert [address(0, 0), address(19, 25), address(0, 26), address(1048575, 16383)] == [
        "A1",
        "Z20",
        "AA1",
        "XFD1048576",
    ]
    assert all(column_number(address(0, n)[:-1]) == n for n in range(2000))


@pytest.mark.parametrize("seed", range(6))
def test_the_quick_look_and_the_slow_walk_say_the_same(tmp_path, seed):
    chance = random.Random(seed)
    path = tmp_path / "x.xlsx"
    with xlsxwriter.Workbook(str(path), {"constant_memory": bool(seed % 2)}) as book:
        sheet = book.add_worksheet()
        percent = book.add_format({"num_format": chance.choice(["0%", "0.0%"])})
        for row in range(40):
            if chance.random() < 0.2:
                sheet.set_row(row, None, None, {"hidden": True})
            for column in sorted(chance.sample(range(60), 8)):
                kind = chance.randrange(6)
                if kind == 0:
                    sheet.write_formula(row, column, "=1/0", None, "#DIV/0!")
                elif kind == 1:
                    sheet.write_formula(row, column, "=A1", None, "")
                elif kind == 2:
                    sheet.write_number(row, column, 0.5, percent)
                elif kind == 3:
                    sheet.write_string(row, column, "<v></v> & r=\"Z9\" t='e'")
                elif kind == 4:
                    sheet.write_blank(row, column, None, percent)
                else:
                    sheet.write_formula(row, column, "=1+1", percent, 2)
    parts = hostile.parts_of(path)
    xml = parts["xl/worksheets/sheet1.xml"]
    styles = reading._percent_styles(parts["xl/styles.xml"])
    quick, walked = grid._quick(xml, styles), grid._Walk("s", styles).walk(xml)
    assert quick == walked
    assert quick.cells and quick.errors and quick.percent and quick.without_value


def test_text_that_looks_like_a_formula_stays_text_through_an_answer(tmp_path):
    path, target = tmp_path / "x.xlsx", tmp_path / "y.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet("Trang").write_string(0, 0, "=1+1")
    jail.run("chungsuc.assessment.workbook.comments:annotate", str(path), str(target), [["Trang", "B2", "error", "=x"]])
    cell = openpyxl.load_workbook(target).active["A1"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")
    assert b"<f" not in hostile.parts_of(target)["xl/worksheets/sheet1.xml"]
