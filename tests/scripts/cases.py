"""What the server says of thousands of fields: every worked example of the law, and values around every threshold.

Exported as JSON; `judge.test.mjs` judges each anew in the browser's way and must say the same, word by word.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from chungsuc.assessment.rules.typed import entry_of, is_empty, plain
from chungsuc.criteria import forms
from chungsuc.criteria import queries as criteria
from chungsuc.criteria.engine import Context, CriteriaSet, Figure, Indicator, Share, checks, judge
from chungsuc.criteria.engine.judging import IndicatorVerdict, judge_indicator
from chungsuc.criteria.engine.nodes import IsTrue
from chungsuc.criteria.engine.placing import Ruling, place
from chungsuc.criteria.reader import examples, lines, shaping
from chungsuc.kit.catalogue import mend, say
from tests.house.source import ROOT

PLACES = (Decimal(1).scaleb(-12), 12)
LAW = ROOT / "law" / "examples"
STEPS = ("-7", "-0.01", "0", "0.01", "7")
COUNTS = ((0, 7), (2, 3), (949, 1000), (7, 7), (1, 8))
WRONG = (
    {"": "120"}, {"": "-5,5"}, {":num": "9", ":den": "7"}, {":num": "0", ":den": "0"}, {":num": "3"}, {":den": "3"},
    {"": "95,0", ":num": "1", ":den": "3"}, {":num": "1,5", ":den": "2"}, {"": "3,5"}, {"": "99999999999"},
    {"": "1," + "1" * 21}, {":num": "-1", ":den": "4"}, {"": "12.50"}, {"": "66,7", ":num": "2", ":den": "3"},
    {"": "66,70", ":num": "2", ":den": "3"}, {":num": "1111111111", ":den": "3"}, {"": "007,50"},
)  # fmt: skip


class Export:
    """Definitions by key, cases of one field, whole units; `edges`: keys whose every threshold was gone around."""

    def __init__(self) -> None:
        self.definitions: dict[str, Any] = {}
        self.cases: list[dict[str, Any]] = []
        self.units: list[dict[str, Any]] = []
        self.edges: list[str] = []

    def as_json(self) -> dict[str, Any]:
        """Plain data."""
        return {"definitions": self.definitions, "cases": self.cases, "units": self.units, "edges": self.edges}

    def define(self, rules: CriteriaSet, context: Context) -> str:
        """The key of the place's definition."""
        classes = ",".join(f"{scheme}:{value}" for scheme, value in sorted(context.classes.items()))
        key = f"{rules.code}/{rules.overlay or '-'}/{context.region}/{context.year}/{classes or '-'}"
        if key not in self.definitions:
            self.definitions[key] = forms.definition(rules, context)
        return key

    def add(self, key: str, ruling: Ruling, field: Mapping[str, str], nearly: str | None = None) -> None:
        """One field, with what the server says of it."""
        figure = replace(_figure(ruling.indicator, field), nearly_met=nearly)
        judged = judge_indicator(ruling, figure)
        problems = () if is_empty(field) else checks.why_not(ruling.indicator, figure)
        self.cases.append(
            {
                "definition": key, "code": judged.code, "field": dict(field), "nearly": nearly,
                "verdict": judged.verdict.value, "vi": judged.why("vi"), "en": judged.why("en"),
                "margins": _margins(judged),
                "problems": [
                    [one.code, say(one), say(one, "en"), mend(one) or "", mend(one, "en") or ""] for one in problems
                ],
            }
        )  # fmt: skip


def export() -> dict[str, Any]:
    """Everything."""
    found = Export()
    for rules, context in _places():
        key = found.define(rules, context)
        found.edges.append(key)
        begin = len(found.cases)
        for ruling in place(rules, context):
            for field in _fields(ruling):
                found.add(key, ruling, field)
        _unit(found, key, rules, context, found.cases[begin:])
    for rules, example in _worked():
        _example(found, rules, example)
    return found.as_json()


def _places() -> Iterator[tuple[CriteriaSet, Context]]:
    """Every set in every region, in the first and the last year; a province's own levels; area classes."""
    for code, rules in sorted(criteria.national_sets().items()):
        years = {rules.period[0].year + 1, rules.period[1].year - 1}
        for region in rules.regions:
            for year in sorted(years):
                yield rules, Context(region, year)
        for scheme, known in rules.classes.items():
            for value in known.values:
                yield rules, Context(next(iter(rules.regions)), max(years), {scheme: value})
        for overlay in ("cao-bang-vi-du",) if code in ("xa-ntm-2016-2020", "xa-ntm-2021-2025") else ():
            yield criteria.criteria_set(code, overlay=overlay), Context("tdmnpb", max(years))


