"""What stands in forms and was not sent yet."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection

from chungsuc.assessment import checking
from chungsuc.assessment.rules import FigureEntry
from chungsuc.assessment.rules.typed import Typed, entry_of
from chungsuc.criteria import queries as criteria
from chungsuc.kit.errors import Reason, stop_if


@dataclass(frozen=True, slots=True)
class DraftFact:
    """The newest row of one field: its number, the texts as typed (None: emptied or sent), who, when."""

    id: int
    indicator: str
    field: Typed | None
    batch_id: int | None
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class OpenDrafts:
    """How many fields of one unit, set and date wait to be sent, and when the last one was typed."""

    unit_id: int
    set_code: str
    speaks_of: date
    fields: int
    last_at: datetime


_NEWEST = """
SELECT DISTINCT ON (indicator) id, indicator, field, batch_id, by, at FROM assessment_draft
WHERE unit_id = %(unit)s AND set_code = %(set)s AND speaks_of = %(day)s ORDER BY indicator, id DESC
"""
_OPEN = """
SELECT unit_id, set_code, speaks_of, count(*), max(at) FROM (
    SELECT DISTINCT ON (unit_id, set_code, speaks_of, indicator) unit_id, set_code, speaks_of, field, at
    FROM assessment_draft WHERE unit_id = ANY(%(units)s) ORDER BY unit_id, set_code, speaks_of, indicator, id DESC
) AS newest WHERE field IS NOT NULL GROUP BY 1, 2, 3 ORDER BY 5 DESC
"""


def drafts_of(unit_id: int, set_code: str, speaks_of: date) -> dict[str, DraftFact]:
    """The newest row of every field ever typed for the unit, set and date, by indicator."""
    rows = _rows(_NEWEST, unit=unit_id, set=set_code, day=speaks_of)
    return {row[1]: _fact(*row) for row in rows}


def drafts_of_units(unit_ids: Iterable[int], set_code: str, speaks_of: date) -> dict[int, dict[str, DraftFact]]:
    """As `drafts_of`, for many units in one question."""
    sql = """SELECT DISTINCT ON (unit_id, indicator) unit_id, id, indicator, field, batch_id, by, at
             FROM assessment_draft WHERE unit_id = ANY(%(units)s) AND set_code = %(set)s AND speaks_of = %(day)s
             ORDER BY unit_id, indicator, id DESC"""
    found: dict[int, dict[str, DraftFact]] = {}
    for unit_id, *row in _rows(sql, units=list(unit_ids), set=set_code, day=speaks_of):
        found.setdefault(unit_id, {})[row[1]] = _fact(*row)
    return found


def _fact(number: int, indicator: str, field: Any, batch_id: int | None, by: str, at: datetime) -> DraftFact:
    return DraftFact(number, indicator, _field(field), batch_id, by, at)


def open_drafts(unit_ids: Iterable[int]) -> list[OpenDrafts]:
    """What waits to be sent in these units, the newest first."""
    return [OpenDrafts(*row) for row in _rows(_OPEN, units=list(unit_ids))]


def draft_save(number: int) -> dict[str, Any] | None:
    """One saving of drafts by the number of its first row: who, when, which unit and fields; None: there is none."""
    sql = """SELECT a.unit_id, a.set_code, a.speaks_of, a.by, a.at, array_agg(b.indicator ORDER BY b.id)
             FROM assessment_draft a JOIN assessment_draft b ON b.command IS NOT DISTINCT FROM a.command
                  AND b.at = a.at AND b.by = a.by AND b.unit_id = a.unit_id
             WHERE a.id = %(number)s GROUP BY 1, 2, 3, 4, 5"""
    names = ("unit_id", "set_code", "speaks_of", "by", "at", "indicators")
    rows = _rows(sql, number=number)
    return dict(zip(names, rows[0], strict=True)) if rows else None


def read_fields(set_code: str, fields: Mapping[str, Typed]) -> dict[str, FigureEntry]:
    """The entries that the fields make, checked; `Refused` with every reason, each with its indicator and field."""
    entries, found = _read(set_code, fields)
    stop_if(found)
    return entries


def why_not_sent(set_code: str, fields: Mapping[str, Typed]) -> tuple[Reason, ...]:
    """What would stand against sending these fields, told before anybody presses the button."""
    return tuple(_read(set_code, fields)[1])


def _read(set_code: str, fields: Mapping[str, Typed]) -> tuple[dict[str, FigureEntry], list[Reason]]:
    rules = criteria.criteria_set(set_code)
    entries: dict[str, FigureEntry] = {}
    found: list[Reason] = []
    for code, text in fields.items():
        entry, unread = entry_of(rules.by_code[code], text)
        for name, reason in unread:
            found += checking.placed((reason,), indicator=code, field=name)
        if not unread:
            found += checking.placed(checking.why_not_entry(rules, code, entry), indicator=code)
        entries[code] = entry
    return entries, found


def _rows(sql: str, **parameters: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()


def _field(stored: Any) -> Typed | None:
    """JSON comes as text through a plain cursor."""
    return json.loads(stored) if isinstance(stored, str) else stored
