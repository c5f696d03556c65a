"""Criterion-level marks of summary matrices, as of a date, as known on a date."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime

import numpy as np
from django.db import connection

from chungsuc.assessment.rules import MarksTable
from chungsuc.criteria import queries as criteria
from chungsuc.territory.rules import UnitFact

_NEWEST = """
SELECT DISTINCT ON (m.unit_id) m.unit_id, m.marks, m.count, m.speaks_of
FROM assessment_marks m
WHERE m.set_code = %(set_code)s AND m.unit_id = ANY(%(units)s) AND m.speaks_of <= %(at)s
  AND (%(known)s::timestamptz IS NULL OR m.recorded_at <= %(known)s::timestamptz)
ORDER BY m.unit_id, m.speaks_of DESC, m.level DESC, m.recorded_at DESC, m.id DESC
"""


def marks_table(*, units: Sequence[UnitFact], set_code: str, at: date, known: datetime | None = None) -> MarksTable:
    """The newest marks of each unit. Where a unit has figures too, `rules.use_marks` says which speaks."""
    return marks_of(
        unit_ids=np.array([unit.id for unit in units], dtype=np.int64), set_code=set_code, at=at, known=known
    )


def marks_of(*, unit_ids: np.ndarray, set_code: str, at: date, known: datetime | None = None) -> MarksTable:
    """As `marks_table`, by unit identities."""
    numbers = tuple(criterion.number for criterion in criteria.criteria_set(set_code).criteria)
    column = {number: place for place, number in enumerate(numbers)}
    row = {int(unit): place for place, unit in enumerate(unit_ids)}
    marks = np.full((len(unit_ids), len(numbers)), -1, dtype=np.int8)
    count = np.full(len(unit_ids), -1, dtype=np.int16)
    counted_only = np.zeros(len(unit_ids), dtype=bool)
    speaks_of = np.full(len(unit_ids), np.datetime64("NaT"), dtype="datetime64[D]")
    with connection.cursor() as cursor:
        cursor.execute(_NEWEST, {"set_code": set_code, "units": list(row), "at": at, "known": known})
        for unit, by_number, whole, day in cursor.fetchall():
            place = row[unit]
            count[place], speaks_of[place], counted_only[place] = whole, day, by_number is None
            for number, met in json.loads(by_number or "{}").items():
                if int(number) in column:
                    marks[place, column[int(number)]] = int(met)
    return MarksTable(set_code, unit_ids, numbers, marks, count, counted_only, speaks_of)
