"""The matrix: order and filters by the address, the panel and the reasons of a cell, what it costs."""

from __future__ import annotations

import gzip
import re
from dataclasses import replace
from decimal import Decimal
from types import SimpleNamespace

import numpy as np
import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from chungsuc.accounts.rules import VISITOR
from chungsuc.assessment.rules import FigureEntry, Level
from chungsuc.doors.desk.reports.pages.matrix import matrix_page
from chungsuc.doors.desk.reports.pages.matrix_order import Order, chosen_rows, order_of, rows_in_order
from chungsuc.kit.errors import Refused
from tests import cast
from tests.reports import land, made

AT = "at=2019-12-31"
NOBODY: frozenset[int] = frozenset()


@pytest.fixture
def reader(settled) -> Client:
    return Client()


def text(response) -> str:
    return response.content.decode()


def shown(page: str) -> list[str]:
    """The communes that are not hidden, in their order."""
    rows = re.findall(r'<tr data-u="\d+"[^>]*?( hidden)?><th scope="row"><a href="[^"]*">([^<]*)</a>', page)
    return [name for hidden, name in rows if not hidden]


def test_by_district_every_row_has_its_marks_a_count_and_a_sum(reader):
    page = text(reader.get(f"/matrix?{AT}"))
    assert shown(page) == ["Xã Ao Sen", "Xã Bãi Cát", "Xã Hoà Bình", "Xã Đá Bạc", "Xã Đồi Chè"]
    assert page.count('<td class="v ') == 5 * 19
    assert page.count('<tr class="group">') == 2 and page.count('<tr class="total">') == 1
    assert re.search(r'<td class="count"><svg [^>]*><rect width="63.16%" [^>]*/></svg><b>12</b></td>', page)


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("sort=name", ["Ao Sen", "Bãi Cát", "Đá Bạc", "Đồi Chè", "Hoà Bình"]),
        ("sort=-name", ["Hoà Bình", "Đồi Chè", "Đá Bạc", "Bãi Cát", "Ao Sen"]),
        ("sort=met", ["Ao Sen", "Đồi Chè", "Hoà Bình", "Đá Bạc", "Bãi Cát"]),
        ("sort=-met", ["Đá Bạc", "Hoà Bình", "Đồi Chè", "Ao Sen", "Bãi Cát"]),
        ("sort=title", ["Hoà Bình", "Ao Sen", "Bãi Cát", "Đá Bạc", "Đồi Chè"]),
        ("sort=c4", ["Đồi Chè", "Đá Bạc", "Bãi Cát", "Ao Sen", "Hoà Bình"]),
        ("district=991", ["Ao Sen", "Bãi Cát", "Hoà Bình"]),
        ("q=da%20bac", ["Đá Bạc"]),
        ("q=ĐỒI", ["Đồi Chè"]),
        ("only=near", ["Ao Sen"]),
        ("only=open", ["Bãi Cát"]),
        ("only=untitled", ["Ao Sen", "Bãi Cát", "Đá Bạc", "Đồi Chè"]),
        ("only=slipped", []),
        ("only=unverified", []),
        ("only=untitled&sort=met&district=992", ["Đồi Chè", "Đá Bạc"]),
    ],
)
def test_the_address_orders_and_filters(reader, asked, names):
    page = text(reader.get(f"/matrix?{AT}&{asked}"))
    assert shown(page) == [f"Xã {name}" for name in names]
    said = "Hiện cả 5 xã" if len(names) == 5 else f"Hiện {len(names)} trong 5 xã"
    assert said in page
    assert ("Không có xã nào khớp" in page) and (("data-none hidden" in page) == bool(names))


def test_a_head_says_how_it_is_sorted_and_what_a_press_does(reader):
    page = text(reader.get(f"/matrix?{AT}&sort=c9"))
    assert re.search(r'class="turned" aria-sort="ascending"><a href="/matrix\?at=2019-12-31&amp;sort=-c9"', page)
    assert page.count("aria-sort=") == 1 and '<option value="c9" selected>' in page
    assert 'aria-sort="descending"' in text(reader.get(f"/matrix?{AT}&sort=-c9"))
    assert re.search(r'class="count" aria-sort="descending"', text(reader.get(f"/matrix?{AT}&sort=met")))


