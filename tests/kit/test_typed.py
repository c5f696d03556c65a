"""Numbers as typed: the same table that tests the browser's reader."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chungsuc.assessment.rules.typed import plain
from chungsuc.kit.errors import Reason
from chungsuc.kit.typed import number_of
from chungsuc.kit.vietnamese import number
from tests.house.source import ROOT

EXAMPLES = json.loads((ROOT / "tests/scripts/numbers.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("one", EXAMPLES, ids=lambda one: repr(one["typed"]))
def test_numbers_as_typed(one):
    found = number_of(one["typed"])
    if "code" in one:
        assert isinstance(found, Reason) and found.code == one["code"]
    else:
        assert found == (None if one["is"] is None else Decimal(one["is"]))


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=4))
def test_what_a_form_shows_can_be_typed_back(value):
    assert number_of(plain(value)) == value


@given(st.decimals(min_value=0, max_value=10**9, places=2))
def test_what_a_page_shows_is_read_back_or_asked_back(value):
    found = number_of(number(value))
    assert found == value or (isinstance(found, Reason) and found.code == "number.ambiguous")
