"""Reading through the API: every document, its language, tags, pages; what is not there."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chungsuc.assessment.rules import FigureEntry
from chungsuc.criteria import queries as criteria
from chungsuc.kit import memory
from tests.doors.api.caller import SET, codes
from tests.reports import land

AT = "at=2019-12-31"
# What each address may ask of the database, whatever the number of communes.
COUNTS = {
    f"/units?{AT}": 4,
    f"/units/99001?{AT}": 4,
    f"/units/99001/lineage?{AT}": 10,
    f"/find?q=ao+sen&{AT}": 3,
    "/sets": 2,
    f"/sets/{SET}/units/99001?{AT}": 6,
    f"/units/99005/figures?{AT}": 6,
    f"/units/99005/figures/4.2?{AT}": 5,
    f"/figures?{AT}": 8,
    f"/units/99005/verdict?{AT}": 13,
    f"/verdicts?{AT}": 10,
    f"/situation?{AT}": 22,
    f"/titles?{AT}": 9,
}


@pytest.mark.parametrize("path", COUNTS)
def test_every_document_is_read_by_a_visitor_with_few_questions(visitor, path):
    with CaptureQueriesContext(
        connection,
    ) as asked:
        response = visitor.get(path)
    assert response.status_code == 200, response.content
    assert len(asked) == COUNTS[path]
    assert response.headers["Content-Type"].startswith("application/json")
    assert "Authorization" in response.headers["Vary"] and "Set-Cookie" not in response.headers


@pytest.mark.parametrize("address", ["/units", "/figures", "/verdicts", "/titles"])
def test_long_pages_ask_the_database_as_often_as_short_ones(visitor, address):
    counts = []
    for limit in (1, 500):
        memory.clear_all()
        with CaptureQueriesContext(connection) as asked:
            assert visitor.get(f"{address}?{AT}&limit={limit}").status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_units_on_a_day_are_those_in_force_then(visitor):
    before = {one["code"] for one in visitor.get(f"/units?{AT}&kind=commune").json()["items"]}
    after = {one["code"] for one in visitor.get("/units?at=2020-12-31&kind=commune").json()["items"]}
    assert before - after == {"99002", "99006"} and after < before
    merged = visitor.get("/units/99002?at=2020-12-31")
    assert (merged.status_code, codes(merged)) == (404, ["unit.not_in_force"])
    assert "99001" in merged.json()["problems"][0]["facts"]["became"][0]


def test_lineage_and_search_lead_from_an_old_name_to_today(visitor):
    found = visitor.get("/find?q=bai cat").json()["items"]
    assert [(one["code"], one["valid_to"]) for one in found] == [("99002", "2020-03-01")]
    led = visitor.get(f"/units/99002/lineage?{AT}").json()
    assert [one["name"] for one in led["in_force_today"]] == ["Xã Ao Cát"]


def test_a_set_in_a_place_carries_its_thresholds(visitor):
    told = visitor.get(f"/sets/{SET}/units/99001?{AT}").json()
    assert told["context"] == {"region": "tdmnpb", "year": 2019, "classes": {}}
    rules = {one["code"]: one["rule"] for criterion in told["criteria"] for one in criterion["indicators"]}
    assert rules["4.2"] == {"node": "where_applicable", "rule": {"node": "at_least", "limit": "95"}}


def test_figures_come_with_their_kind_and_exact_counts(visitor):
    figures = {one["indicator"]: one for one in visitor.get(f"/units/99005/figures?{AT}").json()["figures"]}
    assert (figures["4.2"]["value"], figures["4.2"]["num"], figures["4.2"]["den"]) == (94.9, 949, 1000)
    assert figures["1.1"]["value"] is True and "8.1" not in figures
    many = {one["unit"]: one["figures"] for one in visitor.get(f"/figures?{AT}").json()["items"]}
    assert {one["indicator"]: one for one in many["99005"]} == figures and many["99002"] == []


def test_known_takes_figures_away_that_had_not_been_recorded(visitor):
    assert visitor.get(f"/units/99005/figures?{AT}&known=2020-01-09").json()["figures"] == []
    assert visitor.get(f"/situation?{AT}&known=2020-01-09").json()["without_figures"] == 5
    assert visitor.get(f"/situation?{AT}&known=2020-01-10").json()["without_figures"] == 1


def test_the_verdict_on_one_commune_is_the_one_in_the_list(visitor):
    listed = {one["unit"]: one for one in visitor.get(f"/verdicts?{AT}").json()["items"]}
    assert listed["99003"]["basis"] == "marks" and listed["99003"]["met"] == 12
    for code, line in listed.items():
        one = visitor.get(f"/units/{code}/verdict?{AT}").json()
        assert (one["met"], one["of"], one["basis"]) == (line["met"], line["of"], line["basis"])
        assert {str(criterion["number"]): criterion["verdict"] for criterion in one["criteria"]} == line["criteria"]
    failed = visitor.get(f"/units/99005/verdict?{AT}&lang=en").json()["criteria"][3]["indicators"][1]
    assert (failed["verdict"], failed["threshold"], failed["margin"]) == ("not_met", 95, -0.1)
    assert failed["why"] and failed["article"]


def test_titles_and_situation_agree(visitor):
    titles = visitor.get(f"/titles?{AT}&under=991").json()["items"]
    assert [(one["unit_code"], one["year"]) for one in titles] == [("99003", 2019)]
    assert visitor.get(f"/situation?{AT}&unit=991").json()["recognised"] == 1
    assert visitor.get(f"/titles?{AT}&under=992").json()["items"] == []


def test_pages_are_the_whole_list_while_figures_and_units_come(visitor):
    whole = [one["unit"] for one in visitor.get(f"/verdicts?{AT}&limit=500").json()["items"]]
    seen, path = [], f"/verdicts?{AT}&limit=2"
    while path:
        page = visitor.get(path).json()
        seen += [one["unit"] for one in page["items"]]
        land.record("99002", {"2.1": FigureEntry(Decimal(len(seen)))}, recorded=date(2020, 2, len(seen)))
        path = page["next"] and page["next"].removeprefix("/api/v1")
    assert seen == whole == sorted(set(whole))


def test_history_pages_hold_every_line_once_while_lines_are_added(visitor):
    for day in range(1, 8):
        land.record("99001", {"2.1": FigureEntry(Decimal(day))}, recorded=date(2020, 3, day))
    start = "/units/99001/figures/2.1?at=2019-12-31&limit=3"
    whole = [one["id"] for one in visitor.get(start.replace("limit=3", "limit=500")).json()["items"]]
    seen, path = [], start
    while path:
        page = visitor.get(path).json()
        seen += [one["id"] for one in page["items"]]
        land.record("99001", {"2.1": FigureEntry(Decimal(50 + len(seen)))}, recorded=date(2020, 4, len(seen)))
        path = page["next"] and page["next"].removeprefix("/api/v1")
    assert seen == whole and len(whole) >= 7


def test_a_cursor_of_another_list_is_refused(visitor):
    cursor = visitor.get(f"/units?{AT}&limit=1").json()["next"].split("after=")[1]
    answer = visitor.get(f"/units/99001/figures/2.1?{AT}&after={cursor}")
    assert (answer.status_code, codes(answer)) == (400, ["api.bad_cursor"])


def test_etag_spares_the_body_and_fixed_documents_keep(visitor):
    for path, keeps in (
        ("/sets", "max-age=3600"),
        (f"/units?{AT}", "max-age=300"),
        ("/units", "no-cache"),
        (f"/situation?{AT}&known=2020-06-01", "max-age=300"),
        (f"/situation?{AT}", "no-cache"),
    ):
        first = visitor.get(path)
        assert first.headers["Cache-Control"] == f"private, {keeps}"
        again = visitor.get(path, If_None_Match=first.headers["ETag"])
        assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", first.headers["ETag"])
    tag = visitor.get(f"/units/99001/figures?{AT}").headers["ETag"]
    land.record("99001", {"2.1": FigureEntry(Decimal(7))}, recorded=date(2021, 1, 1))
    assert visitor.get(f"/units/99001/figures?{AT}", If_None_Match=tag).status_code == 200


def test_the_language_follows_the_caller(visitor):
    said = {
        lang: visitor.get("/units/00", Accept_Language=wanted).json()["problems"][0]["text"]
        for lang, wanted in (("vi", "fr, vi;q=0.5, en;q=0.4"), ("en", "en-GB,vi;q=0.9"))
    }
    assert said["vi"] != said["en"] == visitor.get("/units/00?lang=en").json()["problems"][0]["text"]
    assert visitor.get("/sets?lang=en").headers["Content-Language"] == "en"


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/nothing", 404, "api.not_found"),
        ("/units/", 404, "api.not_found"),
        ("/units/00", 404, "unit.unknown"),
        (f"/units/99005/figures?set=no-such&{AT}", 404, "criteria.set_unknown"),
        (f"/units/99005/figures/99.9?{AT}", 404, "card.no_such_indicator"),
        (f"/units/991/verdict?{AT}", 400, "api.other_kind"),
        ("/situation?at=2099-01-01", 400, "situation.date_in_future"),
        ("/units?at=31.12.2019", 422, "api.bad_day"),
        ("/units?at=2019-02-29", 422, "api.bad_day"),
        ("/units?at=1899-12-31", 422, "api.bad_day"),
        ("/units?at=2101-01-01", 422, "api.bad_day"),
        ("/units?limit=501", 422, "api.bad_value"),
        ("/units?limit=99999999999999999999", 422, "api.bad_value"),
        ("/units?after=%00", 422, "api.bad_pattern"),
        ("/units?after=zz", 400, "api.bad_cursor"),
        ("/find", 422, "api.missing"),
        ("/find?q=%00", 422, "api.bad_pattern"),
        ("/units/99%00", 422, "api.bad_pattern"),
    ],
)
def test_bad_questions_are_answered_in_the_one_shape(visitor, path, status, code):
    answer = visitor.get(path)
    assert (answer.status_code, codes(answer)[0]) == (status, code)


def test_other_methods_are_told_which_to_use(visitor):
    for method in ("put", "delete", "patch", "options", "post"):
        answer = getattr(visitor.client, method)("/api/v1/units", headers={})
        assert (answer.status_code, answer.headers["Allow"], codes(answer)) == (405, "GET", ["api.method"])
    assert visitor.client.head("/api/v1/sets").status_code == 200


def test_a_fault_of_ours_is_told_without_a_word_of_it(visitor, monkeypatch):
    def fail() -> None:
        raise RuntimeError("secret")

    monkeypatch.setattr(criteria, "sets", fail)
    answer = visitor.get("/sets")
    assert (answer.status_code, codes(answer)) == (500, ["api.broken"]) and b"secret" not in answer.content


def test_too_many_questions_must_wait(visitor, settings):
    settings.CHUNGSUC_API_ADDRESS_PER_MINUTE = 3
    answers = [visitor.get("/sets") for _ in range(5)]
    refused = [one for one in answers if one.status_code == 429]
    assert len(refused) >= 1 and codes(refused[0]) == ["api.too_many_requests"]
    assert 1 <= int(refused[0].headers["Retry-After"]) <= 60
