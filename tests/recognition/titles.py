"""Titles made by hand for the tests of the rules."""

from __future__ import annotations

from datetime import date

from chungsuc.recognition.rules import Provenance, Status, TitleFact, Turn


def title(number: int, year: int, status: Status, *turns: Turn) -> TitleFact:
    """A title with this number as it stands."""
    return TitleFact(
        id=number,
        kind="xa_ntm",
        set_code="xa-ntm-2016-2020",
        year=year,
        decision_number="1/QĐ-THU",
        decision_date=date(year + 1, 1, 15),
        authority="UBND tỉnh",
        source="test",
        provenance=Provenance.DEMO,
        note="",
        status=status,
        unit_id=number,
        unit_code=f"9900{number}",
        unit_name=f"Xã {number}",
        parent_code="991",
        parent_name="Huyện Đông",
        given_id=number,
        given_code=f"9900{number}",
        given_name=f"Xã {number}",
        turns=turns,
    )
