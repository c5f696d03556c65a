"""Judging without storing, by the room and by the command, on a real unit."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal as D
from pathlib import Path
from typing import Any

import pytest

from chungsuc.criteria import judgement, queries
from chungsuc.doors.cli import run
from chungsuc.kit.catalogue import say
from chungsuc.kit.errors import Refused, SystemFault
from chungsuc.territory import actions, lists
from tests import cast

pytestmark = pytest.mark.django_db

ISSUE = {
    "4.2": D("94.9"), "9.1": D(0), "1.1": True, "17.1": {"hygienic": D(91), "clean": D(52)},
    "13.2": {"not_applicable": "reason"},
}  # fmt: skip


@pytest.fixture
def merged_toy(db: None) -> None:
    """The toy province with its mergers of 1/3/2020."""
    for name, table in (("units_2019.csv", cast.UNITS), ("changes_2020.csv", cast.CHANGES)):
        actions.load_generations(drafts=lists.read_tables({name: table.encode()}), by=cast.OPERATOR, at=cast.LONG_AGO)


def judged(figures: Any = ISSUE, **changes: Any) -> judgement.Judgement:
    asked = {
        "set_code": "xa-ntm-2016-2020",
        "unit_code": "99001",
        "at": date(2019, 12, 31),
        "today": date(2026, 11, 25),
        "region": "tdmnpb",
    }
    return judgement.judge_figures(**(asked | changes), figures=figures)


def refusal(figures: Any = ISSUE, **changes: Any) -> list[str]:
    with pytest.raises(Refused) as caught:
        judged(figures, **changes)
    return [reason.code for reason in caught.value.reasons]


@pytest.mark.usefixtures("merged_toy")
def test_the_shape_of_the_issue():
    told = judgement.as_json(judged())
    assert [told[key] for key in ("set", "unit", "met", "of")] == ["xa-ntm-2016-2020", "99001", 0, 19]
    found = {one["code"]: one for criterion in told["criteria"] for one in criterion["indicators"]}
    assert len(found) == 49
    assert set(found["4.2"]) >= {
        "code", "verdict", "value", "threshold", "margin", "article", "provenance", "why",
    }  # fmt: skip
    assert (found["4.2"]["verdict"], found["4.2"]["margin"]) == ("not_met", D("-0.1"))
    assert found["17.1"]["verdict"] == found["9.1"]["verdict"] == found["1.1"]["verdict"] == "met"
    assert found["13.2"]["verdict"] == "not_applicable"
    assert found["16"]["verdict"] == "no_figure"
    assert found["2.1"]["threshold"] is None, "province 99 has no overlay"
    assert told["overlay"] is None and told["version"] == queries.criteria_set("xa-ntm-2016-2020").version


@pytest.mark.usefixtures("merged_toy")
@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"set_code": "xa-ntm-2016"}, ["criteria.set_unknown"]),
        ({"set_code": "xa-ntm-2026-2030", "at": date(2026, 6, 30)}, ["criteria.set_cannot_judge"]),
        ({"set_code": "xa-ntm-nang-cao-2021-2025", "at": date(2023, 6, 30)}, ["criteria.set_cannot_judge"]),
        ({"unit_code": "88888"}, ["unit.unknown"]),
        ({"unit_code": "99002", "at": date(2020, 12, 31)}, ["unit.not_in_force"]),
        ({"unit_code": "99004"}, ["criteria.kind_not_in_set"]),
        ({"unit_code": "991"}, ["criteria.kind_not_in_set"]),
        ({"region": "north"}, ["criteria.region_unknown"]),
        ({"region": None}, ["criteria.region_missing"]),
        ({"at": date(2026, 11, 26)}, ["criteria.date_in_future"]),
        ({"at": date(2016, 11, 30)}, ["criteria.date_before_set"]),
        ({"overlay": "ha-giang"}, ["criteria.overlay_unknown"]),
        ({"overlay": "cao-bang-vi-du"}, ["criteria.overlay_other_province"]),
        ({"figures": {"17.12": D(50)}}, ["criteria.indicator_of_other_set"]),
        ({"figures": {"99": D(50), "4.2": D(101)}}, ["criteria.indicator_unknown", "criteria.over_100"]),
        (
            {"unit_code": "88888", "region": "x", "figures": {"4.2": "a"}},
            ["unit.unknown", "criteria.region_unknown", "criteria.number_expected"],
        ),
    ],
)  # fmt: skip
def test_refused(changes, codes):
    assert refusal(**changes) == codes


@pytest.mark.usefixtures("merged_toy")
def test_the_first_day_in_force_and_days_after_the_period():
    assert judged(at=date(2016, 12, 1)).notes == ()
    (note,) = judged(at=date(2022, 12, 31)).notes
    assert "31/12/2022 đã qua giai đoạn" in note.vi and "after the period" in note.en


@pytest.mark.usefixtures("merged_toy")
def test_notes_say_what_counts_as_met_and_on_what_ground():
    told = judged({"7": {"not_applicable": "không có chợ"}, "6.2": {"not_applicable": "QĐ 12/QĐ-UBND"}})
    assert told.verdict.met == 1
    assert [note.vi for note in told.notes] == [
        "Tiêu chí 7 không xét, được tính là đạt.",
        "Chỉ tiêu 6.2: bộ tiêu chí không nêu trường hợp không xét; cần căn cứ là quyết định của tỉnh.",
    ]


@pytest.mark.usefixtures("merged_toy")
def test_counts_that_say_otherwise_than_the_share_are_told():
    told = judged({"4.2": {"value": D(95), "num": D(949), "den": D(1000)}})
    assert [note.vi for note in told.notes] == [
        "Chỉ tiêu 4.2: tỷ lệ đã ghi và số đếm nằm ở hai bên mức đạt; kết quả tính theo số đếm."
    ]
    found = {one["code"]: one for c in judgement.as_json(told)["criteria"] for one in c["indicators"]}
    assert "tính theo số đếm 949/1.000 = 94,9%, không theo 95% đã ghi" in found["4.2"]["why"]["vi"]
    assert "by the counts, 949 of 1,000 = 94.9%" in found["4.2"]["why"]["en"]
    assert judged({"4.2": {"value": D("94.9"), "num": D(949), "den": D(1000)}}).notes == ()


@pytest.mark.usefixtures("merged_toy")
def test_a_unit_of_another_kind_is_named_in_words():
    with pytest.raises(Refused) as caught:
        judged(unit_code="99004")
    (reason,) = caught.value.reasons
    kind, english = ("thị trấn", "township") if reason.facts["kind"] == "township" else ("phường", "ward")
    assert f"là {kind}; " in say(reason) and "chỉ xét xã" in say(reason)
    assert f"is a {english}; " in say(reason, "en") and reason.facts["expected"] == "commune"


def test_reference_pages_that_cannot_be_written_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    (tmp_path / "file").write_text("", encoding="utf-8")
    command = ["criteria", "reference", "-o", str(tmp_path / "file" / "pages")]
    assert run(command, prepare=lambda **_: None) == 1
    told = capsys.readouterr().err
    assert "Không ghi được" in told and "Errno" not in told


@pytest.fixture
def cao_bang(db: None) -> None:
    from chungsuc.config import places

    folder = places.ROOT / "data" / "units" / "cao-bang"
    actions.load_generations(drafts=lists.read_folder(folder), by=cast.OPERATOR, at=cast.LONG_AGO)


@pytest.mark.usefixtures("cao_bang")
def test_a_commune_of_cao_bang(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    path = tmp_path / "so-lieu.json"
    path.write_text('{"4.2": {"value": 94.9, "num": 2847, "den": 3000}, "2.2": 50}', encoding="utf-8")
    asked = ["judge", "--set", "xa-ntm-2016-2020", "--unit", "01399", "--at", "2019-12-31", "--figures", str(path)]

    def told(*more: str, code: int = 0) -> Any:
        assert run([*asked, *more, "--format", "json"], prepare=lambda **_: None) == code
        return json.loads(capsys.readouterr().out)

    plain = told("--explain")
    found = {one["code"]: one for criterion in plain["criteria"] for one in criterion["indicators"]}
    assert (plain["region"], plain["overlay"]) == ("tdmnpb", "cao-bang-vi-du")
    assert found["4.2"]["why"]["vi"].endswith("còn thiếu khoảng 3 hộ")
    assert (found["4.2"]["value"], found["4.2"]["threshold"], found["4.2"]["margin"]) == (94.9, 95, -0.1)
    assert found["2.2"]["verdict"] == "met" and found["2.2"]["provenance"]["example"] is True
    assert "ví dụ" in plain["notes"][0]["vi"]

    bare = told("--overlay", "none")
    assert bare["criteria"][1]["indicators"][1]["verdict"] == "no_threshold"
    assert bare["version"] != plain["version"]
    elsewhere = told("--region", "dbsh")
    assert (elsewhere["region"], elsewhere["overlay"]) == ("dbsh", None)
    assert elsewhere["criteria"][3]["indicators"][1]["threshold"] == 99
    path.write_text('{"4.2": 120}', encoding="utf-8")
    assert told(code=1)["problems"][0]["code"] == "criteria.over_100"
    assert run([*asked, "--explain"], prepare=lambda **_: None) == 1
    path.write_text('{"4.2": 95}', encoding="utf-8")
    assert run([*asked, "--explain"], prepare=lambda **_: None) == 0
    shown = capsys.readouterr().out
    assert "Chỉ tiêu 4.2 đạt: 95% ≥ 95%" in shown and "chưa đối chiếu văn bản" in shown


def asked(capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> Any:
    assert run([*words, "--format", "json"], prepare=lambda **_: None) == code
    return json.loads(capsys.readouterr().out)


def test_criteria_commands(capsys: pytest.CaptureFixture[str], tmp_path: Path):
    sets = asked(capsys, "criteria", "list")["sets"]
    assert sets[0]["code"] == "xa-ntm-2016-2020"
    assert {one["code"]: one["judges"] for one in sets}["xa-ntm-2026-2030"] is False
    shown = asked(capsys, "criteria", "show", "xa-ntm-2016-2020", "--overlay", "cao-bang-vi-du")
    roads = shown["criteria"][1]["indicators"][0]
    assert roads["provincial"] == {"": 100} and roads["provenance"]["example"] is True
    later = asked(capsys, "criteria", "show", "xa-ntm-2021-2025")
    assert later["criteria"][9]["indicators"][0]["thresholds"]["tdmnpb"]["year"]["2023"] == 42
    assert asked(capsys, "criteria", "show", "xa", code=1)["problems"][0]["code"] == "criteria.set_unknown"
    path = tmp_path / "x.yaml"
    path.write_text("file: criteria-set\nfile: overlay\n", encoding="utf-8")
    told = asked(capsys, "criteria", "check", str(path), code=1)
    assert told["problems"][0]["facts"]["line"] == 2 and told["problems"][0]["mend"]
    assert asked(capsys, "criteria", "check", str(queries.LAW / "xa-ntm-2016-2020.yaml"))["accepted"] is True
    for words in (["list"], ["show", "xa-ntm-2026-2030"], ["check", str(queries.LAW / "xa-ntm-2021-2025.yaml")]):
        assert run(["criteria", *words], prepare=lambda **_: None) == 0
    assert "Mới biết tên 10 tiêu chí" in capsys.readouterr().out
    assert run(["criteria", "check", str(path)], prepare=lambda **_: None) == 1
    assert "Dòng 2" in capsys.readouterr().err


def test_the_documented_keys_are_the_keys(capsys: pytest.CaptureFixture[str]):
    page = (queries.LAW.parent / "docs" / "reference" / "cli-criteria.md").read_text(encoding="utf-8")
    one = asked(capsys, "criteria", "list")["sets"][0]
    shown = asked(capsys, "criteria", "show", "xa-ntm-2016-2020")
    indicator = shown["criteria"][0]["indicators"][0]
    for key in [*one, *shown, *shown["criteria"][0], *indicator, *indicator["provenance"]]:
        assert f'"{key}"' in page, key


def test_a_broken_file_in_the_law_is_a_fault_of_the_installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "xa.yaml").write_text("file: criteria-set\n", encoding="utf-8")
    monkeypatch.setattr(queries, "LAW", tmp_path)
    with pytest.raises(SystemFault) as caught:
        queries.sets()
    assert caught.value.reason.code == "criteria.law_broken"
    assert caught.value.reason.facts["file"] == "xa.yaml"


def test_sets_are_read_once_and_the_version_follows_the_content():
    old = queries.criteria_set("xa-ntm-2016-2020")
    assert queries.criteria_set("xa-ntm-2016-2020") is old
    laid = queries.criteria_set("xa-ntm-2016-2020", province="04", at=date(2019, 12, 31))
    assert laid is queries.criteria_set("xa-ntm-2016-2020", overlay="cao-bang-vi-du")
    assert queries.criteria_set("xa-ntm-2016-2020", province="04", at=date(2016, 11, 30)) is old
    assert queries.criteria_set("xa-ntm-2016-2020", province="99") is old
    assert len({one.version for one in queries.sets()} | {laid.version}) == len(queries.sets()) + 1
