"""Titles through a merger, on a real database: recording, reading as of and as known, refusing."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from chungsuc.accounts.rules import VISITOR
from chungsuc.kit import clock, journal
from chungsuc.kit.errors import Refused
from chungsuc.recognition import actions, queries
from chungsuc.recognition.rules import Fate, Status
from tests import cast
from tests.recognition.conftest import NOW, entry, fate

END_2018, END_2019 = date(2018, 12, 31), date(2019, 12, 31)
AFTER = date(2020, 12, 31)


def codes(at, known=None, under=None):
    return [fact.unit_code for fact in queries.titles_at(at, known, under)]


def refused(call, **facts):
    with pytest.raises(Refused) as caught:
        call(by=cast.OPERATOR, at=clock.now(), **facts)
    return [reason.code for reason in caught.value.reasons]


def test_a_title_counts_from_its_year_and_is_known_from_its_decision(titled):
    assert codes(date(2018, 12, 30)) == []
    assert codes(END_2018) == ["99001", "99003", "99005"]
    assert codes(END_2018, known=END_2018) == []
    assert codes(END_2018, known=date(2019, 1, 14)) == ["99001", "99003", "99005"]
    assert codes(END_2019, under="991") == ["99001", "99003"]
    assert [fact.year for fact in queries.new_in_year(2018, at=END_2018)] == [2018, 2018, 2018]
    assert queries.new_in_year(2019, at=END_2019) == []


def test_without_history_it_is_known_only_from_now(toy):
    actions.record_titles(entries=[entry("99001")], by=cast.OPERATOR, at=clock.now())
    assert codes(END_2019, known=date(2025, 1, 1)) == []
    assert codes(END_2019) == ["99001"]


def test_a_merger_without_an_answer_is_undecided(titled):
    assert codes(AFTER) == ["99003"]
    waiting = {fact.given_code: fact for fact in queries.undecided(AFTER)}
    assert set(waiting) == {"99001", "99005"}
    assert waiting["99001"].turns[0].alteration.act == "1/NQ-THU"
    assert waiting["99001"].turns[0].fate is None


def test_fates_decide_and_later_ones_supersede(titled):
    actions.record_fates(
        entries=[fate("99001", Fate.KEPT, "99001"), fate("99005", Fate.NOT_KEPT)],
        by=cast.OPERATOR, at=NOW, history=True,
    )  # fmt: skip
    assert codes(AFTER) == ["99001", "99003"]
    kept = queries.titles_at(AFTER)[0]
    assert (kept.unit_name, kept.given_name, kept.status) == ("Xã Ao Cát", "Xã Ao Sen", Status.KEPT)
    assert kept.unit_id != kept.given_id  # the code is the old one, the unit is new
    assert queries.title_of(kept.unit_id, AFTER).id == kept.id
    assert queries.title_of(kept.given_id, AFTER) is None
    actions.record_fates(
        entries=[fate("99005", Fate.KEPT, "99005", decided_on=date(2021, 5, 1))],
        by=cast.OPERATOR, at=NOW, history=True,
    )  # fmt: skip
    assert codes(AFTER) == ["99001", "99003", "99005"]
    assert codes(AFTER, known=AFTER) == ["99001", "99003"]  # what was known then stands still


def test_the_balance_names_who_came_and_went(titled):
    actions.record_titles(entries=[entry("99002", 2019)], by=cast.OPERATOR, at=NOW, history=True)
    actions.record_fates(
        entries=[
            fate("99001", Fate.KEPT, "99001"),
            fate("99002", Fate.NOT_KEPT, year=2019),
            fate("99005", Fate.NOT_KEPT),
        ],
        by=cast.OPERATOR, at=NOW, history=True,
    )  # fmt: skip
    account = queries.explain(END_2018, AFTER)
    assert [len(part) for part in (account.before, account.came, account.gone, account.after)] == [3, 0, 1, 2]
    assert [fact.given_code for fact in account.carried] == ["99001"]
    account = queries.explain(END_2018, END_2019)
    assert ([fact.given_code for fact in account.came], len(account.after)) == (["99002"], 4)


def test_a_number_may_repeat_and_a_unit_may_not(titled):
    same = entry("99002", 2019, decision_number="1/QĐ-THU", decision_date=date(2020, 1, 20))
    assert actions.record_titles(entries=[same], by=cast.OPERATOR, at=NOW, history=True) == 1
    assert refused(actions.record_titles, entries=[entry("99003", 2019)]) == ["title.already_held"]
    twice = [entry("99006", 2019, line=2), entry("99006", 2019, line=3)]
    assert refused(actions.record_titles, entries=twice) == ["title.twice_in_file"]


def test_a_title_lost_at_a_merger_can_be_given_again(titled):
    actions.record_fates(entries=[fate("99005", Fate.NOT_KEPT)], by=cast.OPERATOR, at=NOW, history=True)
    actions.record_titles(entries=[entry("99005", 2023)], by=cast.OPERATOR, at=NOW, history=True)
    assert codes(date(2022, 12, 31)) == ["99003"]
    assert codes(date(2023, 12, 31)) == ["99003", "99005"]


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        (entry("12345"), "unit.unknown"),
        (entry("99002", 2020), "unit.not_in_force"),  # Bãi Cát merged on 1/3/2020
        (entry("99004"), "title.wrong_unit_kind"),
        (entry("99001", decision_date=date(2017, 12, 31)), "title.decision_before_year"),
        (entry("99001", decision_date=date(2999, 1, 6)), "title.decision_in_future"),
        (entry("99001", set_code="xa-ntm-1999"), "criteria.set_unknown"),
    ],
)
def test_bad_titles_are_refused_and_keep_good_ones_out(toy, bad, code):
    assert code in refused(actions.record_titles, entries=[entry("99003"), bad])
    assert queries.every_title(AFTER) == []


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        (fate("99003", Fate.NOT_KEPT), "title.fate_no_alteration"),
        (fate("99001", Fate.KEPT, "99005"), "title.fate_onto_not_successor"),
        (fate("99001", Fate.KEPT), "title.fate_onto_missing"),
        (fate("99001", Fate.NOT_KEPT, why=" "), "title.fate_why_missing"),
        (fate("99001", Fate.NOT_KEPT, effective=date(2020, 3, 2)), "title.fate_no_alteration"),
        (fate("99006", Fate.NOT_KEPT), "title.unknown"),
    ],
)
def test_bad_fates_are_refused(titled, bad, code):
    assert refused(actions.record_fates, entries=[fate("99005", Fate.NOT_KEPT), bad])[0] == code
    assert {fact.given_code for fact in queries.undecided(AFTER)} == {"99001", "99005"}


def test_who_may_not_is_refused_and_who_may_is_in_the_journal(titled):
    with pytest.raises(Refused) as caught:
        actions.record_titles(entries=[entry("99002")], by=VISITOR, at=NOW)
    assert caught.value.reasons[0].code == "accounts.not_allowed"
    with pytest.raises(Refused):
        actions.record_titles(entries=[entry("99002")], by=cast.COORDINATOR, at=NOW, history=True)
    (line,) = journal.lines(event="titles.recorded")
    assert (line["by"], line["facts"]["count"], line["facts"]["history"]) == (cast.OPERATOR.code, 3, True)


@pytest.mark.parametrize("table", ["recognition_title", "recognition_title_fate"])
@pytest.mark.parametrize("sql", ["UPDATE {} SET source = 'x'", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_the_database_refuses_changes(titled, table, sql):
    actions.record_fates(entries=[fate("99005", Fate.NOT_KEPT)], by=cast.OPERATOR, at=NOW, history=True)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(sql.format(table))


def test_the_database_refuses_a_past_that_is_not_history(toy):
    with pytest.raises(DatabaseError, match="recorded_now"), transaction.atomic():
        actions.record_titles(entries=[entry("99001")], by=cast.OPERATOR, at=cast.LONG_AGO.replace(year=2025))
