"""axe-core on an open page: WCAG 2.2 A and AA. The package comes with the front end's npm packages."""

from __future__ import annotations

from functools import cache
from typing import Any

from tests.house.source import ROOT

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@cache
def _source() -> str:
    return (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


def violations(page: Any) -> list[str]:
    """What a page breaks: rule and where, empty when nothing. Run by the debugger, so that the page's policy holds."""
    page.evaluate(_source())
    found = page.evaluate("tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", TAGS)
    return [f"{one['id']}: {node['target']}" for one in found["violations"] for node in one["nodes"][:3]]
