"""The map in a real browser: what a pointer, a key, a finger and the days do; axe at both widths, light and dark."""

from __future__ import annotations

import json
import os
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from chungsuc.config import places
from tests.axe import violations
from tests.doors.served import command, demo_served, opened_browser
from tests.territory.squares import board, collection

pytestmark = [pytest.mark.browser, pytest.mark.slow]
AT = "at=2019-12-31"
HOME = "map-journey"


def chungsuc(*words: str) -> str:
    """A command on the served demo's data."""
    surroundings = {**os.environ, "CHUNGSUC_HOME": str(places.home() / HOME)}
    surroundings.pop("CHUNGSUC_DATABASE_URL", None)
    return subprocess.run(command(*words), env=surroundings, capture_output=True, text=True, check=True).stdout


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The demo, with boundaries made up for this test: a chessboard of the communes of 2025."""
    with demo_served(places.home() / HOME) as served:
        units = json.loads(chungsuc("units", "--at", "2026-06-30", "--under", "04", "--format", "json"))["units"]
        file: Path = tmp_path_factory.mktemp("map") / "board.geojson"
        file.write_bytes(collection(board([one["code"] for one in units], across=8)))
        told = ("--source", "made up", "--licence", "CC0", "--province", "04")
        chungsuc("units", "boundaries", "load", str(file), "--at", "2026-06-30", *told)
        yield served


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with opened_browser() as opened:
        yield opened


@pytest.fixture
def opened(browser, address):
    """Open a page in a window of its own; whatever its console complains of fails the test."""
    contexts, complaints = [], []

    def go(path: str, width: int = 1440, **told: Any) -> Any:
        height = told.pop("height", 900)
        context = browser.new_context(viewport={"width": width, "height": height}, **told)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
        page.goto(address + path, wait_until="networkidle")
        return page

    yield go
    for context in contexts:
        context.close()
    refused = "status of 400"  # the browser says so of every refused question
    assert [one for one in complaints if refused not in one] == []


def until(true: Callable[[], bool], seconds: float = 20) -> None:
    """Wait for something that the page does in its own time."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.05)


def hexagon(page: Any, code: str) -> Any:
    return page.locator(f'[data-map-svg] a[href^="/units/{code}?"]')


def test_the_pointer_reads_and_a_click_opens(opened):
    page = opened(f"/map?{AT}")
    hexagon(page, "01375").locator(".shape").hover()
    assert page.locator(".map-tip").inner_text() == "Xã Đa Thông, Huyện Thông Nông\n9/19 tiêu chí"
    page.keyboard.press("Escape")
    assert page.locator(".map-tip").is_hidden()
    hexagon(page, "01375").locator(".shape").click()
    page.wait_for_url("**/units/01375?at=2019-12-31")


def test_keys_walk_from_commune_to_commune(opened):
    page = opened(f"/map?{AT}")
    stops = page.locator('[data-map-svg] a[tabindex="0"]')
    assert stops.count() == 1
    stops.focus()
    said = [page.evaluate("document.activeElement.getAttribute('aria-label')")]
    for key in ("ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp"):
        page.keyboard.press(key)
        said.append(page.evaluate("document.activeElement.getAttribute('aria-label')"))
    assert len(set(said[:4])) == 4 and all(one and "tiêu chí" in one for one in said)
    assert page.locator(".map-tip").is_visible()
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    page.wait_for_url("**/units/*")


def test_days_change_the_map_in_place_and_the_address_with_it(opened, address):
    page = opened(f"/map?{AT}")
    page.locator('[data-day="2016-12-31"]').click()
    page.wait_for_url("**at=2016-12-31**")
    assert page.locator("[data-map-seen]").inner_text() == "137 trong 177 xã đạt dưới 10 tiêu chí"
    assert page.locator('[data-day="2016-12-31"]').get_attribute("aria-current") == "date"
    assert page.locator('[name="at"]').input_value() == "31/12/2016"
    page.locator("[data-on]").click()
    page.wait_for_url("**at=2017-12-31**")
    shown = page.locator("[data-map-legend]").inner_text()
    page.goto(page.url)
    assert page.locator("[data-map-legend]").inner_text() == shown
    assert "at=2017-12-31" in page.locator(".downloads a").first.get_attribute("href")


