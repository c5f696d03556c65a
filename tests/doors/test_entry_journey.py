"""An officer enters a criterion with a photograph over a slow line and loses the line in between. Real Chromium."""

from __future__ import annotations

import io
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
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


def photograph(size: tuple[int, int] = (2400, 1800), quality: int = 92, grain: int = 40) -> bytes:
    """A large picture with something in it, as a phone takes it."""
    out = io.BytesIO()
    Image.effect_noise(size, grain).convert("RGB").save(out, "JPEG", quality=quality)
    return out.getvalue()


def soon(holds: Any, seconds: float = 60) -> None:
    """Wait until something holds: the pages' policy lets nobody wait inside them."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it did not come to hold"
        time.sleep(0.1)


def first_box(page: Any) -> Any:
    return page.locator("[data-indicator] input[inputmode]").first


def device_holds(page: Any, place: str) -> list[Any]:
    """What the page keeps on the device, in one of its stores."""
    return page.evaluate(
        """place => new Promise((done) => {
            const asked = indexedDB.open("chungsuc-entry");
            asked.onsuccess = () => {
                const all = asked.result.transaction(place).objectStore(place).getAll();
                all.onsuccess = () => { done(JSON.parse(JSON.stringify(all.result))); asked.result.close(); };
            };
        })""",
        place,
    )


def kept_at_server(browser: Any, address: str, path: str) -> str:
    """What a fresh device finds in the first box."""
    with fresh_device(browser, address) as page:
        return first_box(opened(page, address, path)).input_value()


@contextmanager
def fresh_device(browser: Any, address: str, who: str = "can-bo-dam-thuy", **more: Any) -> Iterator[Any]:
    context = browser.new_context(**{"viewport": {"width": 390, "height": 844}, "locale": "vi-VN", **more})
    page = context.new_page()
    sign_in(page, address, who)
    yield page
    context.close()


def test_an_officer_enters_over_a_slow_line_that_breaks(phone, address):
    page = opened(phone, address)
    assert violations(page) == []
    sent: list[int] = []
    page.on("request", lambda one: one.method == "PATCH" and sent.append(int(one.headers["upload-offset"])))
    line(page)
    field = page.locator("[data-indicator]").first
    first_box(page).fill("1.234")
    assert "1234 hay 1,234" in field.locator("[data-problem]").inner_text()
    field.locator("[data-problem] button", has_text="1,234").click()
    assert first_box(page).input_value() == "1,234" and field.locator("[data-problem]").inner_text() == ""
    page.locator("[data-upload]").first.set_input_files(
        [{"name": f"nha-van-hoa-{nth}.jpg", "mimeType": "image/jpeg", "buffer": photograph()} for nth in (1, 2)]
    )
    soon(lambda: any(one.evaluate("one => one.value") > 20 for one in page.locator("[data-uploads] progress").all()))
    line(page, offline=True)
    first_box(page).fill("92,5")
    assert "92,5" in field.locator("[data-verdict]").inner_text()
    says(page, "16.1 mới chỉ có trên máy này")
    says(page, "Mất mạng")
    page.locator("[data-uploads]", has_text="mất mạng").wait_for()
    assert field.locator("[data-where]").inner_text() == "Mới chỉ có trên máy này"
    assert len(device_holds(page, "files")) == 2 and device_holds(page, "queue")[0]["body"]["command"]
    line(page)
    page.evaluate("dispatchEvent(new Event('online'))")
    says(page, "Biên nhận N")
    soon(lambda: page.locator("[data-uploads] a").count() == 2)
    assert sent.count(0) == 2 and max(sent) > 0, "each file went on where it had stopped"
    page.locator("button[value=send]").click()
    page.wait_for_url(re.compile("receipt=20"))
    assert "Đã gửi, biên nhận" in page.locator(".said-bar").inner_text()
    opened(page, address)
    assert "nha-van-hoa-1.jpg" in page.locator(".proofs").inner_text()
    assert first_box(page).input_value() == "92,5"
    assert device_holds(page, "files") == device_holds(page, "queue") == device_holds(page, "drafts") == []


def test_what_was_typed_survives_a_closed_tab_without_a_line(phone, address):
    path = FORM.replace("/16", "/12")
    page = opened(phone, address, path)
    line(page, offline=True)
    first_box(page).fill("71,5")
    page.close()  # at once: nothing had time to be kept the ordinary way
    again = opened(phone.context.new_page(), address, path)
    assert first_box(again).input_value() == "71,5"
    says(again, "Biên nhận N")
    assert device_holds(again, "drafts") == []


def test_two_windows_of_one_browser_follow_each_other(phone, address):
    path = FORM.replace("/16", "/11")
    one, other = opened(phone, address, path), opened(phone.context.new_page(), address, path)
    first_box(one).fill("11")
    says(other, "Vừa gõ ở một cửa sổ khác")
    assert first_box(other).input_value() == "11"
    says(one, "Biên nhận N")
    first_box(other).fill("12,5")
    says(other, "Biên nhận N")
    soon(lambda: first_box(one).input_value() == "12,5")
    soon(lambda: device_holds(one, "drafts") == [])
    assert other.locator("[data-problem]").first.inner_text() == "" == one.locator("[data-problem]").first.inner_text()


def test_two_devices_on_one_field_choose(phone, browser, address):
    path = FORM.replace("/16", "/10")
    page = opened(phone, address, path)
    with fresh_device(browser, address, "vpdp") as other:
        first_box(opened(other, address, path)).fill("30")
        says(other, "Biên nhận N")
    first_box(page).fill("32,5")
    problem = page.locator("[data-problem]").first
    problem.locator("button").first.wait_for()
    assert [one.inner_text() for one in problem.locator("button").all()] == ["Giữ của tôi: 32,5", "Lấy giá trị kia: 30"]
    assert "Văn phòng Điều phối" in problem.inner_text()
    assert violations(page) == []
    assert kept_at_server(browser, address, path) == "30"
    problem.locator("button").first.click()
    says(page, "Biên nhận N")
    assert kept_at_server(browser, address, path) == "32,5"
    (choice,) = device_holds(page, "choices")
    assert (choice["which"], choice["held"]["theirs"]) == ("mine", {"value": "30"})


def test_a_session_that_ends_loses_nothing(phone, address):
    path = FORM.replace("/16", "/8")
    page = opened(phone, address, path)
    phone.context.clear_cookies()
    page.locator("[data-indicator] input[value=yes]").first.check()
    says(page, "Phiên làm việc đã hết")
    assert len(device_holds(page, "drafts")) == 1
    other = phone.context.new_page()
    sign_in(other, address, "vpdp")  # somebody else at the same computer
    opened(other, address, path)
    assert not other.locator("[data-indicator] input[value=yes]").first.is_checked()
    page.locator("button[value=save]").click()
    says(page, "Phiên làm việc đã hết")  # and it is not sent in the other's name
    phone.context.clear_cookies()
    sign_in(other, address, "can-bo-dam-thuy")
    page.bring_to_front()
    page.locator("button[value=save]").click()
    says(page, "Biên nhận N")


def test_files_that_do_not_fit_say_so_at_the_field(phone, address, tmp_path):
    page = opened(phone, address, FORM.replace("/16", "/15"))
    contents = {
        "lon.jpg": photograph((6000, 4000)) + b"\0" * (30 * 2**20),  # 30 MB: made smaller on the device
        "may.heic": b"\0\0\0\x18ftypheic" + b"\0" * 400,
        "gia.pdf": b"MZ" + b"\0" * 4000,
    }
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    page.locator("[data-upload]").first.set_input_files([tmp_path / name for name in contents])
    rows = page.locator("[data-uploads]").first.locator("li")
    rows.nth(0).locator("a").wait_for()
    rows.nth(1).filter(has_text="HEIC").wait_for()
    rows.nth(2).locator(".wrong").filter(has_text="gia.pdf").wait_for()
    assert device_holds(page, "files") == []
    assert violations(page) == []


def test_what_the_device_holds_can_be_saved_given_up_and_taken_back(phone, address, tmp_path):
    page = opened(phone, address, FORM.replace("/16", "/4"))
    box, dialog = first_box(page), page.locator("dialog")
    line(page, offline=True)
    box.fill("88,8")
    says(page, "Mất mạng")
    page.locator("button", has_text="Trên máy này").click()
    assert "4.2: 88,8" in dialog.inner_text()
    assert violations(page) == []
    with page.expect_download() as saved:
        dialog.locator("a[download]").click()
    saved.value.save_as(tmp_path / "kept.json")
    for word in ("Bỏ", "Bỏ hẳn?"):
        dialog.locator("li button", has_text=word).click()
    dialog.locator("li").wait_for(state="detached")
    line(page)
    dialog.locator("button", has_text="Đóng").click()
    soon(lambda: box.input_value() == "")
    opened(page, address, FORM.replace("/16", "/4"))
    page.locator("button", has_text="Trên máy này").click()
    dialog.locator("input[type=file]").set_input_files(tmp_path / "kept.json")
    soon(lambda: box.input_value() == "88,8")
    soon(lambda: device_holds(page, "drafts") == [])


def test_the_grid_keeps_the_habits_of_a_spreadsheet(browser, address):
    path = f"/entry/grid?under=04&criterion=16&set=xa-ntm-2021-2025&day={DAY}"
    with fresh_device(browser, address, "vpdp", viewport={"width": 1440, "height": 900}) as page:
        opened(page, address, path)
        assert violations(page) == []
        cells = page.locator("tbody tr").filter(has_not_text="Đàm Thủy").locator("[data-cell]")
        cells.nth(0).click()
        for key in ("8", "0", "Enter", "7", "/", "8", "Enter", "1", "2", "0", "Enter"):
            page.keyboard.press(key)
        assert page.locator("tbody [data-mark].met").count() >= 2
        paste(page, "91,5\n55\n")
        assert [box.input_value() for box in cells.all()[:6]] == ["80", "7", "8", "120", "91,5", "55"]
        page.keyboard.press("Control+z")
        assert [box.input_value() for box in cells.all()[4:6]] == ["", ""]
        page.keyboard.press("Control+y")
        page.keyboard.press("Shift+ArrowDown")
        assert "2 số · cộng 146,5 · trung bình 73,25" in page.locator(".cell-says").inner_text()
        page.keyboard.press("Control+d")
        assert cells.nth(5).input_value() == "91,5"
        says(page, "Biên nhận N")
        page.locator("button[value=send]").click()
        says(page, "Có chỗ cần sửa")
        assert page.evaluate("document.activeElement.value") == "120"
        page.keyboard.press("ArrowUp")
        page.keyboard.press("ArrowDown")
        assert "120% lớn hơn 100%" in page.locator(".cell-says").inner_text()
        page.keyboard.press("Delete")
        page.locator("button[value=send]").click()
        page.wait_for_url(re.compile("receipt=20"))


def paste(page: Any, text: str) -> None:
    page.evaluate(
        """text => {
            const clipboardData = new DataTransfer();
            clipboardData.setData("text/plain", text);
            const event = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
            document.activeElement.dispatchEvent(event);
        }""",
        text,
    )


def test_with_script_off_the_form_is_a_form(browser, address):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    sign_in(page, address, "can-bo-dam-thuy")
    page.goto(address + FORM.replace("/16", "/5"))
    page.locator("input[inputmode]").first.fill("ba mươi")
    page.locator("button[value=send]").click()
    assert "không phải là một số" in page.locator("#problems").inner_text()
    assert page.locator("input[inputmode]").first.input_value() == "ba mươi"
    page.goto(address + FORM.replace("/16", "/5"))
    page.locator("input[inputmode]").first.fill("32,4")
    page.locator("button[value=send]").click()
    assert "Đã gửi, biên nhận" in page.locator(".said-bar").inner_text()
    page.reload()
    assert "Đã gửi, biên nhận" in page.locator(".said-bar").inner_text()
    page.go_back()
    assert page.locator("input[inputmode]").first.input_value() == "32,4"
    context.close()
