"""One box over everything: old and new names, with and without marks, criteria, documents."""

from __future__ import annotations

import pytest
from django.test import Client

from chungsuc.territory import queries
from chungsuc.territory.rules import Kind
from tests import cast
from tests.reports import land


@pytest.fixture
def reader(db) -> Client:
    land.settle()
    return Client()


def hits(reader: Client, words: str) -> list[dict[str, str]]:
    return reader.get("/search/suggest", {"q": words}).json()["hits"]


def page(reader: Client, words: str, **more: str) -> str:
    answer = reader.get("/search", {"q": words, **more})
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("words", ["99005", "hạ bình", "ha binh", "Xã Hạ Bình"])
def test_a_unit_is_found_by_code_and_by_name_with_or_without_marks(reader, words):
    name = queries.unit_at("99005", cast.END_2019).name
    wanted = words if words.isdecimal() else name if words.startswith("X") else name.removeprefix("Xã ")
    found = hits(reader, wanted)
    assert any(one["to"].startswith("/units/99005") for one in found)


def test_a_unit_that_is_over_leads_to_its_last_day(reader):
    there = queries.units_at(cast.END_2019, "99", [Kind.COMMUNE])
    gone = [unit for unit in there if unit.valid_to is not None]
    assert gone, "the toy province has mergers"
    to = next(one["to"] for one in hits(reader, gone[0].name) if gone[0].code in one["to"])
    assert "at=" in to
    assert reader.get(to).status_code == 200


@pytest.mark.parametrize(("words", "to"), [("2.1", "/criteria/xa-ntm-2016-2020/criteria/2"), ("17", "criteria/17")])
def test_criteria_and_indicators_by_number(reader, words, to):
    assert to in page(reader, words)


def test_a_criterion_by_its_words_without_marks(reader):
    assert "/criteria/xa-ntm-2016-2020/criteria/11" in page(reader, "ho ngheo")


def test_documents_by_number(reader):
    assert "/criteria/xa-ntm-2016-2020" in page(reader, "1980")


def test_nothing_found_says_what_to_try(reader):
    said = page(reader, "zzzzzz")
    assert "Không tìm thấy" in said and "không dấu" in said
    assert hits(reader, "z") == []


def test_hostile_words_stay_words(reader):
    said = page(reader, "<script>alert(1)</script>%_\\'")
    assert "<script>alert" not in said
    assert reader.get("/search", {"q": "a\x00b"}).status_code == 400
    assert reader.get("/search", {"q": "x" * 201}).status_code == 400


def test_both_languages(reader):
    assert "Units" in page(reader, "99005", lang="en")


def test_few_questions_to_the_database(reader, django_assert_max_num_queries):
    reader.get("/search", {"q": "ha"})
    with django_assert_max_num_queries(20):
        reader.get("/search", {"q": "ha"})
