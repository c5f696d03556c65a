"""A ground counted into a situation: totals, bands, districts, rounding."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from chungsuc.criteria.engine import Verdict
from chungsuc.reports.rules import Basis, as_json, by_criterion, comparable, mean, percent, situation
from tests.reports.made import NINETEEN, ground


def test_the_letters_two_figures_are_rounded_half_up_never_cut():
    assert mean(1880, 177) == Decimal("10.62")
    assert percent(86, 177) == Decimal("48.6")
    assert percent(1, 8) == Decimal("12.5")
    assert mean(1, 8) == Decimal("0.13")
    assert mean(0, 0) is None and percent(0, 0) is None


def test_bands_are_named_as_reports_name_them():
    assert NINETEEN.keys == ("19", "15-18", "10-14", "5-9", "0-4")
    assert NINETEEN.count(np.array([19, 18, 15, 14, 10, 9, 5, 4, 0])) == {
        "19": 1,
        "15-18": 2,
        "10-14": 2,
        "5-9": 2,
        "0-4": 2,
    }


def test_a_small_province():
    found = situation(ground([[19, 9, 4], [19, 18], [5]], titles=[(0, 0, 2018), (1, 0, 2019)]), districts_recognised=0)
    assert (found.communes, found.total_met, found.mean_met) == (6, 74, Decimal("12.33"))
    assert (found.recognised, found.recognised_in_year) == (2, 1)
    assert (found.below_10, found.below_10_percent) == (3, Decimal("50.0"))
    assert found.districts_without_recognised == ("Bình",)
    assert [(line.short_name, line.communes, line.mean_met) for line in found.by_district] == [
        ("Đông", 3, Decimal("10.67")),
        ("Ái", 2, Decimal("18.50")),
        ("Bình", 1, Decimal("5.00")),
    ]


def test_districts_without_are_sorted_as_vietnamese_sorts():
    found = situation(ground([[1], [2], [3], [4]]), districts_recognised=0)
    assert found.districts_without_recognised == ("Ái", "Ân", "Bình", "Đông")


def test_not_applicable_counts_as_met_and_nearly_met_does_not():
    here = ground([[0]])
    here.verdicts[0, 0] = Verdict.NOT_APPLICABLE.rank
    here.verdicts[0, 1] = Verdict.NEARLY_MET.rank
    assert [line.met for line in by_criterion(here)[:3]] == [1, 0, 0]


def test_a_place_without_any_figure_has_no_mean():
    here = ground([[0, 0]])
    here.basis[:] = Basis.NOTHING
    found = situation(here, districts_recognised=0)
    assert found.mean_met is None and found.below_10_percent is None
    assert found.basis["nothing"] == 2
    assert (found.below_10, sum(found.bands.values())) == (0, 0)


def test_a_commune_without_figures_is_in_no_mean_band_or_share():
    here = ground([[19, 0], [0], [5]])
    here.basis[[1, 2]] = Basis.NOTHING
    here.speaks_of[[1, 2]] = np.datetime64("NaT")
    found = situation(here, districts_recognised=0)
    assert (found.communes, found.without_figures, found.counted) == (4, 2, 2)
    assert (found.mean_met, found.below_10, found.below_10_percent) == (Decimal("12.00"), 1, Decimal("50.0"))
    assert found.bands == {"19": 1, "15-18": 0, "10-14": 0, "5-9": 1, "0-4": 0}
    assert [(line.mean_met, line.below_10, line.without_figures) for line in found.by_district] == [
        (Decimal("19.00"), 0, 1),
        (None, 0, 1),
        (Decimal("5.00"), 1, 0),
    ]
    said = as_json(found)
    assert said["without_figures"] == 2 and said["speaks_of"] == [{"day": "2019-12-31", "communes": 2}]
    assert (here.met_of(0), here.met_of(1)) == (19, None)


@given(st.lists(st.tuples(st.integers(0, 19), st.booleans()), max_size=30))
def test_every_commune_is_in_one_band_or_without_figures(rows):
    here = ground([[met for met, _ in rows]])
    here.basis[:] = [Basis.FIGURES if there else Basis.NOTHING for _, there in rows]
    found = situation(here, districts_recognised=0)
    assert sum(found.bands.values()) + found.without_figures == found.communes
    assert found.total_met == sum(met for met, there in rows if there)


def test_figures_of_earlier_days_are_noted_each_day_once():
    here = ground([[1, 2, 3]], at=date(2019, 6, 30))
    here.speaks_of[:] = [np.datetime64("2018-12-31"), np.datetime64("2018-12-31"), np.datetime64("2019-06-30")]
    (note,) = situation(here, districts_recognised=0).notes
    assert note.code == "note.older_figures"
    assert dict(note.facts) == {"count": 2, "until": date(2018, 12, 31), "at": date(2019, 6, 30)}
    many = ground([[1, 2, 3, 4]], at=date(2019, 6, 30))
    many.speaks_of[:] = np.arange("2019-01-01", "2019-01-05", dtype="datetime64[D]")
    (note,) = situation(many, districts_recognised=0).notes
    assert note.code == "note.older_figures_many" and note.facts["count"] == 4


def test_only_days_with_figures_of_the_same_communes_are_compared():
    before, now = ground([[1, 2]], at=date(2018, 12, 31)), ground([[3, 4]])

    def compared() -> bool:
        return comparable(situation(now, districts_recognised=0), situation(before, districts_recognised=0))

    assert compared()
    before.speaks_of[:] = np.datetime64("2017-12-31")
    assert not compared()
    before.speaks_of[:] = np.datetime64("2018-06-30")
    assert compared()
    now.basis[0] = Basis.NOTHING
    assert not compared()
    now.basis[0] = Basis.FIGURES
    now.speaks_of[:] = np.datetime64("2018-12-31")
    assert not compared()
    assert not comparable(situation(now, districts_recognised=0), None)


def test_nothing_at_all():
    found = situation(ground([]), districts_recognised=0)
    assert (found.communes, found.mean_met, found.by_district) == (0, None, ())
    assert [line.met for line in found.by_criterion] == [0] * 19


def test_the_json_has_the_documented_shape():
    said = as_json(situation(ground([[19, 3]], titles=[(0, 0, 2019)]), districts_recognised=0))
    assert list(said)[:3] == ["at", "known", "unit"]
    assert said["at"] == "2019-12-31" and said["known"] is None and said["data"] == "real"
    assert said["mean_met"] == 11.0 and said["bands"]["19"] == 1
    assert said["by_criterion"][0] == {"number": 1, "name": "Tiêu chí 1", "met": 2}
    assert said["by_district"][0]["name"] == "Huyện Đông" and said["by_district"][0]["mean_met"] == 11.0


@given(st.lists(st.lists(st.integers(0, 19), max_size=8), max_size=5))
def test_totals_agree_however_they_are_cut(counts):
    here = ground(counts)
    found = situation(here, districts_recognised=0)
    assert sum(found.bands.values()) == found.communes == sum(line.communes for line in found.by_district)
    assert sum(line.met for line in found.by_criterion) == found.total_met
    assert sum(line.below_10 for line in found.by_district) == found.below_10
    for key in NINETEEN.keys:
        assert sum(line.bands[key] for line in found.by_district) == found.bands[key]


@given(st.lists(st.integers(0, 18), min_size=1, max_size=12), st.data())
def test_one_more_criterion_never_lowers_a_count(counts, data):
    place = data.draw(st.integers(0, len(counts) - 1))
    better = [count + (number == place) for number, count in enumerate(counts)]
    before = situation(ground([counts]), districts_recognised=0)
    after = situation(ground([better]), districts_recognised=0)
    assert after.mean_met >= before.mean_met and after.below_10 <= before.below_10
    assert after.total_met == before.total_met + 1


def test_years_are_counted_by_the_year_of_the_question():
    here = ground([[19]], at=date(2020, 6, 30), titles=[(0, 0, 2019)])
    found = situation(here, districts_recognised=0)
    assert (found.recognised, found.recognised_in_year) == (1, 0)
