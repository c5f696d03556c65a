"""Who became whom: the steps of a unit through time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db import connection

from chungsuc.territory.queries import units as reading
from chungsuc.territory.rules import Ended, Lineage, Step, UnitFact

# A step with the names of the day before and of the day itself, and the acts it rests on.
_STEPS = """
SELECT c.from_unit_id, f.code, f.name, c.to_unit_id, t.code, t.name, c.effective, c.change, c.part,
       coalesce((SELECT string_agg(a.number, '; ' ORDER BY ca.id) FROM territory_change_act ca
                 JOIN territory_act a ON a.id = ca.act_id WHERE ca.change_id = c.id), ''),
       c.generation_id, c.note
FROM territory_change c
JOIN territory_unit_version f ON f.unit_id = c.from_unit_id
    AND (f.valid_from IS NULL OR f.valid_from < c.effective) AND (f.valid_to IS NULL OR f.valid_to >= c.effective)
LEFT JOIN territory_unit_version t ON t.unit_id = c.to_unit_id
    AND (t.valid_from IS NULL OR t.valid_from <= c.effective) AND (t.valid_to IS NULL OR t.valid_to > c.effective)
WHERE {where}
ORDER BY c.effective, f.code, t.code
"""


def lineage(code: str, on: date, today: date) -> Lineage:
    """The unit that bears `code` on the day: its direct steps back and forth, and where it all is today.

    A direct step is a change of the nearest wave (one generation of acts) that touches the unit: in
    2020 the merger of 1/2 and the move of 1/3 are one wave. `Refused` as in `unit_at`.
    """
    unit = reading.unit_at(code, on)
    back = _steps("c.to_unit_id = %(id)s AND c.effective <= %(on)s", id=unit.id, on=on)
    forth = _steps("c.from_unit_id = %(id)s AND c.effective > %(on)s", id=unit.id, on=on)
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
        return _steps(where, after=after, until=until)
    where += " AND (c.from_unit_id = ANY(%(ids)s) OR c.to_unit_id = ANY(%(ids)s))"
    return _steps(where, after=after, until=until, ids=list(unit_ids))


def became(unit_id: int, on: date) -> tuple[str, ...]:
    """What a unit that ended has become by the day, as "01456 Xã Quang Hán" texts."""
    reached, _ = _follow([unit_id], date.min, on)
    facts = reading.by_ids(reached, on)
    return tuple(f"{fact.code} {fact.name}" for fact in sorted(facts.values(), key=lambda fact: fact.code))


def _where_now(unit: UnitFact, on: date, today: date) -> tuple[list[UnitFact], Ended | None]:
    reached, ends = _follow([unit.id], on, today)
    facts = sorted(reading.by_ids(reached, today).values(), key=lambda fact: fact.code)
    ended = Ended(ends[-1].effective, ends[-1].act) if ends and not facts else None
    return facts, ended


def _follow(start: Sequence[int], after: date, until: date) -> tuple[list[int], list[Step]]:
    """Every identity reached from `start` by steps between the days, and the steps that ended without successor."""
    reached = dict.fromkeys(start, after)
    frontier, ends = list(start), []
    while frontier:
        steps = _steps(
            "c.from_unit_id = ANY(%(ids)s) AND c.effective > %(after)s AND c.effective <= %(until)s",
            ids=frontier,
            after=after,
            until=until,
        )
        frontier = []
        for step in steps:
            if step.effective <= reached[step.from_id]:
                continue
            if step.to_id is None:
                ends.append(step)
            elif step.to_id not in reached:
                reached[step.to_id] = step.effective
                frontier.append(step.to_id)
    return list(reached), sorted(ends, key=lambda step: step.effective)


def _steps(where: str, **parameters: Any) -> list[Step]:
    with connection.cursor() as cursor:
        cursor.execute(_STEPS.format(where=where), parameters)
        return [Step(*row) for row in cursor.fetchall()]
