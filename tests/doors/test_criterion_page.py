"""The page of one criterion: who is short, by how much, who owns it; and the page of a set."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from chungsuc.assessment.rules import FigureEntry
from chungsuc.criteria import queries as criteria
from tests.reports import land

AT = "at=2019-12-31"
FOUR = f"/criteria/{land.SET}/criteria/4?{AT}"


@pytest.fixture
def reader(settled) -> Client:
    return Client()


def text(response) -> str:
    return response.content.decode()


def test_it_says_how_many_meet_it_who_is_short_and_by_how_much(reader):
    page = text(reader.get(FOUR))
    assert "2 trong 4 xã đạt" in page and "(50,0%)" in page and "1 xã chỉ còn thiếu một chỉ tiêu" in page
    assert "Sở Công Thương" in page and "chưa đối chiếu văn bản" in page and "QĐ 1980/QĐ-TTg" in page
    row = re.search(r'<table class="table stacked short">.*?</table>', page, re.DOTALL)[0]
    assert "Xã Đồi Chè" in row and "94,9%" in row and "≥ 95%" in row and "còn thiếu 1 hộ" in row
    assert "/units/99005/indicators/4.2?at=2019-12-31" in row
    assert "1 xã chưa đạt theo bảng tổng hợp" in page


def test_the_nearest_comes_first(reader):
    for code, share in (("99002", 50), ("99001", 94)):
        land.record(code, land.good_figures() | {"4.2": FigureEntry(Decimal(share))})
    page = text(reader.get(FOUR))
    names = re.findall(r'<th scope="row" rowspan="\d"><a [^>]*>([^<]*)</a>', page)
    assert names == ["Xã Đồi Chè", "Xã Ao Sen", "Xã Bãi Cát"]


def test_each_district_leads_to_its_own_list_and_back(reader):
    here = f"/criteria/{land.SET}/criteria/4?at=2019-12-31&amp;unit="
    page = text(reader.get(FOUR))
    assert all(f"{here}{code}" in page for code in ("991", "992"))
    district = text(reader.get(FOUR + "&unit=992"))
    assert "Xã Đồi Chè" in district and "0 trong 2 xã đạt" in district
    assert f'{here}99">Tỉnh' in district and "Theo huyện" not in district


def test_neighbours_and_the_matrix_are_one_step_away(reader):
    page = text(reader.get(FOUR))
    for number in (3, 5):
        assert f"/criteria/{land.SET}/criteria/{number}?at=2019-12-31&amp;unit=99" in page
    assert "/matrix?at=2019-12-31&amp;unit=99&amp;sort=c4" in page


def test_without_figures_it_says_what_to_do(reader):
    page = text(reader.get(f"/criteria/{land.SET}/criteria/4?at=2017-06-30"))
    assert "Chưa có số liệu để biết xã nào đạt" in page and "Bắt đầu từ đâu" in page and "0 trong" not in page


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        (f"/criteria/{land.SET}/criteria/99?{AT}", 404, "99"),
        (f"/criteria/khong-co/criteria/1?{AT}", 404, "khong-co"),
        (f"/criteria/{land.SET}/criteria/4?at=2019-02-30", 400, "2019-02-30"),
        (f"/criteria/{land.SET}/criteria/4?{AT}&unit=77777", 404, "77777"),
        (f"/criteria/{land.SET}?region=zz", 400, "“zz”"),
        (f"/tables/set.csv?set={land.SET}&region=zz", 400, "“zz”"),
    ],
)
def test_what_does_not_exist_is_said(reader, address, status, said):
    response = reader.get(address)
    assert response.status_code == status and said in text(response)


def test_every_region_of_a_set_is_a_page_and_the_menu_says_which(reader):
    for region in criteria.criteria_set(land.SET).regions:
        page = text(reader.get(f"/criteria/{land.SET}?region={region}"))
        assert f'<option value="{region}" selected>' in page


def test_the_set_leads_to_its_criteria(reader):
    page = text(reader.get(f"/criteria/{land.SET}"))
    assert all(f'href="/criteria/{land.SET}/criteria/{number}"' in page for number in range(1, 20))


def test_queries_do_not_grow_with_the_communes(reader):
    reader.get("/criteria")
    with CaptureQueriesContext(connection) as few:
        reader.get(FOUR)
    for code in ("99002", "99003", "99006"):
        land.record(code, land.good_figures() | {"4.2": FigureEntry(Decimal(50))})
    with CaptureQueriesContext(connection) as many:
        reader.get(FOUR)
    assert len(many) <= len(few) + 2 and len(many) <= 30


def test_in_english(reader):
    page = text(reader.get(FOUR + "&lang=en"))
    assert "2 of 4 communes meet it" in page and "94.9%" in page and "not checked" in page
