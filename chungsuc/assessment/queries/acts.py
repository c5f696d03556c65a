"""Acts of recording: batches, what came late, whether this installation holds made-up data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Min

from chungsuc.assessment.models import Batch, Figure
from chungsuc.assessment.rules import BatchFact, BatchKind
from chungsuc.kit import clock


def batch(batch_id: int) -> BatchFact | None:
    """One act of recording, with the warnings kept with it."""
    found = Batch.objects.filter(pk=batch_id).first()
    return None if found is None else _fact(found)


def batches(*, set_code: str | None = None, sha256: str | None = None, limit: int = 100) -> list[BatchFact]:
    """The newest acts first."""
    found = Batch.objects.order_by("-pk")
    if set_code is not None:
        found = found.filter(set_code=set_code)
    if sha256 is not None:
        found = found.filter(sha256=sha256)
    return [_fact(one) for one in found[:limit]]


def is_demo() -> bool:
    """Whether any batch holds made-up demonstration data (its source begins with "demo")."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT 1 FROM assessment_batch WHERE source LIKE 'demo%')")
        return bool(cursor.fetchone()[0])


def days_of(set_code: str, *, at_least: int = 20) -> list[date]:
    """The days on which at least so many units were judged under the set, oldest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT speaks_of FROM assessment_verdict WHERE set_code = %s GROUP BY speaks_of"
            " HAVING count(DISTINCT unit_id) >= %s ORDER BY speaks_of",
            [set_code, at_least],
        )
        return [row[0] for row in cursor.fetchall()]


@dataclass(frozen=True, slots=True)
class LateFiling:
    """A unit whose first self-assessed figures for a date came after the days allowed."""

    unit_id: int
    speaks_of: date
    first_recorded: datetime
    days_late: int


def late(*, set_code: str, speaks_of: date, days_allowed: int, known: datetime | None = None) -> list[LateFiling]:
    """Units whose first figures for `speaks_of` were recorded more than `days_allowed` days after it."""
    found = Figure.objects.filter(set_code=set_code, speaks_of=speaks_of)
    if known is not None:
        found = found.filter(recorded_at__lte=known)
    due = speaks_of + timedelta(days=days_allowed)
    rows = [
        LateFiling(unit, speaks_of, first, (first.astimezone(clock.VIETNAM).date() - due).days)
        for unit, first in found.values_list("unit_id").annotate(first=Min("recorded_at")).order_by("unit_id")
    ]
    return [row for row in rows if row.days_late > 0]


def _fact(row: Batch) -> BatchFact:
    return BatchFact(
        row.pk,
        BatchKind(row.kind),
        row.set_code,
        row.source,
        row.by,
        row.at,
        row.sha256,
        row.history,
        row.reason,
        tuple(row.notes),
        row.lines,
    )


def figures_of_batch(batch_id: int) -> dict[str, Any] | None:
    """One act of entry by one unit: who, when, of which day, which indicators; None for any other batch."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT f.unit_id, f.set_code, f.speaks_of, b.by, b.at, array_agg(f.indicator ORDER BY f.id)
               FROM assessment_batch b JOIN assessment_figure f ON f.batch_id = b.id
               WHERE b.id = %s AND b.kind = 'entry' GROUP BY 1, 2, 3, 4, 5""",
            [batch_id],
        )
        rows = cursor.fetchall()
    names = ("unit_id", "set_code", "speaks_of", "by", "at", "indicators")
    return dict(zip(names, rows[0], strict=True)) if len(rows) == 1 else None
