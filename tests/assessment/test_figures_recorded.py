"""Recording one unit's figures: guard, checks, changes with reasons, two people at once, what follows."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from chungsuc.accounts.rules import VISITOR
from chungsuc.assessment import actions, queries
from chungsuc.assessment.models import Batch, Figure
from chungsuc.assessment.rules import FigureEntry, Level
from chungsuc.criteria.engine import Share
from chungsuc.kit import journal
from chungsuc.kit.catalogue import as_json
from chungsuc.kit.errors import Refused
from tests.assessment.conftest import NEXT_SET, SET, good, unit
from tests.cast import COORDINATOR, END_2019, MERGED_ON, OFFICER, OPERATOR, VERIFIER

pytestmark = pytest.mark.django_db


def number(text):
    return FigureEntry(Decimal(text))


def record(entries, *, code="99001", speaks_of=END_2019, by=COORDINATOR, at, **more):
    return actions.record_figures(
        unit=more.pop("unit", None) or unit(code, speaks_of),
        set_code=more.pop("set_code", SET),
        speaks_of=speaks_of,
        level=more.pop("level", "self"),
        entries=entries,
        source=more.pop("source", "biểu của xã"),
        by=by,
        at=at,
        **more,
    )


def refusal(entries, **act):
    """The codes of the refusal; every reason has both sentences, and nothing was written."""
    before = Figure.objects.count()
    with pytest.raises(Refused) as refused:
        record(entries, **act)
    assert Figure.objects.count() == before
    for reason in refused.value.reasons:
        assert as_json(reason, "vi")["text"] and as_json(reason, "en")["text"]
    return [reason.code for reason in refused.value.reasons]


def test_a_recorded_figure_says_everything_about_itself(land, now):
    receipt = record(
        {
            "4.2": FigureEntry(Decimal("94.9"), Decimal(949), Decimal(1000), note="ước"),
            "17.1": FigureEntry(parts={"hygienic": Decimal(91), "clean": Share(None, Decimal(26), Decimal(50))}),
        },
        by=OFFICER,
        at=now,
    )
    assert (receipt.recorded, receipt.unchanged, receipt.changed) == (2, 0, 0)
    facts = queries.figures_of(unit("99001").id, SET, END_2019)
    fact = facts["4.2"]
    assert (fact.value, fact.num, fact.den, fact.note) == (Decimal("94.9"), 949, 1000, "ước")
    assert (fact.level, fact.source, fact.author, fact.batch_kind) == (Level.SELF, "biểu của xã", OFFICER.code, "entry")
    assert fact.recorded_at == now and fact.id == receipt.figure_ids["4.2"] and fact.supersedes is None
    assert facts["17.1"].parts == {"hygienic": Decimal(91), "clean": Share(None, Decimal(26), Decimal(50))}
    line = journal.lines(subject="unit:99001")[0]
    assert (line["event"], line["by"], line["facts"]["recorded"]) == ("figures.recorded", OFFICER.code, ["17.1", "4.2"])


def test_booleans_are_kept_as_one_and_zero(land, now):
    record({"1.1": FigureEntry(True), "1.2": FigureEntry(False)}, at=now)
    facts = queries.figures_of(unit("99001").id, SET, END_2019)
    assert (facts["1.1"].value, facts["1.2"].value) == (1, 0)


@pytest.mark.parametrize(
    ("code", "entry", "expected"),
    [
        ("4.2", number("120"), "criteria.over_100"),
        ("4.2", number("-1"), "criteria.negative"),
        ("4.2", number("NaN"), "criteria.not_finite"),
        ("4.2", number("Infinity"), "criteria.not_finite"),
        ("10", number("1e308"), "criteria.too_large"),
        ("4.2", FigureEntry("94,9"), "criteria.number_expected"),
        ("4.2", FigureEntry(True), "criteria.number_expected_not_boolean"),
        ("1.1", number("1"), "criteria.boolean_expected"),
        ("9.1", number("0.5"), "criteria.not_whole"),
        ("4.2", FigureEntry(), "criteria.value_missing"),
        ("4.2", FigureEntry(Decimal("96"), Decimal(949), Decimal(1000)), "criteria.counts_not_share"),
        ("4.2", FigureEntry(None, Decimal(1001), Decimal(1000)), "criteria.part_over_whole"),
        ("4.2", FigureEntry(None, Decimal(1), None), "criteria.counts_incomplete"),
        ("4.2", FigureEntry(None, Decimal(0), Decimal(0)), "criteria.counts_of_nothing"),
        ("17.1", FigureEntry(parts={"hygienic": Decimal(91)}), "criteria.part_missing"),
        ("17.1", number("91"), "criteria.parts_expected"),
        ("17.2", FigureEntry(not_applicable=" "), "criteria.reason_missing"),
        ("99.9", number("1"), "figure.indicator_unknown"),
        ("4.2", number("94." + "9" * 21), "figure.too_precise_in"),
        ("4.2", FigureEntry(Decimal(95), note="a\x00b"), "figure.bad_text"),
        ("4.2", FigureEntry(Decimal(95), source="x" * 2001), "figure.bad_text"),
    ],
)
def test_a_figure_outside_its_kind_is_refused(land, now, code, entry, expected):
    assert expected in refusal({code: entry}, at=now)


def test_one_bad_figure_keeps_the_good_ones_out(land, now):
    assert refusal({"4.1": FigureEntry(True), "4.2": number("120")}, at=now) == ["criteria.over_100"]


def test_a_figure_of_another_set_is_refused(land, now):
    assert refusal({"20.1": number("1")}, at=now) == ["figure.indicator_unknown"]


def test_dates_and_units(land, now):
    tomorrow = now.date() + timedelta(days=1)
    assert "figure.date_in_future" in refusal({"4.2": number("95")}, speaks_of=tomorrow, at=now)
    assert "figure.date_before_set" in refusal({"4.2": number("95")}, speaks_of=date(2016, 11, 30), at=now)
    assert "figure.other_kind_of_unit" in refusal({"4.2": number("95")}, code="99004", at=now)
    assert "figure.other_kind_of_unit" in refusal({"4.2": number("95")}, code="991", at=now)


def test_a_unit_that_is_gone_takes_no_figures(merged_land, now):
    gone = unit("99002")
    assert "figure.unit_not_in_force" in refusal({"4.2": number("95")}, unit=gone, speaks_of=MERGED_ON, at=now)
    assert record({"4.2": number("95")}, unit=gone, speaks_of=END_2019, at=now).recorded == 1


def test_a_unit_that_lives_on_takes_figures_for_its_earlier_days(merged_land, now):
    grown = unit("99005", MERGED_ON)  # absorbed its neighbour in 2020 and stayed itself
    assert record({"4.2": number("95")}, unit=grown, speaks_of=END_2019, at=now).recorded == 1
    assert queries.figures_of(unit("99005").id, SET, END_2019)["4.2"].value == 95


def test_new_identities_start_empty(merged_land, now):
    record({"4.2": number("95")}, code="99001", at=now)
    assert unit("99001", MERGED_ON).id != unit("99001").id
    assert queries.figures_of(unit("99001", MERGED_ON).id, SET, date(2020, 12, 31)) == {}


def test_the_level_must_be_one_of_the_procedure_of_that_date(merged_land, now):
    assert queries.levels_on(date(2025, 6, 30)) == (Level.SELF, Level.VERIFIED, Level.APPRAISED)
    assert queries.levels_on(date(2025, 7, 1)) == (Level.SELF, Level.APPRAISED)
    act = {"code": "99001", "set_code": NEXT_SET, "at": now}
    assert refusal({"2.1": number("95")}, speaks_of=date(2025, 7, 1), level="verified", **act) == [
        "figure.level_unknown"
    ]
    assert record({"2.1": number("95")}, speaks_of=date(2025, 6, 30), level="verified", **act).recorded == 1


def test_who_may_record_what(land, now):
    entries = {"4.2": number("95")}
    assert refusal(entries, by=VISITOR, at=now) == ["accounts.not_allowed"]
    assert refusal(entries, by=OFFICER, level="verified", at=now) == ["accounts.not_allowed"]
    assert refusal(entries, by=OFFICER, code="99003", at=now) == ["accounts.other_unit"]
    assert refusal(entries, by=VERIFIER, level="verified", code="99005", at=now) == ["accounts.other_unit"]
    assert record(entries, by=VERIFIER, level="verified", code="99003", at=now).recorded == 1


def test_the_same_again_is_not_written_again(land, now):
    entries = {
        "4.2": FigureEntry(None, Decimal(1), Decimal(3)),
        "17.1": FigureEntry(parts={"hygienic": Share(Decimal(91)), "clean": Decimal("52.5")}),
    }
    first = record(entries, at=now)
    again = record(entries, at=now)
    assert (first.recorded, again.recorded, again.unchanged, again.batch_id) == (2, 0, 2, None)
    assert Batch.objects.count() == 1


def test_changing_what_was_recorded_asks_why_and_keeps_the_reason(land, now):
    first = record({"4.2": number("95"), "4.1": FigureEntry(True)}, at=now)
    assert refusal({"4.2": number("94")}, at=now) == ["figure.reason_missing"]
    assert refusal({"4.2": number("94")}, at=now, reason="  ") == ["figure.reason_missing"]
    second = record({"4.2": number("94"), "4.1": FigureEntry(True)}, at=now, reason="đếm lại số hộ")
    assert (second.recorded, second.changed, second.unchanged) == (1, 1, 1)
    newest, oldest = queries.history_of(unit("99001").id, SET, "4.2")
    assert (newest.value, newest.reason, newest.supersedes) == (94, "đếm lại số hộ", first.figure_ids["4.2"])
    assert (oldest.value, oldest.reason) == (95, None)


def test_another_date_or_level_is_not_a_change(land, now):
    record({"4.2": number("95")}, at=now)
    record({"4.2": number("94")}, level="verified", at=now)
    record({"4.2": number("93")}, speaks_of=date(2019, 6, 30), at=now)
    assert queries.figures_of(unit("99001").id, SET, END_2019)["4.2"].value == 94


def test_the_later_of_two_is_told_and_nothing_is_lost(land, now):
    seen = {"4.2": record({"4.2": number("90")}, by=OFFICER, at=now).figure_ids["4.2"]}
    record({"4.2": number("95")}, by=COORDINATOR, at=now, seen=seen, reason="đúng là 95")
    with pytest.raises(Refused) as refused:
        record({"4.2": number("80")}, by=OFFICER, at=now, seen=seen, reason="tôi nghĩ 80")
    (reason,) = refused.value.reasons
    assert (reason.code, reason.facts["who"], reason.facts["value"]) == (
        "figure.changed_meanwhile",
        COORDINATOR.code,
        "95",
    )
    assert [fact.value for fact in queries.history_of(unit("99001").id, SET, "4.2")] == [95, 90]
    assert refusal({"4.2": number("80")}, at=now, seen={"4.2": 0}, reason="x") == ["figure.changed_meanwhile"]


def test_nobody_slips_a_line_into_the_past(land, now):
    entries = {"4.2": number("95")}
    assert refusal(entries, at=now - timedelta(minutes=10)) == ["figure.not_recorded_now"]
    assert refusal(entries, at=now + timedelta(minutes=10)) == ["figure.not_recorded_now"]
    assert refusal(entries, at=now - timedelta(days=300), kind="history") == ["accounts.not_allowed"]
    assert record(entries, at=now - timedelta(days=300), kind="history", by=OPERATOR).recorded == 1


def test_the_source_must_be_named(land, now):
    assert refusal({"4.2": number("95")}, at=now, source="") == ["figure.source_missing"]


@pytest.mark.parametrize("table", ["assessment_figure", "assessment_batch", "assessment_verdict"])
@pytest.mark.parametrize("sql", ["UPDATE {} SET set_code = 'x'", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_the_database_itself_refuses_to_change_what_was_recorded(land, now, table, sql):
    record({"4.2": number("95")}, at=now)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql.format(table))
    assert queries.figures_of(unit("99001").id, SET, END_2019)["4.2"].value == 95


@pytest.mark.parametrize(
    ("column", "value", "name"),
    [
        ("value", "'NaN'", "assessment_figure_finite"),
        ("value", "1e13", "assessment_figure_finite"),
        ("level", "4", "assessment_figure_level"),
        ("num", "1", "assessment_figure_counts"),
        ("unit_id", "987654", "assessment_figure_unit_known"),
        ("batch_id", "987654", "assessment_figure_batch_known"),
        ("recorded_at", "now() - interval '1 day'", "assessment_figure_recorded_now"),
        ("value", "NULL", "assessment_figure_says_something"),
    ],
)
def test_the_database_guards_the_truth_by_name(land, now, column, value, name):
    record({"4.2": number("95")}, at=now)
    columns = {
        "batch_id": "batch_id",
        "unit_id": "unit_id",
        "recorded_at": "now()",
        "speaks_of": "speaks_of",
        "level": "1",
        "set_code": "set_code",
        "indicator": "indicator",
        "value": "value",
        "num": "NULL",
        "den": "NULL",
    } | {column: value}
    names, cells = ", ".join(columns), ", ".join(columns.values())
    sql = f"INSERT INTO assessment_figure ({names}) SELECT {cells} FROM assessment_figure"
    with pytest.raises(IntegrityError) as refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert refused.value.__cause__.diag.constraint_name == name


def test_a_figure_a_hair_below_the_threshold_is_not_rounded_up(land, now):
    record({"4.2": number("94.99999999999999")}, at=now)
    fact = queries.figures_of(unit("99001").id, SET, END_2019)["4.2"]
    assert fact.value == Decimal("94.99999999999999")
    trace = queries.verdicts_recorded(unit("99001").id, SET)[0]["trace"]["4.2"]
    assert trace["verdict"] == "not_met" and trace["margin"] < 0


def test_a_full_set_of_figures_at_the_thresholds_is_met(land, now):
    receipt = record(good(), at=now)
    assert receipt.recorded > 40 and receipt.verdicts == 1
    standing = queries.standing_of(unit("99001").id, SET)
    verdict = queries.verdict_of(unit("99001"), SET, END_2019)
    assert (standing.met, standing.speaks_of) == (verdict.met, END_2019)
    assert verdict.met == sum(one.verdict == "met" for one in verdict.criteria) >= 17