def test_slipped_and_unverified_communes_are_found(reader):
    land.record("99001", land.good_figures(), speaks_of=cast.END_2019.replace(year=2018))
    land.record("99001", {"4.2": FigureEntry(Decimal(10))}, level=Level.APPRAISED)
    land.record("99002", land.good_figures(), level=Level.SELF)
    assert shown(text(reader.get(f"/matrix?{AT}&only=slipped"))) == ["Xã Ao Sen"]
    page = text(reader.get(f"/matrix?{AT}&only=unverified"))
    assert shown(page) == ["Xã Bãi Cát"] and "data-unverified" in page
    assert "Chưa được thẩm tra (1)" in page


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ("sort=x", "“x”"), ("sort=c99", "“c99”"), ("sort=--met", "“--met”"), ("sort=c", "“c”"),
        ("only=tat-ca", "“tat-ca”"), ("view=3d", "“3d”"), ("sort=c٣", "“c٣”"),
    ],
)  # fmt: skip
def test_an_order_that_does_not_exist_is_refused_clearly(reader, asked, code):
    response = reader.get(f"/matrix?{AT}&{asked}")
    assert response.status_code == 400 and code in text(response)


def test_a_name_to_look_for_is_only_text(reader):
    page = text(reader.get(f"/matrix?{AT}&q=<script>alert(1)</script>"))
    assert "<script>alert" not in page and "&lt;script&gt;alert(1)" in page


def test_the_overview_is_the_same_table(reader):
    usual, small = (text(reader.get(f"/matrix?{AT}{view}")) for view in ("", "&view=overview"))
    assert 'class="matrix of-19 overview"' in small and 'class="matrix of-19"' in usual
    assert shown(small) == shown(usual)


def test_a_panel_says_why_leads_to_the_history_and_stands_as_a_page_too(reader):
    whole = reader.get(f"/matrix/panel?{AT}&unit=99005&criterion=4")
    bare = reader.get(f"/matrix/panel?{AT}&unit=99005&criterion=4&bare=1")
    for page in (text(whole), text(bare)):
        assert "Xã Đồi Chè" in page and "/units/99005/indicators/4.2?at=2019-12-31" in page
        assert "94,9% &lt; 95%" in page and "chưa đối chiếu văn bản" in page and "Cơ quan phụ trách" in page
    assert "<html" in text(whole) and "<html" not in text(bare)
    english = text(reader.get(f"/matrix/panel?{AT}&unit=99005&criterion=4&bare=1&lang=en"))
    assert "94.9% &lt; 95%" in english


def test_the_panel_says_what_the_matrix_shows_where_a_summary_table_speaks(reader):
    marked = text(reader.get(f"/matrix/panel?{AT}&unit=99003&criterion=12&bare=1"))
    short = text(reader.get(f"/matrix/panel?{AT}&unit=99003&criterion=13&bare=1"))
    counted = text(reader.get(f"/matrix/panel?{AT}&unit=99006&criterion=3&bare=1"))
    assert "<strong>Đạt</strong>" in marked and "Theo bảng tổng hợp ngày 31/12/2019" in marked and "12/19" in marked
    assert "<strong>Chưa đạt</strong>" in short
    assert "<strong>Chưa có số liệu</strong>" in counted and "chỉ ghi tổng số" in counted


def test_every_cell_of_a_row_in_a_sentence(reader):
    told = reader.get(f"/matrix/why?{AT}&unit=99005").json()
    assert told["unit"] == "99005" and sorted(told["why"], key=int) == [str(number) for number in range(1, 20)]
    assert "94,9%" in told["why"]["4"] and "4.2" in told["why"]["4"]
    assert told["why"]["8"] == "8.1 Bưu chính: chưa có số liệu." or "chưa có số liệu" in told["why"]["8"]
    assert told["why"]["1"].startswith("Đạt cả")
    assert "short" in reader.get(f"/matrix/why?{AT}&unit=99005&lang=en").json()["why"]["4"]


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/matrix/panel?at=2019-12-31&unit=99005&criterion=99", 404),
        ("/matrix/panel?at=2019-12-31&unit=99005&criterion=x", 400),
        ("/matrix/panel?at=2019-12-31&unit=991&criterion=4", 404),
        ("/matrix/panel?at=2019-12-31&unit=77777&criterion=4", 404),
        ("/matrix/why?at=2019-12-31&unit=77777", 404),
    ],
)
def test_a_cell_that_does_not_exist_is_refused(reader, address, status):
    assert reader.get(address).status_code == status


