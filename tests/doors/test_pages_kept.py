"""A page is given again while nothing was recorded, and made anew at once when something was."""

from __future__ import annotations

import pytest
from django.test import Client

from chungsuc.accounts import actions as people
from chungsuc.accounts import queries as accounts
from chungsuc.accounts.rules import OPERATOR, Person, Role
from tests import cast
from tests.reports import land

PAGE = "/units/99005?at=2019-12-31"


@pytest.fixture
def reader(settled) -> Client:
    return Client()


def test_the_same_page_again_costs_almost_nothing(reader, django_assert_max_num_queries):
    first = reader.get(PAGE)
    with django_assert_max_num_queries(5):
        again = reader.get(PAGE)
    assert again.content == first.content
    assert again.headers["ETag"] == first.headers["ETag"]


def test_who_has_it_already_is_told_so(reader):
    tag = reader.get(PAGE).headers["ETag"]
    answer = reader.get(PAGE, headers={"If-None-Match": tag})
    assert (answer.status_code, answer.content) == (304, b"")


def test_a_figure_recorded_since_is_on_the_page_at_once(reader):
    before = reader.get("/matrix?at=2019-12-31").content
    land.record("99002", land.good_figures())
    assert reader.get("/matrix?at=2019-12-31").content != before


def test_languages_themes_and_people_do_not_get_each_others_pages(reader):
    vietnamese = reader.get(f"{PAGE}&lang=vi").content
    english = reader.get(f"{PAGE}&lang=en").content
    assert vietnamese != english
    dark = Client()
    dark.cookies["theme"] = "dark"
    assert b'data-theme="dark"' in dark.get(PAGE).content
    assert b'data-theme="dark"' not in Client().get(PAGE).content
    officer = Person("officer", "Nông Thị Mẫu", Role.COMMUNE_OFFICER, "99005")
    people.add_people(people=[officer], demo=True, by=OPERATOR, at=cast.LONG_AGO)
    signed_in = Client()
    signed_in.force_login(accounts.demo_account("officer"))
    assert "Nông Thị Mẫu" in signed_in.get(PAGE).content.decode()
    assert "Nông Thị Mẫu" not in Client().get(PAGE).content.decode()


def test_compressed_and_plain_are_the_same_page(reader):
    import gzip

    plain = reader.get(PAGE, headers={"Accept-Encoding": "identity"})
    packed = reader.get(PAGE, headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert "Accept-Encoding" in packed.headers["Vary"] and "Cookie" in packed.headers["Vary"]


def test_a_refusal_is_not_kept(reader):
    assert reader.get("/units/99005?at=2019-13-45").status_code == 400
    assert "ETag" not in reader.get("/units/99005?at=2019-13-45").headers
