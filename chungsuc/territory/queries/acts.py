"""The legal acts that changed or classified units."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from chungsuc.territory.models import Act


@dataclass(frozen=True, slots=True)
class ActFact:
    """One act: its number, the day it was signed (None: not known), what it is about."""

    number: str
    dated: date | None
    about: str


def acts() -> list[ActFact]:
    """Every act, by number."""
    return [ActFact(one.number, one.signed, one.title) for one in Act.objects.order_by("number", "signed")]
