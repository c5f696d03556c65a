"""The templates: every sentence from the catalogue, every template used, nothing that the policy forbids."""

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
NAMES = {"Excel", "CSV", "Word", "PDF"}  # the same in every language
TEMPLATES = sorted(path for folder in FOLDERS for path in folder.rglob("*.html"))


def name_of(path: Path) -> str:
    return str(path.relative_to(next(folder for folder in FOLDERS if path.is_relative_to(folder))))


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_every_sentence_comes_from_the_catalogue(path):
    source = path.read_text(encoding="utf-8")
    keys = re.findall(r"""\{%\s*(?:t|rich)\s+["']([a-z0-9_.]+)["']""", source)
    assert [key for key in keys if key not in catalogue.phrases()] == []
    markup = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", " ", source, flags=re.DOTALL)
    bare = re.sub(r"<[^>]*>", " ", re.sub(r"\{#.*?#\}", " ", markup))
    assert set(re.findall(r"[A-Za-zÀ-ỹĐđ]{3,}", re.sub(r"&\w+;", " ", bare))) <= NAMES


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
    by_kind = "matrix\\.only|matrix\\.sort|level|part|change|title|step|history|search\\.document|trend|aside|gap"
    by_kind += "|changed|card\\.step"
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


@pytest.mark.django_db
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_form_without_its_token_is_told_so_in_the_readers_language(lang):
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(f"/?lang={lang}")
    assert answer.status_code == 403
    assert text("page.cannot_be_sent", lang) in answer.content.decode()
