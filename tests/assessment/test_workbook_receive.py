"""Receiving workbooks and matrices: recorded all or nothing, bytes kept, answered with comments on the cells."""

from __future__ import annotations

import hashlib
import json
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from chungsuc.assessment import queries, receiving
from chungsuc.assessment.models import Batch
from chungsuc.assessment.rules import BatchKind
from chungsuc.doors.cli import workbook as door
from chungsuc.kit import files
from chungsuc.kit.errors import Refused
from chungsuc.territory import queries as territory
from tests.assessment.sheet_files import Page, write_xlsx
from tests.assessment.workbook_forms import END_2019, SET, Filled
from tests.cast import COORDINATOR, MERGED_ON, OFFICER

NUMBERS = range(1, 20)


@pytest.fixture
def blank(land, tmp_path) -> Path:
    path = tmp_path / "bieu.xlsx"
    assert receiving.blank_form(path=path, unit_code="99001", set_code=SET, at=END_2019) == 1
    return path


def fill(path: Path, **entries) -> Filled:
    opened = Filled(path)
    for code, value in entries.items():
        opened.put(code.lstrip("_").replace("_", "."), value)
    opened.book.save(path)
    return opened


def receive(path: Path, now, **more):
    return receiving.receive_form(path=path, by=more.pop("by", OFFICER), at=now, **more)


def codes(answer) -> list[str]:
    problems = answer.problems if hasattr(answer, "problems") else answer.read.problems
    return [problem.reason.code for problem in problems]


def test_a_filled_form_is_recorded_and_its_bytes_are_kept(blank, now, settings):
    fill(blank, _4_2="94,9", _1_1="x", _16="9/12")
    answer = receive(blank, now, commit=True)
    assert answer.as_json() == {
        "accepted": True, "set": SET, "unit": "99001", "at": "2019-12-31", "figures": 3, "changed": 3, "problems": [],
    }  # fmt: skip
    unit = territory.unit_at("99001", END_2019)
    recorded = queries.figures_of(unit.id, SET, END_2019)
    assert recorded["4.2"].value == Decimal("94.9") and recorded["1.1"].value == 1
    assert (recorded["16"].num, recorded["16"].den) == (9, 12)
    batch = queries.batch(answer.batch_id)
    assert (batch.kind, batch.source) == (BatchKind.WORKBOOK, "bieu.xlsx")
    assert batch.sha256 == hashlib.sha256(blank.read_bytes()).hexdigest()
    assert files.read(batch.sha256, folder=settings.CHUNGSUC_EVIDENCE) == blank.read_bytes()


def test_without_commit_nothing_stays(blank, now, settings):
    fill(blank, _4_2="94,9")
    answer = receive(blank, now)
    assert answer.accepted and answer.figures == 1
    assert Batch.objects.count() == 0
    assert not Path(settings.CHUNGSUC_EVIDENCE).exists()


def test_one_wrong_cell_keeps_everything_out(blank, now):
    fill(blank, _4_2="94,9", _9_2="abc")
    answer = receive(blank, now, commit=True)
    assert codes(answer) == ["workbook.not_a_number"]
    assert answer.figures == 1 and Batch.objects.count() == 0


def test_the_answer_is_the_same_workbook_with_comments(blank, now, tmp_path):
    opened = fill(blank, _4_2="120%", _10="36,5 (ước)")
    answer = receive(blank, now)
    target = tmp_path / "tra_loi.xlsx"
    assert receiving.answer_workbook(path=blank, target=target, answer=answer) == 2
    book = openpyxl.load_workbook(target)
    comments = {
        cell.coordinate: cell.comment.text for row in book.worksheets[0].iter_rows() for cell in row if cell.comment
    }
    assert set(comments) == {f"H{opened.rows['4.2']}", f"H{opened.rows['10']}"}
    assert "120" in comments[f"H{opened.rows['4.2']}"]
    assert book.worksheets[-1].sheet_state == "veryHidden"
    assert book.worksheets[0].protection.sheet
    again = receive(target, now)
    assert codes(again) == codes(answer)
    mended = Filled(target)
    mended.put("4.2", 95)
    mended.book.save(target)
    assert receive(target, now, commit=True).accepted
    assert receiving.answer_workbook(path=target, target=target, answer=receive(target, now)) == 1


