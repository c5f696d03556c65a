"""`chungsuc units` and `chungsuc lineage`: the documented shapes, exit codes and refusals."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from chungsuc.doors.cli import run
from chungsuc.kit.catalogue import phrases
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str]) -> Any:
    def asked(*words: str, code: int = 0) -> Any:
        assert run([*words, "--format", "json"], prepare=lambda **_: None) == code
        return json.loads(capsys.readouterr().out)

    return asked


@pytest.mark.usefixtures("merged_toy")
def test_units(ask: Any) -> None:
    told = ask("units", "--at", "2019-12-31", "--under", "991")
    assert told["at"] == "2019-12-31"
    assert told["units"][0] == {
        "code": "99001", "name": "Xã Ao Sen", "short_name": "Ao Sen", "kind": "commune", "parent": "991",
        "valid_from": None, "valid_to": "2020-03-01", "region": None, "classes": {},
    }  # fmt: skip
    assert told["notes"] == []
    assert [unit["code"] for unit in ask("units", "--at", "01/03/2020", "--kind", "commune")["units"]] == [
        "99001", "99003", "99005",
    ]  # fmt: skip
    assert ask("units", "--at", "2019-12-31")["units"][0]["parent"] is None


@pytest.mark.usefixtures("merged_toy")
def test_units_in_vietnamese_order(ask: Any) -> None:
    names = [
        unit["short_name"] for unit in ask("units", "--at", "2019-12-31", "--under", "99", "--sort", "name")["units"]
    ]
    assert names == ["Ao Sen", "Bãi Cát", "Đá Bạc", "Đồi Chè", "Đông", "Đông", "Hoà Bình", "Tây"]


@pytest.mark.usefixtures("merged_toy")
def test_lineage(ask: Any) -> None:
    told = ask("lineage", "99006", "--at", "2019-12-31")
    assert told["unit"]["name"] == "Xã Đá Bạc" and told["predecessors"] == []
    assert told["successors"] == [
        {"code": "99005", "name": "Xã Đồi Chè", "effective": "2020-03-01", "act": "1/NQ-THU", "part": False,
         "change": "merge", "note": ""}
    ]  # fmt: skip
    assert told["in_force_today"] == [{"code": "99005", "name": "Xã Đồi Chè"}]


@pytest.mark.usefixtures("merged_toy")
def test_refusals(ask: Any) -> None:
    told = ask("lineage", "99006", "--at", "2021-01-01", code=1)
    assert (told["accepted"], told["problems"][0]["code"]) == (False, "unit.not_in_force")
    assert "99005 Xã Đồi Chè" in told["problems"][0]["text"]
    assert ask("units", "--at", "2019-12-31", "--under", "77", code=1)["problems"][0]["code"] == "unit.unknown"


@pytest.mark.usefixtures("merged_toy")
def test_find(ask: Any) -> None:
    for words in ("bai cat", "Bãi Cát", "BÃI CÁT"):
        (hit,) = ask("units", "find", words)["units"]
        assert (hit["code"], hit["matched"], hit["valid_to"]) == ("99002", "Xã Bãi Cát", "2020-03-01")
    assert ask("units", "find", "bai cat", "--at", "2021-01-01")["units"] == []


def test_a_bad_date_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["units", "--at", "2019-02-30"], prepare=lambda **_: None) == 2
    assert "2019-02-30" in capsys.readouterr().err


def test_load_check_activate(ask: Any, tmp_path: Path) -> None:
    (tmp_path / "units_2019.csv").write_text(cast.UNITS)
    (told,) = ask("units", "load", str(tmp_path), "--draft")["generations"]
    assert (told["label"], told["step"], told["units"]) == ("2019", "loaded", 9)
    checked = ask("units", "check")
    assert (checked["accepted"], checked["plan"]["created"], checked["problems"]) == (True, 9, [])
    assert ask("units", "activate")["generations"][0]["step"] == "activated"
    (tmp_path / "changes_2020.csv").write_text(cast.CHANGES.replace("99006,", "99066,"))
    refused = ask("units", "load", str(tmp_path), code=1)
    assert [problem["code"] for problem in refused["problems"]] == ["change.unit_not_in_force"]
    (tmp_path / "changes_2020.csv").write_text(cast.CHANGES)
    assert [fact["step"] for fact in ask("units", "load", str(tmp_path))["generations"]] == ["activated", "activated"]
    assert [fact["label"] for fact in ask("units", "generations")["generations"]] == ["2019", "2020"]


@pytest.mark.usefixtures("merged_toy")
def test_tables_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["units", "--at", "2019-12-31", "--under", "992"], prepare=lambda **_: None) == 0
    told = capsys.readouterr().out
    assert "Xã Đá Bạc" in told and "29/02/2020" in told, "the last day in force, not the day after"
    assert run(["lineage", "99001", "--at", "2019-12-31"], prepare=lambda **_: None) == 0
    told = capsys.readouterr().out
    assert "Xã Ao Cát" in told and "nhập" in told and "1/NQ-THU" in told


def test_a_class_without_a_decision_has_no_empty_brackets(
    toy: object, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "classes_2019.csv").write_text("code,scheme,value,valid_from\n99,region,tdmnpb,\n")
    assert run(["units", "load", str(tmp_path)], prepare=lambda **_: None) == 0
    capsys.readouterr()
    assert run(["units", "--at", "2019-12-31", "--under", "992"], prepare=lambda **_: None) == 0
    assert "Phân loại vùng: theo trí nhớ, chưa đối chiếu văn bản." in capsys.readouterr().out


def test_every_refusal_says_how_to_mend_it() -> None:
    rooms = ("unit.", "class.", "generation.", "list.", "lists.", "change.")
    assert [key for key, entry in phrases().items() if key.startswith(rooms) and "mend" not in entry] == []
