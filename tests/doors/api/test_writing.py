"""Writing through the API: keys, rights, one effect for each request, all or nothing."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection

from chungsuc.accounts import actions, queries
from chungsuc.kit import clock
from tests import cast
from tests.doors.api.caller import SET, Caller, codes, figures


def lines() -> int:
    """How many figures stand in the table."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM assessment_figure")
        return cursor.fetchone()[0]


def row(unit: str, indicator: str = "2.1", value: object = 80, **more: object) -> dict[str, object]:
    """One row of a batch."""
    return {"unit": unit, "speaks_of": "2019-12-31", "indicator": indicator, "value": value, **more}


def batch(*rows: dict[str, object]) -> dict[str, object]:
    """A body of many rows."""
    return {"set": SET, "source": "phần mềm", "rows": list(rows)}


def test_an_officer_writes_and_reads_back_what_was_written(officer):
    sent = figures(**{"x4.2": {"num": 949, "den": 1000}, "x2.1": {"value": 90.5, "note": "đo lại"}})
    answer = officer.post("/units/99001/figures", sent)
    told = answer.json()
    assert (answer.status_code, told["accepted"], told["recorded"], told["units"]) == (200, True, 2, ["99001"])
    assert set(told["figures"]) == {"4.2", "2.1"} and told["verdicts"] >= 0
    line = officer.get("/units/99001/figures/2.1?at=2019-12-31").json()["items"][0]
    assert (line["id"], line["value"], line["level"], line["note"], line["author"]) == (
        told["figures"]["2.1"],
        90.5,
        "self",
        "đo lại",
        cast.OFFICER.code,
    )


def test_the_same_request_again_gives_the_same_receipt_and_another_body_a_conflict(officer):
    key, before = str(uuid4()), lines()
    first = officer.post("/units/99001/figures", figures(), key=key)
    again = officer.post("/units/99001/figures", figures(), key=key)
    assert (again.status_code, again.json(), again.headers["Replayed"]) == (200, first.json(), "true")
    assert "Replayed" not in first.headers and lines() == before + 1
    other = officer.post("/units/99001/figures", figures(**{"x2.1": {"value": 91}}), key=key)
    assert (other.status_code, codes(other)) == (409, ["command.conflict"])
    assert lines() == before + 1


def test_a_key_of_another_person_is_not_told_about(officer, coordinator):
    key = str(uuid4())
    assert officer.post("/units/99001/figures", figures(), key=key).status_code == 200
    other = coordinator.post("/units/99001/figures", figures(), key=key)
    assert (other.status_code, codes(other)) == (404, ["command.unknown"])


def test_a_changed_figure_needs_a_reason_and_tells_who_was_first(officer):
    number = officer.post("/units/99001/figures", figures()).json()["figures"]["2.1"]
    change = figures(**{"x2.1": {"value": 70}})
    assert codes(officer.post("/units/99001/figures", change)) == ["figure.reason_missing"]
    overtaken = officer.post("/units/99001/figures", {**change, "reason": "nhầm", "seen": {"2.1": number - 1}})
    assert (overtaken.status_code, codes(overtaken)) == (409, ["figure.changed_meanwhile"])
    assert officer.post("/units/99001/figures", {**change, "reason": "nhầm", "seen": {"2.1": number}}).json()["changed"]


def test_another_units_figures_and_another_levels_are_refused(officer):
    before = lines()
    other = officer.post("/units/99003/figures", figures())
    assert (other.status_code, codes(other)) == (404, ["accounts.other_unit"])
    level = officer.post("/units/99001/figures", {**figures(), "level": "appraised"})
    assert (level.status_code, codes(level)) == (403, ["accounts.not_allowed"])
    mixed = officer.post("/figures", batch(row("99005"), row("99003")))
    assert (mixed.status_code, codes(mixed)) == (404, ["accounts.other_unit"])
    assert lines() == before


def test_without_a_key_nothing_is_written(visitor):
    answer = visitor.post("/units/99001/figures", figures())
    assert (answer.status_code, codes(answer)) == (401, ["api.key_missing"])
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_session_of_the_desk_is_no_key(visitor):
    actions.add_people(people=[cast.Person("mau", "Mẫu", cast.Role.COORDINATOR)], demo=True, by=cast.OPERATOR,
                       at=clock.now())  # fmt: skip
    visitor.client.force_login(queries.demo_account("mau"))
    assert visitor.post("/units/99001/figures", figures()).status_code == 401


def test_a_withdrawn_key_opens_nothing_from_the_next_request_on(officer):
    assert officer.get("/sets").status_code == 200
    number = queries.keys(cast.OFFICER.code)[0].id
    actions.revoke_key(number=number, by=cast.OPERATOR, at=clock.now())
    for answer in (officer.get("/sets"), officer.post("/units/99001/figures", figures())):
        assert (answer.status_code, codes(answer)) == (401, ["api.key_bad"])


