"""The units on a day: one unit, a tree, the units above, the names."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.db import connection

from chungsuc.kit.errors import Reason, Refused
from chungsuc.territory.queries.walking import steps_where
from chungsuc.territory.rules import ClassNote, Gazetteer, Kind, UnitFact

REGION = "region"

_NOW = "(v.valid_from IS NULL OR v.valid_from <= %(on)s) AND (v.valid_to IS NULL OR v.valid_to > %(on)s)"
_V = "v.unit_id, v.code, v.name, v.short_name, v.kind, v.parent_id, v.valid_from, v.valid_to, v.alt_names"

# Up from the units of `start`, one row each, the start included.
_UP = f"""
WITH RECURSIVE up AS (
    SELECT {_V} FROM territory_unit_version v WHERE {{start}} AND {_NOW}
    UNION
    SELECT {_V} FROM territory_unit_version v JOIN up ON v.unit_id = up.parent_id WHERE {_NOW}
)
SELECT * FROM up
"""
# Everything below the unit that bears a code, itself and what is above it included.
_DOWN = f"""
WITH RECURSIVE up AS (
    SELECT {_V} FROM territory_unit_version v WHERE v.code = %(code)s AND {_NOW}
    UNION
    SELECT {_V} FROM territory_unit_version v JOIN up ON v.unit_id = up.parent_id WHERE {_NOW}
), down AS (
    SELECT {_V} FROM territory_unit_version v WHERE v.code = %(code)s AND {_NOW}
    UNION
    SELECT {_V} FROM territory_unit_version v JOIN down ON v.parent_id = down.unit_id WHERE {_NOW}
)
SELECT up.*, false AS below FROM up UNION ALL SELECT down.*, true FROM down WHERE down.code <> %(code)s
"""
_THEN = "(v.valid_from IS NULL OR v.valid_from <= {day}) AND (v.valid_to IS NULL OR v.valid_to > {day})"
# The same as _UP for many identities, each on a day of its own.
_UP_PAIRS = f"""
WITH RECURSIVE up AS (
    SELECT w.day, {_V} FROM unnest(%(ids)s::bigint[], %(days)s::date[]) AS w(id, day)
    JOIN territory_unit_version v ON v.unit_id = w.id WHERE {_THEN.format(day="w.day")}
    UNION
    SELECT up.day, {_V} FROM territory_unit_version v JOIN up ON v.unit_id = up.parent_id
    WHERE {_THEN.format(day="up.day")}
)
SELECT * FROM up
"""
_CLASS_PAIRS = f"""
SELECT w.day, v.unit_id, v.scheme, v.value FROM unnest(%(ids)s::bigint[], %(days)s::date[]) AS w(id, day)
JOIN territory_unit_class v ON v.unit_id = w.id WHERE {_THEN.format(day="w.day")} ORDER BY v.scheme
"""
_ALL = f"SELECT {_V} FROM territory_unit_version v WHERE {_NOW}"


def unit_at(code: str, on: date) -> UnitFact:
    """The unit that bears `code` on the day, or `Refused`: see `why_absent`."""
    facts = _facts(_rows(_UP.format(start="v.code = %(code)s"), code=code, on=on), on)
    for fact in facts.values():
        if fact.code == code:
            return fact
    raise Refused(why_absent(code, on))


def units_at(on: date, under: str | None = None, kinds: Collection[Kind] | None = None) -> list[UnitFact]:
    """The units in force on the day, by code.

    `under` keeps all levels below that code, itself left out; `Refused` when nobody bears it that day.
    `kinds` keeps only these kinds.
    """
    if under is None:
        wanted = _facts(_rows(_ALL, on=on), on)
    else:
        rows = _rows(_DOWN, code=under, on=on)
        if not rows:
            raise Refused(why_absent(under, on))
        below = {row["unit_id"] for row in rows if row["below"]}
        wanted = {key: fact for key, fact in _facts(rows, on).items() if key in below}
    chosen = (fact for fact in wanted.values() if kinds is None or fact.kind in kinds)
    return sorted(chosen, key=lambda fact: fact.code)


def by_ids(ids: Iterable[int], on: date) -> dict[int, UnitFact]:
    """The units with these identities that are in force on the day, by identity; others are left out."""
    wanted = list(dict.fromkeys(ids))
    facts = _facts(_rows(_UP.format(start="v.unit_id = ANY(%(ids)s)"), ids=wanted, on=on), on)
    return {key: facts[key] for key in wanted if key in facts}


def by_pairs(pairs: Iterable[tuple[int, date]]) -> dict[tuple[int, date], UnitFact]:
    """The units with these identities, each on a day of its own, in two questions whatever their number."""
    wanted = list(dict.fromkeys(pairs))
    if not wanted:
        return {}
    asked = {"ids": [unit_id for unit_id, _ in wanted], "days": [day for _, day in wanted]}
    rows: dict[date, list[dict[str, Any]]] = defaultdict(list)
    for row in _rows(_UP_PAIRS, **asked):
        rows[row.pop("day")].append(row)
    above = [(row["unit_id"], day) for day, some in rows.items() for row in some]
    classes: dict[date, dict[int, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
    lists = {"ids": [unit_id for unit_id, _ in above], "days": [day for _, day in above]}
    for row in _rows(_CLASS_PAIRS, **lists):
        classes[row["day"]][row["unit_id"]][row["scheme"]] = row["value"]
    facts = {day: _facts_of(some, classes[day]) for day, some in rows.items()}
    return {(unit_id, day): facts[day][unit_id] for unit_id, day in wanted if unit_id in facts.get(day, {})}


def ancestors(unit_id: int, on: date) -> list[UnitFact]:
    """The unit itself, then the units above it, nearest first; empty when it is not in force that day."""
    facts = _facts(_rows(_UP.format(start="v.unit_id = %(id)s"), id=unit_id, on=on), on)
    chain: list[UnitFact] = []
    key: int | None = unit_id
    while key is not None and key in facts:
        chain.append(facts[key])
        key = facts[key].parent_id
    return chain


def last_day_of_districts(on: date) -> date | None:
    """The last day, not after `on`, on which any district or provincial city was in force; None: never."""
    sql = """SELECT CASE WHEN bool_or(valid_to IS NULL OR valid_to > %(on)s) THEN %(on)s
                         ELSE max(valid_to) - 1 END AS day
             FROM territory_unit_version WHERE kind IN ('district', 'city')
             AND (valid_from IS NULL OR valid_from <= %(on)s)"""
    return _rows(sql, on=on)[0]["day"]


def class_notes(units: Iterable[UnitFact], on: date) -> list[ClassNote]:
    """What stands beside the regions and classes of these units and is not verified, each note once, by scheme."""
    ids = [unit.id for unit in units]
    sql = f"""SELECT DISTINCT v.scheme, v.decision, v.provenance, v.note FROM territory_unit_class v
              WHERE v.unit_id = ANY(%(ids)s) AND v.provenance <> 'verified' AND {_NOW} ORDER BY 1, 2, 3, 4"""
    above = _rows(_UP.format(start="v.unit_id = ANY(%(ids)s)"), ids=ids, on=on)
    return [ClassNote(**row) for row in _rows(sql, ids=[row["unit_id"] for row in above], on=on)]


def gazetteer(on: date, under: str | None = None) -> Gazetteer:
    """All names of the day, for many look-ups; `under` keeps one unit's part of the land."""
    units = units_at(on, under)
    return Gazetteer([unit_at(under, on), *units] if under else units)


