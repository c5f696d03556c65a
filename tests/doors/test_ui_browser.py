"""The parts in a real browser, with and without script, at two widths, light and dark: usable, axe-clean, whole.

The gallery is drawn once by Django's test client and given to the browser together with the built files: no server.
"""

from __future__ import annotations

import mimetypes
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.test import Client, override_settings

from tests import axe
from tests.doors.served import opened_browser

pytestmark = pytest.mark.browser
SITE = "http://desk.test"
Opened = Callable[..., Any]


@pytest.fixture(scope="module")
def drawn() -> dict[str, tuple[bytes, dict[str, str]]]:
    """The gallery in both languages, with its headers: the policy is in force in these tests too."""
    found = {}
    with override_settings(CHUNGSUC_DEMO=True):
        for lang in ("vi", "en"):
            answer = Client().get("/ui", headers={"Cookie": f"lang={lang}"})
            assert answer.status_code == 200
            found[lang] = (answer.content, {"Content-Security-Policy": answer["Content-Security-Policy"]})
    return found


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with opened_browser() as opened:
        yield opened


@pytest.fixture
def opened(browser: Any, drawn: dict[str, tuple[bytes, dict[str, str]]]) -> Iterator[Opened]:
    """Open the gallery; whatever the policy blocks or the scripts throw is a failure."""
    contexts, complaints = [], []

    def open_one(
        lang: str = "vi", width: int = 1440, theme: str = "light", script: bool = True, to: str = "/ui"
    ) -> Any:
        def answer(route: Any) -> None:
            path = urlsplit(route.request.url).path
            if not path.startswith("/static/"):
                body, headers = drawn[lang]
                route.fulfill(body=body, headers={**headers, "Content-Type": "text/html; charset=utf-8"})
            else:
                file = Path(finders.find(path.removeprefix("/static/")))
                route.fulfill(body=file.read_bytes(), content_type=mimetypes.guess_type(file.name)[0] or "font/woff2")

        context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=theme, java_script_enabled=script, base_url=SITE
        )
        contexts.append(context)
        context.route("**/*", answer)
        page = context.new_page()
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(to)
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_every_part_is_axe_clean_and_nothing_runs_out(opened, width, theme, lang):
    page = opened(lang, width, theme)
    assert axe.violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0


def test_axe_finds_what_is_wrong(opened):
    page = opened()
    page.evaluate(
        "document.querySelector('.brand').replaceChildren(); document.documentElement.removeAttribute('lang')"
    )
    assert {line.split(":")[0] for line in axe.violations(page)} == {"link-name", "html-has-lang"}


def test_the_theme_changes_without_a_reload_and_tells_whoever_draws(opened):
    page = opened()
    paper = "getComputedStyle(document.body).backgroundColor"
    before = page.evaluate(paper)
    page.evaluate("window.here = true; document.addEventListener('themechange', () => { window.told = true })")
    page.locator(".tools .to-dark").click()
    assert page.evaluate("[window.here, window.told, document.documentElement.dataset.theme]") == [True, True, "dark"]
    assert page.evaluate(paper) != before
    assert {one["name"]: one["value"] for one in page.context.cookies(SITE)} == {"theme": "dark"}
    assert page.locator(":focus").get_attribute("data-theme-to") == "light"
    page.keyboard.press("Enter")
    assert page.evaluate(paper) == before


def test_a_device_that_is_dark_is_offered_light(opened):
    page = opened(theme="dark")
    assert page.locator(".tools .to-light").is_visible() and not page.locator(".tools .to-dark").is_visible()
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_a_slash_goes_to_the_search_box_but_not_while_typing(opened):
    page = opened()
    page.keyboard.press("/")
    assert page.locator(":focus").get_attribute("id") == "q"
    page.locator("#f-plain").focus()
    page.keyboard.press("/")
    assert page.locator("#f-plain").input_value() == "/"


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_on_a_phone_every_page_is_behind_one_button(opened, script):
    page = opened(width=390, script=script)
    links = page.locator(".menu-sheet nav a")
    assert not page.locator(".nav").is_visible() and not links.first.is_visible()
    page.locator(".menu summary").click()
    assert all(links.nth(place).is_visible() for place in range(links.count())) and links.count() == 6
    sizes = [links.nth(place).bounding_box() for place in range(links.count())]
    assert all(box["height"] >= 44 and box["x"] >= 0 and box["x"] + box["width"] <= 390 for box in sizes)
    if script:
        page.keyboard.press("Escape")
        assert not links.first.is_visible() and page.locator(":focus").evaluate("one => one.tagName") == "SUMMARY"


def test_a_dialog_holds_the_focus_and_gives_it_back(opened):
    page = opened()
    page.locator("[data-opens]").click()
    assert page.locator("dialog").evaluate("one => one.matches(':modal')")
    assert axe.violations(page) == []
    page.keyboard.press("Escape")
    assert not page.locator("dialog").is_visible()
    assert page.evaluate("document.activeElement.hasAttribute('data-opens')")


def test_without_script_the_address_opens_the_dialog(opened):
    page = opened(script=False)
    assert not page.locator("dialog").is_visible()
    page.locator("[data-opens]").click()
    assert page.locator("dialog").is_visible()
    page.locator("dialog [data-shuts]").first.click()
    assert not page.locator("dialog").is_visible()


def test_a_table_takes_a_stop_of_the_keyboard_only_where_it_scrolls(opened):
    narrow, wide = opened(width=390), opened(width=1440)
    assert narrow.locator(".scroll").get_attribute("tabindex") == "0"
    wide.wait_for_function("!document.querySelector('.scroll').hasAttribute('tabindex')")


def test_what_was_left_empty_stays_out_of_the_address(opened):
    page = opened()
    page.locator("[data-ask] .button").click()
    page.wait_for_url("**/ui?*")
    assert urlsplit(page.url).query == "at=31%2F12%2F2019"
    page.go_back()
    assert page.locator("[name=known]").is_enabled()
