"""The province and the districts at a glance, on the toy province: what is seen, what changed, where to begin."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from chungsuc.accounts import actions as accounts
from chungsuc.accounts import queries as people
from chungsuc.accounts.rules import OPERATOR, Person, Role
from chungsuc.doors.desk import reading
from chungsuc.doors.desk.reports.days import typed_day
from chungsuc.kit import clock
from chungsuc.reports import queries
from tests import cast
from tests.reports import land

AT = "at=2019-12-31"
LAST_YEAR = date(2018, 12, 31)


@pytest.fixture
def reader(settled) -> Client:
    """The toy province, with figures of the year before for one commune."""
    land.record("99001", land.good_figures() | {"4.2": land.FigureEntry(land.Decimal(50))}, speaks_of=LAST_YEAR)
    return Client()


@pytest.fixture
def many_years(monkeypatch) -> None:
    """A day counts as a day with figures from one commune on."""
    from chungsuc.assessment import queries as assessment

    monkeypatch.setattr(assessment, "days_of", lambda code: [LAST_YEAR, cast.END_2019] if code == land.SET else [])


def text(response) -> str:
    return response.content.decode()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("31/12/2019", "2019-12-31"),
        ("31.12.2019", "2019-12-31"),
        ("31-12-19", "2019-12-31"),
        ("1/3/2020", "2020-03-01"),
        (" 2019-12-31 ", "2019-12-31"),
        ("2019", "2019-12-31"),
        ("2026", "2026-02-03"),
        ("31/02/2019", None),
        ("13/13/2019", None),
        ("hôm qua", None),
        ("0000", None),
        ("99999", None),
    ],
)
def test_days_are_read_as_people_type_them(typed, meant):
    day = typed_day(typed, date(2026, 2, 3))
    assert (day.isoformat() if day else None) == meant


@pytest.mark.parametrize("typed", ["31.12.2019", "31-12-19", "2019", "31/12/2019"])
def test_an_address_takes_a_day_as_typed_and_links_carry_it_clean(reader, typed):
    page = text(reader.get("/", {"at": typed}))
    assert 'name="at" value="31/12/2019"' in page
    assert "/units/991?at=2019-12-31" in page


@pytest.mark.parametrize(
    ("lang", "seen"),
    [("vi", "1 trong 4 xã đạt dưới 10 tiêu chí"), ("en", "1 of 4 communes meet fewer than 10 criteria")],
)
def test_titles_say_what_is_seen(reader, lang, seen):
    page = text(reader.get(f"/?{AT}&lang={lang}"))
    assert f"<h2>{seen}</h2>" in page
    assert page.index('class="lead"') < page.index('class="cards"') < page.index(seen)


def test_the_map_stands_on_the_page_and_each_commune_is_a_link(reader):
    page = text(reader.get(f"/?{AT}"))
    figure = page[page.index('<figure class="tiles">') : page.index("</figure>")]
    assert figure.count("<title>") == 5 and "/units/99005?at=2019-12-31" in figure


@pytest.mark.usefixtures("many_years")
def test_the_years_are_a_table_that_needs_no_script(reader):
    page = text(reader.get(f"/units/99001?{AT}"))
    table = page[page.index('id="trend-table"') :]
    rows = re.findall(r'<tr data-day="([0-9-]+)"[^>]*>.*?<td class="num" data-value="(\d+)">', table, re.DOTALL)
    assert rows == [("2018-12-31", "17"), ("2019-12-31", "18")]
    assert "Từ 17 lên 18 tiêu chí, 2018–2019" in page


@pytest.mark.usefixtures("many_years")
def test_a_trend_counts_what_the_situation_counts(reader):
    trend = queries.trend(at=cast.END_2019, unit_code="99", set_code=land.SET)
    now = queries.situation(at=cast.END_2019, unit_code="99", set_code=land.SET)
    last = trend.points[-1]
    assert [one.day for one in trend.points] == [LAST_YEAR, cast.END_2019]
    assert (last.mean_met, last.recognised, last.below, last.counted) == (
        now.mean_met,
        now.recognised,
        now.below_10,
        now.counted,
    )
    district = queries.trend(at=cast.END_2019, unit_code="991", set_code=land.SET)
    assert district.points[-1].communes == 3
    assert queries.trend(at=cast.END_2019, unit_code="99002", set_code=land.SET).points == ()


@pytest.mark.usefixtures("many_years")
def test_a_trend_asked_as_known_earlier_does_not_know_later_years(reader):
    known = clock.end_of(date(2019, 6, 30))
    trend = queries.trend(at=cast.END_2019, known=known, unit_code="99001", set_code=land.SET)
    assert [one.day for one in trend.points] == [LAST_YEAR]


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_what_changed_names_the_communes(reader, lang):
    page = text(reader.get(f"/?{AT}&lang={lang}"))
    moves = page[page.index('id="moves"') :]
    assert "Xã Ao Sen" in moves and "17 → 18" in moves
    assert ("đạt thêm 4" if lang == "vi" else "gained 4") in moves


def test_a_province_without_figures_says_where_to_begin(reader):
    page = text(reader.get("/?at=2022-12-31&set=xa-ntm-2021-2025"))
    assert "Bắt đầu từ đâu" in page and "nhập số liệu" in page
    assert '<figure class="tiles">' not in page


def test_pages_need_few_questions_and_kept_ones_almost_none(reader):
    for address in (f"/?{AT}", f"/units/991?{AT}"):
        with CaptureQueriesContext(connection) as first:
            reader.get(address)
        assert len(first) < 100, address
        with CaptureQueriesContext(connection) as again:
            reader.get(address)
        assert len(again) <= 5, address
        reading.PAGES.clear()
        with CaptureQueriesContext(connection) as judged:
            reader.get(address)
        assert len(judged) < 40, address


def test_who_looks_is_asked_of_the_guard_and_an_officer_may_read_it_all(reader):
    officer = Person("can-bo", "Cán bộ xã Ao Sen", Role.COMMUNE_OFFICER, "99001")
    accounts.add_people(people=[officer], by=OPERATOR, at=clock.now(), demo=True)
    reader.force_login(people.demo_account("can-bo"))
    for address in (f"/?{AT}", f"/units/991?{AT}", f"/units/99005?{AT}"):
        assert reader.get(address).status_code == 200, address
    assert '/units/99001/entry?day=2019-12-31"' in text(reader.get(f"/units/99001?{AT}"))
    assert '/units/99001/entry/4?day=2019-12-31"' in text(reader.get(f"/units/99001/indicators/4.2?{AT}"))
    assert "/units/99005/entry" not in text(reader.get(f"/units/99005?{AT}"))
