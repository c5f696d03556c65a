"""The entry endpoints: one effect for each command, whatever the line does to requests and replies; bad bodies."""

from __future__ import annotations

import random
from datetime import date
from uuid import uuid4

import pytest
from django.db import connection

from chungsuc.assessment import queries
from chungsuc.assessment.rules import Level
from chungsuc.territory import queries as territory
from tests.doors import entry_desk as desk

DROPPED, REPEATED = 0.10, 0.05


@pytest.fixture
def officer(settled):
    desk.add_people()
    return desk.signed_in(desk.OFFICER)


def post(client, told, path="/entry/drafts"):
    return client.post(path, told, content_type="application/json")


def rows():
    with connection.cursor() as cursor:
        cursor.execute("SELECT command::text, field->>'value' FROM assessment_draft ORDER BY id")
        return cursor.fetchall()


def test_a_thousand_requests_over_a_bad_line_are_each_taken_once(officer):
    chance, sent, wanted, requests = random.Random(20191231), [], [], 0
    while requests < 1000:
        told = desk.body(fields={"3.1": {"value": f"{len(sent) + 1}"}})
        times = chance.randint(2, 5) if chance.random() < REPEATED else 1
        while chance.random() < DROPPED:  # the reply was lost on the way: the client sends it again
            times += 1
        answers = [post(officer, told) for _ in range(times)]
        requests += times
        assert {one.status_code for one in answers} == {200}
        assert len({one.json()["receipt"] for one in answers}) == 1
        assert [one.headers.get("Replayed") for one in answers] == [None] + ["true"] * (times - 1)
        sent.append((told, answers[0].json()["receipt"]))
        wanted.append((told["command"], f"{len(sent)}"))
    assert rows() == wanted and len({receipt for _, receipt in sent}) == len(sent)
    for told, receipt in chance.sample(sent, 40):  # the browser was restarted and sends what it kept
        changed = post(officer, told | {"fields": {"3.1": {"value": "0"}}})
        assert (changed.status_code, changed.json()["problems"][0]["code"]) == (409, "command.conflict")
        assert post(officer, told).json()["receipt"] == receipt
    assert rows() == wanted


def test_sending_figures_again_gives_the_same_receipt(officer):
    told = desk.body(fields={"3.1": {"value": "80"}})
    first, second = post(officer, told, "/entry/figures"), post(officer, told, "/entry/figures")
    assert first.json() | {"replayed": True} == second.json() and second["Replayed"] == "true"
    assert first.json()["sent"] is True and first.json()["recorded"] == 1
    unit = territory.unit_at("99005", date(2019, 12, 31))
    assert queries.judgements_of(unit.id, desk.SET, date(2019, 12, 31))["3.1"][Level.SELF].value == 80
    wrong = post(officer, told, "/entry/drafts")
    assert (wrong.status_code, wrong.json()["problems"][0]["code"]) == (409, "command.conflict")


def test_the_command_of_another_person_is_not_there(officer):
    told = desk.body(fields={"3.1": {"value": "80"}})
    post(officer, told)
    answer = post(desk.signed_in(desk.COORDINATOR), told)
    assert (answer.status_code, answer.json()["problems"][0]["code"]) == (404, "command.unknown")


def test_a_conflict_shows_both_texts(officer):
    row = post(officer, desk.body(fields={"3.1": {"value": "80"}})).json()["rows"]["3.1"]
    post(desk.signed_in(desk.COORDINATOR), desk.body(fields={"3.1": {"value": "85"}}, seen={"3.1": row}))
    answer = post(officer, desk.body(fields={"3.1": {"value": "90"}}, seen={"3.1": row}))
    (problem,) = answer.json()["problems"]
    assert answer.status_code == 409 and problem["code"] == "draft.changed_elsewhere"
    assert problem["facts"]["theirs"] == {"value": "85"} and problem["facts"]["mine"] == {"value": "90"}
    assert desk.COORDINATOR.name in problem["text"]
    seen = {"3.1": problem["facts"]["row"]}
    assert post(officer, desk.body(fields={"3.1": {"value": "90"}}, seen=seen)).status_code == 200


@pytest.mark.parametrize("client_of", [desk.OTHER, desk.VERIFIER])
def test_another_unit_is_not_there(officer, client_of):
    for path in ("/entry/drafts", "/entry/figures"):
        answer = post(desk.signed_in(client_of), desk.body(fields={"3.1": {"value": "80"}}), path)
        assert (answer.status_code, answer.json()["problems"][0]["code"]) == (404, "unit.unknown")
    assert rows() == []


def test_nobody_signed_in(settled, client):
    answer = post(client, desk.body(fields={"3.1": {"value": "80"}}))
    assert (answer.status_code, answer.json()["problems"][0]["code"]) == (401, "entry.sign_in_first")


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({"command": "x"}, 400),
        ({"unit": "nowhere"}, 404),
        ({"unit": "\x00"}, 400),
        ({"set": "nothing"}, 404),
        ({"set": "\ud800"}, 400),
        ({"day": "31/12/2019"}, 400),
        ({"day": "2999-01-01"}, 400),
        ({"day": 5}, 400),
        ({"fields": []}, 400),
        ({"fields": {}}, 400),
        ({"fields": {"3.1": {"value": 80}}}, 400),
        ({"fields": {"3.1": {"value": "a\x00"}}}, 400),
        ({"fields": {"99.9": {"value": "1"}}}, 400),
        ({"fields": {"3.1": {"surprise": "1"}}}, 400),
        ({"fields": {"3.1": {"value": "1" * 5000}}}, 400),
        ({"seen": {"3.1": -1}}, 400),
        ({"seen": {"3.1": "x"}}, 400),
        ({"seen": []}, 200),
    ],
)
def test_bodies_that_are_wrong(officer, more, status):
    answer = post(officer, desk.body(fields={"3.1": {"value": "80"}}) | more)
    assert answer.status_code == status and (status == 200 or answer.json()["accepted"] is False)
    assert len(rows()) == (status == 200)


@pytest.mark.parametrize(
    ("raw", "status"), [(b"", 400), (b"{", 400), (b"\xff", 400), (b"[" * 9000, 400), (b" " * 6_000_000, 413)]
)
def test_bodies_that_are_no_json(officer, raw, status):
    answer = officer.post("/entry/drafts", raw, content_type="application/json")
    assert answer.status_code == status and answer.json()["accepted"] is False


def test_a_command_is_kept_even_when_nothing_was_new(officer):
    post(officer, desk.body(fields={"3.1": {"value": "80"}}))
    told = desk.body(str(uuid4()), fields={"3.1": {"value": "80"}})
    assert [post(officer, told).json()["receipt"] for _ in range(2)] == [None, None]
