"""Cao Bằng 2019, 2020, 2025: every trap of the official lists is a test here."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from chungsuc.kit.catalogue import say
from chungsuc.kit.errors import Refused
from chungsuc.territory import lists, queries
from chungsuc.territory.queries.units import why_absent
from chungsuc.territory.rules import Kind, UnitFact
from tests.territory.conftest import CAO_BANG

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cao_bang")]

END_2019 = date(2019, 12, 31)
BETWEEN = date(2020, 2, 15)
END_2020 = date(2020, 12, 31)
SINCE_2025 = date(2025, 7, 1)
TODAY = date(2026, 11, 25)
CROSSWALK = list(csv.DictReader((Path(__file__).parent / "crosswalk.csv").read_text(encoding="utf-8").splitlines()))


def listed(name: str) -> dict[str, tuple[str, str | None]]:
    (draft,) = lists.read_tables({name: (CAO_BANG / name).read_bytes()})
    return {unit.code: (unit.name, unit.parent_code) for unit in draft.units}


def in_force(on: date) -> dict[str, UnitFact]:
    return {unit.code: unit for unit in queries.units_at(on, "04")}


def kinds(on: date) -> Counter[str]:
    return Counter(unit.kind.value for unit in queries.units_at(on, "04"))


@pytest.mark.parametrize(
    ("on", "name"),
    [
        (date(2016, 1, 1), "units_2019.csv"),
        (END_2019, "units_2019.csv"),
        (date(2020, 1, 31), "units_2019.csv"),
        (date(2020, 3, 1), "units_2020.csv"),
        (END_2020, "units_2020.csv"),
        (date(2025, 6, 30), "units_2020.csv"),
        (SINCE_2025, "units_2025.csv"),
        (TODAY, "units_2025.csv"),
    ],
)
def test_the_units_of_a_day_equal_the_official_list(on: date, name: str) -> None:
    found = {unit.code: (unit.name, unit.parent_code) for unit in queries.units_at(on)}
    assert found == listed(name)


def test_counts_of_the_three_states() -> None:
    assert kinds(END_2019) == {"city": 1, "district": 12, "commune": 177, "township": 14, "ward": 8}
    assert kinds(END_2020) == {"city": 1, "district": 9, "commune": 139, "township": 14, "ward": 8}
    assert kinds(SINCE_2025) == {"commune": 53, "ward": 3}


def test_between_the_two_acts_of_2020() -> None:
    """On 15/2/2020 the communes have merged and Thông Nông is gone; the other districts still stand."""
    units = in_force(BETWEEN)
    assert kinds(BETWEEN) == {"city": 1, "district": 11, "commune": 139, "township": 14, "ward": 8}
    assert "044" not in units and units["01375"].parent_name == "Huyện Hà Quảng"
    assert units["049"].name == "Huyện Quảng Uyên"
    assert units["01456"].parent_name == "Huyện Trà Lĩnh"
    assert units["01630"].name == "Xã Bế Văn Đàn" and units["01630"].parent_name == "Huyện Phục Hoà"
    assert units["01447"].name == "Thị trấn Hùng Quốc"
    assert "01450" not in units


def test_a_code_is_not_an_identity() -> None:
    """Ten commune codes of 2020 and fifteen of 2025 bear another name than before; many more another unit."""
    before, after, now = in_force(END_2019), in_force(END_2020), in_force(SINCE_2025)

    def other_name(old: dict[str, UnitFact], new: dict[str, UnitFact]) -> set[str]:
        return {code for code in old.keys() & new.keys() if old[code].short_name != new[code].short_name}

    assert len(other_name(before, after) - {"049"}) == 10
    assert len(other_name(after, now)) == 15
    assert {code for code in before.keys() & after.keys() if before[code].id != after[code].id} == {
        "049", "01402", "01429", "01438", "01468", "01525", "01564", "01630", "01699", "01762",
    }  # fmt: skip
    assert [code for code in after.keys() & now.keys() if after[code].id == now[code].id] == []
    assert (before["01288"].name, now["01288"].name) == ("Phường Duyệt Trung", "Phường Tân Giang")
    assert before["01276"].name == "Phường Tân Giang" and "01276" not in now


def test_absorbing_and_renaming_keep_the_identity() -> None:
    before, after = in_force(END_2019), in_force(END_2020)
    assert before["01297"].id == after["01297"].id, "Nam Quang absorbed Tân Việt"
    assert before["01447"].id == after["01447"].id, "Hùng Quốc was renamed Trà Lĩnh"
    assert before["01375"].id == after["01375"].id, "Đa Thông moved to Hà Quảng"
    assert before["045"].id == after["045"].id and before["047"].id == after["047"].id


@pytest.mark.parametrize(("on", "repeated"), [(END_2019, 8), (END_2020, 6), (SINCE_2025, 0)])
def test_names_repeat_inside_the_province(on: date, repeated: int) -> None:
    communes = [unit for unit in queries.units_at(on, "04") if unit.kind in (Kind.COMMUNE, Kind.TOWNSHIP, Kind.WARD)]
    names = Counter(unit.short_name for unit in communes)
    assert sum(count > 1 for count in names.values()) >= repeated
    assert sum(count > 1 for count in Counter(unit.name for unit in communes).values()) == repeated


def test_a_repeated_name_needs_its_district() -> None:
    found = queries.match("Xã Hưng Đạo", END_2019)
    assert {unit.parent_name for unit in found} == {"Huyện Bảo Lạc", "Thành phố Cao Bằng", "Huyện Nguyên Bình"}
    (one,) = queries.match("Hưng Đạo", END_2019, district="TP. Cao Bằng")
    assert one.code == "01705"
    (same,) = queries.match("Hưng Đạo", END_2019, district="040")
    assert same == one


def test_near_twins_stay_two() -> None:
    assert [unit.code for unit in queries.match("Bình Lãng", END_2019)] == ["01390"]
    assert [unit.code for unit in queries.match("Bình Lăng", END_2019)] == ["01585"]
    assert [unit.code for unit in queries.match("Binh Lang", END_2019)] == ["01390", "01585"]
    assert queries.match("Bình Lăng", END_2019, district="Huyện Thông Nông") == []


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Xã Đàm Thuỷ", "01495"),
        ("xã đàm thủy", "01495"),
        ("X. Đàm Thủy", "01495"),
        ("DAM THUY", "01495"),
        ("Xã Hồng Sỹ", "01426"),
        ("Hồng Sĩ", "01426"),
        ("Sỹ Hai", "01429"),
        ("Triệu Ẩu", "01630"),
        ("Phong Nặm", "01483"),
        ("Thông Huề", "01525"),
        ("Trưng Vương", "01699"),
        ("Thị trấn Hòa Thuận", "01648"),
        ("TT.Nước   Hai", "01654"),
        ("tt Nước Hai", "01654"),
        ("P. Sông Hiến", "01267"),
        ("Huyện Hòa An", "051"),
        ("Xã \u0110a Tho\u0302ng", "01375"),
    ],
)
def test_spellings(written: str, code: str) -> None:
    assert [unit.code for unit in queries.match(written, END_2019)] == [code]


def test_a_wrong_kind_word_does_not_match() -> None:
    assert queries.match("Xã Nước Hai", END_2019) == []
    assert [unit.name for unit in queries.match("Nước Hai", END_2019)] == ["Thị trấn Nước Hai"]


def test_four_communes_went_into_towns_in_2020() -> None:
    towns = {unit.id for unit in queries.units_at(END_2020, "04", {Kind.TOWNSHIP})}
    gone = {
        step.from_name
        for step in queries.steps_between(END_2019, END_2020, towns)
        if step.from_name.startswith("Xã") and not step.keeps_identity
    }
    assert gone == {"Xã Đình Minh", "Xã Quốc Phong", "Xã Lương Thiện", "Xã Bế Triều"}


def test_all_towns_became_part_of_communes_in_2025() -> None:
    towns = {unit.id for unit in queries.units_at(END_2020, "04", {Kind.TOWNSHIP})}
    steps = queries.steps_between(END_2020, SINCE_2025, towns)
    assert len(steps) == 14
    assert all(step.to_name and step.to_name.startswith("Xã ") for step in steps)


@pytest.mark.parametrize(
    ("code", "parts"),
    [("01633", {"01630", "01636"}), ("01753", {"01747", "01762"}), ("046", {"047", "049"})],
)
def test_split_units(code: str, parts: set[str]) -> None:
    found = queries.lineage(code, END_2019, TODAY)
    assert {step.to_code for step in found.successors} == parts
    assert all(step.part and step.change == "split" for step in found.successors)


@pytest.mark.parametrize("row", CROSSWALK, ids=lambda row: f"{row['code_2019']}-{row['code_2020']}")
def test_every_unit_of_2019_ends_where_the_crosswalk_says(row: dict[str, str]) -> None:
    found = queries.lineage(row["code_2019"], END_2019, TODAY)
    all_rows = [other for other in CROSSWALK if other["code_2019"] == row["code_2019"]]
    assert found.unit.name == row["name_2019"]
    assert {(unit.code, unit.name) for unit in found.in_force_today} == {
        (other["code_2025"], other["name_2025"]) for other in all_rows
    }
    in_2020 = {step.to_code for step in found.successors if step.effective < SINCE_2025}
    if in_2020:
        assert in_2020 == {other["code_2020"] for other in all_rows}
        assert all(step.part == (row["kind_2019_2020"] == "part") for step in found.successors)
    else:
        assert {step.to_code for step in found.successors} == {row["code_2025"]}
        assert row["code_2020"] == row["code_2019"]


def test_lineage_of_a_commune_that_merged_then_moved() -> None:
    before = queries.lineage("01456", END_2019, TODAY)
    assert [(s.to_code, s.effective, s.act, s.change) for s in before.successors] == [
        ("01456", date(2020, 2, 1), "864/NQ-UBTVQH14", "absorb"),
        ("01456", date(2020, 3, 1), "897/NQ-UBTVQH14", "reparent"),
    ]
    after = queries.lineage("01456", END_2020, TODAY)
    assert [(s.from_code, s.effective, s.change) for s in after.predecessors] == [
        ("01450", date(2020, 2, 1), "merge"),
        ("01456", date(2020, 2, 1), "absorb"),
        ("01456", date(2020, 3, 1), "reparent"),
    ]
    assert {step.effective for step in after.successors} == {SINCE_2025}


def test_lineage_of_a_dissolved_district() -> None:
    found = queries.lineage("044", END_2019, TODAY)
    assert [(step.to_code, step.to_name, step.part) for step in found.successors] == [("045", "Huyện Hà Quảng", False)]
    assert found.in_force_today == ()
    assert found.ended is not None
    assert (found.ended.effective, found.ended.act) == (SINCE_2025, "203/2025/QH15; 72/2025/QH15")


def test_the_renamed_district_is_a_new_one() -> None:
    found = queries.lineage("049", END_2020, TODAY)
    assert {(step.from_code, step.from_name, step.part) for step in found.predecessors} == {
        ("046", "Huyện Trà Lĩnh", True),
        ("049", "Huyện Quảng Uyên", False),
        ("050", "Huyện Phục Hoà", False),
    }
    assert found.successors == ()


def test_the_first_list_has_no_start_and_no_predecessor() -> None:
    found = queries.lineage("01375", END_2019, TODAY)
    assert found.unit.valid_from is None and found.unit.valid_to == date(2020, 2, 1)
    assert found.predecessors == ()


def test_new_units_of_2025_count_their_origins() -> None:
    found = queries.lineage("01273", SINCE_2025, TODAY)
    assert {step.from_name for step in found.predecessors} == {
        "Phường Sông Hiến", "Phường Đề Thám", "Phường Hợp Giang", "Xã Hưng Đạo", "Xã Hoàng Tung",
    }  # fmt: skip
    assert {step.act for step in found.predecessors} == {"1657/NQ-UBTVQH15"}
    assert [unit.code for unit in found.in_force_today] == ["01273"] and found.successors == ()


def test_a_code_not_in_force_says_when_it_was_and_what_it_became() -> None:
    with pytest.raises(Refused) as refused:
        queries.unit_at("01450", END_2020)
    (reason,) = refused.value.reasons
    assert reason.code == "unit.not_in_force"
    assert say(reason) == (
        "Mã 01450 không có hiệu lực ngày 31/12/2020. Mã này thuộc Xã Cô Mười đến hết 31/01/2020, "
        "trở thành 01456 Xã Quang Hán từ 01/02/2020 theo 864/NQ-UBTVQH14."
    )
    assert "became 01456 Xã Quang Hán on 2020-02-01" in say(reason, "en")


def test_a_successor_that_ended_itself_is_not_called_what_it_is_today() -> None:
    for day in (date(2020, 2, 1), TODAY):
        reason = why_absent("044", day)
        assert (reason.facts["became"], reason.facts["since"], reason.facts["act"]) == (
            ("045 Huyện Hà Quảng",), date(2020, 2, 1), "864/NQ-UBTVQH14",
        )  # fmt: skip
        assert "Nay" not in say(reason)


def test_an_abolished_district_became_nothing() -> None:
    with pytest.raises(Refused) as refused:
        queries.units_at(TODAY, under="045")
    (reason,) = refused.value.reasons
    assert reason.code == "unit.ended"
    assert "kết thúc hoạt động ngày 01/07/2025 theo" in say(reason) and "không có đơn vị kế thừa" in say(reason)


def test_an_unknown_code() -> None:
    with pytest.raises(Refused) as refused:
        queries.unit_at("99999", END_2019)
    assert [reason.code for reason in refused.value.reasons] == ["unit.unknown"]


def test_the_region_is_inherited_and_classes_begin_in_2026() -> None:
    assert queries.unit_at("01375", END_2019).region == "tdmnpb"
    assert {unit.region for unit in queries.units_at(TODAY)} == {"tdmnpb"}
    assert queries.unit_at("01363", date(2025, 12, 31)).classes == {}
    assert queries.unit_at("01363", date(2026, 1, 1)).classes == {"khu_vuc": "III", "nhom_51": "nhom_3"}
    assert queries.unit_at("01273", TODAY).classes == {"khu_vuc": "I"}
    communes = queries.units_at(TODAY, "04", {Kind.COMMUNE})
    assert {unit.classes["nhom_51"] for unit in communes} == {"nhom_3"} and len(communes) == 53


def test_what_is_not_verified_is_said() -> None:
    notes = queries.class_notes(queries.units_at(END_2019, "044"), END_2019)
    assert [(note.scheme, note.provenance) for note in notes] == [("region", "memory")]
    notes = queries.class_notes([queries.unit_at("01363", TODAY)], TODAY)
    assert [(note.scheme, note.provenance) for note in notes] == [("nhom_51", "derived"), ("region", "memory")]


def test_names_below_one_unit() -> None:
    assert [unit.code for unit in queries.match("Hưng Đạo", END_2019, under="052")] == ["01783"]


def test_the_tree_below_a_district_and_the_units_above() -> None:
    below = queries.units_at(END_2019, under="044")
    assert len(below) == 11 and {unit.parent_code for unit in below} == {"044"}
    assert {unit.region for unit in below} == {"tdmnpb"}
    chain = queries.ancestors(queries.unit_at("01375", END_2019).id, END_2019)
    assert [unit.code for unit in chain] == ["01375", "044", "04"]
    assert queries.ancestors(chain[1].id, TODAY) == []


@pytest.mark.parametrize("words", ["da thong", "Đa Thông", "DA THÔNG", "  đa   thông ", "\u0110a Tho\u0302ng"])
def test_search_finds_every_way_of_writing(words: str) -> None:
    found = queries.find(words)
    assert [(hit.code, hit.name, hit.parent_name, hit.valid_to) for hit in found] == [
        ("01375", "Xã Đa Thông", "Huyện Thông Nông", date(2020, 2, 1)),
        ("01375", "Xã Đa Thông", "Huyện Hà Quảng", SINCE_2025),
    ]


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("X. Đa Thông", ["Xã Đa Thông"] * 2),
        ("TT Thông Nông", ["Thị trấn Thông Nông"] * 2),
        ("tt. Đông Khê", ["Thị trấn Đông Khê"]),
        ("TP Cao Bằng", ["Thành phố Cao Bằng"]),
        ("1288", ["Phường Duyệt Trung", "Phường Tân Giang"]),
        ("01288", ["Phường Duyệt Trung", "Phường Tân Giang"]),
        ("4", ["Tỉnh Cao Bằng"]),
        ("Bình Lăng", ["Xã Bình Lăng", "Xã Bình Lãng"]),
        ("Bình Lãng", ["Xã Bình Lãng", "Xã Bình Lăng"]),
        ("X. Bình Lăng", ["Xã Bình Lăng", "Xã Bình Lãng"]),
        ("H. Bình Lăng", []),
    ],
)
def test_search_reads_short_words_of_kind_short_codes_and_marks(words: str, names: list[str]) -> None:
    assert [hit.name for hit in queries.find(words)] == names


def test_search_knows_old_names_and_other_spellings() -> None:
    (old,) = queries.find("hung quoc")
    assert (old.name, old.valid_from, old.valid_to) == ("Thị trấn Hùng Quốc", None, date(2020, 3, 1))
    hits = queries.find("Thông Huề")
    assert (hits[0].name, hits[0].matched) == ("Xã Thông Hoè", "Xã Thông Huề")
    assert queries.find("Quảng Uyên", TODAY)[0].code == "01576"
    assert queries.find("%") == [] and queries.find("   ") == []


def test_one_page_asks_the_database_twice(django_assert_max_num_queries: object) -> None:
    with django_assert_max_num_queries(2):  # type: ignore[operator]
        assert len(queries.units_at(END_2019, "04", {Kind.COMMUNE})) == 177
    with django_assert_max_num_queries(2):  # type: ignore[operator]
        assert queries.unit_at("01375", END_2019).name == "Xã Đa Thông"