def _fields(ruling: Ruling) -> Iterator[dict[str, str]]:
    """Nothing, set aside, both sides of every limit, with and without counts, and what does not fit."""
    indicator = ruling.indicator
    yield from ({}, {"na": "không có ở xã"})
    if indicator.kind == "boolean":
        yield from ({"value": "yes"}, {"value": "no"}, {"value": "yes", "na": "không có"})
        return
    for limit in {leaf.limit for _, leaf in ruling.limits if not isinstance(leaf, IsTrue)} or {Decimal(50)}:
        for value in (limit + Decimal(step) for step in STEPS):
            if value >= 0 and not (indicator.kind == "percent" and value > 100):
                yield _filled(indicator, {"": plain(value)})
        if indicator.counted:
            for num, den in COUNTS:
                yield _filled(indicator, {":num": str(num), ":den": str(den)})
            yield _filled(indicator, {"": plain(limit), ":num": "1", ":den": "9"})
    for endings in WRONG:
        yield _filled(indicator, endings)
    if indicator.part_keys:
        yield {f"part:{indicator.part_keys[0]}": "80"}
    yield {**_filled(indicator, {"": "80"}), "na": "không có"}


def _filled(indicator: Indicator, endings: Mapping[str, str]) -> dict[str, str]:
    if indicator.part_keys:
        return {f"part:{key}{ending}": text for key in indicator.part_keys for ending, text in endings.items()}
    return {ending.lstrip(":") or "value": text for ending, text in endings.items()}


def _figure(indicator: Indicator, field: Mapping[str, str]) -> Figure:
    entry, unread = entry_of(indicator, field)
    assert unread == (), (indicator.code, field)
    return Figure(entry.value, entry.num, entry.den, entry.parts, entry.not_applicable)


def _margins(judged: IndicatorVerdict) -> list[str | None]:
    """The margin of each comparison, to twelve decimals."""
    margin = judged.margin
    found = list(margin.values()) if isinstance(margin, Mapping) else [margin]
    return [None if one is None or isinstance(one, bool) else _plain(one) for one in found]


def _plain(value: Decimal) -> str:
    shown = f"{value.quantize(PLACES[0]):f}".rstrip("0").rstrip(".")
    return "0" if shown == "-0" else shown


def _unit(found: Export, key: str, rules: CriteriaSet, context: Context, cases: list[dict[str, Any]]) -> None:
    """One unit with a random case for each indicator."""
    chosen: dict[str, dict[str, str]] = {}
    for case in random.Random(key).sample(cases, len(cases)):
        chosen.setdefault(case["code"], case["field"])
    fields = {code: field for code, field in chosen.items() if field}
    verdict = judge(rules, {code: _figure(rules.by_code[code], field) for code, field in fields.items()}, context)
    _whole(found, key, fields, verdict)


def _whole(found: Export, key: str, fields: Mapping[str, Any], verdict: Any, nearly: Mapping[str, str] = {}) -> None:
    told = [one.verdict.value for one in verdict.criteria]
    found.units.append(
        {"definition": key, "fields": fields, "nearly": dict(nearly), "met": verdict.met, "criteria": told}
    )


def _worked() -> Iterator[tuple[CriteriaSet, examples.Example]]:
    """Every worked example that the law comes with, and the set that it speaks of."""
    for path in sorted(LAW.glob("*.yaml")):
        shape, problems = shaping.shape_of(lines.read(path.read_text(encoding="utf-8")))
        assert shape is not None and not problems, path
        overlay = {"overlay": shape.overlay} if shape.overlay else {}
        rules = criteria.criteria_set(shape.set, **overlay)
        for example in examples.build_examples(shape, rules):
            yield rules, example


def _example(found: Export, rules: CriteriaSet, example: examples.Example) -> None:
    figures, problems = checks.read(rules, example.figures)
    assert not problems, example
    context = Context(example.region, example.year)
    key = found.define(rules, context)
    rulings = {one.indicator.code: one for one in place(rules, context)}
    for code, figure in figures.items():
        found.add(key, rulings[code], _typed(figure), figure.nearly_met)
    fields = {code: _typed(figure) for code, figure in figures.items()}
    nearly = {code: figure.nearly_met for code, figure in figures.items() if figure.nearly_met}
    _whole(found, key, fields, judge(rules, figures, context), nearly)


def _typed(figure: Figure) -> dict[str, str]:
    """A figure as somebody types it."""
    if figure.not_applicable is not None:
        return {"na": figure.not_applicable}
    if isinstance(figure.value, bool):
        return {"value": "yes" if figure.value else "no"}
    found = _texts("", Share(figure.value, figure.num, figure.den))
    for key, part in figure.parts.items():
        found |= _texts(f"part:{key}", part if isinstance(part, Share) else Share(part))
    return found


def _texts(stem: str, share: Share) -> dict[str, str]:
    names = (stem or "value", f"{stem}:num".lstrip(":"), f"{stem}:den".lstrip(":"))
    return {name: plain(number) for name, number in zip(names, share, strict=True) if number is not None}
