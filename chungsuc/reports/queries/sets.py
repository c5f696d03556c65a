"""The same communes under two criteria sets, side by side: neither count replaces the other."""

from __future__ import annotations

from datetime import date, datetime

import numpy as np

from chungsuc.accounts.rules import VISITOR, Person
from chungsuc.kit.errors import Reason, Refused
from chungsuc.reports.queries.grounds import ground
from chungsuc.reports.rules import Ground, SetSide, TwoSets, mean


def two_sets(
    *, at: date, known: datetime | None = None, unit_code: str, set_a: str, set_b: str, by: Person = VISITOR
) -> TwoSets:
    """Both counts for every commune under the unit (for the unit itself where it is a commune)."""
    if set_a == set_b:
        raise Refused(Reason("situation.same_set", set=set_a))
    a = ground(at=at, known=known, unit_code=unit_code, set_code=set_a, by=by)
    b = ground(at=at, known=known, unit_code=unit_code, set_code=set_b, by=by)
    return TwoSets(a=_side(a), b=_side(b))


def _side(here: Ground) -> SetSide:
    of = len(here.criteria)
    return SetSide(
        ground=here,
        of=of,
        all_met=int((here.met[here.counted] >= of).sum()) if of else 0,
        best=int(np.max(here.met[here.counted])) if here.counted.any() else None,
        mean_met=mean(int(here.met.sum()), int(here.counted.sum())),
    )
