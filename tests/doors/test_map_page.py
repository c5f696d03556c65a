"""The map page on the toy province: every thing it shows, both views, as a page, as data, as a table, embedded."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from chungsuc.assessment.rules import FigureEntry
from chungsuc.territory import actions
from tests import cast
from tests.reports import land
from tests.territory.squares import board, collection

AT = "at=2019-12-31"
SET = land.SET
COMMUNES = ["99001", "99002", "99003", "99004", "99005", "99006"]


@pytest.fixture
def reader(settled) -> Client:
    """The toy province, with figures of the year before for one commune."""
    land.record("99001", land.good_figures() | {"4.2": FigureEntry(Decimal(50))}, speaks_of=date(2018, 12, 31))
    return Client()


@pytest.fixture
def days(monkeypatch) -> None:
    """A day counts as a day with figures from one commune on."""
    from chungsuc.assessment import queries as assessment

    monkeypatch.setattr(assessment, "days_of", lambda code: [date(2018, 12, 31), cast.END_2019] if code == SET else [])


def load(codes: list[str], on: date = cast.END_2019, source: str = "made up") -> None:
    told = {"label": "x", "on": on, "province_code": "99", "source": source, "licence": "CC0"}
    actions.load_boundaries(content=collection(board(codes)), **told, by=cast.OPERATOR, at=cast.LONG_AGO)


def text(response) -> str:
    assert response.status_code == 200, response.content.decode()[:400]
    return response.content.decode()


def shapes(page: str) -> dict[str, tuple[str, str]]:
    """Code of each unit on the map: its class, what it says."""
    drawn = page[page.index('<figure class="tiles">') : page.index("</figure>")]
    found = re.findall(r'<a href="/units/(\w+)[^"]*" class="([\w-]+)"[^>]*><title>(.*?)</title>', drawn)
    return {code: (kind, said) for code, kind, said in found}


def legend(page: str) -> dict[str, int]:
    found = re.findall(r'class="key ([\w-]+)".*?</svg>.*?<b>(\d+)</b>', page)
    return {kind: int(count) for kind, count in found}


def test_the_map_stands_without_script_and_each_commune_leads_to_its_page(reader):
    page = text(reader.get(f"/map?{AT}"))
    assert shapes(page) == {
        "99001": ("band-2", "Xã Ao Sen, Huyện Đông: 18/19 tiêu chí"),
        "99002": ("band-none", "Xã Bãi Cát, Huyện Đông: chưa có số liệu"),
        "99003": ("band-3", "Xã Hoà Bình, Huyện Đông: 12/19 tiêu chí"),
        "99005": ("band-2", "Xã Đồi Chè, Huyện Tây: 16/19 tiêu chí"),
        "99006": ("band-4", "Xã Đá Bạc, Huyện Tây: 7/19 tiêu chí"),
    }
    assert "/units/99001?at=2019-12-31" in page
    assert legend(page) == {"band-1": 0, "band-2": 2, "band-3": 1, "band-4": 1, "band-5": 0, "band-none": 1}
    assert "<h1 data-map-seen>1 trong 4 xã đạt dưới 10 tiêu chí</h1>" in page
    assert ">Đông</text>" in page and ">Tây</text>" in page
    assert "style=" not in page and not re.search(r"<script(?! type=\"module\" src=)", page)


def test_the_same_in_english(reader):
    page = text(reader.get(f"/map?{AT}&lang=en"))
    assert "1 of 4 communes meet fewer than 10 criteria" in page
    assert shapes(page)["99001"][1] == "Xã Ao Sen, Huyện Đông: 18 of 19 criteria"
    assert "Đạt" not in page[page.index("<main") :].replace("Đạt chuẩn", "")


def test_one_criterion(reader):
    page = text(reader.get(f"/map?{AT}&show=criterion:4"))
    kinds = {code: kind for code, (kind, _) in shapes(page).items()}
    assert kinds == {
        "99001": "v-met", "99002": "v-no_figure", "99003": "v-met", "99005": "v-not_met", "99006": "v-no_figure",
    }  # fmt: skip
    assert "2 trong 4 xã đạt tiêu chí 4. Điện" in page
    assert legend(page) == {"v-met": 2, "v-not_met": 1, "v-no_figure": 2}


def test_one_indicator_shows_its_values(reader):
    page = text(reader.get(f"/map?{AT}&show=indicator:4.2"))
    assert shapes(page)["99005"] == ("v-not_met", "Xã Đồi Chè, Huyện Tây: Chưa đạt, 94,9%")
    assert shapes(page)["99003"] == ("v-no_figure", "Xã Hoà Bình, Huyện Đông: Chưa có số liệu")
    assert ">94</text>" in page


def test_the_change_since_a_day(reader):
    page = text(reader.get(f"/map?{AT}&show=change&since=2018-12-31"))
    assert shapes(page)["99001"] == ("up-1", "Xã Ao Sen, Huyện Đông: +1 tiêu chí")
    assert shapes(page)["99005"][0] == "band-none"  # nothing to compare with
    assert "1 xã tăng, 0 xã giảm tiêu chí từ 31/12/2018" in page
    assert 'name="since" size="10" maxlength="10" value="31/12/2018"' in page


@pytest.mark.usefixtures("days")
def test_the_days_with_figures_are_links_and_the_last_one_before_is_compared_with(reader):
    page = text(reader.get(f"/map?{AT}&show=change"))
    found = re.findall(r'href="([^"]+)" data-day="([0-9-]+)"( aria-current="date")?', page)
    assert [(day, bool(here)) for _, day, here in found] == [("2018-12-31", False), ("2019-12-31", True)]
    assert f"set={SET}" in found[0][0] and "show=change" in found[0][0]
    assert 'value="31/12/2018"' in page


@pytest.mark.parametrize(
    ("query", "status", "code"),
    [
        ("show=nothing", 400, "map.bad_show"),
        ("show=criterion:x", 400, "map.bad_show"),
        ("show=criterion:99", 400, "map.no_criterion"),
        ("show=indicator:99.9", 400, "map.no_indicator"),
        ("show=indicator:" + "9" * 40, 400, "map.bad_show"),
        ("show=change&since=2020-12-31", 400, "map.since_not_before"),
        ("show=change&since=hom-qua", 400, "desk.bad_date"),
        ("unit=77777", 404, "unit.unknown"),
    ],
)
def test_what_cannot_be_shown(reader, query, status, code):
    for address in ("/map", "/embed/map"):
        assert reader.get(f"{address}?{AT}&{query}").status_code == status
    answer = reader.get(f"/map/data.json?{AT}&{query}")
    assert answer.status_code == status and answer.headers["Content-Type"] == "application/json"
    assert [one["code"] for one in answer.json()["problems"]] == [code] and answer.json()["accepted"] is False


def test_a_unit_that_is_over_leads_on(reader):
    assert reader.get("/map?at=2021-01-01&unit=99006").status_code == 410


def test_the_data_for_scripts(reader):
    answer = reader.get(f"/map/data.json?{AT}&show=criterion:4")
    told = answer.json()
    assert (told["at"], told["day"], told["schematic"], told["note"]) == ("2019-12-31", "31/12/2019", True, "")
    one = next(one for one in told["shapes"] if one["code"] == "99005")
    assert (one["kind"], one["to"]) == ("v-not_met", "/units/99005?at=2019-12-31")
    assert ["Xã Đồi Chè", "Huyện Tây", "Chưa đạt", "/units/99005?at=2019-12-31"] in told["lines"]
    assert f"set={SET}" in told["question"] and "show=criterion%3A4" in told["question"]
    again = reader.get(f"/map/data.json?{AT}&show=criterion:4", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304 and not again.content


def test_no_two_hexagons_lie_in_one_place(reader):
    told = reader.get(f"/map/data.json?{AT}").json()
    assert len({(one["x"], one["y"]) for one in told["shapes"]}) == len(told["shapes"]) == 5


def test_without_boundaries_the_real_view_says_so_and_draws_hexagons(reader):
    page = text(reader.get(f"/map?{AT}&view=real"))
    assert "Chưa có ranh giới cho ngày này" in page and page.count('<use href="#hx" class="shape" x=') == 5


def test_the_real_view_draws_boundaries_with_their_source(reader):
    load(COMMUNES, source="nguồn thử")
    page = text(reader.get(f"/map?{AT}&view=real"))
    assert len(shapes(page)) == 5 and page.count('<path class="shape"') == 5
    assert page.count('<path class="rest"') == 1 and "Phường, thị trấn để trống" in page  # the township
    assert "Ranh giới ngày 31/12/2019: nguồn thử (CC0)" in page
    assert shapes(page)["99006"][0] == "band-4"


def test_communes_that_changed_since_have_no_boundary(reader):
    load(COMMUNES)
    page = text(reader.get("/map?at=2020-12-31&view=real"))
    assert set(shapes(page)) == {"99003"} and "2 xã chưa có ranh giới vào ngày này" in page


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("show=count", "Huyện Đông: bình quân 15,0 tiêu chí/xã (2 xã có số liệu)"),
        ("show=criterion:4", "Huyện Tây: 0/2 xã đạt"),
        ("show=indicator:4.2", "Huyện Đông: 1/2 xã đạt"),
        ("show=change&since=2018-12-31", "Huyện Đông: 1 xã tăng, 0 xã giảm"),
    ],
)
def test_districts_stand_for_their_communes_where_only_they_have_boundaries(reader, query, said):
    load(["991", "992"])
    page = text(reader.get(f"/map?{AT}&view=real&{query}"))
    assert said in [one for _, one in shapes(page).values()] and "chỉ có ranh giới cấp huyện" in page


def test_the_table_holds_what_the_map_shows(reader):
    answer = reader.get(f"/tables/map.csv?unit=99&{AT}&show=indicator:4.2")
    lines = b"".join(answer.streaming_content).decode().splitlines()
    assert len(lines) == 6 and ["94,9%" in one for one in lines if "99005" in one] == [True]
    page = text(reader.get(f"/map?{AT}&show=indicator:4.2"))
    assert "/tables/map.xlsx?" in page and "show=indicator%3A4.2" in page


def test_another_site_may_frame_the_embed_and_nothing_else(reader):
    answer = reader.get(f"/embed/map?{AT}")
    page = text(answer)
    assert "frame-ancestors *" in answer.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in answer.headers and "<script" not in page and not answer.cookies
    assert page.count('target="_blank"') == 6 and "/map?at=2019-12-31&amp;" in page
    plain = reader.get(f"/map?{AT}")
    assert plain.headers["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in plain.headers["Content-Security-Policy"]


@pytest.mark.parametrize("query", ["", "&show=criterion:4", "&show=indicator:4.2", "&show=change", "&view=real"])
def test_the_number_of_queries_does_not_grow_with_the_communes(reader, query):
    from chungsuc.kit import memory

    load(COMMUNES)
    memory.clear_all()
    with CaptureQueriesContext(connection) as few:
        reader.get(f"/map?{AT}{query}")
    for code in ("99002", "99003", "99006"):
        land.record(code, land.good_figures(), speaks_of=cast.END_2019)
    memory.clear_all()
    with CaptureQueriesContext(connection) as many:
        reader.get(f"/map?{AT}{query}")
    assert len(many) <= len(few) + 2 and len(many) <= 55


def test_a_commune_alone_is_one_hexagon(reader):
    page = text(reader.get(f"/map?{AT}&unit=99005"))
    assert set(shapes(page)) == {"99005"}
