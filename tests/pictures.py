"""Pictures of the main pages for the docs: `make screenshots` (the demo must be loaded).

Serves the installed demo on a free port, opens each page in Chromium at desk and phone width, in both
languages, and writes docs/pictures/<page>-<width>-<lang>.png.
"""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from tests.chromium import FLAGS, chromium

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
AT = "at=2019-12-31"
PAGES = {
    "situation": f"/?{AT}",
    "matrix": f"/matrix?{AT}",
    "commune": f"/units/01375?{AT}",
    "two-sets": "/units/01417/compare?at=2022-12-31",
}
WIDTHS = {"desk": (1440, 900), "phone": (390, 844)}


@contextlib.contextmanager
def served() -> Iterator[str]:
    """The demo on a free port, stopped afterwards."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-c", "from chungsuc.config.command import main; main()", "serve", "--port", str(port)]
    process = subprocess.Popen(command, env=os.environ, stdout=subprocess.DEVNULL)
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


def main() -> None:
    """Take every picture."""
    from playwright.sync_api import sync_playwright

    path, why = chromium()
    if path is None:
        raise SystemExit(why)
    PICTURES.mkdir(parents=True, exist_ok=True)
    only = set(sys.argv[1:])
    with served() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        for name, (width, height) in WIDTHS.items():
            page = browser.new_page(viewport={"width": width, "height": height})
            for lang in ("vi", "en"):
                for title, target in PAGES.items():
                    if only and title not in only:
                        continue
                    page.goto(f"{address}{target}&lang={lang}", wait_until="networkidle")
                    page.screenshot(path=PICTURES / f"{title}-{name}-{lang}.png")
        browser.close()


if __name__ == "__main__":
    main()
