"""Who became whom: the steps of a unit through time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from chungsuc.territory.queries import units as reading
from chungsuc.territory.queries.walking import follow, steps_where
from chungsuc.territory.rules import Ended, Lineage, Step, UnitFact


def lineage(code: str, on: date, today: date) -> Lineage:
    """The unit that bears `code` on the day: its direct steps back and forth, and where it all is today.

    A direct step is a change of the nearest wave (one generation of acts) that touches the unit: in
    2020 the merger of 1/2 and the move of 1/3 are one wave. `Refused` as in `unit_at`.
    """
    unit = reading.unit_at(code, on)
    back = steps_where("c.to_unit_id = %(id)s AND c.effective <= %(on)s", id=unit.id, on=on)
    forth = steps_where("c.from_unit_id = %(id)s AND c.effective > %(on)s", id=unit.id, on=on)
    current, end = _where_now(unit, on, today)
    return Lineage(
        unit=unit,
        predecessors=tuple(step for step in back if step.generation == back[-1].generation),
        successors=tuple(step for step in forth if step.generation == forth[0].generation and step.to_id is not None),
        in_force_today=tuple(current),
        ended=end,
    )


def steps_between(after: date, until: date, unit_ids: Iterable[int] | None = None) -> list[Step]:
    """Every recorded step with effect after `after` and not after `until`, by day.

    `unit_ids` keeps the steps that leave or reach one of these identities.
    """
    where = "c.effective > %(after)s AND c.effective <= %(until)s"
    if unit_ids is None:
        return steps_where(where, after=after, until=until)
    where += " AND (c.from_unit_id = ANY(%(ids)s) OR c.to_unit_id = ANY(%(ids)s))"
    return steps_where(where, after=after, until=until, ids=list(unit_ids))


def _where_now(unit: UnitFact, on: date, today: date) -> tuple[list[UnitFact], Ended | None]:
    reached, ends = follow([unit.id], on, today)
    facts = sorted(reading.by_ids(reached, today).values(), key=lambda fact: fact.code)
    ended = Ended(ends[-1].effective, ends[-1].act) if ends and not facts else None
    return facts, ended
