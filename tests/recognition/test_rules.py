"""When a title counts and what mergers do to it: the pure rules."""

from __future__ import annotations

from datetime import date, datetime

from hypothesis import given
from hypothesis import strategies as st

from chungsuc.kit.clock import VIETNAM
from chungsuc.recognition import rules
from chungsuc.recognition.rules import (
    Alteration,
    Fate,
    FateEntry,
    FateFact,
    Provenance,
    Status,
    TitleEntry,
    Turn,
)
from tests.recognition.titles import title

MERGED = date(2020, 3, 1)
AGAIN = date(2025, 7, 1)


def altered(unit_id: int, day: date, *onto: int) -> Alteration:
    return Alteration(unit_id, day, "1/NQ-THU", ("merge",), onto)


def fate(day: date, what: Fate, onto: int | None = None) -> FateFact:
    return FateFact(
        1, day, what, onto, day, "", "vì thế", "test", Provenance.DEMO, datetime(2020, 3, 1, tzinfo=VIETNAM)
    )


def walk(at: date, *fates: FateFact, alterations: dict[int, list[Alteration]] | None = None) -> rules.Way:
    if alterations is None:
        alterations = {1: [altered(1, MERGED, 2)], 2: [altered(2, AGAIN, 3)]}
    return rules.follow(
        given_id=1, year=2018, at=at, alterations=alterations, fates={one.effective: one for one in fates}
    )


def test_a_title_counts_from_the_last_day_of_its_year():
    assert walk(date(2018, 12, 30)).status is Status.NOT_YET
    assert walk(date(2018, 12, 31)).status is Status.HELD
    assert walk(date(2020, 2, 29)).holder_id == 1


def test_a_merger_without_a_fate_leaves_it_undecided_and_uncounted():
    way = walk(MERGED)
    assert (way.status, way.holder_id) == (Status.UNDECIDED, 1)
    assert not way.status.counts


def test_kept_goes_to_the_named_unit_and_waits_for_the_next_merger():
    kept = fate(MERGED, Fate.KEPT, onto=2)
    assert (walk(MERGED, kept).status, walk(MERGED, kept).holder_id) == (Status.KEPT, 2)
    later = walk(AGAIN, kept)
    assert (later.status, later.holder_id, len(later.turns)) == (Status.UNDECIDED, 2, 2)
    assert walk(AGAIN, kept, fate(AGAIN, Fate.KEPT, onto=3)).holder_id == 3


def test_not_kept_ends_the_way():
    way = walk(date(2030, 1, 1), fate(MERGED, Fate.NOT_KEPT))
    assert (way.status, len(way.turns)) == (Status.NOT_KEPT, 1)


def test_a_new_name_or_parent_is_no_alteration():
    assert not rules.is_alteration(["rename", "reparent", "recode"])
    assert rules.is_alteration(["absorb", "reparent"])


@given(
    days=st.lists(st.dates(date(2019, 1, 1), date(2030, 1, 1)), min_size=1, max_size=5, unique=True).map(sorted),
    outcomes=st.lists(st.sampled_from(Fate), min_size=5, max_size=5),
    at=st.dates(date(2018, 1, 1), date(2031, 1, 1)),
)
def test_it_counts_exactly_while_every_alteration_so_far_was_kept(days, outcomes, at):
    alterations = {1: [altered(1, day, 1) for day in days]}
    fates = [fate(day, what, 1 if what is Fate.KEPT else None) for day, what in zip(days, outcomes, strict=False)]
    way = walk(at, *fates, alterations=alterations)
    so_far = [what for day, what in zip(days, outcomes, strict=False) if day <= at]
    assert way.status.counts == (at >= date(2018, 12, 31) and all(what is Fate.KEPT for what in so_far))


ENTRY = TitleEntry(
    "99001", 2019, "xa_ntm", "xa-ntm-2016-2020", "46/QĐ-UBND", date(2020, 1, 20), "UBND tỉnh", "trang", Provenance.REAL
)
TODAY = date(2026, 1, 1)


def codes(found):
    return [reason.code for reason in found]


def test_a_sound_title_stands():
    assert rules.why_not_give(ENTRY, unit_kind="commune", held=None, today=TODAY) == ()


def test_what_stands_against_a_title():
    from dataclasses import replace

    for changed, unit_kind, code in (
        ({"decision_date": date(2018, 12, 31)}, "commune", "title.decision_before_year"),
        ({"decision_date": date(2026, 1, 2)}, "commune", "title.decision_in_future"),
        ({"year": 2009}, "commune", "title.year_outside"),
        ({"year": 2027, "decision_date": date(2027, 1, 1)}, "commune", "title.year_outside"),
        ({"decision_number": " "}, "commune", "title.decision_missing"),
        ({"source": ""}, "commune", "title.source_missing"),
        ({"kind": "xa_dep"}, "commune", "title.kind_unknown"),
        ({}, "township", "title.wrong_unit_kind"),
    ):
        found = rules.why_not_give(replace(ENTRY, **changed), unit_kind=unit_kind, held=None, today=TODAY)
        assert code in codes(found), changed
    assert codes(rules.why_not_give(ENTRY, unit_kind="commune", held=2018, today=TODAY)) == ["title.already_held"]


FATE = FateEntry("99001", 2019, MERGED, Fate.KEPT, "99001", MERGED, "", "rà soát đạt", "trang", Provenance.DEMO)


def test_what_stands_against_a_fate():
    from dataclasses import replace

    ground = {"alteration": altered(1, MERGED, 2), "onto_id": 2, "onto_kind": "commune", "today": TODAY}
    assert rules.why_not_fate(FATE, **ground) == ()
    for changed, facts, code in (
        ({}, {"alteration": None}, "title.fate_no_alteration"),
        ({"onto_code": None}, {"onto_id": None, "onto_kind": None}, "title.fate_onto_missing"),
        ({}, {"onto_id": 7}, "title.fate_onto_not_successor"),
        ({}, {"onto_kind": "township"}, "title.fate_onto_not_commune"),
        ({"why": ""}, {}, "title.fate_why_missing"),
        ({"decided_on": date(2020, 2, 28)}, {}, "title.fate_decided_when"),
        ({"decided_on": date(2026, 1, 2)}, {}, "title.fate_decided_when"),
    ):
        assert code in codes(rules.why_not_fate(replace(FATE, **changed), **{**ground, **facts})), changed


def test_the_balance_accounts_for_every_title():
    turn = Turn(altered(1, MERGED, 2), fate(MERGED, Fate.NOT_KEPT))
    held = title(1, 2018, Status.HELD)
    then = [held, title(2, 2019, Status.HELD), title(3, 2020, Status.NOT_YET)]
    now = [
        title(1, 2018, Status.NOT_KEPT, turn),
        title(2, 2019, Status.KEPT, Turn(altered(2, MERGED, 2), fate(MERGED, Fate.KEPT, 2))),
        title(3, 2020, Status.HELD),
    ]
    account = rules.balance(start=date(2019, 12, 31), end=date(2020, 12, 31), known=None, then=then, now=now)
    assert [fact.id for fact in account.came] == [3]
    assert [fact.id for fact in account.gone] == [1]
    assert [fact.id for fact in account.carried] == [2]
    assert len(account.before) + len(account.came) + len(account.back) - len(account.gone) == len(account.after)
