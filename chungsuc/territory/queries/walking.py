"""Walk along the recorded steps, identity by identity."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import connection

from chungsuc.territory.rules import Step

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


def follow(start: Sequence[int], after: date, until: date) -> tuple[list[int], list[Step]]:
    """Every identity reached from `start` by steps between the days, and the steps that ended without successor."""
    reached = dict.fromkeys(start, after)
    frontier, ends = list(start), []
    while frontier:
        steps = steps_where(
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


def steps_where(where: str, **parameters: Any) -> list[Step]:
    """The steps that fulfil an SQL condition on the change `c`, by day and code."""
    with connection.cursor() as cursor:
        cursor.execute(_STEPS.format(where=where), parameters)
        return [Step(*row) for row in cursor.fetchall()]