def match(
    name: str, on: date, kind: Kind | None = None, district: str | None = None, under: str | None = None
) -> list[UnitFact]:
    """The units that a written name may mean on the day (see `Gazetteer.match`), below `under` where given.

    For many names on one day ask a `gazetteer` once.
    """
    return gazetteer(on, under).match(name, kind, district)


def why_absent(code: str, on: date) -> Reason:
    """Why nobody bears `code` that day: never heard of, not borne yet, or what became of its last bearer."""
    rows = _rows(
        f"SELECT {_V} FROM territory_unit_version v WHERE v.code = %(code)s ORDER BY v.valid_from NULLS FIRST",
        code=code,
    )
    if not rows:
        return Reason("unit.unknown", unit=code, on=on)
    over = [row for row in rows if row["valid_to"] is not None and row["valid_to"] <= on]
    if not over:
        return Reason("unit.not_yet", unit=code, on=on, name=rows[0]["name"], since=rows[0]["valid_from"])
    return _what_became(over[-1], on)


def _what_became(row: Mapping[str, Any], on: date) -> Reason:
    """How a code came out of use: into which units its bearer went on that very day, and by which act."""
    end: date = row["valid_to"]
    steps = steps_where("c.from_unit_id = %(id)s AND c.effective = %(end)s", id=row["unit_id"], end=end)
    facts = {
        "unit": row["code"],
        "on": on,
        "name": row["name"],
        "until": end - timedelta(days=1),
        "since": end,
        "act": "; ".join(dict.fromkeys(step.act for step in steps)) or "–",
    }
    became = tuple(f"{step.to_code} {step.to_name}" for step in steps if step.to_id is not None)
    return Reason("unit.not_in_force", became=became, **facts) if became else Reason("unit.ended", **facts)


def _rows(sql: str, **parameters: Any) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _facts(rows: Sequence[Mapping[str, Any]], on: date) -> dict[int, UnitFact]:
    """Facts by identity. `rows` hold every unit above those wanted, so that names and regions are at hand."""
    return _facts_of(rows, _classes([row["unit_id"] for row in rows], on))


def _facts_of(
    rows: Sequence[Mapping[str, Any]], classes: Mapping[int, Mapping[str, str]]
) -> dict[int, UnitFact]:
    by_id = {row["unit_id"]: row for row in rows}
    facts = {}
    for key, row in by_id.items():
        parent = by_id.get(row["parent_id"])
        facts[key] = UnitFact(
            id=key,
            code=row["code"],
            name=row["name"],
            short_name=row["short_name"],
            kind=Kind(row["kind"]),
            parent_id=row["parent_id"],
            parent_code=parent and parent["code"],
            parent_name=parent and parent["name"],
            region=_region(key, by_id, classes),
            classes={scheme: value for scheme, value in classes.get(key, {}).items() if scheme != REGION},
            valid_from=row["valid_from"],
            valid_to=row["valid_to"],
            alt_names=tuple(_list(row["alt_names"])),
        )
    return facts


def _list(value: Any) -> list[str]:
    return json.loads(value) if isinstance(value, str) else value or []


def _region(
    key: int | None, by_id: Mapping[int, Mapping[str, Any]], classes: Mapping[int, Mapping[str, str]]
) -> str | None:
    while key is not None:
        if REGION in classes.get(key, {}):
            return classes[key][REGION]
        key = by_id[key]["parent_id"] if key in by_id else None
    return None


def _classes(ids: Sequence[int], on: date) -> dict[int, dict[str, str]]:
    found: dict[int, dict[str, str]] = defaultdict(dict)
    sql = f"""SELECT v.unit_id, v.scheme, v.value FROM territory_unit_class v
              WHERE v.unit_id = ANY(%(ids)s) AND {_NOW} ORDER BY v.scheme"""
    for row in _rows(sql, ids=list(ids), on=on):
        found[row["unit_id"]][row["scheme"]] = row["value"]
    return found
