"""`chungsuc figures …` and `chungsuc evidence …`: the documented shapes, exit codes and refusals."""

from __future__ import annotations

import json
import re

import pytest

from chungsuc.assessment.models import Figure
from chungsuc.config import places
from chungsuc.doors.cli import run
from tests.assessment.conftest import SET
from tests.kit.test_files import picture

pytestmark = pytest.mark.django_db
WHERE = ("--unit", "99001", "--set", SET)
AT = ("--at", "2019-12-31")


@pytest.fixture
def ask(capsys):
    def asked(*words, code=0):
        assert run([*map(str, words), "--format", "json"], prepare=lambda **_: None) == code
        return json.loads(capsys.readouterr().out)

    return asked


@pytest.fixture
def recorded(land, ask, tmp_path):
    """Figures of Ao Sen, recorded from a file as `judge` reads it."""
    file = tmp_path / "f.json"
    file.write_text(
        '{"4.2": {"value": 94.9, "num": 949, "den": 1000, "note": "ước"}, "9.1": 0, "1.1": true,'
        ' "17.1": {"hygienic": 91, "clean": 52}, "17.2": {"not_applicable": "không có cơ sở"}}', encoding="utf-8")
    return ask("figures", "record", *WHERE, *AT, "--file", file)


def shape(word):
    """The keys that the guide promises for a shape."""
    guide = (places.ROOT / "docs" / "guides" / "figures.md").read_text(encoding="utf-8")
    block = re.search(rf"<!-- {word} -->\s*```json\n(.*?)```", guide, re.DOTALL)
    return json.loads(block[1])


def test_record(recorded):
    assert recorded.keys() == shape("record").keys()
    assert (recorded["accepted"], recorded["figures"], recorded["verdicts"]) == (True, 5, 1)


def test_show(recorded, ask):
    told = ask("figures", "show", *WHERE, *AT)
    assert told.keys() == shape("show").keys()
    assert told["figures"][0].keys() == shape("show")["figures"][0].keys()
    by_code = {one["indicator"]: one for one in told["figures"]}
    assert list(by_code) == ["1.1", "4.2", "9.1", "17.1", "17.2"]
    assert by_code["1.1"]["value"] is True and by_code["9.1"]["value"] == 0 and by_code["9.1"]["value"] is not False
    assert (by_code["4.2"]["value"], by_code["4.2"]["num"], by_code["4.2"]["note"]) == (94.9, 949, "ước")
    assert by_code["17.1"]["parts"] == {"hygienic": 91, "clean": 52}
    assert by_code["17.2"]["not_applicable"] == "không có cơ sở"
    assert ask("figures", "show", *WHERE, *AT, "--known", "2019-12-31")["figures"] == []
    assert ask("figures", "show", *WHERE, *AT, "--level", "verified")["figures"] == []


def test_history_after_a_change(recorded, ask, tmp_path):
    file = tmp_path / "f.json"
    file.write_text('{"4.2": 96}')
    refused = ask("figures", "record", *WHERE, *AT, "--file", file, code=1)
    assert (refused["accepted"], refused["problems"][0]["code"]) == (False, "figure.reason_missing")
    ask("figures", "record", *WHERE, *AT, "--file", file, "--reason", "đếm lại")
    told = ask("figures", "history", *WHERE, "--indicator", "4.2", *AT)
    assert told.keys() == shape("history").keys()
    assert [(one["value"], one["reason"]) for one in told["history"]] == [(96, "đếm lại"), (94.9, None)]


@pytest.mark.parametrize(("content", "code"), [
    ("{", "json.broken"), ("[]", "json.not_figures"), ("{}", "json.not_figures"),
    ('{"4.2": 1, "4.2": 2}', "json.key_twice"), ('{"4.2": 120}', "criteria.over_100"),
    ('{"4.2": NaN}', "criteria.not_finite"), ('{"4.2": 1e308}', "criteria.over_100"),
    ('{"4.2": "94,9"}', "criteria.number_expected"), ('{"77": 1}', "criteria.indicator_unknown"),
    ('{"17.1": {"hygienic": 91}}', "criteria.part_missing"), ("\ud800", "json.broken"), ("[" * 100000, "json.broken"),
])
def test_a_bad_json_file_is_refused(land, ask, tmp_path, content, code):
    file = tmp_path / "f.json"
    file.write_bytes(content.encode("utf-8", "surrogatepass"))
    refused = ask("figures", "record", *WHERE, *AT, "--file", file, code=1)
    assert refused["problems"][0]["code"] == code and not Figure.objects.exists()


