"""The demo served as `chungsuc serve` serves it, and a browser to look at it: for every journey."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.chromium import FLAGS, chromium


def command(*words: str) -> list[str]:
    """The command as it is installed."""
    return [sys.executable, "-c", "from chungsuc.config.command import main; main()", *words]


@contextmanager
def demo_served(home: Path, *, workers: int = 1) -> Iterator[str]:
    """The demo loaded into a data folder of its own and served on a free port, with its made-up people."""
    shutil.rmtree(home, ignore_errors=True)
    surroundings = {**os.environ, "CHUNGSUC_HOME": str(home), "CHUNGSUC_DEMO": "1"}
    surroundings.pop("CHUNGSUC_DATABASE_URL", None)
    surroundings.pop("CHUNGSUC_STATIC", None)
    loaded = subprocess.run(command("demo", "load"), env=surroundings, capture_output=True, text=True, check=False)
    assert loaded.returncode == 0, loaded.stderr
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    serve = command("serve", "--port", str(port), "--workers", str(workers))
    server = subprocess.Popen(serve, env=surroundings, **quiet)
    try:
        yield answering(f"http://127.0.0.1:{port}")
    finally:
        server.terminate()
        server.wait(20)
        subprocess.run(command("db", "stop"), env=surroundings, check=False, **quiet)


def answering(address: str) -> str:
    """The address, once the server behind it answers."""
    for _ in range(300):
        with contextlib.suppress(OSError), urllib.request.urlopen(f"{address}/healthz", timeout=5):
            return address
        time.sleep(0.1)
    raise AssertionError("the server does not answer")


@contextmanager
def opened_browser() -> Iterator[Any]:
    """Debian's Chromium; skips with a clear word where there is none and none can be installed."""
    sync_api = pytest.importorskip("playwright.sync_api")
    path, why = chromium()
    if path is None:
        pytest.skip(why)
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


def sign_in(page: Any, address: str, who: str) -> None:
    """As one of the demo's made-up people."""
    page.goto(f"{address}/sign-in")
    page.locator(f"button[value={who}]").click()
