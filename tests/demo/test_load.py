"""`chungsuc demo load` on a real database: the figures of the letter through the ordinary actions and queries."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from click.testing import CliRunner
from django.db import transaction

from chungsuc.assessment import queries as figures
from chungsuc.doors.cli.demo import demo
from chungsuc.kit import clock, journal
from chungsuc.kit.errors import Refused
from chungsuc.recognition import queries as titles
from chungsuc.reports import queries as reports
from chungsuc.territory import queries as units

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
OLD, NEW = "xa-ntm-2016-2020", "xa-ntm-2021-2025"


def call(*arguments: str) -> str:
    result = CliRunner().invoke(demo, list(arguments), catch_exceptions=False, standalone_mode=False)
    assert result.exit_code == 0
    return result.output


@pytest.fixture(scope="module")
def province(django_db_setup: Any, django_db_blocker: Any) -> Iterator[str]:
    """The whole demo, loaded once for this file and taken back after its last test."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield call("load")
        transaction.set_rollback(True)


def situation(at: date, known: date | None = None, set_code: str = OLD):
    moment = clock.end_of(known) if known else None
    return reports.situation(at=at, known=moment, unit_code="04", set_code=set_code)


def test_the_load_tells_its_steps_and_a_second_one_does_nothing(province):
    assert "[1/12]" in province and "[12/12]" in province
    lines = len(journal.lines(limit=1000))
    assert call("load").strip() == "Tỉnh mẫu đã có đủ, không nạp gì thêm."
    assert len(journal.lines(limit=1000)) == lines


def test_status(province):
    said = json.loads(call("status", "--format", "json"))
    assert said["loaded"] is True
    assert len(said["steps"]) == 12


def test_the_letter(province):
    found = situation(date(2019, 12, 31))
    assert (found.communes, found.recognised, found.recognised_in_year) == (177, 20, 5)
    assert (found.total_met, str(found.mean_met)) == (1880, "10.62")
    assert (found.below_10, str(found.below_10_percent)) == (86, "48.6")
    assert sorted(found.districts_without_recognised) == ["Bảo Lâm", "Bảo Lạc", "Hạ Lang"]


def test_known_at_the_end_of_the_year(province):
    found = situation(date(2019, 12, 31), known=date(2019, 12, 31))
    assert (found.recognised, found.recognised_in_year) == (15, 0)
    assert found.total_met < 1880  # filings of the year came in January


def test_after_the_mergers(province):
    assert len(titles.titles_at(date(2020, 1, 31))) == 20
    assert len(titles.titles_at(date(2020, 2, 1))) == 11
    found = situation(date(2020, 12, 31))
    assert (found.communes, found.recognised, found.recognised_in_year) == (139, 17, 6)
    account = titles.explain(date(2019, 12, 31), date(2020, 12, 31))
    assert [len(part) for part in (account.before, account.came, account.gone, account.after)] == [20, 6, 9, 17]
    assert all(turn.fate and turn.fate.why for fact in account.gone for turn in fact.turns)


def test_since_july_2025_nothing_is_kept_silently(province):
    assert len(titles.titles_at(date(2025, 6, 30))) == 17
    assert titles.titles_at(date(2025, 7, 1)) == []
    assert len(titles.undecided(date(2025, 7, 1))) == 17


def test_two_sets_in_2022(province):
    day = date(2022, 12, 31)
    old, new = situation(day), situation(day, set_code=NEW)
    assert old.bands["19"] == 17
    assert new.bands["19"] == 0
    assert (new.total_met, str(new.mean_met)) == (1277, "9.19")


def test_recognised_communes_meet_everything_at_the_end_of_their_year(province):
    for year in (2016, 2017, 2018, 2019, 2020):
        day = date(year, 12, 31)
        given = {fact.unit_id for fact in titles.new_in_year(year, at=day)}
        communes = [unit for unit in units.units_at(day, under="04") if unit.id in given]
        assert given
        assert {figures.verdict_of(unit, OLD, day).met for unit in communes} == {19}


def test_real_titles_are_the_ten_known_by_name_and_all_else_is_labelled(province):
    every = titles.every_title(date(2021, 12, 31))
    real = [fact for fact in every if fact.provenance == "real"]
    assert len(real) == 10
    assert {fact.decision_number for fact in real} == {"46/QĐ-UBND"}
    assert {fact.decision_date for fact in real} == {date(2019, 1, 14), date(2020, 1, 20)}
    assert all(fact.source.startswith("http") for fact in real)
    made_up = [fact for fact in every if fact.provenance == "demo"]
    assert len(made_up) == 16
    assert all(fact.source.startswith("demo") and fact.decision_number.startswith("MẪU") for fact in made_up)
    fates = [turn.fate for fact in every for turn in fact.turns]
    assert all(fate.provenance == "demo" and fate.source.startswith("demo") for fate in fates)
    assert figures.is_demo()
    assert all(one.source.startswith("demo") for one in figures.batches())


def test_the_demo_is_not_mixed_into_real_figures(province, monkeypatch):
    from chungsuc.doors.cli.demo import steps

    monkeypatch.setattr(steps, "_units_done", lambda: False)
    monkeypatch.setattr(steps, "others_figures", lambda: ["VPĐP tỉnh"])
    with pytest.raises(Refused) as caught:
        call("load")
    assert caught.value.reasons[0].code == "demo.real_figures"
