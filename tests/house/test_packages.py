"""What is installed stays small, pinned with hashes, and names no place it came from."""

from __future__ import annotations

import re
from importlib import metadata

import pytest

from tests.house.source import ROOT

PINS = sorted((ROOT / "requirements").glob("*.txt"))


@pytest.mark.parametrize("path", PINS, ids=lambda path: path.name)
def test_pins_have_hashes_and_no_addresses(path):
    text = path.read_text()
    entries = re.split(r"\n(?=[a-z])", text.strip())
    assert "://" not in text
    assert [entry.splitlines()[0] for entry in entries if "--hash=sha256:" not in entry or "==" not in entry] == []


def test_the_base_install_stays_under_400_megabytes():
    """Every package of requirements/base.txt, as installed here."""
    size = 0
    for name in re.findall(
        r"^([a-z0-9._-]+)(?:\[[a-z,]+\])?==", (ROOT / "requirements/base.txt").read_text(), re.MULTILINE
    ):
        try:
            files = metadata.distribution(name).files or []
        except metadata.PackageNotFoundError:
            continue  # a pin for another platform
        size += sum(path.stat().st_size for file in files if (path := file.locate()).is_file())
    assert 100e6 < size < 400e6