def test_playing_goes_on_over_a_merger_until_it_is_stopped(opened):
    page = opened("/map?at=2020-12-31&set=xa-ntm-2016-2020")
    before = page.locator("[data-map-svg] a").count()
    page.locator('[data-day="2019-12-31"]').click()
    until(lambda: page.locator("[data-map-svg] a").count() > 150)
    page.locator("[data-play]").click()
    assert page.locator("[data-play]").inner_text().strip() == "Dừng"
    until(lambda: page.locator("[data-map-svg] a").count() == before)
    page.locator("[data-play]").click()
    assert page.locator("[data-play]").inner_text().strip() == "Chạy qua các năm"


def test_another_thing_to_show_needs_no_new_page(opened):
    page = opened(f"/map?{AT}")
    page.evaluate("window.same = true")
    page.locator('[name="show"]').select_option("criterion:17")
    page.wait_for_url("**show=criterion%3A17**")
    said = page.locator("[data-map-seen]").inner_text()
    assert said == "25 trong 177 xã đạt tiêu chí 17. Môi trường và an toàn thực phẩm"
    page.locator('[name="show"]').select_option("change")
    page.wait_for_url("**show=change**")
    assert page.locator('[name="since"]').input_value() == "31/12/2018"
    assert page.evaluate("window.same") is True
    page.go_back()
    page.wait_for_url("**show=criterion%3A17**")


def test_a_wrong_day_is_answered_by_the_server(opened):
    page = opened(f"/map?{AT}")
    page.locator('[name="at"]').fill("31/02/2019")
    page.locator("[data-map-form] button").click()
    page.wait_for_url("**at=31%2F02%2F2019**")
    assert "31/02/2019" in page.locator("main").inner_text()


def test_zoom(opened):
    page = opened(f"/map?{AT}")
    place = hexagon(page, "01501").locator(".shape")
    before = place.bounding_box()
    page.locator("[data-zoom-in]").click()
    page.wait_for_selector(".leaflet-container")
    until(lambda: place.bounding_box()["width"] > before["width"] * 1.5)


def test_a_finger_reads_first_and_opens_second(opened):
    page = opened(f"/map?{AT}", width=390, height=844, has_touch=True, is_mobile=True)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    hexagon(page, "01375").locator(".shape").tap()
    assert "9/19 tiêu chí" in page.locator(".map-tip").inner_text()
    hexagon(page, "01375").locator(".shape").tap()
    page.wait_for_url("**/units/01375**")


def test_real_boundaries(opened):
    page = opened("/map?at=2026-06-30&view=real")
    assert page.locator("[data-map-svg] a path.shape").count() == 53
    assert page.locator("[data-map-svg] path.rest").count() == 3
    page.locator('.views a[href*="view=tiles"]').click()
    page.wait_for_url("**view=tiles**")
    assert page.locator("[data-map-svg] a use.shape").count() == 53


def test_no_name_of_a_district_covers_a_hexagon_or_another_name(opened):
    for day in ("2019-12-31", "2022-12-31", "2026-06-30"):
        for width in (1440, 390):
            page = opened(f"/map?at={day}", width=width)
            boxes = page.evaluate(
                """() => {
                const box = (one) => {
                  const b = one.getBoundingClientRect();
                  return [b.left, b.top + b.height * 0.3, b.right, b.bottom - b.height * 0.3];
                };
                const all = (what) => [...document.querySelectorAll(what)].map(box);
                return { names: all('.blocks text'), cells: all('.hexes .shape') };
                }"""
            )
            assert len(boxes["names"]) >= 9
            for place, name in enumerate(boxes["names"]):
                others = boxes["cells"] + boxes["names"][:place]
                assert [one for one in others if _meet(name, one)] == [], (day, width, place)


def _meet(one: list[float], other: list[float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "path", [f"/map?{AT}", f"/map?{AT}&show=indicator:2.1", "/map?at=2026-06-30&view=real", f"/embed/map?{AT}"]
)
def test_axe(opened, path, scheme, width):
    page = opened(path, width=width, color_scheme=scheme)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
