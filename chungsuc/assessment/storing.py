"""Figures into the table: one COPY, whether it is one line or half a million. Called by actions only."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from typing import Any, NamedTuple

from django.db import connection

from chungsuc.accounts.rules import Person
from chungsuc.assessment.models import Batch, CriterionMarks
from chungsuc.assessment.rules import BatchKind, FigureEntry, Level, MarkRow, said, stored_value
from chungsuc.criteria.engine import Share
from chungsuc.kit.clock import VIETNAM


class Line(NamedTuple):
    """One row of `assessment_figure`, in the order of the COPY below."""

    batch_id: int
    unit_id: int
    supersedes_id: int | None
    recorded_at: datetime
    speaks_of: date
    level: int
    set_code: str
    indicator: str
    value: Decimal | None
    num: Decimal | None
    den: Decimal | None
    parts: str | None
    not_applicable: str | None
    nearly_met: str | None
    note: str | None
    source: str | None
    author: str | None
    reason: str | None


COLUMNS = ", ".join(Line._fields)
_COPY = f"COPY assessment_figure ({COLUMNS}) FROM STDIN"


@dataclass(frozen=True, slots=True)
class Act:
    """One act of recording, as its batch keeps it. `notes`: warnings that stay with it."""

    kind: BatchKind
    set_code: str
    source: str
    by: Person
    at: datetime
    sha256: str | None = None
    notes: Sequence[Mapping[str, Any]] = ()
    reason: str | None = None
    history: bool = False

    @property
    def day(self) -> date:
        """The day of the act in Vietnam."""
        return self.at.astimezone(VIETNAM).date()


def open_batch(act: Act, *, lines: int) -> int:
    """Write the act itself; return its number."""
    return Batch.objects.create(
        kind=act.kind.value, set_code=act.set_code, source=said(act.source) or "", by=act.by.code, at=act.at,
        sha256=act.sha256, notes=list(act.notes), reason=said(act.reason), history=act.history, lines=lines,
    ).pk


def line_of(
    entry: FigureEntry,
    *,
    batch: int,
    unit_id: int,
    set_code: str,
    indicator: str,
    speaks_of: date,
    level: Level,
    recorded_at: datetime,
    author: str | None,
    supersedes: int | None,
    reason: str | None,
) -> Line:
    """An entry as a row."""
    parts = json.dumps({name: _part(part) for name, part in entry.parts.items()}) if entry.parts else None
    return Line(
        batch,
        unit_id,
        supersedes,
        recorded_at,
        speaks_of,
        level.rank,
        set_code,
        indicator,
        stored_value(entry),
        entry.num,
        entry.den,
        parts,
        said(entry.not_applicable),
        said(entry.nearly_met),
        said(entry.note),
        said(entry.source),
        author,
        said(reason),
    )


def _part(part: Decimal | Share) -> float | dict[str, float | None]:
    if not isinstance(part, Share):
        return float(part)
    if part.num is None:
        return float(part.value)  # type: ignore[arg-type]
    return {name: None if number is None else float(number) for name, number in part._asdict().items()}


def insert_figures(lines: Iterable[Line]) -> list[int]:
    """Copy the lines in; return their numbers in order (for a handful of lines)."""
    lines = list(lines)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO assessment_figure ({COLUMNS}) SELECT * FROM (VALUES "
            + ", ".join(["(" + ", ".join(_TYPED) + ")"] * len(lines))
            + ") v RETURNING id",
            [cell for line in lines for cell in line],
        )
        return [row[0] for row in cursor.fetchall()]


_TYPED = (
    "%s::bigint",
    "%s::bigint",
    "%s::bigint",
    "%s::timestamptz",
    "%s::date",
    "%s::smallint",
    "%s::text",
    "%s::text",
    "%s::numeric",
    "%s::numeric",
    "%s::numeric",
    "%s::jsonb",
    "%s::text",
    "%s::text",
    "%s::text",
    "%s::text",
    "%s::text",
    "%s::text",
)


def copy_figures(lines: Iterable[Line]) -> int:
    """Copy many lines in; return how many."""
    count = 0
    with connection.cursor() as cursor, cursor.copy(_COPY) as copy:
        for line in lines:
            copy.write_row(line)
            count += 1
    return count


def copy_text(rows: Iterable[str]) -> None:
    """Copy rows that are already in COPY's text form (tab between, `\\N` for null), for bulk grids."""
    with connection.cursor() as cursor, cursor.copy(_COPY) as copy:
        rows = (row for row in rows if row)
        while chunk := "".join(islice(rows, 2000)):
            copy.write(chunk)


def insert_marks(
    rows: Sequence[MarkRow], *, batch: int, set_code: str, speaks_of: date, level: Level, at: datetime
) -> None:
    """Write one line of marks per unit."""
    CriterionMarks.objects.bulk_create(
        [
            CriterionMarks(
                batch_id=batch,
                unit_id=row.unit_id,
                recorded_at=at,
                speaks_of=speaks_of,
                level=level.rank,
                set_code=set_code,
                marks={str(number): met for number, met in row.met.items()} or None,
                count=sum(row.met.values()) if row.met else row.count,
            )
            for row in rows
        ],
        batch_size=1000,
    )
