"""What `planted.yaml` says is wrong is really there, and can be seen in the figures."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
import yaml

from chungsuc.assessment.rules import Level
from tests.demo.reading import DEMO, filed, rows

OLD = "xa-ntm-2016-2020"
LISTED = yaml.safe_load((DEMO / "planted.yaml").read_text(encoding="utf-8"))


def planted(signal: str) -> list[dict]:
    return [one for one in LISTED["planted"] if one["signal"] == signal]


def share(row) -> float:
    return float(row.entry.value)


def test_each_kind_of_signal_is_there():
    counts = Counter(one["signal"] for one in LISTED["planted"])
    assert counts.keys() == {
        "jump", "heaped", "households_vanish", "copied", "self_above_verification", "slip", "wrong_unit",
    }  # fmt: skip
    assert counts["heaped"] >= 12
    assert min(counts.values()) >= 2


@pytest.mark.parametrize("one", planted("jump"), ids=lambda one: one["unit"])
def test_jumps(one):
    (indicator,) = one["indicators"]
    before = filed(OLD, one["unit"], date(2020, 6, 30), Level.SELF)[indicator]
    after = filed(OLD, one["unit"], one["at"], Level.SELF)[indicator]
    assert share(after) - share(before) > 35


def test_heaped_values_have_no_counts_and_lie_on_the_threshold():
    limits = {"17.6": 70, "14.3": 25, "16": 70, "4.2": 95}
    for one in planted("heaped"):
        (indicator,) = one["indicators"]
        row = filed(OLD, one["unit"], one["at"], Level.SELF)[indicator]
        assert (share(row), row.entry.num) == (limits[indicator], None)


@pytest.mark.parametrize("one", planted("households_vanish"), ids=lambda one: one["unit"])
def test_households_vanish(one):
    before = filed(OLD, one["unit"], date(2018, 12, 31), Level.VERIFIED)["11"]
    after = filed(OLD, one["unit"], one["at"], Level.VERIFIED)["11"]
    assert float(after.entry.den) < 0.9 * float(before.entry.den)


@pytest.mark.parametrize("one", planted("copied"), ids=lambda one: one["unit"])
def test_copies(one):
    source = one["see"].split("của ")[1].split()[0]
    mine, theirs = (filed(OLD, code, one["at"], Level.SELF) for code in (one["unit"], source))
    same = [code for code in mine if code in theirs and mine[code].entry == theirs[code].entry]
    assert len(same) >= 45
    others = filed(OLD, "01732", one["at"], Level.SELF)
    assert sum(mine[code].entry == others[code].entry for code in mine if code in others) < 35


@pytest.mark.parametrize("one", planted("self_above_verification"), ids=lambda one: one["unit"])
def test_self_assessment_above_verification(one):
    said = filed(OLD, one["unit"], one["at"], Level.SELF)
    found = filed(OLD, one["unit"], one["at"], Level.VERIFIED)
    assert all(said[code].entry != found[code].entry for code in one["indicators"])
    assert len(one["indicators"]) >= 5


@pytest.mark.parametrize("one", planted("slip"), ids=lambda one: one["unit"])
def test_slips(one):
    from tests.demo.reading import verdicts

    assert verdicts(OLD, date(2020, 6, 30), 2020)[one["unit"]].met == 19
    assert verdicts(OLD, date(2020, 12, 31), 2020)[one["unit"]].met == 18
    assert verdicts(OLD, date(2022, 12, 31), 2020)[one["unit"]].met == 19


@pytest.mark.parametrize("one", planted("wrong_unit"), ids=lambda one: one["unit"])
def test_income_in_the_wrong_unit(one):
    before, after = (
        share(filed(OLD, one["unit"], day, Level.SELF)["10"]) for day in (date(2020, 3, 31), one["at"])
    )
    assert after < before / 5


def test_late_filings_and_gaps():
    assert len(LISTED["late"]) > 20
    assert all(one["days"] > 31 for one in LISTED["late"])
    filings = Counter((row.unit_id, row.speaks_of) for row in rows(OLD) if row.level is Level.SELF)
    assert sum(count < 49 for count in filings.values()) > 50  # figures left out here and there
    filed_in = {day: sum(1 for _, at in filings if at == day) for day in (date(2020, 6, 30), date(2020, 12, 31))}
    assert filed_in[date(2020, 6, 30)] < filed_in[date(2020, 12, 31)] == 139  # some filed nothing in June
