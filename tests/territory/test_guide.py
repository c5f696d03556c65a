"""The example in the guide is loaded as it stands there."""

from __future__ import annotations

import re
from datetime import date

import pytest

from chungsuc.config import places
from chungsuc.territory import actions, lists, queries
from tests import cast

GUIDE = (places.ROOT / "docs" / "guides" / "units.md").read_text(encoding="utf-8")


@pytest.mark.django_db
def test_the_full_example_loads() -> None:
    tables = dict(re.findall(r"`(\w+\.csv)`[^\n]*\n\n```csv\n(.*?)```", GUIDE, re.DOTALL))
    assert sorted(tables) == ["changes_2020.csv", "classes_2019.csv", "units_2019.csv", "units_2020.csv"]
    drafts = lists.read_tables({name: text.encode() for name, text in tables.items()})
    done = actions.load_generations(drafts=drafts, by=cast.OPERATOR, at=cast.LONG_AGO)
    assert [(fact.label, fact.step) for fact in done] == [("2019", "activated"), ("2020", "activated")]
    after = {unit.code: unit for unit in queries.units_at(date(2020, 3, 1))}
    assert after["99001"].name == "Xã Ao Cát" and after["99001"].region == "tdmnpb"
    assert after["99003"].id == queries.unit_at("99003", date(2020, 2, 29)).id
