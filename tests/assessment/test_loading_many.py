"""Loading many figures: rows and grids, all or nothing, unchanged left out, changes with reasons."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import pytest

from chungsuc.assessment import actions, queries
from chungsuc.assessment.models import Figure
from chungsuc.assessment.rules import FigureEntry, FigureGrid, FigureRow, Level
from chungsuc.criteria import queries as criteria
from chungsuc.criteria.engine import Kind
from chungsuc.kit.errors import Refused
from tests.assessment.conftest import SET, unit
from tests.cast import COORDINATOR, END_2019, OFFICER, OPERATOR, VERIFIER

pytestmark = pytest.mark.django_db
CODES = ("99001", "99002", "99003")


def load(rows, at, by=COORDINATOR, **more):
    return actions.load_figures(rows=rows, set_code=SET, by=by, at=at, source=more.pop("source", "tệp"), **more)


def row(value, code="99001", indicator="4.2", speaks_of=END_2019, level=Level.SELF, **more):
    entry = value if isinstance(value, FigureEntry) else FigureEntry(Decimal(value))
    return FigureRow(unit(code).id, speaks_of, level, indicator, entry, **more)


def grid(**more):
    rules = criteria.criteria_set(SET)
    values = np.full((len(CODES), len(rules.leaves)), np.nan)
    for place, leaf in enumerate(rules.leaves):
        kind = rules.by_code[leaf.indicator].kind
        values[:, place] = [1, 0, 1] if kind is Kind.BOOLEAN else [96, 95, 94] if kind is Kind.PERCENT else [3, 2, 1]
    ids = np.array([unit(code).id for code in CODES])
    return FigureGrid(ids, END_2019, Level.SELF, more.pop("values", values), **more)


def column(indicator, part=None):
    return criteria.criteria_set(SET).leaves.index((indicator, part))


def codes_of(rows, at, *, before=0, **more):
    with pytest.raises(Refused) as refused:
        load(rows, at, **more)
    assert Figure.objects.count() == before
    return [reason.code for reason in refused.value.reasons]


def test_a_grid_is_recorded_as_rows_would_be(land, now):
    table = grid(not_applicable={(0, "17.2"): "không có cơ sở"}, notes={(1, "4.2"): "số ước"})
    table.values[0, column("17.2")] = np.nan
    table.values[2, column("4.2")] = np.nan
    receipt = load(table, now)
    assert receipt.recorded == 3 * 49 - 1 and receipt.verdicts == 3
    first, second, third = (queries.figures_of(unit(code).id, SET, END_2019) for code in CODES)
    assert first["17.2"].not_applicable == "không có cơ sở" and first["17.2"].value is None
    assert (second["4.2"].value, second["4.2"].note) == (95, "số ước") and "4.2" not in third
    assert third["17.1"].parts == {"hygienic": 94, "clean": 94} and third["17.1"].value is None
    assert first["1.1"].value == 1 and second["1.1"].value == 0
    assert queries.drift(SET, at=now.date()) == []


def test_counts_of_a_grid_are_kept(land, now):
    shape = (3, len(criteria.criteria_set(SET).leaves))
    num, den = np.full(shape, np.nan), np.full(shape, np.nan)
    num[:, column("4.2")], den[:, column("4.2")] = [960, 950, 949], [1000, 1000, 1000]
    values = np.full(shape, np.nan)
    values[2, column("4.2")] = 94.9
    load(grid(values=values, num=num, den=den), now)
    facts = [queries.figures_of(unit(code).id, SET, END_2019)["4.2"] for code in CODES]
    assert [(fact.value, fact.num, fact.den) for fact in facts] == [
        (96, 960, 1000),
        (95, 950, 1000),
        (Decimal("94.9"), 949, 1000),
    ]
    table = queries.figure_table(units=[unit(code) for code in CODES], set_code=SET, at=END_2019)
    assert table.values[:, column("4.2")].tolist() == [96.0, 95.0, 94.9]


@pytest.mark.parametrize(
    ("indicator", "value", "code"),
    [
        ("4.2", 120.0, "criteria.over_100"),
        ("4.2", -1.0, "criteria.negative"),
        ("4.2", np.inf, "criteria.not_finite"),
        ("1.1", 2.0, "criteria.boolean_expected"),
        ("9.1", 0.5, "criteria.not_whole"),
        ("10", 1e308, "criteria.too_large"),
    ],
)
def test_one_bad_cell_keeps_a_whole_grid_out(land, now, indicator, value, code):
    table = grid()
    table.values[1, column(indicator)] = value
    with pytest.raises(Refused) as refused:
        load(table, now)
    (reason,) = refused.value.reasons
    assert (reason.code, reason.facts["unit"], reason.facts["indicator"]) == (code, "99002", indicator)
    assert Figure.objects.count() == 0


def test_a_half_filled_compound_in_a_grid_is_refused(land, now):
    table = grid()
    table.values[0, column("17.1", "clean")] = np.nan
    assert codes_of(table, now) == ["criteria.part_missing"]


def test_a_grid_again_writes_only_what_changed_and_asks_why(land, now):
    first = load(grid(), now)
    again = load(grid(), now)
    assert (again.recorded, again.unchanged, again.batch_id) == (0, first.recorded, None)
    table = grid()
    table.values[0, column("4.2")] = 90
    table.values[1, column("17.1", "clean")] = 60
    table.values[2, column("1.1")] = 0
    assert codes_of(table, now, before=first.recorded) == ["figure.reason_missing"]
    third = load(table, now, reason="rà soát cuối năm")
    assert (third.recorded, third.changed, third.unchanged) == (3, 3, first.recorded - 3)
    newest = queries.history_of(unit("99001").id, SET, "4.2")[0]
    assert (newest.value, newest.reason, newest.supersedes is not None) == (90, "rà soát cuối năm", True)


def test_rows_of_several_units_dates_and_levels(land, now):
    receipt = load(
        [row("95"), row("90", "99003"), row("80", speaks_of=date(2018, 12, 31)), row("94", level=Level.VERIFIED)], now
    )
    assert (receipt.recorded, receipt.verdicts) == (4, 3)
    assert queries.figures_of(unit("99001").id, SET, END_2019)["4.2"].value == 94


def test_every_problem_is_told_with_its_line(land, now):
    with pytest.raises(Refused) as refused:
        load(
            [
                row("120", line=2),
                row("95", indicator="77", line=3),
                row("95", "99004", line=4),
                row("95", line=5),
                row("95", line=6),
            ],
            now,
        )
    found = {(reason.code, reason.facts.get("line")) for reason in refused.value.reasons}
    assert found >= {
        ("criteria.over_100", 2),
        ("figure.indicator_unknown", 3),
        ("figure.other_kind_of_unit", 4),
        ("figure.twice", 6),
    }


def test_a_row_may_bring_its_own_reason(land, now):
    load([row("95"), row("90", "99003")], now)
    changed = [row("94", reason="đếm lại"), row("91", "99003")]
    assert codes_of(changed, now, before=2) == ["figure.reason_missing"]
    assert load([changed[0]], now).changed == 1
    assert load([changed[1]], now, reason="theo biên bản").changed == 1
    assert queries.history_of(unit("99003").id, SET, "4.2")[0].reason == "theo biên bản"


def test_only_who_may_load_history_carries_past_moments(land, now):
    past = [row("95", recorded_at=now - timedelta(days=400), author="xa.ao-sen")]
    assert codes_of(past, now) == ["figure.recorded_at_not_asked"]
    assert codes_of(past, now, history=True) == ["accounts.not_allowed"]
    load(past, now, by=OPERATOR, history=True, kind="history", sha256="0" * 64)
    fact = queries.figures_of(unit("99001").id, SET, END_2019)["4.2"]
    assert (fact.author, fact.recorded_at, fact.batch_kind) == ("xa.ao-sen", past[0].recorded_at, "history")
    assert queries.batch(fact.batch_id).history


def test_a_history_is_not_loaded_twice_nor_from_the_future(land, now):
    past = [row("95", recorded_at=now - timedelta(days=400))]
    load(past, now, by=OPERATOR, history=True, sha256="0" * 64)
    assert codes_of(past, now, by=OPERATOR, history=True, sha256="0" * 64, before=1) == ["figure.history_loaded_before"]
    ahead = [
        row("95", recorded_at=now + timedelta(days=1)),
        row("95", indicator="11", recorded_at=now - timedelta(days=3000)),
    ]
    assert codes_of(ahead, now, by=OPERATOR, history=True, before=1) == [
        "figure.recorded_in_future",
        "figure.recorded_before_date",
    ]


def test_a_person_of_one_unit_loads_only_that_unit(land, now):
    assert load([row("95")], now, by=OFFICER).recorded == 1
    assert codes_of([row("95", "99003")], now, by=OFFICER, before=1) == ["accounts.other_unit"]
    assert codes_of([row("95", "99005", level=Level.VERIFIED)], now, by=VERIFIER, before=1) == ["accounts.other_unit"]


def test_without_judging_verdicts_wait(land, now):
    assert load([row("95")], now, judge=False).verdicts == 0
    assert queries.standing_of(unit("99001").id, SET) is None
    assert queries.days_of(SET, at_least=1) == []
    load([row("96", indicator="11")], now)
    assert queries.days_of(SET, at_least=1) == [END_2019]
