"""The files of the law pass their own checker, and the generated pages are those of the files."""

from __future__ import annotations

import pytest

from chungsuc.criteria import queries, reference
from chungsuc.criteria.checking import check_file

FILES = [
    *queries.LAW.glob("*.yaml"),
    *(path for kind in ("overlays", "examples", "rules") for path in (queries.LAW / kind).glob("*.yaml")),
]
PAGES = queries.LAW.parent / "docs" / "reference"


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_nothing_is_wrong_with(path):
    kind, problems = check_file(path)
    assert [(one.code, dict(one.facts)) for one in problems] == []
    assert kind != "?"


@pytest.mark.parametrize("name", sorted(reference.pages()))
def test_the_page_is_what_the_law_generates(name):
    """Run `chungsuc criteria reference -o docs/reference` after changing the law."""
    assert (PAGES / name).read_text(encoding="utf-8") == reference.pages()[name]


def test_no_page_is_left_over():
    made = set(reference.pages())
    kept = {path.name for path in PAGES.glob("*.md") if path.name.startswith(("criteria-", "overlay-", "recognition-"))}
    assert kept == made


def test_unchecked_values_are_marked_on_the_page():
    page = reference.pages()["criteria-xa-ntm-2016-2020.md"]
    row = next(line for line in page.splitlines() if line.startswith("| 4.2 |"))
    assert "≥ 95% †" in row
    row = next(line for line in page.splitlines() if line.startswith("| 14.2 |"))
    assert "≥ 70%" in row and "†" not in row
    assert "Ví dụ, không phải quyết định của tỉnh" in reference.pages()["overlay-cao-bang-vi-du.md"]
