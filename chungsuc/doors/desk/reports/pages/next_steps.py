""" "Việc tiếp theo": what the data say could be done next, by whom, the nearest first."""

from __future__ import annotations

from dataclasses import dataclass

from chungsuc.doors.desk.reports.pages.frame import word
from chungsuc.doors.desk.reports.pages.gaps import gap_text
from chungsuc.reports.rules import Card, Short

SHOWN = 6


@dataclass(frozen=True, slots=True)
class LiftLine:
    """One indicator to lift: what is missing, whether its criterion needs nothing else, who owns it."""

    code: str
    short: str
    gap: str
    last: str
    owner: str


@dataclass(frozen=True, slots=True)
class StepsBlock:
    """The whole block; `enter`, `prove`, `check` are (code, short name)."""

    lift: tuple[LiftLine, ...]
    others: tuple[LiftLine, ...]
    enter: tuple[tuple[str, str], ...]
    prove: tuple[tuple[str, str], ...]
    check: tuple[tuple[str, str], ...]
    empty: bool


def steps_block(card: Card, lang: str) -> StepsBlock:
    """The block of one card."""
    names = {one.code: one.short.of(lang) for one in card.rules.indicators}

    def named(codes: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
        return tuple((code, names[code]) for code in codes)

    lines = tuple(_lift(card, one, lang) for one in card.steps.lift)
    return StepsBlock(
        lift=lines[:SHOWN],
        others=lines[SHOWN:],
        enter=named(card.steps.enter),
        prove=named(card.steps.prove),
        check=named(card.steps.check),
        empty=card.steps.empty,
    )


def _lift(card: Card, one: Short, lang: str) -> LiftLine:
    indicator = one.indicator.ruling.indicator
    owner = card.rules.owners.get(indicator.owner) if indicator.owner else None
    last = word("desk.next.last", lang, number=one.criterion) if one.left == 1 else ""
    return LiftLine(
        indicator.code, indicator.short.of(lang), gap_text(one.indicator, lang), last, owner.of(lang) if owner else ""
    )
