"""The one guard: "may this person do this, here, on this day?" Default is no."""

from __future__ import annotations

from datetime import date

from chungsuc.accounts import rules
from chungsuc.accounts.rules import Permission, Person
from chungsuc.kit.errors import stop_if
from chungsuc.territory import queries as territory


def require(by: Person, permission: Permission, *, unit: int | None = None, on: date) -> None:
    """Let the act pass, or raise `Refused`. `unit` is the unit's identity; None means no unit."""
    codes = None
    if unit is not None and by.unit_code is not None and permission is not Permission.READ:
        codes = frozenset(above.code for above in territory.ancestors(unit, on))
    stop_if(rules.why_not(by, permission, codes))
