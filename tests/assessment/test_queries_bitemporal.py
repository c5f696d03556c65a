"""As of a date, as known on a date: the same question gives the same answer for ever."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from chungsuc.assessment import actions, queries
from chungsuc.assessment.rules import FigureEntry, FigureRow, Level
from chungsuc.kit import clock
from chungsuc.kit.clock import VIETNAM
from tests.assessment.conftest import SET, load_land, unit
from tests.cast import END_2019, OPERATOR


def moment(day, hour=9):
    return datetime(day.year, day.month, day.day, hour, tzinfo=VIETNAM)


def load(*rows, judge=False):
    return actions.load_figures(
        rows=list(rows),
        set_code=SET,
        by=OPERATOR,
        at=clock.now(),
        source="lịch sử",
        kind="history",
        history=True,
        judge=judge,
    )


def line(value, speaks_of, recorded, level=Level.SELF, code="99001", indicator="4.2", **entry):
    return FigureRow(
        unit(code).id, speaks_of, level, indicator, FigureEntry(Decimal(value), **entry), recorded_at=recorded
    )


def value_at(at, known=None, level=None):
    fact = queries.figures_of(unit("99001").id, SET, at, queries.known_at(known), level).get("4.2")
    return None if fact is None else fact.value


@pytest.mark.django_db
def test_the_newest_date_then_the_highest_level_then_the_newest_line(land):
    load(
        line("80", date(2018, 12, 31), moment(date(2019, 1, 10))),
        line("81", date(2018, 12, 31), moment(date(2019, 2, 10)), Level.APPRAISED),
        line("82", date(2018, 12, 31), moment(date(2019, 3, 10))),
        line("90", END_2019, moment(date(2020, 1, 12))),
        line("91", END_2019, moment(date(2020, 1, 20))),
    )
    assert value_at(date(2018, 12, 30)) is None
    assert value_at(date(2018, 12, 31)) == 81  # the appraisal, although the commune spoke again later
    assert value_at(date(2019, 12, 30)) == 81
    assert value_at(END_2019) == 91
    assert value_at(date(2025, 1, 1)) == 91
    assert value_at(END_2019, level=Level.APPRAISED) == 81
    assert value_at(date(2018, 12, 31), level=Level.SELF) == 82


@pytest.mark.django_db
def test_as_known_on_a_day_includes_that_day_in_vietnam(land):
    load(
        line("90", END_2019, datetime(2020, 1, 12, 23, 59, 59, tzinfo=VIETNAM)),
        line("91", END_2019, datetime(2020, 1, 13, 0, 0, 1, tzinfo=VIETNAM)),
    )
    assert value_at(END_2019, date(2020, 1, 11)) is None
    assert value_at(END_2019, date(2020, 1, 12)) == 90
    assert value_at(END_2019, date(2020, 1, 13)) == 91


@pytest.mark.django_db
def test_a_later_correction_does_not_move_what_was_known(land, now):
    load(line("90", END_2019, moment(date(2020, 1, 12))))
    before = value_at(END_2019, date(2020, 6, 30))
    actions.record_figures(
        unit=unit("99001"),
        set_code=SET,
        speaks_of=END_2019,
        level="self",
        source="đếm lại",
        by=OPERATOR,
        at=now,
        entries={"4.2": FigureEntry(Decimal("70"))},
        reason="đếm lại",
    )
    assert value_at(END_2019) == 70
    assert value_at(END_2019, date(2020, 6, 30)) == before == 90
    verdict = queries.verdict_of(unit("99001"), SET, END_2019, queries.known_at(date(2020, 6, 30)))
    assert next(one.value for criterion in verdict.criteria for one in criterion.indicators if one.code == "4.2") == 90


@pytest.mark.django_db
def test_the_table_says_what_the_single_question_says(land):
    load(
        line("90", END_2019, moment(date(2020, 1, 12))),
        line("95.5", date(2019, 6, 30), moment(date(2019, 7, 12)), code="99003", num=Decimal(191), den=Decimal(200)),
        FigureRow(
            unit("99003").id,
            END_2019,
            Level.SELF,
            "17.2",
            FigureEntry(not_applicable="không có cơ sở"),
            recorded_at=moment(date(2020, 1, 12)),
        ),
        FigureRow(
            unit("99003").id,
            END_2019,
            Level.VERIFIED,
            "17.1",
            FigureEntry(parts={"hygienic": Decimal(91), "clean": Decimal(52)}),
            recorded_at=moment(date(2020, 1, 12)),
        ),
    )
    units = [unit("99002"), unit("99003"), unit("99001")]
    table = queries.figure_table(units=units, set_code=SET, at=END_2019)
    column = table.leaves.index(("4.2", None))
    assert np.isnan(table.values[0]).all() and table.has_figures.tolist() == [False, True, True]
    assert table.values[:, column].tolist()[1:] == [95.5, 90.0]
    assert [table.values[1, table.leaves.index(("17.1", part))] for part in ("hygienic", "clean")] == [91, 52]
    place = table.indicators.index("4.2")
    assert table.speaks_of[1, place] == np.datetime64("2019-06-30") and np.isnat(table.speaks_of[0, place])
    assert table.not_applicable[1, table.indicators.index("17.2")] and not table.not_applicable[2].any()
    assert table.level[1, table.indicators.index("17.1")] == Level.VERIFIED.rank
    facts = queries.figures_of(units[1].id, SET, END_2019)
    assert table.figure_ids[1, place] == facts["4.2"].id


@pytest.mark.django_db
def test_counts_decide_in_the_table_as_in_the_engine(land):
    load(line("95", END_2019, moment(date(2020, 1, 12)), num=Decimal(9496), den=Decimal(10000)))
    table = queries.figure_table(units=[unit("99001")], set_code=SET, at=END_2019)
    assert table.values[0, table.leaves.index(("4.2", None))] == 94.96


@pytest.mark.django_db
def test_three_judgements_stand_side_by_side(land):
    load(
        line("96", END_2019, moment(date(2020, 1, 5))),
        line("95", END_2019, moment(date(2020, 2, 5)), Level.VERIFIED),
        line("94", END_2019, moment(date(2020, 3, 5)), Level.APPRAISED),
    )
    found = queries.judgements_of(unit("99001").id, SET, END_2019)["4.2"]
    assert {level.value: fact.value for level, fact in found.items()} == {"self": 96, "verified": 95, "appraised": 94}
    early = queries.judgements_of(unit("99001").id, SET, END_2019, queries.known_at(date(2020, 1, 31)))["4.2"]
    assert list(early) == [Level.SELF]


@pytest.mark.django_db
def test_late_filings_are_counted_in_days(land):
    load(line("90", END_2019, moment(date(2020, 1, 10))), line("90", END_2019, moment(date(2020, 2, 3)), code="99003"))
    late = queries.late(set_code=SET, speaks_of=END_2019, days_allowed=14)
    assert [(one.unit_id, one.days_late) for one in late] == [(unit("99003").id, 20)]


@pytest.mark.django_db
def test_demo_data_is_known_by_its_source(land, now):
    assert not queries.is_demo()
    load(line("90", END_2019, moment(date(2020, 1, 10))))
    assert not queries.is_demo()
    actions.load_figures(
        rows=[line("90", END_2019, None, code="99003")], set_code=SET, by=OPERATOR, at=now, source="demo: mẫu"
    )
    assert queries.is_demo()


@pytest.mark.django_db
def test_one_statement_reads_a_table_of_any_size(land, django_assert_num_queries):
    load(line("90", END_2019, moment(date(2020, 1, 10))))
    units = [unit(code) for code in ("99001", "99002", "99003")]
    with django_assert_num_queries(2):  # the figures, and the parts of compound ones (none here: an early return)
        queries.figure_table(units=units, set_code=SET, at=END_2019)
        queries.figures_of(units[0].id, SET, END_2019)


LINES = st.lists(
    st.tuples(
        st.sampled_from([date(2018, 6, 30), date(2018, 12, 31), END_2019]),
        st.integers(0, 60),
        st.sampled_from(list(Level)),
        st.integers(0, 100),
    ),
    min_size=1,
    max_size=12,
    unique_by=lambda one: one[:3],
)


class TheLineThatCounts(TestCase):
    """The SQL gives what a plain reading of the rule gives, for any lines, date and knowledge."""

    @classmethod
    def setUpTestData(cls):
        load_land()

    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        lines=LINES,
        at=st.dates(date(2018, 6, 1), date(2020, 3, 1)),
        known=st.integers(0, 80),
        only=st.none() | st.sampled_from(list(Level)),
    )
    def test_any_lines(self, lines, at, known, only):
        def recorded(days):
            return moment(date(2020, 1, 1)) + timedelta(days=days)

        load(*[line(str(value), day, recorded(days), level) for day, days, level, value in lines])
        told = [
            one
            for one in lines
            if one[0] <= at and recorded(one[1]) <= recorded(known) and (only is None or one[2] is only)
        ]
        expected = max(told, key=lambda one: (one[0], one[2].rank, one[1]))[3] if told else None
        facts = queries.figures_of(unit("99001").id, SET, at, recorded(known), only)
        assert (facts["4.2"].value if facts else None) == expected
        table = queries.figure_table(units=[unit("99001")], set_code=SET, at=at, known=recorded(known), level=only)
        found = table.values[0, table.leaves.index(("4.2", None))]
        assert (None if np.isnan(found) else found) == expected
