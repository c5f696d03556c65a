"""An officer enters a criterion with a photograph over a slow line and loses the line in between. Real Chromium."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import pytest
from PIL import Image

from chungsuc.config import places
from tests.axe import violations
from tests.doors.served import demo_served, opened_browser, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.slow]
DAY = "2026-06-30"
FORM = f"/units/01501/entry/16?set=xa-ntm-2021-2025&day={DAY}"
SLOW = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with demo_served(places.home() / "entry") as served:
        yield served


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with opened_browser() as opened:
        yield opened


@pytest.fixture
def phone(browser: Any, address: str) -> Iterator[Any]:
    """A phone on which the officer of Đàm Thủy is signed in."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, locale="vi-VN")
    page = context.new_page()
    sign_in(page, address, "can-bo-dam-thuy")
    yield page
    context.close()


def line(page: Any, **state: Any) -> None:
    if not hasattr(page, "line"):
        page.line = page.context.new_cdp_session(page)
        page.line.send("Network.enable")
    page.line.send("Network.emulateNetworkConditions", {**SLOW, **state})


def opened(page: Any, address: str, path: str = FORM) -> Any:
    page.goto(address + path)
    page.wait_for_selector("html[data-entry=ready]", state="attached")
    return page


def bar(page: Any) -> Any:
    return page.locator("[data-saved-words]")


def says(page: Any, words: str) -> None:
    bar(page).filter(has_text=words).wait_for(timeout=20_000)


def photograph() -> bytes:
    """A large picture with something in it, as a phone takes it."""
    picture = Image.effect_noise((2400, 1800), 60).convert("RGB")
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=92)
    return out.getvalue()


def test_an_officer_enters_over_a_slow_line_that_breaks(phone, address):
    page = opened(phone, address)
    assert violations(page) == []
    line(page)
    field = page.locator("[data-indicator]").first
    field.locator("input[inputmode]").first.fill("1.234")
    assert "1234 hay 1,234" in field.locator("[data-problem]").inner_text()
    line(page, offline=True)
    field.locator("input[inputmode]").first.fill("92,5")
    assert "92,5" in field.locator("[data-verdict]").inner_text()
    says(page, "mới chỉ có trên máy này")
    says(page, "Mất mạng")
    page.locator("[data-upload]").first.set_input_files(
        {"name": "nha-van-hoa.jpg", "mimeType": "image/jpeg", "buffer": photograph()}
    )
    page.wait_for_timeout(800)
    line(page)
    page.evaluate("dispatchEvent(new Event('online'))")
    says(page, "Biên nhận N")
    page.wait_for_selector("[data-uploads] a", timeout=40_000)
    assert re.search(r"/evidence/\d+", page.locator("[data-uploads] a").get_attribute("href"))
    page.locator("button[value=send]").click()
    page.wait_for_url(re.compile("receipt=20"))
    assert "Đã gửi, biên nhận" in page.locator(".said-bar").inner_text()
    page.reload()
    assert "nha-van-hoa.jpg" in page.locator(".proofs").inner_text()
    shown = page.locator("[data-indicator]").first.locator("input[inputmode]").first.input_value()
    assert shown == "92,5"


def test_what_was_typed_survives_a_closed_tab_without_a_line(phone, address):
    page = opened(phone, address, FORM.replace("/16", "/12"))
    line(page, offline=True)
    page.locator("input[inputmode]").first.fill("71,5")
    says(page, "trên máy này")
    page.wait_for_timeout(600)
    page.close()
    again = opened(phone.context.new_page(), address, FORM.replace("/16", "/12"))
    assert again.locator("input[inputmode]").first.input_value() == "71,5"
    says(again, "Biên nhận N")


def test_two_windows_on_one_field_choose(phone, address):
    path = FORM.replace("/16", "/11")
    one, other = opened(phone, address, path), opened(phone.context.new_page(), address, path)
    one.locator("input[inputmode]").first.fill("11")
    says(one, "Biên nhận N")
    other.locator("input[inputmode]").first.fill("12,5")
    other.wait_for_selector("[data-problem] button")
    told = other.locator("[data-problem]").inner_text()
    assert "11" in told and "12,5" in told
    other.locator("[data-problem] button", has_text="Giữ của tôi").click()
    says(other, "Biên nhận N")
    assert opened(phone.context.new_page(), address, path).locator("input[inputmode]").first.input_value() == "12,5"


def test_with_script_off_the_form_is_a_form(browser, address):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    sign_in(page, address, "can-bo-dam-thuy")
    page.goto(address + FORM.replace("/16", "/10"))
    page.locator("input[inputmode]").first.fill("ba mươi")
    page.locator("button[value=send]").click()
    assert "không phải là một số" in page.locator("#problems").inner_text()
    assert page.locator("input[inputmode]").first.input_value() == "ba mươi"
    page.goto(address + FORM.replace("/16", "/10"))
    page.locator("input[inputmode]").first.fill("32,4")
    page.locator("button[value=send]").click()
    assert "Đã gửi, biên nhận" in page.locator(".said-bar").inner_text()
    page.reload()
    assert "Đã gửi, biên nhận" in page.locator(".said-bar").inner_text()
    page.go_back()
    assert page.locator("input[inputmode]").first.input_value() == "32,4"
    context.close()
