"""Debian's Chromium for the tests that open a browser; installed where it is missing and that can be done."""

from __future__ import annotations

import os
import shutil
import subprocess
from functools import cache

# No look-ups of its own: a test browser talks to the page under test and to nobody else.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]


@cache
def chromium() -> tuple[str | None, str]:
    """The browser's path, or None and the reason why there is none."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found, ""
    if not shutil.which("apt-get") or os.geteuid() != 0:
        return None, "Chromium is not installed, and only root on Debian or Ubuntu can install it from here"
    quiet = {"env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}, "capture_output": True, "text": True}
    subprocess.run(["apt-get", "update", "-q"], check=False, **quiet)
    done = subprocess.run(["apt-get", "install", "-qy", "--no-install-recommends", "chromium"], check=False, **quiet)
    found = shutil.which("chromium")
    return found, "" if found else f"Chromium could not be installed: {done.stderr[-300:]}"
