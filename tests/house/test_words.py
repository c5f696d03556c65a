"""Every reason has a sentence, in both languages, with the same facts."""

from __future__ import annotations

import ast
import re
from string import Formatter

import pytest

from chungsuc.kit import catalogue
from tests.house.source import PACKAGE, ROOT, python_files, shown, tree


def facts_of(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


def codes_in_source() -> dict[str, str]:
    """Every literal handed to `Reason(...)` or `text(...)`, with where it stands."""
    found = {}
    for path in python_files():
        if not path.is_relative_to(PACKAGE):
            continue
        for node in ast.walk(tree(path)):
            if not isinstance(node, ast.Call) or not node.args or not isinstance(node.args[0], ast.Constant):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            value = node.args[0].value
            if name in {"Reason", "text"} and isinstance(value, str) and re.fullmatch(r"[a-z_]+(\.[a-z0-9_]+)+", value):
                found[value] = f"{shown(path)}:{node.lineno}"
    return found


def test_every_code_in_the_source_has_a_sentence():
    known = catalogue.phrases()
    assert {code: where for code, where in codes_in_source().items() if code not in known} == {}


@pytest.mark.parametrize("key", sorted(catalogue.phrases()))
def test_both_languages_say_the_same(key):
    entry = catalogue.phrases()[key]
    assert set(entry) <= {"vi", "en", "mend"}
    assert entry["vi"].strip() and entry["en"].strip()
    assert facts_of(entry["vi"]) == facts_of(entry["en"])
    if "mend" in entry:
        assert set(entry["mend"]) == {"vi", "en"}
        assert facts_of(entry["mend"]["vi"]) == facts_of(entry["mend"]["en"])


def test_the_glossary_uses_words_that_the_code_uses():
    """Each code word of docs/glossary.md that is marked as in use occurs in the source."""
    rows = re.findall(
        r"^\| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", (ROOT / "docs" / "glossary.md").read_text(), re.MULTILINE
    )
    source = "\n".join(
        path.read_text(encoding="utf-8").lower() for path in python_files() if path.is_relative_to(PACKAGE)
    )
    words = [word for _, cell, _ in rows[1:] for word in re.findall(r"`([a-z_ ]+)`", cell)]
    assert len(words) > 15
    assert [word for word in words if word not in source and word.replace(" ", "_") not in source] == []
