"""What keeps a matrix out, what is only said, and where: one fault at a time in an otherwise good file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from chungsuc.assessment.matrix import MatrixRead, read_matrix
from chungsuc.kit.errors import Refused
from chungsuc.kit.sheets.precheck import Kind
from chungsuc.kit.sheets.reading import read_here
from tests.assessment.matrix_files import marks, sums
from tests.assessment.matrix_land import NAMES, asked, communes, districts, truth
from tests.assessment.sheet_files import Page, Rows, write_csv, write_xlsx

ALL = [kind.value for kind in Kind]


def good() -> Rows:
    """The usual table: row 1 header, then each district and its communes, then the sum of all."""
    rows: Rows = [["STT", "Xã", *(f"TC{n}" for n in NAMES), "Tổng"]]
    for district in districts():
        rows.append([None, district.name])
        for number, unit in enumerate(communes(district.code), start=1):
            met = truth()[unit.code]
            rows.append([number, unit.name, *marks(met), len(met)])
    rows.append([None, "Toàn tỉnh", *sums(truth(), list(truth()))])
    return rows


def place(rows: Rows, name: str) -> int:
    return next(at for at, row in enumerate(rows) if len(row) > 1 and row[1] == name)


def read(folder: Path, rows: Rows, **page: Any) -> MatrixRead:
    return read_matrix(read_here(str(write_xlsx(folder / "m.xlsx", Page(rows, **page))), ALL), asked())


def found(result: MatrixRead, severity: str) -> list[tuple[str, str]]:
    return [(one.reason.code, one.cell) for one in result.problems if one.severity == severity]


def errors(result: MatrixRead) -> list[tuple[str, str]]:
    return found(result, "error")


def test_the_good_table_is_good(tmp_path):
    result = read(tmp_path, good())
    assert result.accepted and len(result.units) == 177
    assert found(result, "warning") == [("matrix.summary_row_ignored", "B192")]


@pytest.mark.parametrize("mark", ["?", "abc", "85%", "x?", "94,9", 2, 0.85, "N/A", "...", "không xét"])
def test_an_unreadable_mark_keeps_everything_out(tmp_path, mark):
    rows = good()
    rows[3][6] = mark
    result = read(tmp_path, rows)
    assert errors(result) == [("matrix.unreadable_mark", "G4")]
    assert len(result.units) == 176


@pytest.mark.parametrize(
    ("formula", "value", "code"),
    [("=1/0", "#DIV/0!", "matrix.formula_error"), ("=A1", "", "matrix.formula_without_value")],
)
def test_formulas_without_a_value_keep_everything_out(tmp_path, formula, value, code):
    rows = good()
    rows[3][6] = None
    assert errors(read(tmp_path, rows, formulas={(3, 6): (formula, value)})) == [(code, "G4")]


def test_a_formula_with_its_value_is_read(tmp_path):
    rows = good()
    rows[3][6] = None
    result = read(tmp_path, rows, formulas={(3, 6): ('="x"', "x")})
    assert (
        result.accepted and 5 in result.units["01291" if rows[3][1] == "Xã Đức Hạnh" else _code(rows[3][1], 2)].numbers
    )


def _code(name: str, row: int) -> str:
    return next(unit.code for unit in communes() if unit.name == name)


def test_an_unknown_name_keeps_everything_out(tmp_path):
    rows = good()
    rows[2][1] = "Xã Không Có"
    result = read(tmp_path, rows)
    assert errors(result) == [("matrix.unknown_name", "B3")]
    assert len(result.units) == 176
    assert any(code == "matrix.unit_missing" for code, _ in found(result, "warning"))


def test_an_unknown_name_without_any_mark_is_not_overlooked(tmp_path):
    rows = good()
    rows.insert(4, [None, "Mường Mới"])
    assert errors(read(tmp_path, rows)) == [("matrix.unknown_name", "B5")]


@pytest.mark.parametrize("marks_of", [("x", None), (1, 0), ("Đạt", "Chưa")])
def test_an_unknown_name_in_the_first_row_is_not_taken_for_a_header(tmp_path, marks_of):
    rows: Rows = [["Xã", *(f"{n}" for n in NAMES)]]
    rows.append(["Xã Không Có", *marks(frozenset(range(1, 12)), *marks_of)])
    rows += [[unit.name, *marks(truth()[unit.code], *marks_of)] for unit in communes("045")]
    result = read(tmp_path, rows)
    assert errors(result) == [("matrix.unknown_name", "A2")]
    assert {code: set(one.numbers) for code, one in result.units.items()} == {
        unit.code: truth()[unit.code] for unit in communes("045")
    }


def test_a_file_of_unknown_names_only(tmp_path):
    rows: Rows = [
        ["STT", "Xã", *(f"TC{n}" for n in NAMES)],
        [1, "Xã Không Có", *["x"] * 19],
        [2, "Mường Mới", *["x"] * 19],
    ]
    assert errors(read(tmp_path, rows)) == [("matrix.unknown_name", "B2"), ("matrix.unknown_name", "B3")]


def test_a_unit_twice_keeps_everything_out(tmp_path):
    rows = good()
    rows.insert(4, list(rows[3]))
    result = read(tmp_path, rows)
    assert errors(result) == [("matrix.unit_twice", "B5")]


def test_a_name_that_occurs_twice_is_told_apart_by_its_district_only(tmp_path):
    rows = [row for row in good() if len(row) > 2]
    result = read(tmp_path, rows)
    assert {code for code, _ in errors(result)} == {"matrix.ambiguous_name"}
    names = [unit.short_name for unit in communes()]
    twice = sum(names.count(name) > 1 for name in names)
    assert len(errors(result)) == twice
    assert len(result.units) == 177 - twice


def test_near_twins_are_two_communes(tmp_path):
    rows = good()
    at = place(rows, "Xã Bình Lăng")
    rows[at][1] = "Xã Bình Lãng"
    result = read(tmp_path, rows)
    assert errors(result) == [("matrix.unknown_name", f"B{at + 1}")]


def test_a_name_under_the_wrong_district_is_not_taken(tmp_path):
    rows = good()
    at = place(rows, "Xã Trường Hà")
    rows.insert(2, rows.pop(at))
    assert errors(read(tmp_path, rows)) == [("matrix.unknown_name", "B3")]


def test_names_without_marks_are_read_and_said(tmp_path):
    rows = good()
    at = place(rows, "Xã Đa Thông")
    rows[at][1] = "xa Da Thong"
    result = read(tmp_path, rows)
    assert result.accepted
    assert ("matrix.read_as", f"B{at + 1}") in found(result, "warning")


@pytest.mark.parametrize(
    "written",
    [
        "ĐA THÔNG",
        "  xã  Đa  Thông ",
        "Đa Thông (xã)",
        "X. Đa Thông",
        "Ða Thông",
        "3. Đa Thông*",
        "Đa Thông\u200b",
        "Xã Đa Thông (xã điểm)",
        "Đa Thông - huyện Thông Nông",
        "- Xã Đa Thông;",
    ],
)
def test_every_way_of_writing_a_name(tmp_path, written):
    rows = good()
    rows[place(rows, "Xã Đa Thông")][1] = written
    result = read(tmp_path, rows)
    assert result.accepted and len(result.units) == 177
    assert found(result, "warning") == [("matrix.summary_row_ignored", "B192")]


def test_a_missing_unit_is_said(tmp_path):
    rows = good()[:-1]
    del rows[place(rows, "Xã Đa Thông")]
    result = read(tmp_path, rows)
    assert result.accepted and len(result.units) == 176
    assert [(one.reason.code, one.reason.facts["name"]) for one in result.problems] == [
        ("matrix.unit_missing", "Xã Đa Thông")
    ]


def test_totals_that_contradict_their_marks_are_said(tmp_path):
    rows = good()
    rows[3][21] += 1
    rows[-1][4] += 1
    result = read(tmp_path, rows)
    assert result.accepted
    assert ("matrix.total_differs", "V4") in found(result, "warning")
    assert ("matrix.sum_differs", "E192") in found(result, "warning")


def test_townships_are_left_aside_with_a_word(tmp_path):
    rows = good()
    at = place(rows, "Huyện Thông Nông")
    rows.insert(at + 1, [1, "TT Thông Nông", *marks(frozenset({1, 2})), 2])
    result = read(tmp_path, rows)
    assert result.accepted and len(result.units) == 177
    assert ("matrix.not_in_programme", f"B{at + 2}") in found(result, "warning")


def test_code_and_name_must_agree(tmp_path):
    rows = [["Mã", *row[1:]] if at == 0 else row for at, row in enumerate(good())]
    for row in rows[1:]:
        unit = next((unit for unit in communes() if unit.name == row[1]), None)
        if unit and row[0]:
            row[0] = unit.code
    at = place(rows, "Xã Bình Long")
    rows[at][0] = "01375"
    assert ("matrix.code_name_differ", f"B{at + 1}") in errors(read(tmp_path, rows))


def test_a_column_that_is_missing_or_strange(tmp_path):
    rows = [row[:20] for row in good()]
    assert errors(read(tmp_path, rows)) == [("matrix.criteria_missing", "A1")]
    rows = good()
    rows[0][21] = "TC20"
    assert errors(read(tmp_path, rows)) == [("matrix.criterion_unknown", "V1")]
    rows = good()
    rows[0][20] = "TC3"
    assert ("matrix.criterion_twice", "U1") in errors(read(tmp_path, rows))


def test_a_header_without_a_word_is_guessed_between_its_neighbours(tmp_path):
    rows = good()
    rows[0][6] = "Cột này"
    result = read(tmp_path, rows)
    assert result.accepted and all(set(one.numbers) == truth()[code] for code, one in result.units.items())
    assert ("matrix.header_guessed", "G1") in found(result, "warning")


def test_nearly_met_is_not_met(tmp_path):
    rows = good()
    unit = communes(districts()[0].code)[0]
    rows[2][3] = "Cơ bản đạt"
    result = read(tmp_path, rows)
    assert 2 not in result.units[unit.code].numbers
    assert ("matrix.nearly_met", "D3") in found(result, "warning")


def test_no_matrix_at_all(tmp_path):
    assert errors(read(tmp_path, [["Danh sách"], ["Nguyễn Văn A", 1]])) == [("matrix.not_found", "")]


@pytest.mark.parametrize(
    ("header", "name", "encoding"),
    [("X·", "X· §a Th«ng", "TCVN3"), ("Xaõ", "Xaõ Ña Thoâng", "VNI")],
)
def test_old_fonts_are_refused_with_the_mend(tmp_path, header, name, encoding):
    rows: Rows = [
        ["STT", header, *NAMES],
        [1, name, *["x"] * 19],
        [2, "X· B×nh L·ng" if encoding == "TCVN3" else "Xaõ Bình Laõng"],
    ]
    with pytest.raises(Refused) as refused:
        read_here(str(write_csv(tmp_path / "cu.csv", rows, ";", "cp1252")), ALL)
    assert [(one.code, one.facts["encoding"]) for one in refused.value.reasons] == [("sheet.legacy_encoding", encoding)]
    result = read(tmp_path, rows)
    assert [one.reason.code for one in result.problems] == ["sheet.legacy_encoding"]


def test_spoilt_letters_are_refused(tmp_path):
    rows = good()
    double = [[cell.encode().decode("latin-1") if isinstance(cell, str) else cell for cell in row] for row in rows]
    with pytest.raises(Refused) as refused:
        read_here(str(write_csv(tmp_path / "m.csv", double)), ALL)
    assert refused.value.reasons[0].code == "sheet.broken_encoding"
    rows[3][1] = "Xã ?a Thông"
    assert errors(read(tmp_path, rows)) == [("matrix.broken_letters", "B4")]
    cp1258 = [["STT", "Xa\u0303", *NAMES], [1, "Xa\u0303 Đa Thông", *["x"] * 19], [2, "Bi\u0300nh La\u0303ng"]]
    with pytest.raises(Refused) as refused:
        read_here(str(write_csv(tmp_path / "w.csv", cp1258, ";", "cp1258")), ALL)
    assert refused.value.reasons[0].code in ("sheet.legacy_encoding", "sheet.broken_encoding")


def test_ballot_crosses_mean_not_met_beside_ticks_only(tmp_path):
    rows: Rows = [["Xã", *(f"TC{n}" for n in NAMES)]]
    rows += [[unit.name, *marks(truth()[unit.code], "✓", "✗")] for unit in communes("045")]
    result = read(tmp_path, rows)
    assert result.accepted and all(set(one.numbers) == truth()[code] for code, one in result.units.items())
    rows = [["Xã", *(f"TC{n}" for n in NAMES)], [communes("045")[0].name, *["✗"] * 19]]
    assert {code for code, _ in errors(read(tmp_path, rows))} == {"matrix.unreadable_mark"}


def test_letters_lost_as_question_marks(tmp_path):
    rows = [
        [cell.encode("latin-1", "replace").decode("latin-1") if isinstance(cell, str) else cell for cell in row]
        for row in good()
    ]
    assert {code for code, _ in errors(read(tmp_path, rows))} == {"sheet.broken_encoding"}


def test_old_fonts_in_the_names_only(tmp_path):
    rows = good()
    for at, name in ((2, "X· §µm Thuû"), (3, "X· Ngäc §éng"), (4, "X· Tr­êng Hµ"), (5, "X· §a Th«ng")):
        rows[at][1] = name
    assert ("matrix.old_encoding", "B3") in errors(read(tmp_path, rows))
    few: Rows = [
        ["Xã", *(f"TC{n}" for n in NAMES)],
        *([name, *["x"] * 19] for name in ("X· §µm Thuû", "X· Ngäc §éng", "X· §a Th«ng")),
    ]
    assert errors(read(tmp_path, few)) == [("sheet.legacy_encoding", "")]