def test_changing_a_submitted_figure_asks_why(blank, now):
    fill(blank, _4_2=90)
    assert receive(blank, now, commit=True).accepted
    fill(blank, _4_2=95)
    refused = receive(blank, now, commit=True)
    assert codes(refused) == ["figure.reason_missing"]
    assert receive(blank, now, commit=True, reason="gõ nhầm").accepted
    unit = territory.unit_at("99001", END_2019)
    assert queries.figures_of(unit.id, SET, END_2019)["4.2"].reason == "gõ nhầm"


def test_the_missing_reason_stands_at_each_changed_cell_beside_other_errors(blank, now):
    fill(blank, _4_2=90, _1_1="x", _10=30)
    assert receive(blank, now, commit=True).accepted
    opened = fill(blank, _4_2=95, _1_1="Chưa đạt", _10="abc")
    told = [(one.reason.code, one.cell) for one in receive(blank, now).problems]
    assert told == [
        ("workbook.not_a_number", f"H{opened.rows['10']}"),
        ("figure.reason_missing", f"H{opened.rows['1.1']}"),
        ("figure.reason_missing", f"H{opened.rows['4.2']}"),
    ]


def verified(now, folder, value) -> None:
    path = folder / "tham_tra.xlsx"
    receiving.blank_form(path=path, unit_code="99001", set_code=SET, at=END_2019, level="verified")
    fill(path, _4_2=value)
    assert receive(path, now, commit=True, by=COORDINATOR).accepted


def test_a_level_above_still_counts_and_the_form_says_so(blank, now, tmp_path):
    verified(now, tmp_path, 97.3)
    opened = fill(blank, _4_2="96,1")
    answer = receive(blank, now, commit=True)
    assert answer.accepted and answer.changed == 1
    ((code, cell),) = [(one.reason.code, one.cell) for one in answer.problems]
    assert (code, cell) == ("workbook.verified_stands", f"H{opened.rows['4.2']}")
    assert "thẩm tra 97,3" in answer.as_json()["problems"][0]["text"]
    again = receive(blank, now, commit=True)
    assert again.changed == 0 and again.problems == []


def test_a_form_starts_from_the_levels_own_figure_with_the_higher_beside_it(blank, now, tmp_path):
    def before(level):
        receiving.blank_form(path=tmp_path / "x.xlsx", unit_code="99001", set_code=SET, at=END_2019, level=level)
        opened = Filled(tmp_path / "x.xlsx")
        row, columns = opened.rows["4.2"], [opened.columns[name] for name in ("value", "last", "last_at")]
        return [opened.sheet.cell(row, column).value for column in columns]

    verified(now, tmp_path, 97.3)
    assert before("self") == [None, 97.3, "31/12/2019 (thẩm tra)"]
    fill(blank, _4_2=96.1)
    assert receive(blank, now, commit=True).accepted
    assert before("self") == [96.1, 97.3, "31/12/2019 (thẩm tra)"]
    assert before("verified") == before("appraised")[:2] + ["31/12/2019"] == [97.3, 97.3, "31/12/2019"]


def test_a_district_form_tells_the_same_and_comes_back_unchanged(blank, now, tmp_path):
    verified(now, tmp_path, 97.3)
    fill(blank, _16="16/39")
    assert receive(blank, now, commit=True).accepted
    path = tmp_path / "huyen.xlsx"
    receiving.blank_form(path=path, unit_code="991", set_code=SET, at=END_2019)
    same = receive(path, now, by=COORDINATOR)
    assert (same.accepted, same.figures, same.changed, same.problems) == (True, 1, 0, [])
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    head = next(row for row in range(1, 12) if sheet.cell(row, 1).value == "Mã")
    columns = {sheet.cell(head, column).value: column for column in range(1, sheet.max_column + 1)}
    assert sheet.cell(head + 3, columns["16"]).value == 41.03
    cells = [sheet.cell(head + 3, columns[code]) for code in ("4.2", "16")]
    cells[0].value, cells[1].value = 96, 50
    book.save(path)
    told = [(one.reason.code, one.cell) for one in receive(path, now, by=COORDINATOR).problems]
    assert told == [("figure.reason_missing", cells[1].coordinate), ("workbook.verified_stands", cells[0].coordinate)]


