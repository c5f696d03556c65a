"""Standings and totals follow every figure, by differences: the cost grows with depth, not with siblings.

Called by actions inside their transaction, never by a reader. Locks are always taken in one order:
the set (shared for one unit, alone for a bulk load), the unit, then totals from the leaf to the root;
so two writers may wait for each other but never both.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import connection

from chungsuc.assessment import queries
from chungsuc.assessment.rules import StandingFact, Totals, UnitVerdict
from chungsuc.criteria import queries as criteria

_LOCK_SET, _LOCK_UNIT = 20_001, 20_002
MANY = 50

_COPY_VERDICTS = """
COPY assessment_verdict (unit_id, set_code, speaks_of, recorded_at, rule, criteria, met, set_version, frame_id, trace)
FROM STDIN
"""
_NEW_FRAMES = """
INSERT INTO assessment_frame (digest, rulings) SELECT * FROM unnest(%s::text[], %s::jsonb[])
ON CONFLICT (digest) DO NOTHING
"""
_UPSERT = """
INSERT INTO assessment_standing (unit_id, set_code, speaks_of, basis, criteria, met, set_version, judged_at, path)
SELECT v.unit_id, %(set_code)s, v.speaks_of, v.basis, v.criteria, v.met, v.set_version, %(at)s, v.path::bigint[]
FROM unnest(%(units)s::bigint[], %(days)s::date[], %(bases)s::text[], %(letters)s::text[], %(mets)s::int[],
            %(versions)s::text[], %(paths)s::text[]) v (unit_id, speaks_of, basis, criteria, met, set_version, path)
ON CONFLICT (set_code, unit_id) DO UPDATE SET speaks_of = excluded.speaks_of, basis = excluded.basis,
    criteria = excluded.criteria, met = excluded.met, set_version = excluded.set_version,
    judged_at = excluded.judged_at, path = excluded.path
"""
_ADD = """
UPDATE assessment_tally t SET communes = t.communes + %s, met = t.met + %s,
    by_met = (SELECT array_agg(a + b ORDER BY place) FROM unnest(t.by_met, %s::int[]) WITH ORDINALITY x (a, b, place)),
    by_criterion = (SELECT array_agg(a + b ORDER BY place)
                    FROM unnest(t.by_criterion, %s::int[]) WITH ORDINALITY x (a, b, place))
