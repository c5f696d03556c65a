"""A load that was cut off goes on where it stopped; a step that fails leaves nothing of itself."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from chungsuc.assessment import queries as figures
from chungsuc.doors.cli.demo import demo, steps
from chungsuc.kit.errors import SystemFault


def call(*arguments: str) -> str:
    return CliRunner().invoke(demo, list(arguments), catch_exceptions=False, standalone_mode=False).output


def test_it_goes_on_where_it_stopped(db, monkeypatch):
    every = steps.all_steps()
    monkeypatch.setattr(steps, "all_steps", lambda: every[:2])
    assert "10 dòng" in call("load")
    monkeypatch.setattr(steps, "all_steps", lambda: every[:4])
    said = call("load")
    assert "[1/4]" not in said and "[2/4]" not in said
    assert "[3/4]" in said and "[4/4]" in said
    monkeypatch.setattr(steps, "all_steps", lambda: every)
    told = json.loads(call("status", "--format", "json"))
    assert [one["done"] for one in told["steps"]] == [True] * 4 + [False] * 8
    assert told["loaded"] is False


def test_a_missing_file_is_a_fault_that_is_named(db, monkeypatch, tmp_path):
    (tmp_path / "units").symlink_to(steps.DATA / "units")
    (tmp_path / "titles").symlink_to(steps.DATA / "titles")
    (tmp_path / "demo").mkdir()
    monkeypatch.setattr(steps, "DATA", tmp_path)
    with pytest.raises(SystemFault) as caught:
        call("load")
    assert caught.value.reason.code == "demo.file_missing"
    assert figures.batches() == []