def test_a_form_for_a_date_before_the_set_is_not_made(land, tmp_path):
    with pytest.raises(Refused) as refused:
        receiving.blank_form(
            path=tmp_path / "b.xlsx", unit_code="99001", set_code="xa-ntm-2021-2025", at=END_2019
        )
    assert [one.code for one in refused.value.reasons] == ["figure.date_before_set"]


def test_a_figure_that_came_meanwhile_is_told(blank, now, tmp_path):
    other = tmp_path / "khac.xlsx"
    receiving.blank_form(path=other, unit_code="99001", set_code=SET, at=END_2019)
    fill(other, _4_2=90)
    assert receive(other, now, commit=True, by=COORDINATOR).accepted
    fill(blank, _4_2=95)
    assert codes(receive(blank, now, commit=True, reason="sửa")) == ["figure.changed_meanwhile"]


def test_a_form_says_what_it_is_for(blank, now, tmp_path):
    fill(blank, _4_2=90)
    assert codes(receive(blank, now, set_code="xa-ntm-2021-2025")) == ["workbook.other_set"]
    assert codes(receive(blank, now, unit_code="99002")) == ["workbook.other_unit"]
    assert codes(receive(blank, now, speaks_of=date(2018, 12, 31))) == ["workbook.other_date"]
    book = openpyxl.load_workbook(blank)
    del book["_chungsuc"]
    bare = tmp_path / "mat.xlsx"
    book.save(bare)
    assert codes(receive(bare, now)) == ["workbook.no_metadata"]
    assert receive(bare, now, set_code=SET, unit_code="99001", speaks_of=END_2019).accepted


def test_a_unit_that_is_not_in_force(merged_land, now, tmp_path):
    path = tmp_path / "b.xlsx"
    receiving.blank_form(path=path, unit_code="99002", set_code=SET, at=END_2019)
    book = openpyxl.load_workbook(path)
    meta = book["_chungsuc"]
    for row in meta.iter_rows():
        if row[0].value == "at":
            row[1].value = MERGED_ON.isoformat()
    book.save(path)
    assert codes(receive(path, now)) == ["unit.not_in_force"]


def test_a_date_in_the_future_is_refused(blank, now):
    later = now.date() + timedelta(days=40)
    receiving.blank_form(path=blank, unit_code="99001", set_code=SET, at=later)
    fill(blank, _4_2=90)
    assert codes(receive(blank, now, commit=True)) == ["figure.date_in_future"]


def test_a_form_of_a_district_goes_out_and_comes_back(land, now, tmp_path):
    path = tmp_path / "huyen.xlsx"
    assert receiving.blank_form(path=path, unit_code="991", set_code=SET, at=END_2019) == 3
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    head = next(row for row in range(1, 12) if sheet.cell(row, 1).value == "Mã")
    column = next(c for c in range(1, sheet.max_column + 1) if sheet.cell(head, c).value == "4.2")
    for row, value in enumerate(("94,9", 96, "x"), start=head + 3):
        sheet.cell(row, column).value = value
    book.save(path)
    wrong = receive(path, now, commit=True, by=COORDINATOR)
    assert codes(wrong) == ["workbook.not_a_number"] and Batch.objects.count() == 0
    sheet.cell(head + 5, column).value = None
    book.save(path)
    right = receive(path, now, commit=True, by=COORDINATOR)
    assert right.as_json()["units"] == ["99001", "99002", "99003"]
    assert (right.figures, right.changed) == (2, 2)
    unit = territory.unit_at("99002", END_2019)
    assert queries.figures_of(unit.id, SET, END_2019)["4.2"].value == 96
    assert receive(path, now, commit=True, by=COORDINATOR).changed == 0


def matrix(folder: Path, *rows) -> Path:
    return write_xlsx(folder / "m.xlsx", Page([["TT", "Xã", *(f"TC{n}" for n in NUMBERS), "Tổng"], *rows]))


ROWS = (
    ["I", "Huyện Đông"],
    [1, "Ao Sen", *["x"] * 10, *[None] * 9, 10],
    [2, "Bãi Cát", *["x"] * 19, 19],
    [3, "Hòa Bình", *[None] * 18, "x", 2],
    ["II", "Huyện Tây"],
    [1, "Đồi Chè", *["x"] * 5, *[None] * 14, 5],
)


