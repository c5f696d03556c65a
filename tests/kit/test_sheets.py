"""Uploaded spreadsheets: what is opened, what is refused before it can do harm, and that nothing kills the server."""

from __future__ import annotations

import resource
import time
from pathlib import Path

import pytest
import xlsxwriter

from chungsuc.kit.errors import Refused
from chungsuc.kit.sheets import jail, limits, reading
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
