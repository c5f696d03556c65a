"""The toy province with one recognised commune in each of its three fates."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from chungsuc.kit.clock import VIETNAM
from chungsuc.recognition import actions
from chungsuc.recognition.rules import Fate, FateEntry, Provenance, TitleEntry
from chungsuc.territory import actions as territory
from chungsuc.territory import lists
from tests import cast

NOW = datetime(2026, 1, 5, 9, 0, tzinfo=VIETNAM)


def entry(unit: str, year: int = 2018, **changed: object) -> TitleEntry:
    """A title of the toy province as it is put in."""
    facts = {
        "kind": "xa_ntm",
        "set_code": "xa-ntm-2016-2020",
        "decision_number": "1/QĐ-THU",
        "decision_date": date(year + 1, 1, 14),
        "authority": "UBND tỉnh Thử",
        "source": "test",
        "provenance": Provenance.DEMO,
    }
    return TitleEntry(unit, year, **{**facts, **changed})


def fate(unit: str, what: Fate, onto: str | None = None, **changed: object) -> FateEntry:
    """A fate of a title of 2018 at the mergers of the toy province."""
    facts = {
        "year": 2018,
        "effective": cast.MERGED_ON,
        "decided_on": cast.MERGED_ON,
        "decision": "",
        "why": "rà soát sau sáp nhập",
        "source": "test",
        "provenance": Provenance.DEMO,
    }
    return FateEntry(unit_code=unit, fate=what, onto_code=onto, **{**facts, **changed})


@pytest.fixture
def toy(db: None) -> None:
    """The toy province with its mergers of 1/3/2020."""
    for name, table in (("units_2019.csv", cast.UNITS), ("changes_2020.csv", cast.CHANGES)):
        territory.load_generations(
            drafts=lists.read_tables({name: table.encode()}), by=cast.OPERATOR, at=cast.LONG_AGO
        )


@pytest.fixture
def titled(toy: None) -> None:
    """Ao Sen (will merge), Hoà Bình (will not change) and Đồi Chè (will absorb) hold titles of 2018."""
    actions.record_titles(
        entries=[entry("99001"), entry("99003"), entry("99005")], by=cast.OPERATOR, at=NOW, history=True
    )
