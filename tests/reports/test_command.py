"""`chungsuc situation` at the door: forms, files, refusals."""

from __future__ import annotations

import json

import openpyxl
import pytest
from click.testing import CliRunner

from chungsuc.doors.cli import situation as door
from chungsuc.kit.errors import Refused


def run(*arguments: str):
    return CliRunner().invoke(door.situation, list(arguments), catch_exceptions=False, standalone_mode=False)


def test_json(settled):
    said = json.loads(run("--at", "2019-12-31", "--format", "json").output)
    assert said["unit"] == "99" and said["set"] == "xa-ntm-2016-2020" and said["recognised"] == 1
    assert {"at", "known", "communes", "mean_met", "below_10", "below_10_percent", "bands", "by_district"} <= set(said)
    assert list(said["bands"]) == ["19", "15-18", "10-14", "5-9", "0-4"]


def test_dates_as_vietnamese_write_them_and_known(settled):
    said = json.loads(run("--at", "31/12/2019", "--known", "2020-01-19", "--unit", "991", "--format", "json").output)
    assert said["known"] == "2020-01-19" and said["recognised"] == 0 and said["communes"] == 3


def test_table_markdown_and_files(settled, tmp_path):
    assert "5 xã; 1 xã đạt chuẩn" in run("--at", "2019-12-31").output
    assert run("--at", "2019-12-31", "--format", "md").output.startswith("# Tình hình")
    for form in ("md", "json"):
        path = tmp_path / f"out.{form}"
        assert run("--at", "2019-12-31", "--format", form, "-o", str(path)).output == ""
        assert "99" in path.read_text(encoding="utf-8") or "Thử" in path.read_text(encoding="utf-8")
    path = tmp_path / "out.xlsx"
    run("--at", "2019-12-31", "--format", "xlsx", "-o", str(path))
    assert openpyxl.load_workbook(path).active.max_row > 8


def test_compare(settled):
    said = json.loads(run("compare", "--at", "2022-12-31", "--format", "json").output)
    assert [side["set"] for side in said["sets"]] == ["xa-ntm-2016-2020", "xa-ntm-2021-2025"]
    assert said["sets"][1]["without_figures"] == 3 and len(said["communes"]) == 3
    assert {one["met"]["xa-ntm-2021-2025"] for one in said["communes"]} == {None}
    table = run("compare", "--at", "2022-12-31").output
    assert "xã cao nhất 16/19" in table and "xa-ntm-2021-2025: chưa có số liệu đánh giá." in table
    assert said["sets"][1]["best"] is None


def test_without_figures_and_without_communes(settled):
    said = json.loads(run("--at", "2019-12-31", "--format", "json").output)
    assert said["without_figures"] == 1
    (note,) = [one for one in said["notes"] if one["code"] == "note.without_figures"]
    assert note["text"] == note["vi"] and note["vi"].startswith("1 xã") and "Communes without figures" in note["en"]
    assert "01 xã chưa có số liệu" in run("--at", "2019-12-31").output
    nothing = run("--at", "2019-12-31", "--unit", "99002").output
    assert "chưa có số liệu đánh giá" in nothing and "bình quân –" not in nothing
    township = run("--at", "2019-12-31", "--unit", "99004").output
    assert "không có xã nào" in township and "bình quân" not in township and "–%" not in township


@pytest.mark.parametrize("form", ["md", "json", "xlsx"])
def test_a_place_that_cannot_be_written_is_refused(settled, tmp_path, form):
    (tmp_path / "tep").touch()
    for place in (tmp_path / "khong-co" / f"x.{form}", tmp_path / "tep" / f"x.{form}"):
        with pytest.raises(Refused) as caught:
            run("--at", "2019-12-31", "--format", form, "-o", str(place))
        (reason,) = caught.value.reasons
        assert reason.code == "situation.cannot_write" and reason.facts["file"] == str(place)


def test_refusals_and_wrong_usage(settled):
    with pytest.raises(Refused) as caught:
        run("--at", "2019-12-31", "--unit", "12345")
    assert caught.value.reasons[0].code == "unit.unknown"
    for arguments in ((), ("--at", "hôm qua"), ("--at", "2019-12-31", "--format", "xlsx")):
        with pytest.raises(Exception) as usage:
            run(*arguments)
        assert usage.type.__name__ in ("UsageError", "BadParameter")
