"""A commune, its indicators, what became of it, its scorecard elsewhere: the four questions in their order."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from chungsuc.assessment import actions
from chungsuc.assessment.rules import BatchKind, FigureEntry, FigureFact, Level
from chungsuc.criteria import queries as criteria
from chungsuc.criteria.engine import Context, Figure, judge
from chungsuc.doors.desk.reports.pages.evidence import with_links
from chungsuc.doors.desk.reports.pages.gaps import gap_text
from chungsuc.doors.desk.reports.pages.verdicts import recorded
from chungsuc.kit import clock
from chungsuc.reports import queries
from chungsuc.reports.rules import next_steps
from chungsuc.territory import queries as territory
from tests import cast
from tests.reports import land

AT = "at=2019-12-31"
LAST_YEAR = date(2018, 12, 31)
TODAY = date(2026, 1, 5)


@pytest.fixture
def reader(settled) -> Client:
    return Client()


def text(response) -> str:
    return response.content.decode()


def judged(figures: dict[str, Figure]):
    return judge(criteria.criteria_set(land.SET), figures, Context(region="tdmnpb", year=2019))


def test_the_page_answers_four_questions_in_order(reader):
    page = text(reader.get(f"/units/99005?{AT}"))
    places = [page.index(mark) for mark in ('class="strip"', 'id="missing"', 'id="changed"', 'id="next"')]
    assert places == sorted(places)
    assert "Đạt <strong>16</strong>/" in page or "Đạt <strong>16/" in page or "<strong>16</strong>/<strong>19" in page


@pytest.mark.parametrize(("lang", "gap"), [("vi", "còn thiếu 1 hộ"), ("en", "1 households short")])
def test_what_is_missing_is_said_in_words_with_counts(reader, lang, gap):
    page = text(reader.get(f"/units/99005?{AT}&lang={lang}"))
    missing = page[page.index('id="missing"') : page.index('id="changed"')]
    assert gap in missing and "94,9%" in missing if lang == "vi" else gap in missing


@pytest.mark.parametrize(
    ("figure", "said"),
    [
        (Figure(value=Decimal("94.9")), "còn thiếu 0,1 điểm phần trăm"),
        (Figure(num=Decimal(380), den=Decimal(587)), "còn thiếu 178 hộ"),
        (Figure(), "chưa có số liệu"),
        (Figure(value=Decimal(99)), ""),
    ],
)
def test_gaps(figure, said):
    verdict = judged({"4.2": figure})
    one = next(one for line in verdict.criteria for one in line.indicators if one.code == "4.2")
    assert gap_text(one, "vi") == said


def test_the_next_steps_begin_with_what_completes_a_criterion():
    figures = {
        "4.1": Figure(value=True),
        "4.2": Figure(value=Decimal(50)),
        "18.1": Figure(value=False),
        "18.2": Figure(value=False),
    }
    steps = next_steps(judged(figures), proven={"4.1"})
    assert [one.indicator.code for one in steps.lift] == ["4.2", "18.1", "18.2"]
    assert steps.lift[0].left == 1 and steps.lift[0].gap == (Decimal(95) - 50) / 95
    assert "4.1" not in steps.prove and "4.2" not in steps.enter and "17.1" in steps.enter
    assert not steps.empty


def test_a_commune_that_meets_all_with_evidence_has_nothing_to_do(reader):
    page = text(reader.get(f"/units/99001?{AT}"))
    steps = page[page.index('id="next"') :]
    assert "Bổ sung minh chứng" in steps


def test_what_changed_since_last_year(reader):
    land.record("99005", land.good_figures(), speaks_of=LAST_YEAR)
    page = text(reader.get(f"/units/99005?{AT}"))
    changed = page[page.index('id="changed"') : page.index('id="next"')]
    assert "Không còn đạt" in changed and "4. Điện" in changed
    assert "Trước đó 31/12/2018: 95%" in page
    alone = text(reader.get(f"/units/99001?{AT}"))
    assert "Không so được" in alone


def test_every_indicator_explains_itself(reader):
    page = text(reader.get(f"/units/99005?{AT}"))
    assert page.count('<details class="explain">') == len(criteria.criteria_set(land.SET).indicators)
    assert "Cách tính" in page or "Đơn vị tính" in page


def test_a_rounded_value_is_the_same_wherever_it_stands(reader):
    entry = {"9.2": FigureEntry(Decimal("49.4"), num=Decimal(77), den=Decimal(156))}
    land.record("99005", entry, recorded=cast.MERGED_ON)
    for address in (f"/units/99005?{AT}", f"/units/99005/indicators/9.2?{AT}"):
        page = text(reader.get(address))
        assert "49,36%" in page and "49,4%" not in page, address


@pytest.mark.parametrize(
    ("written", "said"), [("49.4", "49,36%"), ("49", "49,36%"), ("60", "49,36% (đã ghi 60%)"), (None, "49,36%")]
)
def test_a_recorded_line_is_what_its_counts_give_and_what_was_written_where_that_differs(written, said):
    indicator = criteria.criteria_set(land.SET).by_code["9.2"]
    moment = clock.end_of(cast.END_2019)
    share = {"value": Decimal(written) if written else None, "num": Decimal(77), "den": Decimal(156)}
    line = FigureFact(
        id=1,
        unit_id=1,
        set_code=land.SET,
        indicator="9.2",
        speaks_of=cast.END_2019,
        level=Level.SELF,
        **share,
        parts={},
        not_applicable=None,
        nearly_met=None,
        note=None,
        source="thử",
        author="thử",
        reason=None,
        supersedes=None,
        recorded_at=moment,
        batch_id=1,
        batch_kind=BatchKind.ENTRY,
    )
    assert recorded(indicator, line, "vi") == said


@pytest.mark.parametrize(("lang", "met", "not_met"), [("vi", "Đạt", "Chưa đạt"), ("en", "Met", "Not met")])
def test_each_line_of_an_indicator_says_why_it_counts_or_not(reader, lang, met, not_met):
    land.record("99005", {"4.2": FigureEntry(Decimal(96))}, speaks_of=LAST_YEAR)
    page = text(reader.get(f"/units/99005/indicators/4.2?{AT}&lang={lang}"))
    table = page[page.index("history") :]
    assert f">{not_met}</span>" in table and f">{met}</span>" in table
    plot = re.findall(
        r'<tr data-day="([0-9-]+)"[^>]*>.*?data-value="([0-9.]+)".*?data-value="([0-9.]+)"', page, re.DOTALL
    )
    assert plot == [("2018-12-31", "96", "95"), ("2019-12-31", "94.9", "95")]


def test_an_indicator_of_parts_shows_each_part_through_time(reader):
    for day, clean in ((LAST_YEAR, "30"), (cast.END_2019, "52.5")):
        parts = {"hygienic": Decimal(91), "clean": Decimal(clean)}
        land.record("99005", {"17.1": FigureEntry(parts=parts)}, speaks_of=day, recorded=cast.MERGED_ON)
    page = text(reader.get(f"/units/99005/indicators/17.1?{AT}"))
    assert page.count("data-plot=") == 2 and "tăng từ 30 (31/12/2018) lên 52,5 (31/12/2019)" in page
    assert 'rel="noreferrer noopener"' in page  # the source's address is a link


def test_addresses_in_sources_are_links_and_nothing_else_is():
    pieces = with_links("Xem https://thuvienphapluat.vn/van-ban/a.aspx, bảng 1 (http://x.vn/b).")
    assert [one.link for one in pieces] == ["", "https://thuvienphapluat.vn/van-ban/a.aspx", "", "http://x.vn/b", ""]
    assert "".join(one.said for one in pieces) == "Xem thuvienphapluat.vn/van-ban/a.aspx, bảng 1 (x.vn/b)."
    assert with_links("javascript:alert(1)")[0].link == ""


@pytest.mark.parametrize(
    ("lang", "said", "next_"),
    [("vi", "Xã Đá Bạc đã nhập vào xã Đồi Chè từ ngày 01/3/2020.", "Xã Đồi Chè"), ("en", "went into", "Xã Đồi Chè")],
)
def test_a_shared_address_whose_unit_has_merged_says_so_and_leads_on(reader, lang, said, next_):
    response = reader.get(f"/units/99006?at=2020-06-30&lang={lang}")
    page = text(response)
    assert response.status_code == 410
    assert said in page and next_ in page
    assert 'href="/units/99005?at=2020-06-30"' in page and 'href="/units/99006?at=2020-02-29"' in page
    assert reader.get("/units/99006?at=2020-02-29").status_code == 200


def test_every_address_of_a_merged_unit_leads_on(reader):
    for address in ("/units/99006/indicators/4.2", "/units/99006/compare", "/embed/units/99006"):
        assert reader.get(f"{address}?at=2020-06-30").status_code == 410, address
    assert reader.get("/?unit=99006&at=2020-06-30").status_code == 410


def test_a_code_that_never_was_is_not_found(reader):
    assert reader.get(f"/units/88888?{AT}").status_code == 404
    assert queries.what_became("88888", cast.END_2019) is None
    assert queries.what_became("99005", cast.END_2019) is None


def test_a_code_that_a_new_unit_took_over_tells_of_the_old_one(reader):
    page = text(reader.get("/units/99001?at=2020-06-30"))
    assert "Xã Ao Cát" in page and "Trong xã này có cả phần đất trước đây của" in page
    assert 'href="/units/99002?at=2020-02-29"' in page and 'id="timeline"' in page
    before = text(reader.get(f"/units/99002?{AT}"))
    assert "Sau ngày này, đơn vị đã thay đổi" in before and "Xã Ao Cát" in before


def test_the_timeline_marks_titles_and_mergers(reader):
    page = text(reader.get("/units/99005?at=2020-06-30"))
    line = page[page.index('id="timeline"') :]
    assert '<li class="merge">' in line and "1/NQ-THU" in line
    held = text(reader.get(f"/units/99003?{AT}"))
    assert '<li class="title">' in held[held.index('id="timeline"') :]


def test_the_scorecard_may_stand_in_any_frame_and_needs_no_cookie(reader):
    response = reader.get(f"/embed/units/99005?{AT}")
    policy = response.headers["Content-Security-Policy"]
    assert response.status_code == 200 and "frame-ancestors *" in policy and "script-src 'self'" in policy
    assert "X-Frame-Options" not in response.headers and not response.cookies
    page = text(response)
    assert "<script" not in page and "<nav" not in page and "Xã Đồi Chè" in page
    assert 'href="/units/99005?at=2019-12-31" target="_blank" rel="noopener"' in page
    assert reader.get(f"/units/99005?{AT}").headers["X-Frame-Options"] == "DENY"


def test_evidence_is_at_hand_beside_the_indicator(reader):
    unit = territory.unit_at("99005", cast.END_2019)
    kept = actions.add_evidence(
        content=b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n",
        name="bien ban.pdf",
        unit=unit,
        set_code=land.SET,
        indicator="4.2",
        speaks_of=cast.END_2019,
        by=cast.OPERATOR,
        at=clock.now(),
    )
    page = text(reader.get(f"/units/99005?{AT}"))
    assert "1 minh chứng" in page and f"/evidence/{kept.id}" in page
    card = queries.commune_card(at=cast.END_2019, unit_code="99005", set_code=land.SET, today=TODAY)
    assert set(card.evidence) == {"4.2"} and "4.2" not in card.steps.prove


def test_pages_need_few_questions(reader):
    for address, most in ((f"/units/99005?{AT}", 80), (f"/units/99005/indicators/4.2?{AT}", 25)):
        with CaptureQueriesContext(connection) as first:
            reader.get(address)
        assert len(first) < most, address
        with CaptureQueriesContext(connection) as again:
            reader.get(address)
        assert len(again) <= 5, address
