"""The leaders' board: who will not make it at this pace, and where attention should go. Pure.

The pace is a plain extrapolation of what was recorded, said as such; it is no official forecast and no plan.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import numpy as np

from chungsuc.kit.vietnamese import sort_key
from chungsuc.reports.rules.grounds import Ground, met_cells
from chungsuc.reports.rules.situations import Report
from chungsuc.territory.rules import UnitFact

NEAR = 3  # "near": so many criteria short, or fewer
NAMED = 8  # where none is near, the nearest so many are named
PACE_YEARS = 3  # the pace is taken over so many years before the day, where there are figures


@dataclass(frozen=True, slots=True)
class Runner:
    """One commune on its way: criteria met, short by how many, its pace a year, what it reaches by the end.

    `reaches` is rounded down to whole criteria; `lacking` are the numbers of the criteria not met.
    """

    unit: UnitFact
    met: int
    short: int
    pace: Decimal
    reaches: int
    lacking: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Blocker:
    """One criterion and how many of the near communes lack it, with their names."""

    number: int
    name: str
    name_en: str
    communes: tuple[str, ...]
    only: int

    @property
    def count(self) -> int:
        """How many near communes lack it."""
        return len(self.communes)


@dataclass(frozen=True, slots=True)
class FirstOf:
    """A district without a recognised commune, and its commune that is nearest."""

    district: UnitFact
    nearest: Runner | None


@dataclass(frozen=True)
class Board:
    """What a leader sees on one screen.

    `since` is the day the pace is measured from (None: no earlier figures, then nothing is said of pace);
    `until` the end of the period. `on_time` communes without a title reach every criterion at this pace,
    `late` do not; `late_near` are those of them that are near (else the nearest few); `slipping`
    lost criteria this year.
    """

    report: Report
    since: date | None
    until: date
    on_time: tuple[Runner, ...]
    late: int
    late_near: tuple[Runner, ...]
    near: tuple[Runner, ...]
    blockers: tuple[Blocker, ...]
    first_of: tuple[FirstOf, ...]
    slipping: tuple[tuple[UnitFact, int], ...]


def board(report: Report, earlier: Ground | None, until: date) -> Board:
    """Put the board together from the report of the day and the ground of an earlier day of the same set."""
    runners = _runners(report.ground, earlier, until)
    of = len(report.ground.criteria)
    near = tuple(one for one in runners if one.short <= NEAR) or tuple(runners[:NAMED])
    on_time = tuple(one for one in runners if one.reaches >= of) if earlier else ()
    made_it = {one.unit.id for one in on_time}
    late = [one for one in runners if one.unit.id not in made_it]
    return Board(
        report=report,
        since=earlier.at if earlier else None,
        until=until,
        on_time=on_time,
        late=len(late),
        late_near=tuple(one for one in late if one.short <= NEAR) or tuple(late[:NAMED]),
        near=near,
        blockers=_blockers(report.ground, near),
        first_of=_first_of(report.ground, runners),
        slipping=tuple((move.unit, move.change) for move in report.moves if move.change < 0),
    )


def _runners(now: Ground, earlier: Ground | None, until: date) -> list[Runner]:
    """Every counted commune without a title, the nearest first, then as Vietnamese sorts."""
    held, of = now.recognised, len(now.criteria)
    then = {unit.id: int(earlier.met[row]) for row, unit in enumerate(earlier.communes)} if earlier else {}
    counted = earlier.counted if earlier else np.zeros(0, bool)
    there = {unit.id for row, unit in enumerate(earlier.communes) if counted[row]} if earlier else set()
    met, numbers = met_cells(now.verdicts), np.array([one.number for one in now.criteria])
    runners = []
    for row in np.flatnonzero(now.counted & ~held):
        unit, count = now.communes[row], int(now.met[row])
        pace = Decimal(0)
        if earlier and unit.id in there:
            pace = _a_year(count - then[unit.id], earlier.at, now.at)
        runners.append(
            Runner(unit, count, of - count, pace, _reaches(count, pace, now.at, until, of), _lacking(met[row], numbers))
        )
    return sorted(runners, key=lambda one: (one.short, -one.pace, sort_key(one.unit.short_name)))


def _lacking(met: np.ndarray, numbers: np.ndarray) -> tuple[int, ...]:
    return tuple(numbers[~met].tolist())


def _a_year(gain: int, since: date, at: date) -> Decimal:
    """Criteria gained a year, to one decimal."""
    years = Decimal((at - since).days) / Decimal("365.25")
    return (gain / years).quantize(Decimal("0.1"), ROUND_HALF_UP) if years else Decimal(0)


def _reaches(met: int, pace: Decimal, at: date, until: date, of: int) -> int:
    """Whole criteria at the end of the period if the pace stays; never fewer than now, never more than all."""
    years = Decimal(max((until - at).days, 0)) / Decimal("365.25")
    return min(of, met + int(max(pace, Decimal(0)) * years))


def _blockers(now: Ground, near: Sequence[Runner]) -> tuple[Blocker, ...]:
    found = []
    for one in now.criteria:
        here = [runner for runner in near if one.number in runner.lacking]
        if here:
            names = tuple(runner.unit.short_name for runner in here)
            found.append(Blocker(one.number, one.name_vi, one.name_en, names, sum(r.short == 1 for r in here)))
    return tuple(sorted(found, key=lambda one: (-one.count, one.number)))


def _first_of(now: Ground, runners: Sequence[Runner]) -> tuple[FirstOf, ...]:
    held = now.recognised
    found = []
    for place, district in enumerate(now.districts):
        here = now.district_of == place
        if here.any() and not (here & held).any():
            ids = {now.communes[row].id for row in np.flatnonzero(here)}
            found.append(FirstOf(district, next((one for one in runners if one.unit.id in ids), None)))
    return tuple(found)
