"""The numbers of QĐ 1980 and QĐ 318, written down a second time from the tables: a slip in one of the two shows."""

from __future__ import annotations

from decimal import Decimal

import pytest

from chungsuc.criteria import queries
from chungsuc.criteria.engine import Context, place
from chungsuc.criteria.engine.sets import Kind

REGIONS = ["tdmnpb", "dbsh", "btb", "dhntb", "tn", "dnb", "dbscl"]
# Columns in the order of REGIONS.
QD_1980 = {
    "3.1": [80] * 7,
    "4.2": [95, 99, 98, 98, 98, 99, 98],
    "5": [70, 100, 80, 80, 70, 100, 70],
    "6.3": [100] * 7,
    "9.1": [0] * 7,
    "9.2": [75, 90, 80, 80, 75, 90, 70],
    "10": [36, 50, 36, 41, 41, 59, 50],
    "11": [12, 2, 5, 5, 7, 1, 4],
    "12": [90] * 7,
    "14.2": [70, 90, 85, 85, 70, 90, 80],
    "14.3": [25, 40, 40, 40, 25, 45, 25],
    "15.1": [85] * 7,
    "15.3": ["26.7", "13.9", "24.2", "24.2", "31.4", "14.3", "20.5"],
    "16": [70] * 7,
    "17.2": [100] * 7,
    "17.6": [70, 90, 85, 85, 70, 90, 70],
    "17.7": [60, 80, 70, 75, 60, 80, 70],
    "17.8": [100] * 7,
    "18.4": [100] * 7,
}
LOWER = {"9.1", "11", "15.3"}


def threshold(criteria_set, code, region, year=2020):
    return next(r for r in place(criteria_set, Context(region, year)) if r.indicator.code == code).threshold


@pytest.mark.parametrize("nth", range(7), ids=REGIONS)
def test_qd_1980(nth):
    criteria_set = queries.criteria_set("xa-ntm-2016-2020")
    for code, row in QD_1980.items():
        assert threshold(criteria_set, code, REGIONS[nth]) == Decimal(row[nth]), code
    hygienic, clean = [90, 98, 98, 95, 95, 98, 95], [50, 65, 60, 60, 50, 65, 65]
    assert threshold(criteria_set, "17.1", REGIONS[nth]) == {"hygienic": hygienic[nth], "clean": clean[nth]}
    numeric = {one.code for one in criteria_set.indicators if one.kind is not Kind.BOOLEAN}
    assert numeric == {*QD_1980, "17.1", "2.1", "2.2", "2.3", "2.4"}
    assert {one.code for one in criteria_set.indicators if one.better == "lower"} == LOWER
    for code in ("2.1", "2.2", "2.3", "2.4"):
        assert threshold(criteria_set, code, REGIONS[nth]) is None
    for one in criteria_set.indicators:
        if one.kind is Kind.BOOLEAN:
            assert threshold(criteria_set, one.code, REGIONS[nth]) is True


def test_sizes():
    sizes = {one.code: (one.criteria, one.indicators) for one in queries.sets()}
    assert sizes["xa-ntm-2016-2020"] == (19, 49)
    assert sizes["xa-ntm-2021-2025"] == (19, 57)
    assert sizes["xa-ntm-2026-2030"] == (10, 0)
    per_criterion = [len(one.indicators) for one in queries.criteria_set("xa-ntm-2016-2020").criteria]
    assert per_criterion == [2, 4, 2, 2, 1, 3, 1, 4, 2, 1, 1, 1, 2, 3, 3, 1, 8, 6, 2]


