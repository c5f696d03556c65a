"""The levels of judgement and the procedures that know them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from chungsuc.accounts.rules import Permission


class Level(StrEnum):
    """Who judged: the commune itself, the level that verifies, the province that appraises."""

    SELF = "self"
    VERIFIED = "verified"
    APPRAISED = "appraised"

    @property
    def rank(self) -> int:
        """1, 2, 3 from the commune upwards; so it is stored and compared in the database."""
        return _RANKS[self]

    @classmethod
    def of_rank(cls, rank: int) -> Level:
        """The level with this rank."""
        return _BY_RANK[rank]


_RANKS = {Level.SELF: 1, Level.VERIFIED: 2, Level.APPRAISED: 3}
_BY_RANK = {rank: level for level, rank in _RANKS.items()}
PERMISSION = {
    Level.SELF: Permission.RECORD_FIGURES,
    Level.VERIFIED: Permission.VERIFY_FIGURES,
    Level.APPRAISED: Permission.APPRAISE_FIGURES,
}


@dataclass(frozen=True, slots=True)
class Step:
    """One level of a procedure: who judges at it, in Vietnamese and English."""

    level: Level
    judge_vi: str
    judge_en: str


@dataclass(frozen=True, slots=True)
class Procedure:
    """The levels of judgement in order, for dates in [valid_from, valid_to)."""

    code: str
    valid_from: date | None
    valid_to: date | None
    steps: tuple[Step, ...]
    basis: str
    provenance: str
    note: str

    def covers(self, day: date) -> bool:
        """Whether the procedure was in force on the day."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day < self.valid_to)

    @property
    def levels(self) -> tuple[Level, ...]:
        """The levels it knows, lowest first."""
        return tuple(step.level for step in self.steps)
