"""Drafts: what is typed is kept as typed, by whom and when; sent once; never silently overwritten."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from chungsuc.accounts.rules import OPERATOR, VISITOR, Person, Role
from chungsuc.assessment import actions, queries
from chungsuc.assessment.rules import Level
from chungsuc.kit import clock, journal
from chungsuc.kit.errors import Refused
from chungsuc.territory import queries as territory
from tests.reports import land

DAY, NOW = date(2019, 12, 31), datetime(2020, 1, 3, 2, tzinfo=UTC)
SET = "xa-ntm-2016-2020"


@pytest.fixture
def commune(db):
    land.settle()
    return territory.unit_at("99005", DAY)


def save(commune, fields, **more):
    return actions.save_drafts(
        unit=commune, set_code=SET, speaks_of=DAY, fields=fields, **{"by": OPERATOR, "at": NOW, **more}
    )


def send(commune, fields, **more):
    return actions.send_fields(
        unit=commune, set_code=SET, speaks_of=DAY, fields=fields, source="web", **{"by": OPERATOR, "at": NOW, **more}
    )


def typed(commune):
    return {code: fact.field for code, fact in queries.drafts_of(commune.id, SET, DAY).items()}


def codes(refused):
    return [one.code for one in refused.value.reasons]


def test_a_draft_keeps_even_what_does_not_parse(commune):
    before = journal.head()
    receipt = save(commune, {"3.1": {"value": "1.234"}, "12": {"value": "tám mươi"}})
    assert receipt.number.startswith("N2020-")
    assert typed(commune) == {"3.1": {"value": "1.234"}, "12": {"value": "tám mươi"}}
    assert journal.head() == before  # a draft is no act: pages that show figures stay as they are


def test_the_same_text_is_not_written_again(commune):
    first = save(commune, {"3.1": {"value": "80"}})
    again = save(commune, {"3.1": {"value": " 80 "}})
    assert again.number is None and again.rows == first.rows


def test_two_windows_on_one_field_are_told_with_both_texts(commune):
    row = save(commune, {"3.1": {"value": "80"}}).rows["3.1"]
    save(commune, {"3.1": {"value": "85"}}, seen={"3.1": row})
    with pytest.raises(Refused) as refused:
        save(commune, {"3.1": {"value": "90"}}, seen={"3.1": row})
    (reason,) = refused.value.reasons
    assert reason.code == "draft.changed_elsewhere"
    assert (reason.facts["theirs"], reason.facts["mine"]) == ({"value": "85"}, {"value": "90"})
    save(commune, {"3.1": {"value": "90"}}, seen={"3.1": reason.facts["row"]})
    assert typed(commune) == {"3.1": {"value": "90"}}


def test_sending_records_figures_and_closes_the_drafts(commune):
    save(commune, {"12": {"value": "95,5"}, "3.1": {"value": "x"}})
    sent = send(commune, {"12": {"value": "95,5"}}, reason="đo lại", at=clock.now())
    assert sent.number.startswith(f"{clock.today():%Y}-")
    figure = queries.judgements_of(commune.id, SET, DAY)["12"][Level.SELF]
    assert figure.value == Decimal("95.5") and figure.source == "web"
    assert typed(commune) == {"12": None, "3.1": {"value": "x"}}
    (waiting,) = queries.open_drafts([commune.id])
    assert waiting.fields == 1


@pytest.mark.parametrize(
    ("code", "field", "expected"),
    [
        ("12", {"value": "1.234"}, "number.ambiguous"),
        ("12", {"value": "tám mươi"}, "number.unreadable"),
        ("12", {"value": "101"}, None),
    ],
)
def test_what_cannot_be_a_figure_is_refused_with_its_place_and_nothing_is_written(commune, code, field, expected):
    before = len(queries.history_of(commune.id, SET, code))
    with pytest.raises(Refused) as refused:
        send(commune, {code: field, "3.1": {"value": "80"}}, reason="đo lại")
    (reason,) = refused.value.reasons
    assert reason.facts["indicator"] == code
    assert expected is None or (reason.code == expected and reason.facts["field"] == "value")
    assert len(queries.history_of(commune.id, SET, code)) == before


def test_nothing_filled_in_is_nothing_to_send(commune):
    with pytest.raises(Refused) as refused:
        send(commune, {"12": {"value": " "}})
    assert codes(refused) == ["draft.nothing_to_send"]


@pytest.mark.parametrize("by", [VISITOR, Person("other", "Khác", Role.COMMUNE_OFFICER, "99004")])
def test_only_who_may_record_may_draft(commune, by):
    with pytest.raises(Refused) as refused:
        save(commune, {"12": {"value": "1"}}, by=by)
    assert codes(refused)[0] in ("accounts.not_allowed", "accounts.other_unit")


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"99.9": {"value": "1"}}, "draft.indicator_unknown"),
        ({"12": {"price": "1"}}, "draft.field_unknown"),
        ({"12": {"value": "1" * 501}}, "draft.field_long"),
    ],
)
def test_strange_fields_are_refused(commune, fields, expected):
    with pytest.raises(Refused) as refused:
        save(commune, fields)
    assert codes(refused) == [expected]
