"""Sign-in, sign-out, the lock-out, the one-tap of the demo, API keys; and that production has no one-tap."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from chungsuc.accounts import actions, queries
from chungsuc.accounts.rules import OPERATOR, VISITOR, Person, Role, why_not_password
from chungsuc.kit import journal
from chungsuc.kit.errors import Refused

NOW = datetime(2020, 3, 2, 8, 0, tzinfo=UTC)
OFFICER = Person("officer", "Nông Thị Mẫu", Role.COMMUNE_OFFICER, "99005")
PASSWORD = "mot hai ba bon nam"


@pytest.fixture
def officer(db):
    actions.add_people(people=[OFFICER], demo=True, by=OPERATOR, at=NOW)
    actions.set_password(code="officer", password=PASSWORD, by=OPERATOR, at=NOW)
    return OFFICER


def codes(refused):
    return [one.code for one in refused.value.reasons]


def test_a_person_is_added_once_and_only_by_who_may(db):
    with pytest.raises(Refused) as refused:
        actions.add_people(people=[OFFICER], by=VISITOR, at=NOW)
    assert codes(refused) == ["accounts.not_allowed"]
    actions.add_people(people=[OFFICER], demo=True, by=OPERATOR, at=NOW)
    with pytest.raises(Refused) as refused:
        actions.add_people(people=[OFFICER], demo=True, by=OPERATOR, at=NOW)
    assert codes(refused) == ["accounts.exists"]
    assert queries.person("officer") == OFFICER


def test_the_unit_of_a_real_person_must_exist(db):
    with pytest.raises(Refused) as refused:
        actions.add_people(people=[OFFICER], by=OPERATOR, at=NOW)
    assert codes(refused) == ["unit.unknown"]


def test_passwords():
    assert why_not_password(PASSWORD, "officer") == ()
    assert [one.code for one in why_not_password("ngắn", "officer")] == ["accounts.password_short"]
    assert [one.code for one in why_not_password("officer mot hai ba", "officer")] == ["accounts.password_has_code"]


def test_sign_in_and_out(client, officer):
    answer = client.post("/sign-in", {"code": "officer", "password": PASSWORD, "next": "/matrix"})
    assert (answer.status_code, answer["Location"]) == (302, "/matrix")
    told = client.get("/account").content.decode()
    assert "Nông Thị Mẫu" in told and "Nhập số liệu và minh chứng" in told and "Nạp danh hiệu" not in told
    assert client.post("/sign-out").status_code == 302
    assert client.get("/account")["Location"] == "/sign-in"


@pytest.mark.parametrize(("code", "password"), [("officer", "wrong"), ("nobody", PASSWORD), ("officer\x00", PASSWORD)])
def test_a_wrong_code_and_a_wrong_password_say_the_same(client, officer, code, password):
    answer = client.post("/sign-in", {"code": code, "password": password})
    assert answer.status_code in (200, 400)
    assert "Mã đăng nhập hoặc mật khẩu không đúng" in answer.content.decode()


def test_too_many_tries_wait_even_with_the_right_password(client, officer):
    for _ in range(queries.TRIES):
        client.post("/sign-in", {"code": "officer", "password": "wrong"})
    answer = client.post("/sign-in", {"code": "officer", "password": PASSWORD})
    assert answer.status_code == 429
    assert "thử lại sau 10 phút" in answer.content.decode()


@pytest.mark.parametrize("to", ["//evil.example/x", "https://evil.example", "javascript:alert(1)"])
def test_sign_in_leads_only_to_this_site(client, officer, to):
    assert client.post("/sign-in", {"code": "officer", "password": PASSWORD, "next": to})["Location"] == "/"


def test_one_tap_only_in_the_demo(client, officer, settings):
    assert settings.CHUNGSUC_DEMO is False
    assert client.post("/sign-in/demo", {"code": "officer"}).status_code == 404
    assert "officer" not in client.get("/sign-in").content.decode()
    settings.CHUNGSUC_DEMO = True
    assert client.post("/sign-in/demo", {"code": "officer"}).status_code == 302
    assert client.post("/sign-in/demo", {"code": "nobody"}).status_code == 404


def test_a_real_person_has_no_one_tap_even_in_the_demo(client, db, settings):
    settings.CHUNGSUC_DEMO = True
    actions.add_people(people=[Person("real", "Người thật", Role.COORDINATOR)], by=OPERATOR, at=NOW)
    assert client.post("/sign-in/demo", {"code": "real"}).status_code == 404


def test_keys_are_kept_as_hashes_end_and_can_be_withdrawn(officer):
    key = actions.issue_key(code="officer", label="báo cáo", days=30, by=OPERATOR, at=NOW)
    assert queries.person_of_key(key, NOW) == OFFICER
    assert queries.person_of_key(key, NOW + timedelta(days=31)) is None
    assert queries.person_of_key(key + "x", NOW) is None
    (fact,) = queries.keys("officer")
    assert fact.prefix == key[:8]
    told = str(journal.lines(event="accounts.key_issued"))
    assert key not in told and fact.prefix in told
    actions.revoke_key(number=fact.id, by=OPERATOR, at=NOW)
    assert queries.person_of_key(key, NOW) is None
    with pytest.raises(Refused) as refused:
        actions.revoke_key(number=fact.id, by=OPERATOR, at=NOW)
    assert codes(refused) == ["accounts.no_such_key"]


def test_secrets_never_reach_the_journal(officer):
    assert PASSWORD not in str(journal.lines(limit=1000))
