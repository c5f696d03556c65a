"""The matrix in a real browser: keyboard, panel, address, phone; without script; nothing that axe complains of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from chungsuc.config import places
from tests.axe import violations
from tests.doors.served import demo_served, opened_browser

pytestmark = [pytest.mark.browser, pytest.mark.slow]
MATRIX = "/matrix?at=2019-12-31"


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with demo_served(places.home() / "matrix") as found:
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with opened_browser() as found:
        yield found


@pytest.fixture
def opened(browser: Any, address: str) -> Iterator[Any]:
    """Opens an address at a width; whatever the page's policy blocks, or a script throws, is a failure."""
    contexts, complaints = [], []

    def opens(target: str, width: int = 1440, **more: Any) -> Any:
        context = browser.new_context(viewport={"width": width, "height": 900}, base_url=address, **more)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda said: complaints.append(str(said)))
        page.goto(target, wait_until="load")
        return page

    yield opens
    for context in contexts:
        context.close()
    assert complaints == []


def shown(page: Any) -> list[str]:
    return page.eval_on_selector_all(
        "tbody:not([hidden]) tr[data-u]:not([hidden]) th a", "rows => rows.map(row => row.textContent)"
    )


def cell(page: Any, code: str, number: int) -> Any:
    return page.locator(f'tr[data-u="{code}"] > .v').nth(number - 1)


@pytest.mark.parametrize("sort", ["c5", "-c5", "met", "-met", "title", "name", "-name"])
def test_script_and_server_order_alike(opened, sort):
    page = opened(MATRIX)
    page.get_by_label("Sắp xếp").select_option(sort)
    page.wait_for_url("**sort=**")
    by_script = shown(page)
    assert by_script == shown(opened(f"{MATRIX}&sort={sort}", java_script_enabled=False))


def test_on_a_phone_a_card_opens_a_sheet_and_a_swipe_turns_to_the_next_commune(opened):
    page = opened(MATRIX, 390, has_touch=True)
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    cell(page, "01720", 5).tap()
    page.get_by_role("heading", name="Xã Chu Trinh").wait_for()
    assert page.locator(".panel-strip button").count() == 19
    assert violations(page) == []
    page.evaluate(
        """() => { const box = document.querySelector("[data-panel-place]");
        const touch = (x) => new Touch({identifier: 1, target: box, clientX: x, clientY: 600});
        box.dispatchEvent(new TouchEvent("touchstart", {changedTouches: [touch(300)]}));
        box.dispatchEvent(new TouchEvent("touchend", {changedTouches: [touch(120)]})); }"""
    )
    page.get_by_role("heading", name="Xã Hưng Đạo").wait_for()
    page.get_by_role("button", name="Xã trước").tap()
    page.get_by_role("heading", name="Xã Chu Trinh").wait_for()
    page.get_by_role("button", name="Đóng").tap()
    assert page.locator("[data-panel-place]").is_hidden()


def test_the_whole_province_is_one_picture_in_the_overview(opened):
    page = opened(f"{MATRIX}&view=overview")
    box = page.locator("table.matrix").bounding_box()
    assert box["height"] <= 860 and box["width"] <= 1440
    assert len(shown(page)) == 177


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "target",
    [
        MATRIX,
        f"{MATRIX}&view=overview&lang=en",
        "/matrix/panel?at=2019-12-31&unit=01294&criterion=9",
        "/criteria/xa-ntm-2016-2020/criteria/17?at=2019-12-31",
        "/criteria/xa-ntm-2021-2025?lang=en",
    ],
)
def test_axe_finds_nothing(opened, target, scheme, width):
    page = opened(target, width, color_scheme=scheme)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