def test_an_expired_key_and_a_made_up_one_are_refused(settled):
    long_ago = clock.now() - timedelta(days=10)
    old = actions.issue_key(code=cast.OFFICER.code, label="cũ", days=1, by=cast.OPERATOR, at=long_ago)
    for key in (old, "cs_made-up", "x", "cs_" + "a" * 500, "cs_é"):
        answer = Caller(key).client.get("/api/v1/sets", headers={"Authorization": f"Bearer {key}"})
        assert (answer.status_code, codes(answer)) == (401, ["api.key_bad"])
    basic = Caller().client.get("/api/v1/sets", headers={"Authorization": "Basic eDp5"})
    assert basic.status_code == 401


def test_wrong_keys_are_counted_apart(settled, settings):
    settings.CHUNGSUC_API_FAILED_PER_MINUTE = 2
    statuses = [Caller(f"cs_wrong{number}").get("/sets").status_code for number in range(4)]
    assert statuses[0] == 401 and 429 in statuses
    assert Caller().get("/sets").status_code == 200


def test_a_batch_is_taken_whole_or_not_at_all(coordinator):
    before = lines()
    bad = coordinator.post("/figures", batch(row("99001"), row("99002", value=101), row("99003", indicator="77")))
    assert bad.status_code == 400 and lines() == before
    assert {one["facts"]["line"] for one in bad.json()["problems"]} == {2, 3}
    strange = coordinator.post("/figures", batch(row("99001"), row("98765")))
    assert (strange.status_code, codes(strange)) == (404, ["unit.unknown"]) and lines() == before
    key = str(uuid4())
    good = [coordinator.post("/figures", batch(row("99001"), row("99002")), key=key) for _ in range(2)]
    assert good[0].json() == good[1].json() and good[0].json()["recorded"] == 2 and lines() == before + 2
    twice = coordinator.post("/figures", batch(row("99001", "2.2"), row("99001", "2.2")))
    assert (twice.status_code, codes(twice)[0]) == (400, "figure.twice")


@pytest.mark.parametrize(
    ("raw", "status", "code"),
    [
        (b"{", 400, "api.bad_json"),
        (b"\xff", 400, "api.bad_json"),
        (b" ", 400, "api.bad_json"),
        (b"[" * 100_000, 400, "api.bad_json"),
        (b'{"set": NaN}', 400, "api.bad_json"),
        (b'{"set": 1e999999999999999999999}', 400, "api.bad_json"),
        (b'{"set": "a", "set": "b"}', 400, "api.key_twice"),
        (b'{"set": "a\\u0000"}', 400, "api.bad_letters"),
        (b'{"set": "\\ud800"}', 400, "api.bad_letters"),
        (b"[]", 422, "api.bad_value"),
        (b"null", 422, "api.bad_value"),
        (b'{"source": "x", "figures": {}}', 422, "api.missing"),
    ],
)
def test_bad_bodies_are_answered_in_the_one_shape(officer, raw, status, code):
    answer = officer.post("/units/99001/figures", None, raw=raw)
    assert (answer.status_code, codes(answer)[0]) == (status, code), answer.content


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"figures": {"2.1": {"value": "90"}}}, "api.bad_value"),
        ({"figures": {"2.1": {"value": -1}}}, "api.bad_value"),
        ({"figures": {"2.1": {"value": 10**30}}}, "api.bad_value"),
        ({"figures": {"2.1": {"worth": 1}}}, "api.unknown_field"),
        ({"seen": {"2.1": 2**31}}, "api.bad_value"),
        ({"speaks_of": "1899-01-01"}, "api.bad_day"),
        ({"speaks_of": 20191231}, "api.bad_day"),
        ({"source": "x" * 400}, "api.too_long"),
        ({"level": "best"}, "api.bad_value"),
    ],
)
def test_misshapen_fields_are_named(officer, change, code):
    answer = officer.post("/units/99001/figures", {**figures(), **change})
    assert answer.status_code == 422 and code in codes(answer), answer.content
    assert all(one["facts"]["field"] for one in answer.json()["problems"])


def test_what_is_too_large_no_json_or_without_an_id_is_refused(officer):
    large = officer.post("/figures", None, raw=b'"' + b"x" * (2 * 1024 * 1024) + b'"')
    assert (large.status_code, codes(large)) == (413, ["api.too_large"])
    kind = officer.post("/figures", None, raw=b"a=1", content_type="application/x-www-form-urlencoded")
    assert (kind.status_code, codes(kind)) == (415, ["api.not_json"])
    many = officer.post("/figures", batch(*[row("99001")] * 5001))
    assert (many.status_code, codes(many)) == (422, ["api.too_long"])
    for key in ("", "not-a-uuid"):
        answer = officer.client.post(
            "/api/v1/figures", batch(row("99001")), content_type="application/json",
            headers=officer.headers({"Idempotency-Key": key}),
        )  # fmt: skip
        assert answer.status_code == 422 and answer.json()["problems"][0]["facts"]["where"] == "header"