def test_the_number_of_queries_is_pinned(reader, django_assert_max_num_queries):
    reader.get("/criteria")  # the law is read once
    with django_assert_max_num_queries(48):
        reader.get(f"/matrix?{AT}")
    with django_assert_max_num_queries(20):
        reader.get(f"/matrix?{AT}&sort=c9")
    with django_assert_max_num_queries(45):
        reader.get(f"/matrix/panel?{AT}&unit=99005&criterion=4&bare=1")


def test_a_panel_costs_the_same_whatever_the_number_of_communes(reader):
    address = f"/matrix/why?{AT}&unit=99005"
    reader.get(address)
    with CaptureQueriesContext(connection) as few:
        reader.get(address + "&lang=en")
    land.record("99002", land.good_figures())
    reader.get(f"/matrix?{AT}")
    with CaptureQueriesContext(connection) as more:
        reader.get(address + "&lang=en")
    assert len(more) <= len(few) + 30 and len(more) < 45


def drawn(communes: int, **order: str) -> str:
    """The page of a made-up province, without a database."""
    request = RequestFactory().get("/matrix")
    request.lang, request.theme, request.person = "vi", "", VISITOR
    question = SimpleNamespace(unit_code="99", set_code=land.SET)
    asked = SimpleNamespace(
        explicit={}, question=question, at=cast.END_2019, known_day=None, set_name="", sets=(), days=(), table_query=""
    )
    per = 15
    counts = [[(n * 7 + k * 5) % 20 for n in range(per)] for k in range(4)]
    here = made.ground(counts)
    times = -(-communes // len(here.communes))
    rows = np.tile(np.arange(len(here.communes)), times)[:communes]
    many = replace(
        here, communes=tuple(here.communes[n] for n in rows), district_of=here.district_of[rows],
        verdicts=here.verdicts[rows], met=here.met[rows], basis=here.basis[rows], speaks_of=here.speaks_of[rows],
    )  # fmt: skip
    return render_to_string("desk/matrix.html", {"page": matrix_page(many, asked, "vi", Order(**order))}, request)


def test_177_communes_fit_the_line():
    page = drawn(177)
    assert page.count('<td class="v ') == 177 * 19
    assert len(gzip.compress(page.encode(), 6)) <= 40_000
    assert len(gzip.compress(drawn(1000).encode(), 6)) <= 120_000


def test_a_sorted_table_comes_in_bodies_that_can_be_skipped():
    page = drawn(177, sort="met")
    assert page.count("<tbody") == -(-177 // 20) and '<tr class="group">' not in page


counts = st.lists(st.lists(st.integers(0, 19), min_size=1, max_size=6), min_size=1, max_size=4)


@settings(max_examples=60, deadline=None)
@given(counts=counts, sort=st.sampled_from(["", "name", "met", "title", "c1", "c10", "c19"]), back=st.booleans())
def test_an_order_loses_no_row_and_a_turned_one_is_its_mirror_but_for_ties(counts, sort, back):
    ground = made.ground(counts, titles=[(0, 0, 2017)])
    order = Order(sort=f"-{sort}" if back and sort else sort)
    rows = rows_in_order(ground, order)
    assert sorted(rows) == list(range(len(ground.communes)))
    if sort == "met":
        met = [ground.met_of(row) for row in rows]
        assert met == sorted(met, reverse=not back)


@settings(max_examples=60, deadline=None)
@given(counts=counts, only=st.sampled_from(["near", "untitled", "open", "slipped"]))
def test_a_filter_and_its_remainder_are_everything(counts, only):
    ground = made.ground(counts)
    some, all_rows = chosen_rows(ground, Order(only=only), NOBODY), chosen_rows(ground, Order(), NOBODY)
    assert some <= all_rows == frozenset(range(len(ground.communes)))
    if only == "near":
        assert some == {row for row in all_rows if 1 <= 19 - ground.met[row] <= 2}


def test_what_a_press_asks_for_goes_round():
    seen = [""]
    for _ in range(3):
        seen.append(Order(sort=seen[-1]).next("c9"))
    assert seen == ["", "c9", "-c9", ""]
    with pytest.raises(Refused):
        order_of({"sort": "-"})