@pytest.mark.parametrize(("words", "code"), [
    (("--unit", "99777", "--set", SET, "--at", "2019-12-31"), "unit.unknown"),
    (("--unit", "99001", "--set", "xa-nao-do", "--at", "2019-12-31"), "criteria.set_unknown"),
])
def test_unknown_unit_or_set(land, ask, words, code):
    assert ask("figures", "show", *words, code=1)["problems"][0]["code"] == code


def test_load_checks_first_and_records_when_told(land, ask, tmp_path):
    file = tmp_path / "f.csv"
    text = "unit;at;indicator;value\n99001;31/12/2019;4.2;94,9\n99003;31/12/2019;1.1;Đạt\n"
    file.write_text(text, encoding="utf-8-sig")
    told = ask("figures", "load", file, "--set", SET)
    assert told.keys() == shape("load").keys()
    assert (told["accepted"], told["committed"], told["figures"], told["batch"]) == (True, False, 2, None)
    assert not Figure.objects.exists()
    told = ask("figures", "load", file, "--set", SET, "--commit")
    assert (told["committed"], told["units"], told["verdicts"]) == (True, 2, 2) and told["batch"]


def test_load_tells_every_problem_at_once_with_its_line(land, ask, tmp_path, capsys):
    file = tmp_path / "f.csv"
    file.write_text("unit,at,indicator,value\n99001,2019-12-31,4.2,120\n99777,2019-12-31,4.2,9\n99003,2019-12-31,4.2,abc\n")
    refused = ask("figures", "load", file, "--set", SET, code=1)
    assert [(one["code"], one["facts"]["line"]) for one in refused["problems"]] == [
        ("criteria.over_100", 2), ("unit.unknown", 3), ("csv.not_a_number", 4)]
    assert run(["figures", "load", str(file), "--set", SET], prepare=lambda **_: None) == 1
    said = capsys.readouterr().err
    assert "dòng 2, đơn vị 99001, chỉ tiêu 4.2" in said and "Dòng 4, cột value" in said


def test_check_and_mend(recorded, ask):
    told = ask("figures", "check", "--set", SET)
    assert told.pop("text").endswith("mọi tổng khớp với tính lại.")
    assert told == {"set": SET, "equal": True, "totals": 2, "drift": []}
    assert told.keys() | {"text"} == shape("check").keys()
    nothing = ask("figures", "check", "--set", "xa-ntm-2021-2025")
    assert nothing["totals"] == 0 and "chưa giữ tổng nào" in nothing["text"]
    from chungsuc.assessment.models import Tally

    Tally.objects.update(met=99)
    assert len(ask("figures", "check", "--set", SET, code=1)["drift"]) == 2
    assert ask("figures", "check", "--set", SET, "--mend")["equal"]


def test_evidence_goes_in_and_comes_out(land, ask, tmp_path):
    file, back = tmp_path / "anh.jpg", tmp_path / "back.jpg"
    file.write_bytes(picture())
    told = ask("evidence", "add", file, *WHERE, *AT, "--indicator", "2.1")
    assert told.keys() == shape("evidence").keys() and told["kind"] == "jpeg"
    assert ask("evidence", "list", *WHERE, *AT)["evidence"] == [told]
    assert run(["evidence", "get", str(told["id"]), "-o", str(back)], prepare=lambda **_: None) == 0
    assert back.read_bytes() == picture()
    file.write_bytes(b"<html></html>")
    assert ask("evidence", "add", file, *WHERE, *AT, "--indicator", "2.1", code=1)["problems"][0]["code"] == (
        "files.not_what_it_says")


def test_tables_for_people(recorded, capsys):
    for words in (("show", *AT), ("history", "--indicator", "4.2", *AT)):
        assert run(["figures", words[0], *WHERE, *words[1:]], prepare=lambda **_: None) == 0
        assert "94,9 (949/1.000)" in capsys.readouterr().out
