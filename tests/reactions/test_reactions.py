"""What follows from what, in one transaction."""

from __future__ import annotations

import pytest

from chungsuc import reactions
from chungsuc.assessment import queries
from chungsuc.criteria import queries as criteria
from chungsuc.kit import clock, journal
from chungsuc.kit.errors import Reason, Refused
from chungsuc.territory import actions as territory
from chungsuc.territory import lists
from tests import cast
from tests.assessment.conftest import SET, good, load_land
from tests.assessment.test_totals_kept import record, total


@pytest.fixture
def counted_land(db):
    load_land()
    record(good(), "99001")
    record(good(), "99003")


def activate():
    drafts = lists.read_tables({"changes_2020.csv": cast.CHANGES.encode()})
    return territory.load_generations(drafts=drafts, by=cast.OPERATOR, at=cast.LONG_AGO)


def test_totals_follow_a_merger(counted_land):
    reactions.carry_out("units.activated", activate, by=cast.OPERATOR, at=clock.now())
    assert queries.drift(SET, at=clock.today()) == []
    assert total("99").communes == 1  # Ao Cát is new and has no figures yet; Hoà Bình is as it was
    judging = [one.code for one in criteria.sets() if one.judges]
    assert len(journal.lines(event="tallies.rebuilt")) == len(judging)


def test_what_follows_falls_with_its_cause(counted_land):
    def refused():
        activate()
        raise Refused(Reason("unit.unknown", unit="99", on=cast.END_2019))

    with pytest.raises(Refused):
        reactions.carry_out("units.activated", refused, by=cast.OPERATOR, at=clock.now())
    assert journal.lines(event="tallies.rebuilt") == []
    assert total("99").communes == 2
