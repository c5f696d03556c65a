"""Files of people nobody asked: doubled headers, counts of people, signatures, rows without a name, wrong sums."""

from __future__ import annotations

from datetime import date

import pytest

from chungsuc.assessment.matrix import Under
from chungsuc.assessment.receiving.absent import Absence
from chungsuc.territory import queries as territory
from chungsuc.territory.rules import Found, Kind
from tests.assessment.matrix_files import marks
from tests.assessment.matrix_land import END_2019, NAMES, communes, districts, truth, units
from tests.assessment.sheet_files import Rows
from tests.assessment.test_matrix_faults import errors, found, good, place, read


def headed(heads: list[object]) -> Rows:
    rows: Rows = [["Huyện", "Xã", *heads, "Số TC đạt"]]
    for unit in communes():
        met = truth()[unit.code]
        rows.append([unit.parent_name, unit.name, *marks(met), len(met)])
    return rows


def met(result) -> dict[str, set[int]]:
    return {code: set(one.numbers) for code, one in result.units.items()}


@pytest.mark.parametrize(
    "label", [str, lambda n: n, lambda n: f"TC{n}", lambda n: NAMES[n], lambda n: f"{n}. {NAMES[n]}"]
)
def test_a_doubled_criterion_is_never_taken_for_another(tmp_path, label):
    result = read(tmp_path, headed([label(6 if n == 7 else n) for n in NAMES]))
    assert {code for code, _ in errors(result)} == {"matrix.criterion_twice", "matrix.criteria_missing"}
    assert ("matrix.criterion_twice", "I1") in errors(result)
    assert not {code for code, _ in found(result, "warning")} & {"matrix.counts_only", "matrix.header_guessed"}


def test_a_number_that_the_set_does_not_have_is_not_guessed(tmp_path):
    result = read(tmp_path, headed([str(20 if n == 19 else n) for n in NAMES]))
    assert ("matrix.criterion_unknown", "U1") in errors(result)
    assert {code for code, _ in errors(result)} == {"matrix.criterion_unknown", "matrix.criteria_missing"}


def test_marks_that_nobody_can_name_are_not_thrown_away(tmp_path):
    result = read(tmp_path, headed([f"Cột {chr(65 + n)}" for n in NAMES]))
    assert [code for code, _ in errors(result)] == ["matrix.criteria_missing"]
    assert "matrix.counts_only" not in {code for code, _ in found(result, "warning")}


@pytest.mark.parametrize("head", ["Dân số", "Số khẩu", "Nhân khẩu (người)", "Số hộ", "Diện tích (ha)", "Ghi chú", ""])
def test_four_digits_beside_a_name_are_people_not_codes(tmp_path, head):
    rows = headed(list(NAMES))
    rows[0].insert(2, head)
    for at, row in enumerate(rows[1:]):
        row.insert(2, 1200 + at * 7)  # among them many a commune's code without its zero
    result = read(tmp_path, rows)
    assert result.accepted and met(result) == truth()
    assert found(result, "warning") == []


@pytest.mark.parametrize("head", ["Mã xã", "Mã ĐVHC", "Số hiệu"])
def test_real_codes_are_read_and_contradictions_told(tmp_path, head):
    rows = headed(list(NAMES))
    rows[0].insert(2, head)
    for unit, row in zip(communes(), rows[1:], strict=True):
        row.insert(2, unit.code.lstrip("0"))
    assert met(read(tmp_path, rows)) == truth()
    rows[5][2] = rows[90][2]
    assert ("matrix.code_name_differ", "B6") in errors(read(tmp_path, rows))


@pytest.mark.parametrize(
    "foot",
    [
        [["", "NGƯỜI LẬP BIỂU", *[""] * 10, "KT. CHỦ TỊCH"], [], ["", "Nông Văn Thái", *[""] * 10, "Hoàng Xuân Ánh"]],
        [["", "Người lập biểu", *[""] * 10, "Thủ trưởng đơn vị"], ["", "Nông Văn Thái", *[""] * 19, "Hoàng Ánh"]],
        [["", "TP. Cao Bằng, ngày 15 tháng 01 năm 2020"], ["", "Ký hiệu", "x", "Đạt"]],
    ],
)
def test_signatures_below_the_table_are_no_communes(tmp_path, foot):
    result = read(tmp_path, [*headed(list(NAMES)), [], *foot])
    assert errors(result) == [] and met(result) == truth()


