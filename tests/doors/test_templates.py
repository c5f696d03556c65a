"""The templates: every sentence from the catalogue, every template used, colours that can be read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client

from chungsuc.criteria import queries as criteria
from chungsuc.criteria.engine import VERDICTS
from chungsuc.doors.ui.headers import POLICY
from chungsuc.kit import catalogue
from chungsuc.kit.catalogue import text
from tests.house.source import PACKAGE, python_files

FOLDERS = (PACKAGE / "doors" / "desk" / "pages", PACKAGE / "doors" / "ui" / "templates")
TEMPLATES = sorted(path for folder in FOLDERS for path in folder.rglob("*.html"))
TOKENS = (PACKAGE / "doors" / "ui" / "styles" / "tokens.css").read_text(encoding="utf-8")


def name_of(path: Path) -> str:
    return str(path.relative_to(next(folder for folder in FOLDERS if path.is_relative_to(folder))))


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_every_sentence_comes_from_the_catalogue(path):
    source = path.read_text(encoding="utf-8")
    keys = re.findall(r"""\{%\s*(?:t|rich)\s+["']([a-z0-9_.]+)["']""", source)
    assert [key for key in keys if key not in catalogue.phrases()] == []
    markup = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", " ", source, flags=re.DOTALL)
    bare = re.sub(r"<[^>]*>", " ", markup)
    assert re.findall(r"[A-Za-zÀ-ỹĐđ]{3,}", re.sub(r"&\w+;", " ", bare)) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_no_template_asks_for_what_the_policy_forbids(path):
    source = path.read_text(encoding="utf-8")
    assert all("src=" in one or 'type="application/json"' in one for one in re.findall(r"<script[^>]*>", source))
    assert "style=" not in source and "|safe" not in source and "autoescape" not in source
    assert not re.search(r"""(?:src|href)=["'](?:https?:)?//""", source)
    assert "'unsafe-" not in POLICY


def test_every_template_is_used():
    everything = "\n".join(path.read_text(encoding="utf-8") for path in (*TEMPLATES, *python_files()))
    unused = [name_of(path) for path in TEMPLATES if everything.count(f'"{name_of(path)}"') == 0]
    assert unused == []


def test_every_desk_phrase_is_used():
    everything = "\n".join(path.read_text(encoding="utf-8") for path in (*TEMPLATES, *python_files()))
    by_kind = "level|part|change|title|step|history|search\\.document|trend|aside|gap|changed|card\\.step"
    made = re.compile(rf"^desk\.({by_kind})\.|^(verdict|provenance)\.")
    words = [key for key in catalogue.phrases() if key.startswith(("desk.", "ui."))]
    assert [key for key in words if key not in everything and not made.match(key)] == []


def test_every_verdict_and_provenance_has_a_word_and_every_verdict_a_mark():
    parts = (PACKAGE / "doors" / "ui" / "styles" / "parts.css").read_text(encoding="utf-8")
    for verdict in VERDICTS:
        assert f"verdict.{verdict.value}" in catalogue.phrases()
        assert f".mark.{verdict.value} " in parts
    for one in criteria.national_sets().values():
        for indicator in one.indicators:
            assert f"provenance.{indicator.provenance.status}" in catalogue.phrases()


def colours(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{3,6})", block))


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(char * 2 for char in colour[1:])
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


SCREEN = TOKENS.split("@media print")[0]
LIGHT, DARK = (colours(block) for block in SCREEN.split("@media (prefers-color-scheme: dark)"))


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
def test_words_can_be_read(scheme):
    for ink in ("ink", "ink-2", "ink-3", "accent"):
        for paper in ("paper", "sheet", "wash"):
            assert contrast(scheme[ink], scheme[paper]) >= 4.5, (ink, paper)
    assert contrast(scheme["on-accent"], scheme["accent"]) >= 4.5
    assert contrast(scheme["demo"], scheme["demo-wash"]) >= 4.5
    for band in range(1, 6):
        assert contrast(scheme[f"on-band-{band}"], scheme[f"band-{band}"]) >= 4.5, band


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
def test_marks_stand_out_and_differ_in_lightness(scheme):
    assert contrast(scheme["met"], scheme["sheet"]) >= 3
    assert contrast(scheme["not-met"], scheme["sheet"]) >= 3
    assert contrast(scheme["nearly"], scheme["sheet"]) >= 3
    order = sorted(luminance(scheme[name]) for name in ("met", "nearly", "not-met"))
    assert order[1] - order[0] > 0.03 and order[2] - order[1] > 0.03


@pytest.mark.django_db
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_page_that_only_reads_says_so_in_the_readers_language(lang):
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(f"/?lang={lang}")
    assert answer.status_code == 405
    assert text("page.cannot_be_sent", lang) in answer.content.decode()
