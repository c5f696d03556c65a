"""The documents tell the truth where a machine can tell: every link leads somewhere, every command named exists."""

from __future__ import annotations

import re

import click
import pytest

from chungsuc.config.command import root
from tests.house.source import ROOT, shown

PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "data").rglob("*.md")])


@pytest.mark.parametrize("page", PAGES, ids=shown)
def test_every_link_leads_somewhere(page):
    links = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    missing = [link for link in links if "://" not in link and not (page.parent / link).exists()]
    # The guide's generated pages and pictures are committed, so they are there in every clone.
    assert missing == []


@pytest.mark.parametrize("page", PAGES, ids=shown)
def test_every_command_named_exists(page):
    text = page.read_text(encoding="utf-8")
    for words in re.findall(r"(?:^|`)chungsuc ((?:[a-z]+ ?)+)", text, re.MULTILINE):
        command: click.Command | None = root
        for word in words.split():
            if not isinstance(command, click.Group):
                break
            found = command.get_command(click.Context(command), word)
            if found is None and command is root:
                pytest.fail(f"chungsuc {words}: there is no command {word}")
            command = found