WHERE t.set_code = %s AND t.unit_id = %s
"""


def lock(set_code: str, unit_ids: Sequence[int]) -> None:
    """Hold the set and the units until the transaction ends, so that nobody else writes their figures."""
    with connection.cursor() as cursor:
        if len(unit_ids) > MANY:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [_LOCK_SET, set_code])
            return
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s, hashtext(%s))", [_LOCK_SET, set_code])
        for unit in sorted(unit_ids):
            cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [_LOCK_UNIT, f"{set_code}:{unit}"])


def follow(*, touched: Mapping[date, Iterable[int]], set_code: str, at: datetime, on: date) -> int:
    """Judge anew what new figures touch, store the verdicts, renew standings and totals; return the verdicts stored.

    `touched`: for each date that figures speak of, the units they speak about. A unit whose standing
    is of a later date is judged for that date too: an older figure may still count there. `on` is the
    day of the act, whose units the totals count.
    """
    units = sorted({unit for ids in touched.values() for unit in ids})
    before = {one.unit_id: one for one in queries.standings(set_code=set_code, unit_ids=units)}
    newest = {unit: one.speaks_of for unit, one in before.items()}
    due: dict[date, set[int]] = {}
    for day, ids in touched.items():
        for unit in ids:
            newest[unit] = max(day, newest.get(unit, day))
            due.setdefault(day, set()).add(unit)
    for unit, day in newest.items():
        due.setdefault(day, set()).add(unit)
    last: dict[int, UnitVerdict] = {}
    stored = 0
    for day in sorted(due):
        verdicts = queries.judge_units(queries.placed(sorted(due[day]), day), set_code, day)
        stored += _store(verdicts, set_code=set_code, at=at)
        last |= {verdict.unit_id: verdict for verdict in verdicts}
    paths = {one.unit.id: one.path for one in queries.placed(sorted(last), on)}
    _renew(list(last.values()), before, set_code=set_code, at=at, paths=paths)
    return stored


def _store(verdicts: Iterable[UnitVerdict], *, set_code: str, at: datetime) -> int:
    """Add one append-only row per verdict; return how many. Verdicts by marks have an empty trace."""
    verdicts = list(verdicts)
    frames = _frames({one.frame for one in verdicts})
    moment = at.isoformat()
    with connection.cursor() as cursor, cursor.copy(_COPY_VERDICTS) as copy:
        for one in verdicts:
            copy.write(
                f"{one.unit_id}\t{set_code}\t{one.speaks_of}\t{moment}\thighest\t{one.criteria}\t{one.met}"
                f"\t{one.set_version}\t{frames[one.frame]}\t{one.trace}\n"
            )
    return len(verdicts)


def _frames(texts: Iterable[str]) -> dict[str, int]:
    """The number of each frame, stored now if it was not yet."""
    digests = {hashlib.sha256(text.encode()).hexdigest(): text for text in sorted(texts)}
    with connection.cursor() as cursor:
        known = _known_frames(cursor, list(digests))
        new = [digest for digest in digests if digest not in known]
        if new:
            cursor.execute(_NEW_FRAMES, [new, [digests[digest] for digest in new]])
            known = _known_frames(cursor, list(digests))
    return {text: known[digest] for digest, text in digests.items()}


def _known_frames(cursor: Any, digests: list[str]) -> dict[str, int]:
    cursor.execute("SELECT digest, id FROM assessment_frame WHERE digest = ANY(%s)", [digests])
    return dict(cursor.fetchall())


def _renew(
    verdicts: Sequence[UnitVerdict],
    before: Mapping[int, StandingFact],
    *,
    set_code: str,
    at: datetime,
    paths: Mapping[int, tuple[int, ...]],
) -> None:
    """Let these verdicts be the newest of their units, and move the totals above by the difference.

    `paths`: the identities above each unit, nearest first; empty where no total counts the unit.
    """
    criteria_count = len(criteria.criteria_set(set_code).criteria)
    moves: dict[int, Totals] = {}
    depth: dict[int, int] = {}
    for verdict in verdicts:
        old = before.get(verdict.unit_id)
        if old is not None:
            _count(moves, depth, old.path, old.criteria, old.met, -1, criteria_count)
        _count(moves, depth, paths.get(verdict.unit_id, ()), verdict.criteria, verdict.met, 1, criteria_count)
    _write_standings(verdicts, set_code=set_code, at=at, paths=paths)
    _move(moves, depth, set_code, criteria_count)


def rebuild(set_code: str, *, on: date) -> None:
    """Throw the totals away and add them up anew from the standings, with the units as they are `on` that day."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [_LOCK_SET, set_code])
    paths = {one.unit.id: one.path for one in queries.placed_communes(on)}
    standings = queries.standings(set_code=set_code)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM assessment_tally WHERE set_code = %s", [set_code])
        cursor.execute(
            "UPDATE assessment_standing s SET path = v.path::bigint[]"
            " FROM unnest(%s::bigint[], %s::text[]) v (unit_id, path) WHERE s.set_code = %s AND s.unit_id = v.unit_id",
            [[one.unit_id for one in standings], [_array(paths.get(one.unit_id, ())) for one in standings], set_code],
        )
    moves: dict[int, Totals] = {}
    depth: dict[int, int] = {}
    criteria_count = len(criteria.criteria_set(set_code).criteria)
    for one in standings:
        _count(moves, depth, paths.get(one.unit_id, ()), one.criteria, one.met, 1, criteria_count)
    _move(moves, depth, set_code, criteria_count)


def _count(
    moves: dict[int, Totals],
    depth: dict[int, int],
    path: Sequence[int],
    letters: str,
    met: int,
    sign: int,
    criteria_count: int,
) -> None:
    for step, scope in enumerate(path):
        depth[scope] = max(depth.get(scope, 0), step)
        moves.setdefault(scope, Totals(criteria_count)).add(letters, met, sign)


def _write_standings(
    verdicts: Sequence[UnitVerdict], *, set_code: str, at: datetime, paths: Mapping[int, tuple[int, ...]]
) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            _UPSERT,
            {
                "set_code": set_code,
                "at": at,
                "units": [one.unit_id for one in verdicts],
                "days": [one.speaks_of for one in verdicts],
                "bases": [one.basis for one in verdicts],
                "letters": [one.criteria for one in verdicts],
                "mets": [one.met for one in verdicts],
                "versions": [one.set_version for one in verdicts],
                "paths": [_array(paths.get(one.unit_id, ())) for one in verdicts],
            },
        )


def _move(moves: Mapping[int, Totals], depth: Mapping[int, int], set_code: str, criteria_count: int) -> None:
    """Apply the differences from the leaf to the root; scopes of one depth by number."""
    scopes = sorted(
        (scope for scope, move in moves.items() if not move.nothing), key=lambda scope: (depth[scope], scope)
    )
    if not scopes:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO assessment_tally (unit_id, set_code, communes, met, by_met, by_criterion)"
            " SELECT v, %s, 0, 0, %s, %s FROM unnest(%s::bigint[]) v ON CONFLICT (set_code, unit_id) DO NOTHING",
            [set_code, [0] * (criteria_count + 1), [0] * criteria_count, scopes],
        )
        cursor.executemany(
            _ADD,
            [
                (
                    moves[scope].communes,
                    moves[scope].met,
                    moves[scope].by_met,
                    moves[scope].by_criterion,
                    set_code,
                    scope,
                )
                for scope in scopes
            ],
        )


def _array(path: Sequence[int]) -> str:
    return "{" + ",".join(map(str, path)) + "}"
