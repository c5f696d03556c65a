"""Pictures of every main page for the docs: `make screenshots` (the demo must be loaded).

Serves the installed demo on a free port, opens each page in Chromium at desk and phone width, in both languages,
light and dark, and writes docs/pictures/<page>-<width>-<lang>-<theme>.webp. Words given name the pages to take.
"""

from __future__ import annotations

import contextlib
import io
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from PIL import Image

from tests.chromium import FLAGS, chromium

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
AT = "at=2019-12-31"
OFFICER = "vpdp"  # a made-up person of the demo; forms are only shown to who is signed in
PAGES = {
    "situation": f"/?{AT}",
    "district": f"/units/047?{AT}",
    "matrix": f"/matrix?{AT}",
    "map": f"/map?{AT}&show=criterion:17",
    "board": f"/board?{AT}",
    "commune": f"/units/01375?{AT}",
    "indicator": f"/units/01495/indicators/17.1?{AT}",
    "criterion": f"/criteria/xa-ntm-2016-2020/criteria/17?{AT}",
    "two-sets": "/units/01417/compare?at=2022-12-31",
    "set": "/criteria/xa-ntm-2016-2020?region=tdmnpb",
    "search": "/search?q=dam+thuy",
    "entry": "/units/01501/entry/16?set=xa-ntm-2021-2025&day=2026-06-30",
    "grid": "/entry/grid?under=047&criterion=2&day=2019-12-31",
    "api": "/api/v1/docs?x=1",
}
WIDTHS = {"desk": (1440, 900), "phone": (390, 844)}


@contextlib.contextmanager
def served() -> Iterator[str]:
    """The demo on a free port, stopped afterwards."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-c", "from chungsuc.config.command import main; main()", "serve", "--port", str(port)]
    process = subprocess.Popen(command, env={**os.environ, "CHUNGSUC_DEMO": "1"}, stdout=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(200):
            with contextlib.suppress(OSError), urllib.request.urlopen(f"{address}/healthz", timeout=5):
                break
            time.sleep(0.1)
        yield address
    finally:
        process.terminate()
        process.wait(10)


def take(page: Any, address: str, name: str, wanted: set[str]) -> None:
    """Every page once, in the page's width, language and theme."""
    for title, target in PAGES.items():
        if wanted and title not in wanted:
            continue
        page.goto(f"{address}{target}", wait_until="networkidle")
        page.wait_for_timeout(250)
        with Image.open(io.BytesIO(page.screenshot())) as picture:
            picture.convert("RGB").save(PICTURES / f"{title}-{name}.webp", quality=82, method=6)


def main() -> None:
    """Take every picture."""
    from playwright.sync_api import sync_playwright

    path, why = chromium()
    if path is None:
        raise SystemExit(why)
    PICTURES.mkdir(parents=True, exist_ok=True)
    with served() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        for width, (across, down) in WIDTHS.items():
            for theme in ("light", "dark"):
                context = browser.new_context(viewport={"width": across, "height": down}, color_scheme=theme)
                page = context.new_page()
                page.goto(f"{address}/sign-in")
                page.locator(f"button[value={OFFICER}]").click()
                for lang in ("vi", "en"):
                    page.goto(f"{address}/criteria?lang={lang}")
                    take(page, address, f"{width}-{lang}-{theme}", set(sys.argv[1:]))
                context.close()
        browser.close()


if __name__ == "__main__":
    main()
