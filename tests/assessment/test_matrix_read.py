"""The matrix import reads what provinces keep, whatever its header, marks, names and file kind."""

from __future__ import annotations

from pathlib import Path

import pytest

from chungsuc.assessment.matrix import MatrixRead, read_matrix
from chungsuc.kit.sheets.precheck import Kind
from chungsuc.kit.sheets.reading import read_here
from tests.assessment import matrix_files
from tests.assessment.matrix_land import asked, communes, truth

ALL = [kind.value for kind in Kind]


def read(path: Path) -> MatrixRead:
    return read_matrix(read_here(str(path), ALL), asked())


def codes(result: MatrixRead, severity: str) -> set[str]:
    return {problem.reason.code for problem in result.problems if problem.severity == severity}


@pytest.mark.parametrize("maker", matrix_files.MAKERS, ids=lambda maker: maker.__name__)
def test_every_habit_says_the_same_truth(maker, tmp_path):
    result = read(maker(tmp_path))
    assert [problem.as_json("vi") for problem in result.problems if problem.severity == "error"] == []
    assert {code: set(read.numbers) for code, read in result.units.items()} == truth()
    assert codes(result, "warning") & {"matrix.total_differs", "matrix.sum_differs", "matrix.unit_missing"} == set()


def test_counts_without_criteria_are_kept_as_counts(tmp_path):
    result = read(matrix_files.counts_only(tmp_path))
    assert result.accepted
    assert {code: (read.numbers, read.count) for code, read in result.units.items()} == {
        code: ([], len(met)) for code, met in truth().items()
    }
    assert "matrix.counts_only" in codes(result, "warning")
    assert "matrix.sum_differs" not in codes(result, "warning")


def test_what_is_left_out_or_hidden_is_said(tmp_path):
    assert codes(read(matrix_files.sheet_per_district(tmp_path)), "warning") == {
        "matrix.hidden_sheet_left_out",
        "matrix.sheet_left_out",
    }
    hidden = read(matrix_files.hidden_rows_and_formulas(tmp_path))
    said = [problem for problem in hidden.problems if problem.reason.code == "matrix.hidden_rows_read"]
    assert said[0].reason.facts["count"] == 40
    assert "matrix.summary_row_ignored" in codes(read(matrix_files.three_row_header(tmp_path)), "warning")
    assert "matrix.other_year_left_out" in codes(read(matrix_files.years_side_by_side(tmp_path)), "warning")


def test_an_old_xls_is_read(tmp_path):
    result = read(Path(__file__).with_name("files") / "ma_tran_2019.xls")
    assert result.accepted
    assert {code: set(read.numbers) for code, read in result.units.items()} == {
        unit.code: truth()[unit.code] for unit in communes("045")
    }
    assert "matrix.one_district_only" in codes(result, "warning")
