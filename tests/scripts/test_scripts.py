"""The scripts under Node: the browser's judge gives the server's verdicts, in the server's words."""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chungsuc.criteria import forms
from chungsuc.criteria import queries as criteria
from chungsuc.criteria.engine import Context, CriteriaSet
from chungsuc.criteria.engine.placing import place
from tests.house.source import ROOT
from tests.scripts import cases

SCRIPTS = ROOT / "chungsuc" / "doors" / "ui" / "scripts"
SETS = tuple(sorted(criteria.national_sets()))


def node() -> str:
    """The Node.js that builds the scripts: of the machine where it is 20 or newer, else from the pinned wheel."""
    own = ROOT / ".node" / "bin" / "node"
    for found in (shutil.which("node"), str(own) if own.exists() else None):
        if found and _major(found) >= 20:
            return found
    pytest.fail("no Node.js 20 or newer: run `make setup`, which installs one where the machine has none")


def _major(path: str) -> int:
    said = subprocess.run([path, "--version"], check=False, capture_output=True, text=True).stdout
    return int(found[1]) if (found := re.match(r"v(\d+)", said)) else 0


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("judge") / "cases.json"
    path.write_text(json.dumps(cases.export(), ensure_ascii=False), encoding="utf-8")
    return path


def test_the_scripts_pass_under_node_with_the_servers_cases(exported):
    tests = sorted(str(path) for path in (ROOT / "tests" / "scripts").glob("*.test.mjs"))
    done = subprocess.run(
        [node(), "--test", "--test-reporter=spec", *tests],
        check=False, cwd=ROOT, capture_output=True, text=True, env={**os.environ, "JUDGE_CASES": str(exported)},
    )  # fmt: skip
    assert done.returncode == 0, (done.stdout + done.stderr)[-6000:]
    assert "no cases exported" not in done.stdout


def test_entry_and_the_grid_are_small():
    built = SCRIPTS.parent / "static" / "ui" / "built"
    for name in ("entry.js", "grid.js"):
        entry = (built / name).read_text(encoding="utf-8")
        pieces = {built / path for path in re.findall(r"pieces/chunk-\w+\.js", entry)}
        whole = entry.encode() + b"".join(path.read_bytes() for path in sorted(pieces))
        assert len(gzip.compress(whole, 9)) < 45_000, name


def test_no_script_is_long():
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in SCRIPTS.rglob("*.js")}
    assert len(lengths) > 30
    assert [path.name for path, length in lengths.items() if length > 400] == []


def test_every_threshold_of_the_law_has_a_case_on_both_sides(exported):
    told = json.loads(exported.read_text(encoding="utf-8"))
    verdicts: dict[tuple[str, str], set[str]] = {}
    for one in told["cases"]:
        verdicts.setdefault((one["definition"], one["code"]), set()).add(one["verdict"])
    asked = [
        (key, one["code"])
        for key in told["edges"]
        for line in told["definitions"][key]["criteria"]
        for one in line["indicators"]
        if one["rule"]
    ]
    assert len(asked) > 900
    assert [key for key in asked if not verdicts[key] >= {"met", "not_met"}] == []


places = st.builds(
    Context,
    region=st.sampled_from(["tdmnpb", "dbsh", "btb", "dhntb", "tn", "dnb", "dbscl", "nowhere"]),
    year=st.integers(2016, 2030),
    classes=st.dictionaries(st.sampled_from(["khu_vuc", "nhom_51"]), st.sampled_from(["I", "III", "nhom_1"])),
)


@settings(max_examples=40, deadline=None)
@given(code=st.sampled_from(SETS), here=places, there=places)
def test_a_definition_says_the_law_of_its_place_and_its_version_says_the_definition(code, here, there):
    rules = criteria.criteria_set(code)
    one, again, other = (forms.definition(rules, place) for place in (here, here, there))
    assert one == again and re.fullmatch("[0-9a-f]{16}", one["version"])
    assert one == json.loads(json.dumps(one))
    content = [{name: said for name, said in told.items() if name != "version"} for told in (one, other)]
    assert forms.version_of(content[0]) == one["version"]
    assert (one["version"] == other["version"]) == (content[0] == content[1])


@pytest.mark.parametrize("code", [code for code in SETS if criteria.criteria_set(code).criteria[0].indicators])
def test_every_change_of_the_law_is_another_version(code):
    rules, context = criteria.criteria_set(code), Context("tdmnpb", criteria.criteria_set(code).period[1].year - 1)
    before = forms.definition(rules, context)["version"]
    assert forms.definition(_changed(rules, article="Điều khác"), context)["version"] != before
    assert forms.definition(_changed(rules, counts_required=True), context)["version"] != before
    assert forms.definition(replace(rules, set_aside_counts=not rules.set_aside_counts), context)["version"] != before


def test_a_provinces_own_levels_are_in_its_definition():
    context = Context("tdmnpb", 2022)
    national = criteria.criteria_set("xa-ntm-2021-2025")
    own = criteria.criteria_set("xa-ntm-2021-2025", overlay="cao-bang-vi-du")
    rules = [
        {one["code"]: one for line in forms.definition(found, context)["criteria"] for one in line["indicators"]}["2.1"]
        for found in (national, own)
    ]
    assert rules[0]["rule"] is None and rules[1]["rule"]["rule"]["limit"] == "100"
    assert rules[1]["mark"]["vi"] and rules[1]["provenance"]["overlay"] == "cao-bang-vi-du"
    assert [one.indicator.code for one in place(own, context)] == [one.code for one in own.indicators]


def _changed(rules: CriteriaSet, **what: object) -> CriteriaSet:
    """The set with one indicator changed."""
    first = rules.criteria[0]
    line = replace(first, indicators=(replace(first.indicators[0], **what), *first.indicators[1:]))
    return replace(rules, criteria=(line, *rules.criteria[1:]))
