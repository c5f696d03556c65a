"""The leaders' board as a page."""

from __future__ import annotations

import re

import pytest
from django.test import Client


@pytest.fixture
def reader(settled) -> Client:
    return Client()


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_one_screen_with_numbers_map_and_where_to_turn(reader, lang):
    answer = reader.get(f"/board?at=2019-12-31&lang={lang}")
    said = answer.content.decode()
    assert answer.status_code == 200
    assert said.count("<title>") >= 4 and "data-map-legend" in said
    assert re.search(r'class="attention"', said)
    assert ("Nên dồn sức vào đâu" if lang == "vi" else "Where attention should go") in said


def test_a_day_without_figures_says_what_to_do(reader):
    said = reader.get("/board?at=2019-01-05").content.decode()
    assert "Việc đầu tiên" in said


@pytest.mark.parametrize("address", ["/board?at=hôm qua", "/board?at=2019-13-01", "/board?unit=zz&at=2019-12-31"])
def test_bad_questions_are_told(reader, address):
    answer = reader.get(address)
    assert answer.status_code in (400, 404)
    assert "problem" in answer.content.decode()


def test_few_questions_to_the_database(reader, django_assert_max_num_queries):
    reader.get("/board?at=2019-12-31")
    with django_assert_max_num_queries(6):
        reader.get("/board?at=2019-12-31")
