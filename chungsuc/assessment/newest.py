"""Which line counts: the one question behind every reading of figures, asked in one SQL statement.

Of the lines about one unit and indicator that speak of a date not after `at` and were recorded not
after `known`: the newest date; of that date the highest level; of that level the newest line. The
index `assessment_figure_newest` holds the lines in exactly this order, so each answer is one step
down the index and does not grow with the length of the history. Where the counts behind a share are
known they decide, as in the engine, and not the rounded share. The answer comes back as one string of
fixed-width records that numpy reads without a loop.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import numpy as np
from django.db import connection

from chungsuc.assessment.rules import FigureTable, Level

EPOCH = np.datetime64("2000-01-01", "D")
NOT_APPLICABLE, NEARLY_MET, PARTS, COUNTS, NOTE = 1, 2, 4, 8, 16
_FIELDS = (
    ("row", "i4"),
    ("column", "i2"),
    ("id", "i8"),
    ("day", "i4"),
    ("level", "i2"),
    ("flags", "i2"),
    ("value", "f8"),
)
_WIRE = np.dtype([(name, f">{kind}") for name, kind in _FIELDS])

ORDER = "f.speaks_of DESC, f.level DESC, f.recorded_at DESC, f.id DESC"
# One packed string instead of a row per figure: the driver's work per row costs more than the search.
_TABLE = f"""
SELECT string_agg(
    int4send((u.place - 1)::int4) || int2send((i.place - 1)::int2) || int8send(f.id)
    || int4send(f.speaks_of - date '2000-01-01') || int2send(f.level)
    || int2send(((f.not_applicable IS NOT NULL)::int + 2 * (f.nearly_met IS NOT NULL)::int
                 + 4 * (f.parts IS NOT NULL)::int + 8 * (f.num IS NOT NULL)::int
                 + 16 * (f.note IS NOT NULL)::int)::int2)
    || float8send(coalesce(f.num::float8 * 100 / f.den::float8, f.value::float8, 'NaN'::float8)), ''::bytea)
FROM unnest(%(units)s::bigint[]) WITH ORDINALITY u (id, place)
CROSS JOIN unnest(%(indicators)s::text[]) WITH ORDINALITY i (code, place)
CROSS JOIN LATERAL (
    SELECT f.id, f.speaks_of, f.level, f.not_applicable, f.nearly_met, f.parts, f.value, f.num, f.den,
           f.note
    FROM assessment_figure f
    WHERE f.set_code = %(set_code)s AND f.unit_id = u.id AND f.indicator = i.code
      AND f.speaks_of <= %(at)s::date {{conditions}}
    ORDER BY {ORDER} LIMIT 1
) f
"""


def conditions(*, known: datetime | None, level: Level | None, on: date | None = None) -> tuple[str, dict[str, Any]]:
    """The optional parts of the question as SQL and its parameters."""
    found = [
        (known is not None, "AND f.recorded_at <= %(known)s::timestamptz", {"known": known}),
        (level is not None, "AND f.level = %(level)s", {"level": level.rank if level else None}),
        (on is not None, "AND f.speaks_of = %(on)s::date", {"on": on}),
    ]
    parameters = {name: value for stands, _, facts in found if stands for name, value in facts.items()}
    return " ".join(sql for stands, sql, _ in found if stands), parameters


def lines_that_count(
    *,
    units: np.ndarray,
    indicators: Sequence[str],
    set_code: str,
    at: date,
    known: datetime | None,
    level: Level | None = None,
    on: date | None = None,
) -> np.ndarray:
    """A record array (row, column, id, day, level, flags, value), one record per unit and indicator with a figure.

    `on` asks only for lines that speak of exactly that date.
    """
    extra, parameters = conditions(known=known, level=level, on=on)
    parameters |= {
        "units": [int(unit) for unit in units],
        "indicators": list(indicators),
        "set_code": set_code,
        "at": at,
    }
    with connection.cursor() as cursor:
        cursor.execute(_TABLE.format(conditions=extra), parameters)
        return np.frombuffer(cursor.fetchone()[0] or b"", dtype=_WIRE)


def parts_of(figure_ids: Sequence[int]) -> dict[int, dict[str, float]]:
    """The named parts of compound figures, by figure id; a part given by its counts is their quotient."""
    if not figure_ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, parts FROM assessment_figure WHERE id = ANY(%s)", [list(figure_ids)])
        return {
            key: {name: _part(value) for name, value in json.loads(parts).items()} for key, parts in cursor.fetchall()
        }


def _part(stored: Any) -> float:
    if not isinstance(stored, dict):
        return float(stored)
    return stored["num"] * 100 / stored["den"] if stored.get("den") else float(stored["value"])


def build_table(
    lines: np.ndarray,
    *,
    units: np.ndarray,
    indicators: tuple[str, ...],
    leaves: tuple[tuple[str, str | None], ...],
    set_code: str,
    at: date,
    known: datetime | None,
) -> FigureTable:
    """Spread the lines over the columns of the set."""
    shape = (len(units), len(indicators))
    rows, columns = lines["row"].astype(np.intp), lines["column"].astype(np.intp)
    flags = lines["flags"].astype(np.int64)

    def spread(empty: Any, dtype: Any, what: np.ndarray) -> np.ndarray:
        table = np.full(shape, empty, dtype=dtype)
        table[rows, columns] = what
        return table

    return FigureTable(
        set_code=set_code,
        at=at,
        known=known,
        unit_ids=units,
        indicators=indicators,
        leaves=leaves,
        values=_values(lines, rows, columns, flags, len(units), indicators, leaves),
        not_applicable=spread(False, bool, (flags & NOT_APPLICABLE) > 0),
        nearly_met=spread(False, bool, (flags & NEARLY_MET) > 0),
        speaks_of=spread(np.datetime64("NaT"), "datetime64[D]", EPOCH + lines["day"].astype("timedelta64[D]")),
        level=spread(0, np.int8, lines["level"]),
        figure_ids=spread(0, np.int64, lines["id"]),
    )


def _values(
    lines: np.ndarray,
    rows: np.ndarray,
    columns: np.ndarray,
    flags: np.ndarray,
    height: int,
    indicators: tuple[str, ...],
    leaves: tuple[tuple[str, str | None], ...],
) -> np.ndarray:
    values = np.full((height, len(leaves)), np.nan)
    place = {leaf: number for number, leaf in enumerate(leaves)}
    whole = np.array([place.get((indicator, None), -1) for indicator in indicators], dtype=np.intp)
    plain = whole[columns] >= 0
    values[rows[plain], whole[columns][plain]] = lines["value"][plain]
    compound = np.flatnonzero(flags & PARTS)
    parts = parts_of([int(key) for key in lines["id"][compound]])
    for line in compound:
        for name, value in parts[int(lines["id"][line])].items():
            leaf = place.get((indicators[columns[line]], name))
            if leaf is not None:
                values[rows[line], leaf] = value
    return values
