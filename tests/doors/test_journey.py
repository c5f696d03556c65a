"""One story in a real browser, on the demo: from the letter's numbers down to one figure, without script.

The demo is loaded into a data folder of its own and served as `chungsuc serve` serves it.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from chungsuc.config import places
from tests.chromium import FLAGS, chromium

pytestmark = [pytest.mark.browser, pytest.mark.slow]
LETTER = "?at=2019-12-31"
ROOT = Path(__file__).resolve().parent.parent.parent


def command(*words: str) -> list[str]:
    return [sys.executable, "-c", "from chungsuc.config.command import main; main()", *words]


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The demo served on a free port."""
    home = places.home() / "journey"
    shutil.rmtree(home, ignore_errors=True)
    surroundings = {**os.environ, "CHUNGSUC_HOME": str(home)}
    surroundings.pop("CHUNGSUC_DATABASE_URL", None)
    loaded = subprocess.run(command("demo", "load"), env=surroundings, capture_output=True, text=True, check=False)
    assert loaded.returncode == 0, loaded.stderr
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    server = subprocess.Popen(command("serve", "--port", str(port), "--workers", "1"), env=surroundings, **quiet)
    try:
        yield answering(f"http://127.0.0.1:{port}")
    finally:
        server.terminate()
        server.wait(20)
        subprocess.run(command("db", "stop"), env=surroundings, check=False, **quiet)


def answering(address: str) -> str:
    for _ in range(300):
        with contextlib.suppress(OSError), urllib.request.urlopen(f"{address}/healthz", timeout=5):
            return address
        time.sleep(0.1)
    raise AssertionError("the server does not answer")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Debian's Chromium."""
    sync_api = pytest.importorskip("playwright.sync_api")
    path, why = chromium()
    if path is None:
        pytest.skip(why)
    with sync_api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Any, address: str) -> Iterator[Any]:
    """A desk-wide page with script switched off; anything the policy blocks is a failure."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, java_script_enabled=False, base_url=address)
    opened, complaints = context.new_page(), []
    opened.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    opened.on("requestfailed", lambda request: complaints.append(request.url) if _refused(request) else None)
    yield opened
    context.close()
    assert complaints == []


def _refused(request: Any) -> bool:
    """A load that was blocked or not answered; one that the next page cut short is no fault."""
    return request.failure != "net::ERR_ABORTED"


def test_from_the_letter_to_one_figure(page):
    page.goto(f"/{LETTER}")
    lead = page.locator(".lead").inner_text()
    assert "20 trong 177 xã" in lead and "10,62" in lead and "86 xã (48,6%)" in lead
    assert "Số liệu mẫu" in page.locator(".demo").inner_text()
    assert "nâng tổng số xã đạt chuẩn nông thôn mới toàn tỉnh lên 20 xã" in page.locator(".paragraph").inner_text()
    page.get_by_role("link", name="Huyện Hà Quảng", exact=True).first.click()
    assert "18" in page.locator(".lead").inner_text()
    page.get_by_role("link", name="Xã Sóc Hà").first.click()
    assert "Đạt đủ 19/19" in page.locator(".lead").inner_text()
    page.get_by_role("link", name=re.compile(r"^4\.2 ")).first.click()
    assert "4.2" in page.locator("h1").inner_text()
    assert page.locator("tr.decides").count() == 1


def test_the_form_asks_for_another_day(page):
    page.goto(f"/{LETTER}")
    page.get_by_label("Số liệu tại ngày").fill("2020-12-31")
    page.get_by_role("button", name="Xem").click()
    assert "at=2020-12-31" in page.url
    assert "17 trong 139 xã" in page.locator(".lead").inner_text()
    assert "20 (cuối 2019) + 6 mới − 9 không còn tính = 17" in page.content()
    page.get_by_role("link", name="English").click()
    assert "17 of 139 communes" in page.locator(".lead").inner_text()
    page.go_back()


def test_the_matrix_fits_a_desk_and_its_heads_stay(page):
    page.goto(f"/matrix{LETTER}")
    box = page.locator("table.matrix").bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= 1440
    assert page.locator("table.matrix tbody tr:not(.group)").count() == 177
    last = page.get_by_role("link", name="Xã Trọng Con")
    last.scroll_into_view_if_needed()
    head = page.locator("table.matrix thead th").nth(1).bounding_box()
    assert 0 <= head["y"] < 20


@pytest.mark.parametrize("width", [360, 390, 768, 1024])
@pytest.mark.parametrize("target", ["/", "/matrix", "/units/01417", "/compare", "/criteria/xa-ntm-2016-2020"])
def test_nothing_runs_out_of_a_narrow_screen(browser, address, width, target):
    context = browser.new_context(viewport={"width": width, "height": 844}, base_url=address)
    page = context.new_page()
    page.goto(target + ("?at=2022-12-31" if target == "/compare" else LETTER))
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    context.close()


def test_the_keyboard_reaches_the_content_first(page):
    page.goto(f"/{LETTER}")
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "Đến nội dung chính"


@pytest.mark.parametrize("width", [1440, 390])
def test_a_leader_finds_in_three_steps_why_a_commune_is_not_met(browser, address, width):
    """Province, commune, indicator: each page axe-clean, the last one says why in one sentence."""
    context = browser.new_context(viewport={"width": width, "height": 844}, base_url=address)
    page = context.new_page()
    page.goto(f"/{LETTER}")
    assert "86 trong 177 xã đạt dưới 10 tiêu chí" in page.content()
    page.locator(".canvas").first.scroll_into_view_if_needed()
    page.wait_for_selector(".canvas canvas")
    assert accessible(page) == []
    page.get_by_role("link", name=re.compile("^Xã Đa Thông")).first.click()
    page.wait_for_url("**/units/01375**")
    assert "Đạt 9/19 tiêu chí, còn thiếu 10" in page.locator(".lead").inner_text()
    assert "còn thiếu 61 hộ" in page.locator("#tc-9").inner_text().lower()
    assert accessible(page) == []
    page.locator("#tc-9").get_by_role("link", name=re.compile(r"^9\.2 ")).click()
    assert "64,74% < 75%" in page.locator(".lead").inner_text()
    assert page.locator("tr.decides .badge").count() == 1
    assert accessible(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    context.close()


def accessible(page: Any) -> list[str]:
    """What axe finds against WCAG 2.2 AA on the page as it stands."""
    page.evaluate((ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8"))
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
    found = page.evaluate("tags => axe.run(document, {runOnly: tags})", tags)
    return [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found["violations"]]


def test_a_commune_prints_as_one_sheet(browser, address):
    pypdf = pytest.importorskip("pypdf")
    context = browser.new_context(base_url=address)
    page = context.new_page()
    page.goto(f"/units/01375{LETTER}")
    sheet = pypdf.PdfReader(io.BytesIO(page.pdf(format="A4", margin=dict.fromkeys(("top", "bottom"), "10mm"))))
    assert len(sheet.pages) == 1
    assert "XãĐaThông" in sheet.pages[0].extract_text().replace(" ", "")
    context.close()