def test_qd_318_northern_midlands():
    new = queries.criteria_set("xa-ntm-2021-2025")
    known = {
        "3.1": 80, "4.2": 95, "5.1": 70, "6.3": 100, "9.2": 75, "11.1": 13, "15.4": 50, "16.1": 70, "17.4": 2,
        "17.7": 100, "17.8": 70, "17.9": 60, "17.10": 100, "17.11": 30, "17.12": 50, "18.3": 100,
    }  # fmt: skip
    for code, value in known.items():
        assert threshold(new, code, "tdmnpb", 2025) == Decimal(value), code
    for code, value in {"12.1": 70, "12.2": 20, "14.2": 70, "15.1": 90}.items():
        assert threshold(new, code, "tdmnpb", 2025) == {"male": value, "female": value}
    assert threshold(new, "17.1", "tdmnpb", 2025) == {"total": 30, "centralised": 10}
    income = [threshold(new, "10.1", "tdmnpb", year) for year in range(2021, 2026)]
    assert income == [36, 39, 42, 45, 48]
    assert threshold(new, "10.1", "tdmnpb", 2026) == 48
    assert threshold(new, "10.1", "tdmnpb", 2020) is None
    for code in ("15.3", "17.2", "17.6"):
        assert threshold(new, code, "tdmnpb", 2025) is None


def test_what_is_not_known_elsewhere_is_no_threshold():
    new = queries.criteria_set("xa-ntm-2021-2025")
    assert threshold(new, "4.2", "dbsh", 2025) is None
    assert threshold(new, "1.1", "dbsh", 2025) is None
    assert threshold(new, "15.1", "dbsh", 2025) == {"male": 90, "female": 90}
    assert threshold(new, "15.2", "dbsh", 2025) is True


def test_especially_difficult_communes_use_the_mountain_column():
    new = queries.criteria_set("xa-ntm-2021-2025")
    context = Context("dbsh", 2025, {"dac_biet_kho_khan": "co"})
    ruling = next(one for one in place(new, context) if one.indicator.code == "4.2")
    assert ruling.threshold == 95
    assert ruling.place.vi == "Trung du miền núi phía Bắc"


def test_partly_verified_values_say_which_column_was_seen():
    old = queries.criteria_set("xa-ntm-2016-2020")
    partial = {one.code: one.provenance.seen for one in old.indicators if one.provenance.status == "partial"}
    assert partial == {
        "4.2": ("national",), "5": ("national", "dbscl"), "9.2": ("national",), "11": ("national",),
        "12": ("national",), "17.6": ("national",), "17.8": ("national",),
    }  # fmt: skip
    checked = {
        (ruling.indicator.code, region): ruling.checked
        for region in REGIONS
        for ruling in place(old, Context(region, 2019))
    }
    assert checked["5", "dbscl"] and not checked["5", "tdmnpb"]
    assert not checked["4.2", "tdmnpb"]
    assert checked["14.2", "tdmnpb"] and checked["17.1", "dnb"]
    assert not checked["1.1", "tdmnpb"]


def test_every_verified_value_names_its_source():
    for criteria_set in queries.national_sets().values():
        for one in criteria_set.indicators:
            if one.provenance.status in ("verified", "partial"):
                assert all(url.startswith("http") for url in one.provenance.sources) and one.provenance.sources, (
                    one.code
                )


def test_withdrawal_is_data():
    (rules,) = queries.recognition_rules("xa-ntm-2021-2025")
    assert list(rules.key_criteria) == [10, 17, 19]

    def gone(failed, key):
        return any(case.applies(failed=failed, of=19, key_failed=key) for case in rules.withdrawal)

    # 30 % of 19 is 5.7, 50 % is 9.5
    assert [gone(failed, True) for failed in (5, 6, 9, 10)] == [False, True, True, True]
    assert [gone(failed, False) for failed in (5, 6, 9, 10)] == [False, False, False, True]
    half = [case.applies(failed=5, of=10, key_failed=False) for case in rules.withdrawal]
    assert half == [False, True]
    (before,) = queries.recognition_rules("xa-ntm-2016-2020")
    assert before.withdrawal == () and before.indicators_that_count is None
    assert {one.key for one in before.conditions} == {"registered", "all_criteria", "no_arrears"}


def test_guidance_is_named_where_it_is_known():
    old = queries.criteria_set("xa-ntm-2016-2020")
    assert old.by_code["8.1"].guidance == "QĐ 69/QĐ-BNN-VPĐP; QĐ 441/QĐ-BTTTT"
    assert old.by_code["4.2"].guidance == "QĐ 69/QĐ-BNN-VPĐP"
    new = queries.criteria_set("xa-ntm-2021-2025")
    assert (new.by_code["15.1"].guidance, new.by_code["4.2"].guidance) == ("QĐ 2373/QĐ-BYT", None)
