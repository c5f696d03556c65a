"""Search by any way of writing a name, old names included."""

from __future__ import annotations

import json
from datetime import date

from django.db import connection

from chungsuc.kit.vietnamese import fold, same_name, sort_key
from chungsuc.territory.rules import Found, Kind, short_name

_HITS = """
SELECT v.unit_id, v.code, v.name, v.kind, p.code, p.name, v.valid_from, v.valid_to, v.alt_names
FROM territory_unit_version v
LEFT JOIN LATERAL (
    SELECT code, name FROM territory_unit_version p
    WHERE p.unit_id = v.parent_id AND daterange(p.valid_from, p.valid_to) && daterange(v.valid_from, v.valid_to)
    ORDER BY p.valid_from DESC NULLS LAST LIMIT 1
) p ON true
WHERE (v.search LIKE %(like)s OR v.code = %(text)s)
  AND (%(on)s::date IS NULL OR daterange(v.valid_from, v.valid_to) @> %(on)s::date)
"""


def find(text: str, on: date | None = None) -> list[Found]:
    """Units by name or code, however written: `da thong`, `Đa Thông` and `DA THÔNG` find the same, in one order.

    Without `on` every name ever borne is searched; the days say when. Whole names come first,
    then names that begin so, then the rest; within each in Vietnamese order.
    """
    wanted = fold(text)
    if not wanted:
        return []
    like = "%" + wanted.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    with connection.cursor() as cursor:
        cursor.execute(_HITS, {"like": like, "text": text.strip(), "on": on})
        rows = cursor.fetchall()
    ranked = sorted((_ranked(row, wanted) for row in rows), key=lambda pair: pair[0])
    return [found for _, found in ranked]


def _ranked(row: tuple, wanted: str) -> tuple[tuple, Found]:
    unit_id, code, name, kind, parent_code, parent_name, valid_from, valid_to, others = row
    others = json.loads(others) if isinstance(others, str) else others
    matched = min((name, *others), key=lambda spelled: _distance(spelled, wanted))
    found = Found(unit_id, code, name, Kind(kind), parent_code, parent_name, valid_from, valid_to, matched)
    place = (_distance(matched, wanted), sort_key(short_name(name)), same_name(name), valid_from or date.min, code)
    return place, found


def _distance(name: str, wanted: str) -> int:
    """0 whole name, 1 beginning, 2 beginning of a word, 3 anywhere, 4 not at all (found by code)."""
    whole, bare = fold(name), fold(short_name(name))
    if wanted in (whole, bare):
        return 0
    if whole.startswith(wanted) or bare.startswith(wanted):
        return 1
    return 2 if f" {wanted}" in whole else 3 if wanted in whole else 4
