"""The pure rules: levels and procedures, what counts between marks and figures, who is told."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chungsuc.assessment import procedures
from chungsuc.assessment.judging import full_trace
from chungsuc.assessment.rules import (
    LETTERS,
    BatchKind,
    FigureEntry,
    FigureFact,
    FigureTable,
    Level,
    MarksTable,
    letters_of_marks,
    overtaken,
    said,
    same_content,
    stored_value,
    use_marks,
    why_not_act,
)
from chungsuc.criteria import queries as criteria
from chungsuc.criteria.engine import Share, Verdict
from chungsuc.kit.clock import VIETNAM

DAY = date(2019, 12, 31)


def fact(**said):
    known = {
        "id": 7,
        "unit_id": 1,
        "set_code": "s",
        "indicator": "4.2",
        "speaks_of": DAY,
        "level": Level.SELF,
        "value": None,
        "num": None,
        "den": None,
        "parts": {},
        "not_applicable": None,
        "nearly_met": None,
        "note": None,
        "source": "x",
        "author": "an",
        "reason": None,
        "supersedes": None,
        "recorded_at": datetime(2020, 1, 1, tzinfo=VIETNAM),
        "batch_id": 1,
        "batch_kind": BatchKind.ENTRY,
    }
    return FigureFact(**(known | said))


@given(st.dates(date(2016, 1, 1), date(2035, 1, 1)))
def test_every_date_has_one_procedure_and_its_levels_rise(day):
    covering = [
        one
        for one in procedures._procedures(procedures.Path(procedures.settings.CHUNGSUC_LAW) / "procedures")
        if one.covers(day)
    ]
    assert len(covering) == 1
    ranks = [level.rank for level in procedures.levels_on(day)]
    assert ranks == sorted(ranks) and ranks[0] == 1
    assert (Level.VERIFIED in procedures.levels_on(day)) == (day < date(2025, 7, 1))


def test_what_is_from_memory_says_so():
    for day in (DAY, date(2026, 1, 1)):
        procedure = procedures.procedure_on(day)
        assert procedure.provenance == "memory" and "chưa đối chiếu" in procedure.note


@given(st.dates(), st.dates(), st.none() | st.dates(), st.sampled_from(list(Level)))
def test_nothing_stands_against_a_date_in_force_and_past(speaks_of, today, in_force_from, level):
    found = {
        one.code
        for one in why_not_act(
            speaks_of=speaks_of,
            today=today,
            in_force_from=in_force_from,
            level=level,
            levels=(Level.SELF, Level.APPRAISED),
        )
    }
    assert ("figure.date_in_future" in found) == (speaks_of > today)
    assert ("figure.date_before_set" in found) == (in_force_from is not None and speaks_of < in_force_from)
    assert ("figure.level_unknown" in found) == (level is Level.VERIFIED)


ENTRIES = st.builds(
    FigureEntry,
    value=st.none() | st.booleans() | st.decimals(0, 100, places=2),
    parts=st.dictionaries(st.sampled_from("ab"), st.decimals(0, 100, places=1), max_size=2),
    not_applicable=st.none() | st.text(),
    nearly_met=st.none() | st.text(),
    note=st.none() | st.text(),
)


@given(ENTRIES, ENTRIES)
def test_what_was_stored_is_the_same_content_and_nothing_else_is(entry, other):
    def told(one):
        return {"value": stored_value(one), "parts": dict(one.parts), "not_applicable": said(one.not_applicable),
                "nearly_met": said(one.nearly_met), "note": said(one.note)}

    assert same_content(entry, fact(**told(entry)))
    assert same_content(other, fact(**told(entry))) == (told(entry) == told(other))


def test_texts_are_kept_composed():
    assert said(" Hoa\u0300 ") == "Hoà"
    assert said("  ") is None and said(None) is None


@given(st.integers(0, 10**6), st.integers(1, 10**6))
def test_a_share_of_counts_is_stored_as_their_quotient(num, den):
    entry = FigureEntry(num=Decimal(num), den=Decimal(den))
    assert abs(stored_value(entry) - Decimal(num) * 100 / Decimal(den)) <= Decimal("1e-10")
    assert same_content(entry, fact(value=stored_value(entry), num=Decimal(num), den=Decimal(den)))
    assert same_content(FigureEntry(parts={"a": Share(Decimal(3))}), fact(parts={"a": Decimal(3)}))


def test_only_those_who_looked_before_are_told():
    rules = criteria.criteria_set("xa-ntm-2016-2020")
    standing = {"4.2": fact(id=9, value=Decimal("95.50"))}
    for seen in ({"4.2": 9}, {}, {"11": 0}):
        assert overtaken(seen, standing, rules) == ()
    (reason,) = overtaken({"4.2": 7}, standing, rules)
    assert (reason.facts["who"], reason.facts["value"], reason.facts["figure"]) == ("an", "95,5", 9)


def test_what_came_meanwhile_is_told_as_people_write_it_and_in_the_order_of_the_codes():
    rules = criteria.criteria_set("xa-ntm-2016-2020")
    parts = {"clean": Share(None, Decimal("165.0"), Decimal("395.0"))}
    standing = {
        "17.1": fact(parts=parts), "10": fact(value=Decimal("22.1")), "2.1": fact(value=Decimal(1)),
        "1.1": fact(value=Decimal(1), author="operator"),
    }  # fmt: skip
    told = [one.facts for one in overtaken(dict.fromkeys(standing, 0), standing, rules)]
    assert [one["indicator"] for one in told] == ["1.1", "2.1", "10", "17.1"]
    assert [one["value"] for one in told][:3] == ["Đạt", "1", "22,1"]
    assert "clean" not in told[3]["value"] and told[3]["value"].endswith("165/395")
    assert told[0]["who"] == "Người vận hành máy"


def test_a_share_that_agrees_with_the_counts_says_nothing_new():
    counted = fact(value=Decimal("41.03"), num=Decimal(16), den=Decimal(39))
    assert same_content(FigureEntry(Decimal("41.03")), counted)
    assert not same_content(FigureEntry(Decimal("41")), counted)
    assert not same_content(FigureEntry(Decimal("41.03"), Decimal(17), Decimal(39)), counted)
    counted_part = fact(parts={"a": Share(None, Decimal(16), Decimal(39))})
    assert same_content(FigureEntry(parts={"a": Decimal("41.03")}), counted_part)


@pytest.mark.parametrize(
    ("figure_day", "mark_day", "marks"),
    [
        (None, DAY, True),
        (DAY, None, False),
        (None, None, False),
        (DAY, DAY, False),
        (DAY, DAY + timedelta(days=1), True),
        (DAY + timedelta(days=1), DAY, False),
    ],
)
def test_marks_speak_only_where_they_are_newer_than_every_figure(figure_day, mark_day, marks):
    days = np.array([[figure_day or "NaT", "NaT"]], dtype="datetime64[D]")
    blank = np.zeros((1, 2), dtype=bool)
    table = FigureTable(
        "s",
        DAY,
        None,
        np.array([1]),
        ("1", "2"),
        (("1", None), ("2", None)),
        blank * 1.0,
        blank,
        blank,
        days,
        blank.astype(np.int8),
        blank.astype(np.int64),
    )
    told = MarksTable(
        "s",
        np.array([1]),
        (1,),
        np.array([[1]]),
        np.array([1 if mark_day else -1]),
        np.array([False]),
        np.array([mark_day or "NaT"], dtype="datetime64[D]"),
    )
    assert use_marks(table, told).tolist() == [marks]


def test_every_verdict_has_a_letter_of_its_own():
    assert set(LETTERS) == {verdict.value for verdict in Verdict} and len(set(LETTERS.values())) == len(LETTERS)
    assert letters_of_marks(np.array([1, 0, -1])) == "mxf"


def test_a_trace_and_its_frame_make_a_full_trace():
    frame = {"4.2": {"threshold": 95, "article": "QĐ", "provenance": "verified"}}
    assert full_trace({"4.2": [94.9, -0.1, "x", 12]}, frame) == {
        "4.2": {
            "value": 94.9,
            "threshold": 95,
            "margin": -0.1,
            "verdict": "not_met",
            "article": "QĐ",
            "provenance": "verified",
            "figure": 12,
        }
    }
