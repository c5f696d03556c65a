"""The scripts under Node: the browser's judge gives the server's verdicts, in the server's words."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from chungsuc.assessment.rules.typed import entry_of, plain
from chungsuc.criteria import forms
from chungsuc.criteria import queries as criteria
from chungsuc.criteria.engine import Context, CriteriaSet, Figure, Indicator, judge
from chungsuc.criteria.engine.judging import judge_indicator
from chungsuc.criteria.engine.nodes import IsTrue
from chungsuc.criteria.engine.placing import Ruling, place
from tests.house.source import ROOT

PLACES = (
    ("xa-ntm-2016-2020", Context(region="tdmnpb", year=2019, classes={})),
    ("xa-ntm-2016-2020", Context(region="dbsh", year=2017, classes={})),
    ("xa-ntm-2021-2025", Context(region="tdmnpb", year=2022, classes={"khu_vuc": "III"})),
    ("xa-ntm-2021-2025", Context(region="dong_nam_bo", year=2024, classes={})),
)


def node() -> str:
    """The Node.js that builds the scripts: of the machine, else from the pinned wheel."""
    own = ROOT / ".node" / "bin" / "node"
    found = shutil.which("node") or (str(own) if own.exists() else None)
    if found is None:
        pytest.fail("no Node.js: run `make setup`, which installs one where the machine has none")
    return found


def fields(indicator: Indicator, ruling: Ruling) -> list[dict[str, str]]:
    """Values on both sides of every limit, with and without counts, nothing, set aside, contradictions."""
    found: list[dict[str, str]] = [{}, {"na": "không có ở xã"}]
    if indicator.kind == "boolean":
        return [*found, {"value": "yes"}, {"value": "no"}]
    limits = [leaf.limit for _, leaf in ruling.limits if not isinstance(leaf, IsTrue)] or [Decimal(50)]
    for limit in limits:
        for step in ("-0.01", "0", "0.01", "-7", "7"):
            value = limit + Decimal(step)
            if value < 0 or (indicator.kind == "percent" and value > 100):
                continue
            found.append(_filled(indicator, {"": plain(value)}))
        if indicator.counted and indicator.kind == "percent":
            for num, den in ((0, 7), (2, 3), (949, 1000), (7, 7), (1, 8)):
                found.append(_filled(indicator, {":num": str(num), ":den": str(den)}))
            found.append(_filled(indicator, {"": plain(limit), ":num": "1", ":den": "9"}))
    return found


def _filled(indicator: Indicator, endings: dict[str, str]) -> dict[str, str]:
    if indicator.part_keys:
        return {f"part:{key}{ending}": text for key in indicator.part_keys for ending, text in endings.items()}
    return {ending.lstrip(":") or "value": text for ending, text in endings.items()}


def figure(indicator: Indicator, field: dict[str, str]) -> Figure:
    entry, unread = entry_of(indicator, field)
    assert unread == ()
    return Figure(entry.value, entry.num, entry.den, entry.parts, entry.not_applicable)


def cases_of(key: str, rules: CriteriaSet, context: Context) -> list[dict[str, Any]]:
    cases = []
    for ruling in place(rules, context):
        for field in fields(ruling.indicator, ruling):
            judged = judge_indicator(ruling, figure(ruling.indicator, field))
            said = {"verdict": judged.verdict.value, "vi": judged.why("vi"), "en": judged.why("en")}
            cases.append({"definition": key, "code": judged.code, "field": field, **said})
    return cases


def whole(key: str, rules: CriteriaSet, context: Context, cases: list[dict[str, Any]]) -> dict[str, Any]:
    """One unit with a random case for each indicator."""
    chosen = {}
    for case in random.Random(key).sample(cases, len(cases)):
        chosen.setdefault(case["code"], case["field"])
    filled = {code: field for code, field in chosen.items() if field}
    verdict = judge(rules, {code: figure(rules.by_code[code], field) for code, field in filled.items()}, context)
    told = [one.verdict.value for one in verdict.criteria]
    return {"definition": key, "fields": filled, "met": verdict.met, "criteria": told}


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    definitions, cases, sets = {}, [], []
    for code, context in PLACES:
        rules = criteria.criteria_set(code)
        key = f"{code}/{context.region}/{context.year}"
        definitions[key] = forms.definition(rules, context)
        own = cases_of(key, rules, context)
        cases += own
        sets.append(whole(key, rules, context, own))
    path = tmp_path_factory.mktemp("judge") / "cases.json"
    path.write_text(json.dumps({"definitions": definitions, "cases": cases, "sets": sets}), encoding="utf-8")
    return path


def test_the_scripts_pass_under_node_with_the_servers_cases(exported):
    tests = sorted(str(path) for path in (ROOT / "tests" / "scripts").glob("*.test.mjs"))
    done = subprocess.run(
        [node(), "--test", "--test-reporter=spec", *tests],
        check=False, cwd=ROOT, capture_output=True, text=True, env={**os.environ, "JUDGE_CASES": str(exported)},
    )  # fmt: skip
    assert done.returncode == 0, (done.stdout + done.stderr)[-4000:]
    assert "no cases exported" not in done.stdout


def test_a_definition_has_a_version_of_its_content():
    rules, context = criteria.criteria_set(PLACES[0][0]), PLACES[0][1]
    first, again = forms.definition(rules, context), forms.definition(rules, context)
    assert first == again and len(first["version"]) == 16
    other = forms.definition(rules, Context(region="dbsh", year=2019, classes={}))
    assert other["version"] != first["version"]
    changed = {name: value for name, value in first.items() if name != "version"}
    assert forms.version_of(changed) == first["version"]
    changed["criteria"][0]["indicators"][0]["article"] += "x"
    assert forms.version_of(changed) != first["version"]
