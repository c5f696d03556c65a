"""Words and columns give the same verdicts, margins and totals, edges included."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chungsuc.criteria import queries
from chungsuc.criteria.engine import VERDICTS, Context, judge
from chungsuc.criteria.engine.columns import judge_columns, judge_cube, thresholds_for
from tests.criteria import places

SETS = [
    queries.criteria_set("xa-ntm-2016-2020"),
    queries.criteria_set("xa-ntm-2016-2020", province="04"),
    queries.criteria_set("xa-ntm-2021-2025"),
    queries.criteria_set("xa-ntm-2021-2025", province="04"),
]


def row_of(criteria_set, figures):
    """The figures of one unit as a row of columns with its marks."""
    values, aside, nearly = [], [], []
    for indicator in criteria_set.indicators:
        figure = figures.get(indicator.code)
        for part in indicator.part_keys or (None,):
            value = figure.share(part).value if figure else None
            values.append(np.nan if value is None else float(value))
        aside.append(figure is not None and figure.not_applicable is not None)
        nearly.append(figure is not None and figure.nearly_met is not None)
    return values, aside, nearly


@st.composite
def communes(draw):
    """A set and a few units of it, each in its own place."""
    criteria_set = draw(st.sampled_from(SETS))
    found = []
    for _ in range(draw(st.integers(1, 3))):
        context = draw(places.contexts(criteria_set))
        found.append((context, draw(places.figures(criteria_set, context))))
    return criteria_set, found


@settings(max_examples=60, deadline=None)
@given(communes())
def test_columns_say_what_words_say(made):
    criteria_set, units = made
    rows = [row_of(criteria_set, figures) for _, figures in units]
    values, aside, nearly = (np.array(part) for part in zip(*rows, strict=True))
    thresholds = thresholds_for(criteria_set, [context for context, _ in units])
    columns = judge_columns(values, thresholds, not_applicable=aside, nearly_met=nearly)
    for nth, (context, figures) in enumerate(units):
        judged = judge(criteria_set, figures, context)
        indicators = [one for criterion in judged.criteria for one in criterion.indicators]
        assert [VERDICTS[code] for code in columns.indicator[nth]] == [one.verdict for one in indicators]
        assert [VERDICTS[code] for code in columns.criterion[nth]] == [one.verdict for one in judged.criteria]
        assert columns.met[nth] == judged.met
        margins = [margin for one in indicators for margin in _flat(one)]
        np.testing.assert_allclose(columns.margin[nth], margins, atol=1e-9)


def _flat(one):
    parts = one.ruling.indicator.part_keys
    if not parts:
        return [np.nan if one.margin is None else float(one.margin)]
    found = one.margin or {}
    return [np.nan if found.get(part) is None else float(found[part]) for part in parts]


@pytest.mark.parametrize("criteria_set", SETS, ids=lambda one: f"{one.code}-{one.overlay}")
def test_a_cube_says_what_a_table_says(criteria_set):
    dice = np.random.default_rng(3)
    first = criteria_set.period[0].year
    periods, units = 4, 70_001 // 4
    cube = np.round(dice.uniform(0, 110, size=(len(criteria_set.leaves), periods, units)), 1)
    cube[dice.random(cube.shape) < 0.05] = np.nan
    found = [thresholds_for(criteria_set, [Context("tdmnpb", first + period // 2)]) for period in range(periods)]
    whole = judge_cube(cube, found)
    for period in range(periods):
        table = judge_columns(cube[:, period].T, found[period])
        assert (whole.indicator[:, period] == table.indicator.T).all()
        assert (whole.criterion[:, period] == table.criterion.T).all()
        assert (whole.met[period] == table.met).all()
    assert set(np.unique(whole.indicator)) >= {0, 1, 4}


def test_a_cube_of_units_in_different_regions():
    criteria_set = SETS[0]
    contexts = [Context(region, 2019) for region in ("tdmnpb", "dbsh", "dnb")]
    cube = np.full((len(criteria_set.leaves), 2, 3), 96.0)
    whole = judge_cube(cube, [thresholds_for(criteria_set, contexts)] * 2)
    electricity = [one.code for one in criteria_set.indicators].index("4.2")
    assert whole.indicator[electricity].tolist() == [[4, 0, 0]] * 2


def test_the_order_of_memory_changes_nothing():
    criteria_set = SETS[1]
    values = np.round(np.random.default_rng(5).uniform(0, 110, size=(500, len(criteria_set.leaves))), 1)
    thresholds = thresholds_for(criteria_set, [Context("tdmnpb", 2019)] * 500)
    rows, columns = judge_columns(values, thresholds), judge_columns(np.asfortranarray(values), thresholds)
    assert (rows.indicator == columns.indicator).all() and (rows.met == columns.met).all()
    np.testing.assert_array_equal(rows.margin, columns.margin)
    assert not np.isnan(values).any()


def test_a_missing_figure_is_never_met():
    criteria_set = SETS[0]
    thresholds = thresholds_for(criteria_set, [Context("dbsh", 2019)])
    found = judge_columns(np.full((1, len(criteria_set.leaves)), np.nan), thresholds)
    assert (found.indicator == 1).all() and found.met.tolist() == [0]


def test_columns_are_named_by_leaves():
    leaves = SETS[0].leaves
    assert len(leaves) == 50
    assert [leaf for leaf in leaves if leaf.indicator == "17.1"] == [("17.1", "hygienic"), ("17.1", "clean")]
    assert len(SETS[2].leaves) == 62