def test_an_unknown_commune_at_the_end_is_still_an_error(tmp_path):
    for last in (["", "Lạng Không", *["x"] * 19, 19], ["", "Xã Lạng Không"], ["", "Lạng Không", *["?"] * 19]):
        result = read(tmp_path, [*headed(list(NAMES)), last])
        assert errors(result) == [("matrix.unknown_name", "B179")]


def test_marks_without_a_name_keep_the_file_out(tmp_path):
    for nameless in (["Huyện Thông Nông", "", *["x"] * 19, 19], ["", "", *["x"] * 19, 19]):
        rows = [row for row in headed(list(NAMES)) if row[1] != "Xã Đa Thông"]
        assert errors(read(tmp_path, [*rows, nameless])) == [("matrix.marks_without_name", "B178")]
    inside = good()
    inside[place(inside, "Xã Đa Thông")][1] = None
    assert [code for code, _ in errors(read(tmp_path, inside))] == ["matrix.marks_without_name"]


def test_a_unit_with_an_unreadable_mark_is_also_told_as_twice(tmp_path):
    rows = headed(list(NAMES))
    rows[3][5] = "?"
    first = read(tmp_path, [*rows, list(headed(list(NAMES))[3])])
    assert errors(first) == [("matrix.unreadable_mark", "F4"), ("matrix.unit_twice", "B179")]
    last = read(tmp_path, [*headed(list(NAMES)), rows[3]])
    assert errors(last) == [("matrix.unreadable_mark", "F179"), ("matrix.unit_twice", "B179")]


def test_a_wrong_total_of_the_province_is_compared_with_the_province(tmp_path):
    rows: Rows = [["Đơn vị", *(f"TC{n}" for n in NAMES), "Tổng"]]
    for district in districts():
        codes = [unit.code for unit in communes(district.code)]
        rows.append([district.name])
        rows += [[unit.name, *marks(truth()[unit.code]), len(truth()[unit.code])] for unit in communes(district.code)]
        rows.append([f"Cộng {district.name}", *[""] * 19, sum(len(truth()[code]) for code in codes)])
    all_of_them = sum(map(len, truth().values()))
    rows += [["Tổng cộng toàn tỉnh", *[""] * 19, 1234], ["Số xã đạt 19 tiêu chí", 20]]
    wrong = [one for one in read(tmp_path, rows).problems if one.reason.code == "matrix.sum_differs"]
    assert [(one.cell, one.reason.facts["said"], one.reason.facts["counted"]) for one in wrong] == [
        (f"U{len(rows) - 1}", 1234, all_of_them)
    ]


def test_a_sheet_called_the_city_narrows_the_names(tmp_path):
    rows = [["Xã", *(f"TC{n}" for n in NAMES)], *([unit.short_name, *["x"] * 19] for unit in communes("040"))]
    result = read(tmp_path, rows, name="Thành phố")
    assert result.accepted and set(result.units) == {unit.code for unit in communes("040")}


def test_a_unit_that_moves_later_is_told_under_its_district_of_the_day(monkeypatch):
    change = date(2020, 3, 1)
    spans = [("048", "Huyện Trà Lĩnh", None, change), ("047", "Huyện Trùng Khánh", change, None)]
    versions = [
        Found(7, "01477", "Xã Quang Trung", Kind.COMMUNE, code, name, start, end, "Xã Quang Trung")
        for code, name, start, end in spans
    ]
    monkeypatch.setattr(territory, "find", lambda text: versions)
    under = Under("Huyện Trùng Khánh", frozenset({"047"}))
    reason = Absence(END_2019, list(units())).why_absent("Xã Quang Trung", None, under)
    assert reason.code == "matrix.other_district"
    assert reason.facts["places"] == ["Xã Quang Trung (Huyện Trà Lĩnh)"]


def test_a_hint_stays_near_what_was_written(monkeypatch):
    monkeypatch.setattr(territory, "find", lambda text: [])
    absence = Absence(END_2019, list(units()))
    assert absence.why_absent("Xã Không Có", None, None).facts["hint"] == ""
    assert "Xã Đa Thông" in absence.why_absent("Xã Đa Thon", None, None).facts["hint"]