def test_a_matrix_is_recorded_with_its_warnings(land, now, tmp_path):
    path = matrix(tmp_path, *ROWS)
    act = {"path": path, "set_code": SET, "speaks_of": END_2019, "by": COORDINATOR, "at": now}
    dry = receiving.receive_matrix(**act)
    assert dry.accepted and Batch.objects.count() == 0
    answer = receiving.receive_matrix(**act, commit=True)
    assert answer.as_json()["units"] == {
        "99001": {"met": list(range(1, 11)), "count": 10},
        "99002": {"met": list(NUMBERS), "count": 19},
        "99003": {"met": [19], "count": 1},
        "99005": {"met": [1, 2, 3, 4, 5], "count": 5},
    }
    assert sorted(codes(answer)) == ["matrix.total_differs", "matrix.unit_missing"]
    batch = queries.batch(answer.batch_id)
    assert batch.kind is BatchKind.MATRIX
    assert [note["code"] for note in batch.notes] == codes(answer)
    assert batch.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    units = territory.units_at(END_2019, under="99")
    table = queries.marks_table(units=units, set_code=SET, at=END_2019)
    assert dict(zip((unit.code for unit in units), table.count.tolist(), strict=True))["99001"] == 10


def test_a_name_not_in_force_says_when_and_what_it_became(merged_land, now, tmp_path):
    answer = receiving.receive_matrix(
        path=matrix(tmp_path, *ROWS), set_code=SET, speaks_of=MERGED_ON, by=COORDINATOR, at=now, commit=True
    )
    assert not answer.accepted and Batch.objects.count() == 0
    wrong = [problem for problem in answer.read.problems if problem.severity == "error"]
    assert [(one.reason.code, one.cell) for one in wrong] == [
        ("matrix.not_in_force", "B3"),
        ("matrix.not_in_force", "B4"),
    ]
    shown = wrong[1].as_json("vi")["text"]
    assert "Bãi Cát" in shown and "01/03/2020" in shown and "Xã Ao Cát" in shown
    assert set(answer.read.units) == {"99003", "99005"}


def test_the_commands_answer_in_their_documented_shape(land, now, tmp_path):
    path = matrix(tmp_path, *ROWS[:2], [2, "Xã Không Có", *["x"] * 19, 19])
    run = CliRunner().invoke(
        door.workbook,
        ["read", str(path), "--as", "matrix", "--set", SET, "--at", "2019-12-31", "--format", "json"],
        standalone_mode=False,
    )
    assert run.return_value == 1
    shown = json.loads(run.output)
    assert set(shown) == {"accepted", "at", "units", "problems"}
    assert shown["accepted"] is False and shown["units"] == {"99001": {"met": list(range(1, 11)), "count": 10}}
    error = next(problem for problem in shown["problems"] if problem["severity"] == "error")
    assert set(error) == {"code", "severity", "sheet", "cell", "text"}
    assert (error["code"], error["cell"]) == ("matrix.unknown_name", "B4")
    target = tmp_path / "b.xlsx"
    run = CliRunner().invoke(
        door.workbook,
        ["blank", "--unit", "99001", "--set", SET, "--at", "2019-12-31", "-o", str(target), "--format", "json"],
        standalone_mode=False,
    )
    assert json.loads(run.output)["communes"] == 1
    fill(target, _4_2="x")
    run = CliRunner().invoke(door.workbook, ["read", str(target), "--format", "json"], standalone_mode=False)
    shown = json.loads(run.output)
    assert run.return_value == 1
    assert set(shown) == {"accepted", "set", "unit", "at", "figures", "changed", "problems"}
    assert set(shown["problems"][0]) == {"code", "severity", "sheet", "cell", "text", "mend"}


def test_the_form_of_a_communes_whole_district(land, tmp_path):
    path = tmp_path / "b.xlsx"
    act = {"path": path, "unit_code": "99001", "set_code": SET, "at": END_2019}
    assert receiving.blank_form(**act, whole_district=True) == 3
    with pytest.raises(Refused) as refused:
        receiving.blank_form(**act | {"set_code": "xa-ntm-2026-2030"})
    assert [one.code for one in refused.value.reasons] == ["workbook.set_without_indicators"]
    with pytest.raises(Refused) as refused:
        receiving.blank_form(**act | {"unit_code": "99004"})
    assert [one.code for one in refused.value.reasons] == ["workbook.no_communes"]
