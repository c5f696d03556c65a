"""Totals that have drifted, or whose units have changed, are added up anew."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from chungsuc.accounts import guard
from chungsuc.accounts.rules import Permission, Person
from chungsuc.assessment import tallying
from chungsuc.kit import clock, journal


@transaction.atomic
def rebuild_tallies(*, set_code: str, by: Person, at: datetime) -> None:
    """Add up the totals of a set anew from the standings, over the units in force on the day of the act.

    Needed after units merge or move; figures alone keep the totals right by themselves.
    """
    day = at.astimezone(clock.VIETNAM).date()
    guard.require(by, Permission.APPRAISE_FIGURES, on=day)
    tallying.rebuild(set_code, on=day)
    journal.record("tallies.rebuilt", subject=f"set:{set_code}", by=by.code, at=at)
