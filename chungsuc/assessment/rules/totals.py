"""Verdicts in one letter per criterion, and totals over communes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from chungsuc.assessment.rules.facts import FigureTable, MarksTable, TallyFact

# One letter per verdict, so that the verdicts on all criteria of a unit are one short word.
LETTERS = {"met": "m", "nearly_met": "n", "not_met": "x", "not_applicable": "a", "no_figure": "f", "no_threshold": "t"}
VERDICT_OF = {letter: verdict for verdict, letter in LETTERS.items()}
COUNTS_AS_MET = frozenset({"m", "a"})


def letters_of_marks(marks: np.ndarray) -> str:
    """One unit's marks (1 met, 0 not met, -1 unknown) as letters; unknown is "no figure"."""
    return "".join({1: LETTERS["met"], 0: LETTERS["not_met"]}.get(int(mark), LETTERS["no_figure"]) for mark in marks)


class Totals:
    """Totals of one unit above communes, or the difference that changed verdicts make to them."""

    __slots__ = ("by_criterion", "by_met", "communes", "met")

    def __init__(self, criteria: int) -> None:
        self.communes = 0
        self.met = 0
        self.by_met = [0] * (criteria + 1)
        self.by_criterion = [0] * criteria

    def add(self, letters: str, met: int, sign: int = 1) -> None:
        """Count one commune in (`sign` 1) or out (-1)."""
        self.communes += sign
        self.met += sign * met
        self.by_met[met] += sign
        for place, letter in enumerate(letters):
            if letter in COUNTS_AS_MET:
                self.by_criterion[place] += sign

    @property
    def nothing(self) -> bool:
        """Whether this difference changes no total."""
        return not (self.communes or self.met or any(self.by_met) or any(self.by_criterion))


def add_up(rows: Iterable[tuple[Sequence[int], str, int]], set_code: str, criteria: int) -> list[TallyFact]:
    """Totals from scratch. `rows`: for each commune the units above it, its letters, its criteria met."""
    totals: dict[int, Totals] = {}
    for path, letters, met in rows:
        for scope in path:
            totals.setdefault(scope, Totals(criteria)).add(letters, met)
    return [
        TallyFact(scope, set_code, one.communes, one.met, tuple(one.by_met), tuple(one.by_criterion))
        for scope, one in sorted(totals.items())
    ]


def use_marks(figures: FigureTable, marks: MarksTable) -> np.ndarray:
    """bool[n]: units for which the summary marks speak, because no figure is as new as they are.

    Indicator figures win over marks of the same date; newer marks win over older figures.
    """
    has_marks = marks.count >= 0
    day = figures.speaks_of.astype("datetime64[D]").astype(np.int64)
    newest = np.where(np.isnat(figures.speaks_of), np.iinfo(np.int64).min, day).max(
        axis=1, initial=np.iinfo(np.int64).min
    )
    return has_marks & (marks.speaks_of.astype(np.int64) > newest)
