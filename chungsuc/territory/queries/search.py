"""Search by any way of writing a name, old names included."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

from django.db import connection

from chungsuc.kit.vietnamese import fold, nfc, same_name, sort_key
from chungsuc.territory.rules import Found, Kind, short_name
from chungsuc.territory.rules.kinds import split

_HITS = """
SELECT v.unit_id, v.code, v.name, v.kind, p.code, p.name, v.valid_from, v.valid_to, v.alt_names
FROM territory_unit_version v
LEFT JOIN LATERAL (
    SELECT code, name FROM territory_unit_version p
    WHERE p.unit_id = v.parent_id AND daterange(p.valid_from, p.valid_to) && daterange(v.valid_from, v.valid_to)
    ORDER BY p.valid_from DESC NULLS LAST LIMIT 1
) p ON true
WHERE (v.search LIKE %(whole)s OR (v.search LIKE %(bare)s AND v.kind = %(kind)s)
       OR v.code = %(text)s OR ltrim(v.code, '0') = %(digits)s)
  AND (%(on)s::date IS NULL OR daterange(v.valid_from, v.valid_to) @> %(on)s::date)
"""


def find(text: str, on: date | None = None) -> list[Found]:
    """Units by name or code, however written: `da thong`, `X. Đa Thông` and `XÃ ĐA THÔNG` find the same.

    A code is found without its leading zeros too, as spreadsheets leave it. Without `on` every name ever
    borne is searched; the days say when. In order: the code itself; the marks as written, where the text
    has marks; whole names, names that begin so, the rest; within each as Vietnamese sorts.
    """
    asked = _Asked.of(text)
    if not asked.whole:
        return []
    digits = text.strip().lstrip("0") if text.strip().isdecimal() else ""
    named = {"whole": _like(asked.whole), "bare": _like(asked.bare), "kind": asked.kind and asked.kind.value}
    with connection.cursor() as cursor:
        cursor.execute(_HITS, {**named, "text": text.strip(), "digits": digits or None, "on": on})
        rows = cursor.fetchall()
    ranked = sorted((_ranked(row, asked) for row in rows), key=lambda pair: pair[0])
    return [found for _, found in ranked]


@dataclass(frozen=True, slots=True)
class _Asked:
    """What was typed: as it stands, folded, and without its word of kind ("TT Thông Nông"), folded."""

    text: str
    whole: str
    bare: str
    kind: Kind | None
    marked: str

    @classmethod
    def of(cls, text: str) -> _Asked:
        kind, rest = split(text) or (None, text)
        marked = same_name(rest) if fold(text) != nfc(text).lower() else ""
        return cls(text.strip(), fold(text), fold(rest), kind, marked)

    def place(self, code: str, name: str) -> tuple[bool, bool, int]:
        """How near a hit is: its very code, its very marks, its distance; the least is the nearest."""
        other_marks = bool(self.marked) and f" {self.marked} " not in f" {same_name(name)} "
        return code != self.text, other_marks, min(_distance(name, self.whole), _distance(name, self.bare))


def _like(wanted: str) -> str:
    return "%" + wanted.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"


def _ranked(row: tuple, asked: _Asked) -> tuple[tuple, Found]:
    unit_id, code, name, kind, parent_code, parent_name, valid_from, valid_to, others = row
    others = json.loads(others) if isinstance(others, str) else others
    matched = min((name, *others), key=lambda spelled: asked.place(code, spelled))
    found = Found(unit_id, code, name, Kind(kind), parent_code, parent_name, valid_from, valid_to, matched)
    order = (sort_key(short_name(name)), same_name(name), valid_from or date.min, code)
    return (*asked.place(code, matched), *order), found


def _distance(name: str, wanted: str) -> int:
    """0 whole name, 1 beginning, 2 beginning of a word, 3 anywhere, 4 not at all (found by code)."""
    whole, bare = fold(name), fold(short_name(name))
    if wanted in (whole, bare):
        return 0
    if whole.startswith(wanted) or bare.startswith(wanted):
        return 1
    return 2 if f" {wanted}" in whole else 3 if wanted in whole else 4
