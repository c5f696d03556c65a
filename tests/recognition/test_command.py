"""`chungsuc titles` as people and machines see it."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from chungsuc.doors.cli.titles import titles
from chungsuc.kit.errors import Refused

TITLES = """unit,year,decision,decision_date,source,provenance
99001,2018,1/QĐ-THU,2019-01-14,test,demo
99003,2018,1/QĐ-THU,2019-01-14,test,demo
"""
FATES = """unit,year,effective,fate,onto,decided_on,why,source,provenance
99001,2018,2020-03-01,not_kept,,2020-03-01,chưa rà soát,test,demo
"""


def call(*arguments: str):
    result = CliRunner().invoke(titles, list(arguments), catch_exceptions=False, standalone_mode=False)
    assert result.exit_code == 0
    return result.output


@pytest.fixture
def loaded(toy, tmp_path):
    for name, text, command in (("t.csv", TITLES, "load"), ("f.csv", FATES, "fates")):
        (tmp_path / name).write_text(text, encoding="utf-8")
        said = json.loads(call(command, str(tmp_path / name), "--history", "--format", "json"))
        assert said["accepted"] is True


def test_the_list_as_json(loaded):
    said = json.loads(call("--at", "2019-12-31", "--known", "2019-12-31", "--format", "json"))
    assert {key: said[key] for key in ("at", "known", "count")} == {
        "at": "2019-12-31", "known": "2019-12-31", "count": 2,
    }  # fmt: skip
    first = said["titles"][0]
    assert (first["unit"], first["name"], first["year"], first["status"]) == ("99001", "Xã Ao Sen", 2018, "held")
    assert first["decision"] == {"number": "1/QĐ-THU", "date": "2019-01-14", "authority": "UBND tỉnh"}
    assert first["provenance"] == "demo"


def test_the_list_for_people_says_what_is_made_up(loaded):
    said = call("--at", "2019-12-31")
    assert "Xã Ao Sen" in said
    assert "số liệu mẫu" in said


def test_explain_as_json_adds_up(loaded):
    said = json.loads(call("explain", "--from", "2019-12-31", "--to", "2020-12-31", "--format", "json"))
    assert said["before"] + len(said["came"]) + len(said["back"]) - len(said["gone"]) == said["after"] == 1
    (change,) = said["gone"][0]["changes"]
    assert (change["act"], change["fate"], change["why"]) == ("1/NQ-THU", "not_kept", "chưa rà soát")


def test_explain_for_people(loaded):
    assert "31/12/2019: 2 xã; thêm 0, mất 1 → 31/12/2020: 1 xã." in call(
        "explain", "--from", "2019-12-31", "--to", "2020-12-31"
    )


def test_the_future_is_refused(loaded):
    for words, code in (
        (("--at", "2999-01-01"), "title.date_in_future"),
        (("--at", "2019-12-31", "--known", "2999-01-01"), "title.known_in_future"),
        (("explain", "--from", "2019-12-31", "--to", "2999-01-01"), "title.date_in_future"),
    ):
        with pytest.raises(Refused) as caught:
            call(*words)
        assert [reason.code for reason in caught.value.reasons] == [code]


def test_a_bad_file_is_refused(toy, tmp_path):
    (tmp_path / "t.csv").write_text(TITLES.replace("99003", "12345"), encoding="utf-8")
    with pytest.raises(Refused) as caught:
        call("load", str(tmp_path / "t.csv"))
    assert [reason.code for reason in caught.value.reasons] == ["title.unit", "unit.unknown"]
