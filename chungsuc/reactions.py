"""The only wiring between rooms: "when this has happened, do that", in one table.

A reaction runs in the transaction of the act that caused it: either both stand or neither.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TypeVar

from django.db import transaction

from chungsuc.accounts.rules import Person
from chungsuc.assessment import actions as assessment
from chungsuc.criteria import queries as criteria

Done = TypeVar("Done")
Reaction = Callable[[Person, datetime], None]


def _count_totals_anew(by: Person, at: datetime) -> None:
    """Totals are kept over the units in force; when units merge or move they are added up anew."""
    for one in criteria.sets():
        if one.judges:
            assessment.rebuild_tallies(set_code=one.code, by=by, at=at)


AFTER: Mapping[str, tuple[Reaction, ...]] = {
    "units.activated": (_count_totals_anew,),
}


@transaction.atomic
def carry_out(event: str, act: Callable[[], Done], *, by: Person, at: datetime) -> Done:
    """Do the act and then everything that follows from it; return what the act returned."""
    done = act()
    for reaction in AFTER[event]:
        reaction(by, at)
    return done
