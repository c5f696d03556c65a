"""The demo's files, judged by the engine, give the published figures."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from datetime import date
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

import pytest

from chungsuc.criteria import queries as criteria
from chungsuc.criteria.engine.checks import why_not
from tests.demo.reading import DEMO, communes, figure, rows, verdicts

OLD, NEW = "xa-ntm-2016-2020", "xa-ntm-2021-2025"
END_2019, END_2022 = date(2019, 12, 31), date(2022, 12, 31)


def met(set_code: str, at: date, year: int) -> dict[str, int]:
    return {code: verdict.met for code, verdict in verdicts(set_code, at, year).items()}


def test_the_end_of_2019_is_the_letter():
    counts = met(OLD, END_2019, 2019)
    assert (len(counts), sum(counts.values())) == (177, 1880)
    assert (Decimal(1880) / 177).quantize(Decimal("0.01"), ROUND_HALF_UP) == Decimal("10.62")
    below = sum(count < 10 for count in counts.values())
    assert below == 86
    share = Decimal(below * 100) / 177
    assert share.quantize(Decimal("0.1"), ROUND_HALF_UP) == Decimal("48.6")
    assert share.quantize(Decimal("0.1"), ROUND_DOWN) == Decimal("48.5")  # the letter cuts
    assert Counter(counts.values())[19] == 20
    assert min(counts.values()) == 5


def test_the_years_before_rise():
    means = [sum(met(OLD, date(year, 12, 31), 2019).values()) / 177 for year in (2016, 2017, 2018, 2019)]
    assert means == sorted(means)
    assert 7.3 < means[0] < 7.8
    assert min(met(OLD, date(2018, 12, 31), 2019).values()) == 5  # published: none under five any more


def test_vinh_quang_in_may_2019():
    assert verdicts(OLD, date(2019, 5, 31), 2019)["01693"].met == 15
    assert verdicts(OLD, END_2019, 2019)["01693"].met == 19


def test_the_quarters_of_2020_rise_over_the_merged_communes():
    means = [
        sum(met(OLD, day, 2020).values()) / len(communes(2020))
        for day in (date(2020, 3, 31), date(2020, 6, 30), date(2020, 9, 30), date(2020, 12, 31))
    ]
    assert means == sorted(means)
    assert 11.5 <= means[-1] <= 12


def test_2022_under_two_sets():
    old, new = met(OLD, END_2022, 2020), met(NEW, END_2022, 2020)
    assert Counter(old.values())[19] == 17
    assert (max(new.values()), sum(new.values()), len(new)) == (17, 1277, 139)
    assert (Decimal(1277) / 139).quantize(Decimal("0.01"), ROUND_HALF_UP) == Decimal("9.19")
    assert all(new[code] <= old[code] for code in new)
    unmet = {number for verdict in verdicts(NEW, END_2022, 2020).values() for number in _unmet(verdict)}
    assert {15, 17} <= unmet


def _unmet(verdict) -> set[int]:
    return {one.number for one in verdict.criteria if one.verdict.value not in ("met", "not_applicable")}


@pytest.mark.parametrize("set_code", [OLD, NEW])
def test_every_figure_is_one_that_its_indicator_can_have(set_code):
    asked = criteria.criteria_set(set_code, province="04")
    bad = [
        (row.unit_id, row.indicator, why[0].code)
        for row in rows(set_code)
        if (why := why_not(asked.by_code[row.indicator], figure(row)))
    ]
    assert bad == []


def test_value_and_counts_give_the_same_verdict():
    """A share is rounded to one decimal, and the rounding never crosses a threshold."""
    from dataclasses import replace

    from chungsuc.criteria.engine import Context, judge_indicator, place

    asked = criteria.criteria_set(OLD, province="04")
    rulings = {ruling.indicator.code: ruling for ruling in place(asked, Context("tdmnpb", 2019))}
    checked = 0
    for row in rows(OLD):
        if row.entry.num is None:
            continue
        ruling, exact = rulings[row.indicator], figure(row)
        rounded = replace(exact, num=None, den=None)
        assert judge_indicator(ruling, exact).verdict == judge_indicator(ruling, rounded).verdict, row
        checked += 1
    assert checked > 40_000


@pytest.mark.slow
def test_regenerating_gives_the_same_bytes(tmp_path):
    subprocess.run([sys.executable, DEMO / "generate.py", tmp_path], check=True, capture_output=True)
    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    kept = {path.name: path.read_bytes() for path in DEMO.iterdir() if path.name in made}
    assert set(made) == set(kept)
    assert [name for name in made if made[name] != kept[name]] == []
    assert sum(map(len, made.values())) < 3_000_000
