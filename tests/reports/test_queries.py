"""The readings across rooms, on the toy province."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from chungsuc.assessment.rules import FigureEntry
from chungsuc.criteria.engine import Verdict
from chungsuc.kit.clock import end_of
from chungsuc.kit.errors import Refused
from chungsuc.reports import queries
from chungsuc.reports.queries import situations
from chungsuc.reports.rules import Basis, Made, mean
from tests import cast
from tests.reports import land

SET, NEXT_SET, END = land.SET, land.NEXT_SET, cast.END_2019
# 2.1–2.4 of the set are left to the province, and the toy province has not set them: criterion 2 is never met.
REACHABLE = 18


def situation(at=END, known=None, unit_code="99", set_code=SET):
    return queries.situation(at=at, known=known, unit_code=unit_code, set_code=set_code)


def codes(call, **asked) -> list[str]:
    with pytest.raises(Refused) as caught:
        call(**asked)
    return [reason.code for reason in caught.value.reasons]


def test_figures_marks_counts_and_nothing(settled):
    found = situation()
    assert found.communes == 5
    assert found.basis == {"nothing": 1, "figures": 2, "marks": 1, "count": 1}
    assert found.total_met == REACHABLE + (REACHABLE - 2) + 12 + 7 + 0
    assert [note.code for note in found.notes] == ["note.without_figures", "note.marks_only", "note.count_only"]
    assert found.mean_met == mean(found.total_met, 4) and sum(found.bands.values()) == 4
    assert [(one.day, one.communes) for one in found.speaks_of] == [(END, 4)]
    assert (found.recognised, found.recognised_in_year) == (1, 1)
    assert found.districts_without_recognised == ("Tây",)
    assert found.made is Made.REAL


def test_a_district_and_a_commune_are_units_too(settled):
    west = situation(unit_code="992")
    assert (west.communes, west.total_met, west.by_district) == (2, REACHABLE - 2 + 7, ())
    one = situation(unit_code="99003")
    assert (one.communes, one.total_met, one.recognised) == (1, 12, 1)
    township = situation(unit_code="99004")
    assert township.communes == 0 and [note.code for note in township.notes] == ["note.no_communes"]


def test_newer_figures_win_over_older_marks_and_newer_marks_over_older_figures(settled):
    land.record("99003", land.good_figures(), speaks_of=date(2020, 6, 30), recorded=date(2020, 7, 10))
    assert situation(at=END, unit_code="99003").total_met == 12
    assert situation(at=date(2020, 6, 30), unit_code="99003").total_met == REACHABLE
    land.mark("99003", dict.fromkeys(range(1, 20), True), speaks_of=date(2020, 12, 31))
    assert situation(at=date(2020, 12, 31), unit_code="99003").total_met == 19


def test_what_was_known_stands_still(settled):
    early, late = end_of(date(2020, 1, 15)), end_of(date(2020, 2, 15))
    before = situation(known=early, unit_code="99001")
    land.record("99001", {"4.2": FigureEntry(Decimal(50))}, recorded=date(2020, 2, 1))
    assert situation(known=early, unit_code="99001") == before
    assert situation(known=late, unit_code="99001").total_met == before.total_met - 1
    assert situation(known=end_of(date(2020, 1, 5)), unit_code="99001").basis["nothing"] == 1


def test_a_title_is_known_from_the_day_it_was_signed(settled):
    assert situation(known=end_of(date(2020, 1, 19))).recognised == 0
    assert situation(known=end_of(date(2020, 1, 20))).recognised == 1
    assert situation(at=date(2019, 12, 30)).recognised == 0


def test_the_report_compares_with_the_end_of_the_year_before(settled):
    land.record("99001", {"4.2": FigureEntry(Decimal(10))}, speaks_of=date(2018, 12, 31))
    land.record("99001", {"9.1": FigureEntry(Decimal(5))}, speaks_of=date(2018, 12, 31))
    report = queries.report(at=END, unit_code="99", set_code=SET)
    assert report.before is not None and report.before.at == date(2018, 12, 31)
    (move,) = report.moves
    assert move.unit.code == "99001" and 4 in move.gained and 9 in move.gained and move.lost == ()
    assert (report.balance.before, len(report.balance.came)) == ((), 1)


def test_a_year_without_figures_of_its_own_is_not_compared(settled):
    land.record("99001", {"4.2": FigureEntry(Decimal(50))}, speaks_of=date(2021, 12, 31))
    land.record("99003", land.good_figures(), speaks_of=date(2021, 6, 30))
    report = queries.report(at=date(2021, 12, 31), unit_code="99", set_code=SET)
    assert report.before is not None and report.moves == ()
    assert "note.older_figures" in [note.code for note in report.situation.notes]
    stale = queries.situation(at=date(2020, 2, 15), unit_code="99001", set_code=SET)
    assert [note.code for note in stale.notes] == ["note.older_figures"]


def test_a_footnote_stands_only_beside_the_figures_it_speaks_of(settled, monkeypatch):
    row = {"unit": "99", "at": END, "set": SET, "field": "below_10", "published": "1", "vi": "v", "en": "e"}
    found = situation()
    for when, shown in (({"below_10": found.below_10, "communes": 5}, 1), ({"below_10": 86}, 0)):
        monkeypatch.setattr(situations, "_published", lambda when=when: ({**row, "when": when},))
        assert len(situation().footnotes) == shown
    other = {**row, "when": {}, "under": {SET: {"all_met": 17}}}
    monkeypatch.setattr(situations, "_published", lambda: (other,))
    assert situation().footnotes == ()


def test_why_an_older_set_is_used_is_said(settled):
    day = date(2026, 3, 1)
    assert queries.set_on(day) == NEXT_SET
    codes_ = [note.code for note in situation(at=day, set_code=NEXT_SET).notes]
    assert "note.newer_set_cannot_judge" in codes_ and "note.past_period" in codes_
    assert "note.newer_set_cannot_judge" not in [note.code for note in situation(at=day, set_code=SET).notes]


def test_changes_since_any_day(settled):
    land.record("99001", {"4.2": FigureEntry(Decimal(90))}, speaks_of=date(2020, 2, 1), recorded=date(2020, 2, 3))
    asked = {"since": END, "at": date(2020, 2, 15), "unit_code": "99", "set_code": SET}
    (move,) = queries.changes_since(**asked)
    assert (move.unit.code, move.change, move.lost, move.gained) == ("99001", -1, (4,), ())
    assert queries.changes_since(**asked, known=end_of(date(2020, 2, 2))) == ()


def test_before_the_set_there_is_nothing_to_compare(settled):
    report = queries.report(at=date(2016, 12, 31), unit_code="99", set_code=SET)
    assert report.before is None and report.moves == () and report.balance is None


def test_mergers_begin_without_figures_and_the_title_stays_with_its_unit(settled):
    after = situation(at=date(2020, 3, 1))
    assert after.communes == 3
    assert after.basis["nothing"] == 1  # Ao Cát is new; Đồi Chè absorbed Đá Bạc and keeps its figures
    assert after.recognised == 1


def test_a_title_without_a_decided_fate_is_counted_apart(settled):
    land.give_title("99001", 2018)
    assert (situation().recognised, situation().titles_undecided) == (2, 0)
    after = situation(at=cast.MERGED_ON)
    assert (after.recognised, after.titles_undecided) == (1, 1)
    assert "note.undecided" in [note.code for note in after.notes]
    assert situation(at=cast.MERGED_ON, unit_code="992").titles_undecided == 0
    report = queries.report(at=cast.MERGED_ON, unit_code="99", set_code=SET)
    assert [title.given_name for title in report.balance.gone] == ["Xã Ao Sen"]


def test_the_matrix_is_grouped_and_sorted(settled):
    here = queries.matrix(at=END, unit_code="99", set_code=SET)
    assert [unit.name for unit in here.communes] == [
        "Xã Ao Sen",
        "Xã Bãi Cát",
        "Xã Hoà Bình",
        "Xã Đá Bạc",
        "Xã Đồi Chè",
    ]
    assert here.district_of.tolist() == [0, 0, 0, 1, 1]
    assert here.basis.tolist() == [Basis.FIGURES, Basis.NOTHING, Basis.MARKS, Basis.COUNT, Basis.FIGURES]
    assert here.verdicts[2, :12].tolist() == [Verdict.MET.rank] * 12
    assert here.verdicts[4, 7] == Verdict.NO_FIGURE.rank and here.verdicts[4, 3] == Verdict.NOT_MET.rank


def test_a_card_explains_every_verdict(settled):
    card = queries.commune_card(at=END, unit_code="99005", set_code=SET, today=date(2026, 1, 5))
    assert (card.verdict.met, card.verdict.of) == (REACHABLE - 2, 19)
    power = next(one for line in card.verdict.criteria for one in line.indicators if one.code == "4.2")
    assert power.verdict is Verdict.NOT_MET and "94,9%" in power.why("vi") and "1" in power.why("en")
    assert card.figures["4.2"].num == 949 and card.figures["4.2"].author == "cán bộ xã"
    assert [step.to_name for step in card.lineage.successors]
    assert card.procedure is not None and len(card.procedure.steps) == 3
    assert card.title is None


def test_an_indicator_has_all_its_lines(settled):
    land.record("99005", {"4.2": FigureEntry(Decimal(96))}, recorded=date(2020, 3, 1))
    land.record("99005", {"4.2": FigureEntry(Decimal(97))}, speaks_of=date(2020, 6, 30), recorded=date(2020, 7, 1))
    asked = {"at": END, "unit_code": "99005", "set_code": SET, "indicator": "4.2"}
    card = queries.indicator_history(**asked)
    assert [line.value for line in card.lines] == [Decimal(96), Decimal("94.9")]
    assert card.deciding_id == card.lines[0].id and card.verdict.verdict is Verdict.MET
    assert len(queries.indicator_history(**asked, known=end_of(date(2020, 2, 1))).lines) == 1
    assert codes(queries.indicator_history, **{**asked, "indicator": "99.9"}) == ["card.no_such_indicator"]


def test_two_sets_on_one_day(settled):
    day = date(2022, 12, 31)
    land.record("99005", land.good_figures(), speaks_of=day)
    land.record("99005", land.good_figures(NEXT_SET), speaks_of=day, set_code=NEXT_SET)
    found = queries.two_sets(at=day, unit_code="99", set_a=SET, set_b=NEXT_SET)
    row = [unit.code for unit in found.a.ground.communes].index("99005")
    assert found.a.ground.met[row] == REACHABLE
    assert found.b.ground.met[row] < 19 and found.a.all_met == found.b.all_met == 0
    assert found.a.best >= found.a.ground.met[row]
    assert codes(queries.two_sets, at=day, unit_code="99", set_a=SET, set_b=SET) == ["situation.same_set"]


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"unit_code": "77777"}, "unit.unknown"),
        ({"unit_code": "99006", "at": date(2020, 3, 1)}, "unit.not_in_force"),
        ({"set_code": "xa-ntm-1999"}, "criteria.set_unknown"),
        ({"at": date(2016, 11, 30)}, "situation.before_set"),
        ({"set_code": NEXT_SET}, "situation.before_set"),
    ],
)
def test_what_cannot_be_asked(settled, asked, code):
    assert codes(queries.situation, **{"at": END, "unit_code": "99", "set_code": SET, **asked}) == [code]


def test_what_a_question_may_leave_out(settled):
    asked = queries.ask(today=date(2026, 1, 5), at=END)
    assert (asked.unit_code, asked.set_code) == ("99", SET)
    assert queries.ask(today=date(2026, 1, 5), at=date(2022, 12, 31)).set_code == NEXT_SET
    assert codes(queries.ask, today=END, at=date(2020, 1, 1)) == ["situation.date_in_future"]
    assert codes(queries.ask, today=END, at=END, known=end_of(date(2020, 1, 1))) == ["situation.known_in_future"]


def test_without_any_province(db):
    assert codes(queries.ask, today=END, at=END) == ["situation.no_unit"]


def test_made_up_figures_are_labelled(settled):
    land.record("99002", land.good_figures(), source="demo: số liệu mẫu")
    assert situation().made is Made.DEMO


def test_a_card_is_only_for_communes(settled):
    asked = {"at": END, "set_code": SET, "today": date(2026, 1, 5)}
    assert codes(queries.commune_card, unit_code="991", **asked) == ["card.not_a_commune"]
