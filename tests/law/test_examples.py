"""Every worked example beside the law is a test; every threshold has one on each side, in every region."""

from __future__ import annotations

from decimal import Decimal

import pytest

from chungsuc.criteria import queries
from chungsuc.criteria.engine import Context, Figure, Kind, Verdict, judge_indicator, place
from chungsuc.criteria.engine.judging import IndicatorVerdict
from chungsuc.criteria.engine.sets import ByYear
from chungsuc.criteria.reader.examples import work

WORKED = [
    pytest.param(name, example, id=f"{name}-{example.name}")
    for name in queries.example_files()
    for example in queries.examples(name)
]
JUDGING = [one.code for one in queries.sets() if one.judges]


@pytest.mark.parametrize(("name", "example"), WORKED)
def test_the_set_bears_the_example_out(name, example):
    judged = work(queries.examples_set(name), example)
    assert judged.verdict == example.verdict
    if example.says is not None:
        assert isinstance(judged, IndicatorVerdict)
        assert judged.why("vi") == example.says


def years_of(indicator, region):
    cells = [part.thresholds.get(region) for part in indicator.parts] or [indicator.thresholds.get(region)]
    return [year for cell in cells if isinstance(cell, ByYear) for year, _ in cell.steps] or [None]


@pytest.mark.parametrize("code", JUDGING)
def test_every_numeric_threshold_has_an_example_on_each_side(code):
    criteria_set = queries.criteria_set(code)
    worked = {
        (one.indicator, one.region, one.year, one.verdict)
        for one in queries.examples(code)
        if one.indicator is not None
    }
    last = criteria_set.period[1].year - 1
    absent = []
    for region in criteria_set.regions:
        for ruling in place(criteria_set, Context(region, last)):
            indicator = ruling.indicator
            if indicator.kind is Kind.BOOLEAN or ruling.node is None:
                continue
            for year in years_of(indicator, region):
                sides = {verdict for i, r, y, verdict in worked if (i, r, y) == (indicator.code, region, year or last)}
                if not {"met", "not_met"} <= sides:
                    absent.append((indicator.code, region, year))
    assert absent == []


@pytest.mark.parametrize("code", JUDGING)
def test_the_edge_itself_is_met_and_a_hair_beyond_is_not(code):
    """By construction, whatever the examples say: v at the limit is met, one thousandth off is not."""
    criteria_set = queries.criteria_set(code, province="04")
    hair = Decimal("0.001")
    judged = 0
    for region in criteria_set.regions:
        for ruling in place(criteria_set, Context(region, criteria_set.period[1].year - 1)):
            if ruling.node is None or ruling.indicator.kind is Kind.BOOLEAN:
                continue
            lower = ruling.indicator.better == "lower"
            edge = dict(ruling.limits)
            for part in edge:
                off = {p: leaf.limit + ((hair if lower else -hair) if p == part else 0) for p, leaf in edge.items()}
                at = {p: leaf.limit for p, leaf in edge.items()}
                for values, wanted in ((at, Verdict.MET), (off, Verdict.NOT_MET)):
                    figure = Figure(values[None]) if part is None else Figure(parts=values)
                    assert judge_indicator(ruling, figure).verdict is wanted, (ruling.indicator.code, region, part)
                    judged += 1
    assert judged > 20
