"""The opening paragraph, as the data stand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from chungsuc.kit.errors import Reason
from chungsuc.reports import markdown
from chungsuc.reports.prose import demo_label, official_day, opening
from chungsuc.reports.rules import DayCount, Made
from chungsuc.territory.rules import Kind
from tests.reports.made import the_letter


@pytest.fixture
def letter():
    return the_letter()


@pytest.fixture
def year_before(letter):
    then = date(2018, 12, 31)
    figures = {"mean_met": Decimal("9.67"), "speaks_of": (DayCount(then, 177),)}
    return replace(letter, at=then, recognised=15, recognised_in_year=5, **figures)


def test_the_letters_sentences(letter, year_before):
    said = opening(letter, year_before)
    assert said.startswith(
        "Đến hết năm 2019, Chương trình mục tiêu quốc gia (MTQG) xây dựng nông thôn mới trên địa bàn tỉnh Cao Bằng "
        "đã đạt được những kết quả tích cực, đã có thêm 05 xã được công nhận đạt chuẩn nông thôn mới, "
        "nâng tổng số xã đạt chuẩn nông thôn mới toàn tỉnh lên 20 xã, số tiêu chí bình quân đạt 10,62 tiêu chí/xã"
    )
    assert "một số huyện chưa có xã được công nhận đạt chuẩn nông thôn mới (Bảo Lạc, Bảo Lâm, Hạ Lang)" in said
    assert "chưa có đơn vị cấp huyện được công nhận đạt chuẩn nông thôn mới" in said
    assert "số xã đạt dưới 10 tiêu chí nông thôn mới còn chiếm tỷ lệ 48,6% (86/177 xã)." in said
    assert "tăng 0,95 tiêu chí/xã so với cuối năm 2018" in said


def test_without_the_year_before_nothing_is_compared(letter):
    said = opening(letter)
    assert "kết quả tích cực" not in said and "so với" not in said
    assert "nâng tổng số xã đạt chuẩn nông thôn mới toàn tỉnh lên 20 xã" in said


def test_another_day_of_the_year_and_no_new_commune(letter, year_before):
    found = replace(letter, at=date(2020, 6, 30), recognised_in_year=0)
    said = opening(found, replace(year_before, at=date(2019, 12, 31), recognised=20))
    assert said.startswith("Đến ngày 30/6/2020, ")
    assert "chưa có thêm xã được công nhận đạt chuẩn nông thôn mới trong năm" in said
    assert "tổng số xã đạt chuẩn nông thôn mới toàn tỉnh là 20 xã" in said


def test_titles_lost_by_mergers_are_not_hidden(letter):
    before = letter
    found = replace(letter, at=date(2020, 12, 31), communes=139, recognised=17, recognised_in_year=6)
    said = opening(found, before)
    assert "đã có thêm 06 xã" in said and "là 17 xã (cuối năm 2019 là 20 xã)" in said
    assert "số xã từ 177 còn 139 xã do sắp xếp đơn vị hành chính" in said
    assert "nâng tổng số" not in said


def test_all_titles_lost_is_not_said_as_never_had(letter):
    found = replace(letter, at=date(2025, 12, 31), communes=53, recognised=0, recognised_in_year=0)
    said = opening(found, replace(letter, at=date(2024, 12, 31), recognised=17))
    assert "không còn xã nào giữ danh hiệu đạt chuẩn nông thôn mới (cuối năm 2024 là 17 xã)" in said
    assert "chưa có xã nào" not in said


def test_fewer_titles_without_new_ones_and_more_communes(letter):
    found = replace(letter, at=date(2020, 6, 30), communes=178, recognised=18, recognised_in_year=0)
    said = opening(found, replace(letter, recognised=20))
    assert "là 18 xã (cuối năm 2019 là 20 xã)" in said and "số xã từ 177 lên 178 xã" in said


def test_one_commune_is_one_sentence(letter, year_before):
    commune = replace(letter.unit, name="Xã Sóc Hà", kind=Kind.COMMUNE, parent_name="Huyện Hà Quảng")
    now = replace(letter, unit=commune, communes=1, recognised=1, total_met=19, basis={"nothing": 0})
    then = replace(year_before, unit=commune, communes=1, total_met=16, basis={"nothing": 0})
    assert opening(now, then) == (
        "Đến hết năm 2019, xã Sóc Hà (Huyện Hà Quảng) đạt 19/19 tiêu chí nông thôn mới, "
        "tăng 3 tiêu chí so với cuối năm 2018, đã được công nhận đạt chuẩn nông thôn mới."
    )
    nothing = opening(replace(now, recognised=0, basis={"nothing": 1}), then)
    assert "chưa có số liệu đánh giá" in nothing and "chưa được công nhận" in nothing


@pytest.mark.parametrize(("mean_met", "words"), [("9.00", "giảm 0,67"), ("9.67", "bằng cuối năm 2018")])
def test_down_and_level(letter, year_before, mean_met, words):
    found = replace(letter, mean_met=Decimal(mean_met), recognised=15, recognised_in_year=0)
    said = opening(found, year_before)
    assert words in said and "kết quả tích cực" not in said


def test_the_first_communes_and_none(letter):
    assert "đã có 05 xã đầu tiên" in opening(replace(letter, recognised=5, recognised_in_year=5))
    none = opening(replace(letter, recognised=0, recognised_in_year=0))
    assert "chưa có xã nào được công nhận" in none and "05 xã" not in none


def test_two_levels_say_nothing_of_districts(letter):
    said = opening(replace(letter, at=date(2025, 12, 31), by_district=(), districts_without_recognised=()))
    assert "huyện" not in said


def test_one_district_and_all_districts(letter):
    one = opening(replace(letter, districts_without_recognised=("Hạ Lang",)))
    assert "Hạ Lang chưa có xã được công nhận" in one and "một số huyện" not in one
    names = ("Bảo Lạc", "Bảo Lâm", "Hạ Lang", "Hòa An")
    assert "tất cả các huyện chưa có xã" in opening(replace(letter, districts_without_recognised=names))


def test_nobody_under_the_line(letter):
    said = opening(replace(letter, below_10=0, below_10_percent=Decimal("0.0")))
    assert said.endswith("Không còn xã đạt dưới 10 tiêu chí.")


def test_no_figures_are_not_a_mean_of_zero(letter):
    found = replace(letter, basis={"nothing": 177, "figures": 0, "marks": 0, "count": 0}, mean_met=None)
    said = opening(found)
    assert "chưa có số liệu đánh giá theo bộ tiêu chí này" in said
    assert "tiêu chí/xã" not in said and "dưới 10" not in said


def test_official_days():
    assert [official_day(date(2020, month, 5)) for month in (1, 2, 3, 12)] == [
        "05/01/2020",
        "05/02/2020",
        "05/3/2020",
        "05/12/2020",
    ]


def test_in_english(letter, year_before):
    said = opening(letter, year_before, "en")
    assert said.startswith("By the end of 2019, ") and "10.62" in said and "48.6% (86 of 177)" in said
    assert "in Cao Bằng province has brought good results: 5 more communes" in said
    assert "to 20 communes; the mean is" in said and "); no district has been recognised; communes" in said
    assert markdown.document(letter, lang="en").startswith(
        "# New rural development: the situation in Cao Bằng province"
    )
    assert "| Hạ Lang district | 10 |" in markdown.document(letter, lang="en")


def lacking(found, count: int):
    counted = found.communes - count
    basis = {"nothing": count, "figures": counted, "marks": 0, "count": 0}
    return replace(found, basis=basis, speaks_of=(DayCount(found.at, counted),), with_figures=frozenset(range(counted)))


def test_communes_without_figures_are_named_and_make_no_fall(letter, year_before):
    found = replace(lacking(letter, 9), below_10=9, below_10_percent=Decimal("5.4"))
    said = opening(found, year_before)
    assert "(tính trên 168/177 xã có số liệu, 09 xã chưa có số liệu)" in said
    assert "còn chiếm tỷ lệ 5,4% (9/168 xã)" in said
    assert "so với" not in said
    assert "Trong các xã có số liệu, không còn xã" in opening(replace(found, below_10=0))
    table = markdown.document(found)
    assert "| Chưa có số liệu | 9 | – |" in table


def test_old_figures_are_dated_and_never_compared(letter, year_before):
    stale = replace(letter, at=date(2021, 12, 31))
    before = replace(letter, at=date(2020, 12, 31), mean_met=Decimal("9.00"))
    assert "10,62 tiêu chí/xã (theo số liệu đến 31/12/2019)" in opening(stale, before)
    assert "so với" not in opening(stale, before)
    fresh = replace(stale, speaks_of=(DayCount(stale.at, 177),))
    assert "so với" not in opening(fresh, before)  # 2020 has no figures of its own
    mixed = replace(
        letter, at=date(2019, 12, 31), speaks_of=(DayCount(date(2019, 6, 1), 1), DayCount(date(2018, 12, 31), 176))
    )
    assert "theo số liệu cũ hơn: đến 31/12/2018: 176 xã, đến 01/6/2019: 01 xã" in opening(mixed, year_before)
    assert "so với" not in opening(mixed, year_before)


def test_praise_needs_a_gain_that_the_sentence_names(letter, year_before):
    praise = "kết quả tích cực"
    assert praise in opening(letter, year_before)
    assert praise not in opening(replace(letter, recognised_in_year=0), year_before)  # the mean alone rose
    assert praise not in opening(replace(letter, mean_met=Decimal("9.00")), year_before)  # the mean fell


def test_after_mergers_means_of_other_communes_are_not_compared(letter, year_before):
    assert "so với" not in opening(replace(letter, communes=139, with_figures=frozenset({1})), year_before)


def test_a_city_is_no_district(letter):
    lines = (
        *letter.by_district[:3],
        replace(letter.by_district[3], kind=Kind.CITY, name="Thành phố Hòa An", recognised=0),
    )
    names = tuple(line.short_name for line in lines)
    found = replace(letter, by_district=lines, districts_without_recognised=names)
    assert "tất cả các huyện, thành phố chưa có xã" in opening(found)
    assert "một số huyện, thành phố chưa có xã" in opening(replace(found, districts_without_recognised=names[2:]))
    assert "một số huyện chưa có xã" in opening(replace(found, districts_without_recognised=names[:2]))
    assert "thành phố Hòa An chưa có xã" in opening(replace(found, districts_without_recognised=names[3:]))


def test_undecided_titles_are_not_never_had(letter):
    found = replace(letter, recognised=0, recognised_in_year=0, titles_undecided=17)
    assert "không có xã nào đang giữ danh hiệu" in opening(found) and "chưa có xã nào" not in opening(found)


def test_the_demo_label_counts_what_is_real():
    real = ["46/QĐ-UBND (2019)"] * 5 + ["46/QĐ-UBND (2020)"] * 5
    said = demo_label(Made.DEMO, real, "vi")
    assert "Trừ 10 danh hiệu" in said and "(46/QĐ-UBND (2019), 46/QĐ-UBND (2020))" in said
    assert "Trừ" not in demo_label(Made.DEMO, (), "vi") and demo_label(Made.REAL, real, "vi") == ""


def test_the_document_carries_label_footnote_and_notes(letter):
    found = replace(
        letter,
        made=Made.DEMO,
        notes=(Reason("note.without_figures", count=3),),
        footnotes=({"field": "below_10_percent", "published": "48.5", "vi": "cắt, không làm tròn", "en": "cut"},),
    )
    said = markdown.document(found)
    assert "SỐ LIỆU MẪU, KHÔNG PHẢI SỐ LIỆU THẬT" in said
    assert "(86/177 xã).[^1]" in said and "[^1]: cắt, không làm tròn" in said
    assert "- 3 xã chưa có số liệu" in said
    assert "| Huyện Hạ Lang | 10 | 0 | 10 | 3 |" in said
    assert "SỐ LIỆU MẪU" not in markdown.document(letter)
