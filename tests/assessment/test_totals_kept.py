"""Standing and totals follow every figure by differences, and always equal a recomputation."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from chungsuc.accounts.rules import VISITOR
from chungsuc.assessment import actions, queries
from chungsuc.assessment.models import Tally
from chungsuc.assessment.rules import LETTERS, FigureEntry, FigureRow, Level, MarkRow, add_up
from chungsuc.kit import clock
from chungsuc.kit.errors import Refused
from chungsuc.territory import actions as territory_actions
from chungsuc.territory import lists
from chungsuc.territory import queries as territory
from tests import cast
from tests.assessment.conftest import SET, good, load_land, unit
from tests.cast import COORDINATOR, END_2019, OPERATOR

TODAY = clock.today()


def record(entries, code="99001", speaks_of=END_2019, reason=None, level="self"):
    return actions.record_figures(
        unit=unit(code, speaks_of),
        set_code=SET,
        speaks_of=speaks_of,
        level=level,
        entries=entries,
        source="thử",
        by=COORDINATOR,
        at=clock.now(),
        reason=reason,
    )


def total(code, on=END_2019):
    return queries.tally_of(unit(code, on).id, SET)


@pytest.mark.django_db
def test_one_figure_moves_commune_district_and_province(land):
    record(good())
    met = queries.standing_of(unit("99001").id, SET).met
    assert met >= 17
    for code in ("991", "99"):
        assert (total(code).communes, total(code).met, total(code).by_met[met]) == (1, met, 1)
    record({"4.2": FigureEntry(Decimal("94.9"))}, reason="đếm lại")
    assert queries.standing_of(unit("99001").id, SET).met == met - 1
    for code in ("991", "99"):
        assert (total(code).met, total(code).by_met[met], total(code).by_met[met - 1]) == (met - 1, 0, 1)
        assert total(code).by_criterion[3] == 0
    assert total("992") is None


@pytest.mark.django_db
def test_an_older_date_does_not_move_the_newest_standing(land):
    record(good())
    before = queries.standing_of(unit("99001").id, SET)
    record({"4.2": FigureEntry(Decimal(10))}, speaks_of=date(2018, 12, 31))
    after = queries.standing_of(unit("99001").id, SET)
    assert (after.speaks_of, after.criteria, after.met) == (before.speaks_of, before.criteria, before.met)
    assert {row["speaks_of"] for row in queries.verdicts_recorded(unit("99001").id, SET)} == {
        END_2019,
        date(2018, 12, 31),
    }


@pytest.mark.django_db
def test_an_older_figure_that_still_counts_moves_the_newest_standing(land):
    entries = good()
    record({"4.2": entries.pop("4.2")}, speaks_of=date(2018, 12, 31))
    record(entries)
    met = queries.standing_of(unit("99001").id, SET).met
    record({"4.2": FigureEntry(Decimal(10))}, speaks_of=date(2018, 12, 31), reason="nhập nhầm")
    assert queries.standing_of(unit("99001").id, SET).met == met - 1
    assert queries.drift(SET, at=TODAY) == []


@pytest.mark.django_db
def test_verdicts_are_stored_with_a_full_trace_and_never_replaced(land):
    record(
        {
            "4.2": FigureEntry(None, Decimal(949), Decimal(1000)),
            "17.1": FigureEntry(parts={"hygienic": Decimal(91), "clean": Decimal(49)}),
        }
    )
    receipt = record({"4.2": FigureEntry(Decimal(96))}, reason="đếm lại")
    newest, oldest = queries.verdicts_recorded(unit("99001").id, SET)
    trace = newest["trace"]["4.2"]
    assert (trace["value"], trace["threshold"], trace["margin"], trace["verdict"]) == (96, 95, 1, "met")
    assert trace["figure"] == receipt.figure_ids["4.2"] and "1980" in trace["article"] and trace["provenance"]
    assert (oldest["trace"]["4.2"]["value"], oldest["trace"]["4.2"]["verdict"]) == (94.9, "not_met")
    water = newest["trace"]["17.1"]
    assert (water["value"], water["threshold"]) == ({"hygienic": 91, "clean": 49}, {"hygienic": 90, "clean": 50})
    assert (water["margin"], water["verdict"]) == ({"hygienic": 1, "clean": -1}, "not_met")
    assert newest["trace"]["1.1"] | {"article": "", "provenance": ""} == {
        "value": None,
        "threshold": True,
        "margin": None,
        "verdict": "no_figure",
        "article": "",
        "provenance": "",
        "figure": None,
    }


@pytest.mark.django_db
def test_marks_speak_where_no_figure_is_as_new(land):
    rows = [
        MarkRow(unit("99001").id, {number: number <= 12 for number in range(1, 20)}),
        MarkRow(unit("99003").id, count=7),
    ]
    receipt = actions.record_marks(
        rows=rows,
        set_code=SET,
        speaks_of=END_2019,
        source="bảng tổng hợp",
        by=COORDINATOR,
        at=clock.now(),
        notes=[{"code": "matrix.unit_missing"}],
    )
    assert queries.batch(receipt.batch_id).notes == ({"code": "matrix.unit_missing"},)
    assert (total("99").communes, total("99").met) == (2, 19)
    assert total("99").by_criterion[:13] == (1,) * 12 + (0,)
    table = queries.marks_table(units=[unit("99002"), unit("99001"), unit("99003")], set_code=SET, at=END_2019)
    assert table.count.tolist() == [-1, 12, 7] and table.counted_only.tolist() == [False, False, True]
    assert table.marks[1].tolist() == [1] * 12 + [0] * 7
    record(good(), "99001")
    assert queries.standing_of(unit("99001").id, SET).basis == "figures"
    assert queries.standing_of(unit("99003").id, SET).basis == "marks"
    assert queries.drift(SET, at=TODAY) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("row", "code"),
    [
        (lambda: MarkRow(unit("99004").id, {1: True}), "figure.other_kind_of_unit"),
        (lambda: MarkRow(987654, {1: True}), "figure.unit_unknown_on"),
        (lambda: MarkRow(unit("99001").id, {20: True}), "marks.criterion_unknown"),
        (lambda: MarkRow(unit("99001").id, count=20), "marks.count_impossible"),
        (lambda: MarkRow(unit("99001").id), "marks.count_impossible"),
    ],
)
def test_bad_marks_are_refused(land, row, code):
    with pytest.raises(Refused) as refused:
        actions.record_marks(
            rows=[row(), row()], set_code=SET, speaks_of=END_2019, source="x", by=COORDINATOR, at=clock.now()
        )
    codes = {reason.code for reason in refused.value.reasons}
    assert code in codes and queries.tallies(set_code=SET) == []


@pytest.mark.django_db
def test_after_a_merger_totals_are_rebuilt_over_the_units_of_the_day(land):
    record(good(), "99001")
    record(good(), "99003")
    drafts = lists.read_tables({"changes_2020.csv": cast.CHANGES.encode()})
    territory_actions.load_generations(drafts=drafts, by=OPERATOR, at=cast.LONG_AGO)
    assert queries.drift(SET, at=TODAY) != []
    with pytest.raises(Refused):
        actions.rebuild_tallies(set_code=SET, by=VISITOR, at=clock.now())
    actions.rebuild_tallies(set_code=SET, by=COORDINATOR, at=clock.now())
    assert queries.drift(SET, at=TODAY) == []
    assert total("99").communes == 1


@pytest.mark.django_db
def test_a_total_that_was_tampered_with_is_found_and_mended(land):
    record(good())
    Tally.objects.filter(unit_id=unit("991").id).update(met=3)
    (wrong,) = queries.drift(SET, at=TODAY)
    assert wrong["unit_id"] == unit("991").id and wrong["kept"]["met"] == 3
    actions.rebuild_tallies(set_code=SET, by=COORDINATOR, at=clock.now())
    assert queries.drift(SET, at=TODAY) == []


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["99001", "99002", "99003", "99005", "99006"]),
        st.sampled_from([date(2018, 12, 31), date(2019, 6, 30), END_2019]),
        st.sampled_from(list(Level)),
        st.dictionaries(
            st.sampled_from(["4.1", "4.2", "11", "12", "18.3", "9.1"]), st.integers(0, 100), min_size=1, max_size=4
        ),
        st.sampled_from(["one", "bulk", "marks"]),
    ),
    min_size=1,
    max_size=8,
)


def entry(indicator, value):
    return FigureEntry(value >= 50) if indicator in ("4.1", "18.3") else FigureEntry(Decimal(value))


class TotalsEqualARecomputation(TestCase):
    """Whatever is recorded, in whatever order, by whatever way."""

    @classmethod
    def setUpTestData(cls):
        load_land()

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(acts=ACTS)
    def test_any_acts(self, acts):
        for code, day, level, figures, way in acts:
            entries = {indicator: entry(indicator, value) for indicator, value in figures.items()}
            if way == "one":
                record(entries, code, day, reason="sửa", level=level)
            elif way == "bulk":
                rows = [FigureRow(unit(code, day).id, day, level, indicator, one) for indicator, one in entries.items()]
                actions.load_figures(
                    rows=rows, set_code=SET, by=COORDINATOR, at=clock.now(), source="thử", reason="sửa"
                )
            else:
                row = MarkRow(
                    unit(code, day).id, dict.fromkeys(range(1, 1 + figures[min(figures)] % 20), True), count=0
                )
                actions.record_marks(
                    rows=[row], set_code=SET, speaks_of=day, source="bảng", by=COORDINATOR, at=clock.now()
                )
        assert queries.drift(SET, at=TODAY) == []
        before = queries.tallies(set_code=SET)
        actions.rebuild_tallies(set_code=SET, by=COORDINATOR, at=clock.now())
        assert queries.tallies(set_code=SET) == before
        self._standings_equal_the_engine()

    def _standings_equal_the_engine(self):
        for standing in queries.standings(set_code=SET):
            if standing.basis == "figures":
                fact = territory.by_ids([standing.unit_id], standing.speaks_of)[standing.unit_id]
                verdict = queries.verdict_of(fact, SET, standing.speaks_of)
                assert standing.met == verdict.met
                assert standing.criteria == "".join(LETTERS[one.verdict.value] for one in verdict.criteria)


@given(
    st.lists(st.tuples(st.lists(st.integers(1, 5), max_size=3, unique=True), st.text("mxnaft", min_size=4, max_size=4)))
)
def test_totals_add_up(rows):
    """Communes by criteria met sum to the communes; weighted they sum to the criteria met."""
    counted = [(path, letters, letters.count("m") + letters.count("a")) for path, letters in rows]
    for one in add_up(counted, SET, 4):
        assert sum(one.by_met) == one.communes
        assert sum(number * communes for number, communes in enumerate(one.by_met)) == one.met == sum(one.by_criterion)


@pytest.mark.django_db
def test_a_set_that_cannot_judge_yet_still_takes_marks(land):
    """The frame of 2026-2030 has criteria but no indicators: a summary matrix can be recorded under it."""
    day = date(2026, 6, 30)
    actions.record_marks(rows=[MarkRow(unit("99001", day).id, {1: True, 2: False})], set_code="xa-ntm-2026-2030",
                         speaks_of=day, source="bảng", by=COORDINATOR, at=clock.now())
    standing = queries.standing_of(unit("99001", day).id, "xa-ntm-2026-2030")
    assert (standing.met, standing.criteria[:3], standing.basis) == (1, "mxf", "marks")
    assert queries.drift("xa-ntm-2026-2030", at=TODAY) == []
