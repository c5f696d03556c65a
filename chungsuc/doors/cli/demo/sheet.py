"""Reads the demo's figures: one line per filing, one column per figure (see `data/demo/README.md`)."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal

from chungsuc.assessment.rules import FigureEntry, FigureRow, Level
from chungsuc.criteria.engine import Share

NEARLY = "Cơ bản đạt theo ý kiến của tổ thẩm tra (số liệu mẫu)"
# Who is said to have recorded it; nobody in particular.
AUTHORS = {
    Level.SELF: "Cán bộ xã (mẫu)",
    Level.VERIFIED: "Tổ thẩm tra huyện (mẫu)",
    Level.APPRAISED: "Đoàn thẩm định tỉnh (mẫu)",
}
OWN_COLUMNS = 4
HUNDRED, TENTH = Decimal(100), Decimal("0.1")


def rows_of(content: bytes, unit_ids: Callable[[date], Mapping[str, int]], booleans: frozenset[str]) -> list[FigureRow]:
    """The figures of a file. `unit_ids` gives the units by code on a date; `booleans` are the requirements."""
    lines = csv.reader(io.StringIO(content.decode("utf-8")))
    columns = [_column(name) for name in next(lines)[OWN_COLUMNS:]]
    found: list[FigureRow] = []
    for line in lines:
        found += _filing(line, columns, unit_ids, booleans)
    return found


def _column(name: str) -> tuple[str, str | None]:
    indicator, _, part = name.partition(":")
    return indicator, part or None


def _filing(
    line: Sequence[str],
    columns: Sequence[tuple[str, str | None]],
    unit_ids: Callable[[date], Mapping[str, int]],
    booleans: frozenset[str],
) -> Iterator[FigureRow]:
    at, level = date.fromisoformat(line[0]), Level(line[2])
    unit, moment = unit_ids(at)[line[1]], datetime.fromisoformat(line[3])
    parts: dict[str, dict[str, Share]] = {}
    entries: dict[str, FigureEntry] = {}
    for (indicator, part), cell in zip(columns, line[OWN_COLUMNS:], strict=True):
        if not cell:
            continue
        if part:
            parts.setdefault(indicator, {})[part] = _share(cell)
        else:
            entries[indicator] = _entry(cell, indicator in booleans)
    entries |= {indicator: FigureEntry(parts=named) for indicator, named in parts.items()}
    for indicator, entry in entries.items():
        yield FigureRow(unit, at, level, indicator, entry, recorded_at=moment, author=AUTHORS[level])


def _entry(cell: str, boolean: bool) -> FigureEntry:
    if cell.startswith("~"):
        return FigureEntry(not_applicable=cell[1:].strip())
    nearly = NEARLY if cell.endswith("*") else None
    cell = cell.rstrip("*")
    if boolean:
        return FigureEntry(value=cell == "1", nearly_met=nearly)
    share = _share(cell)
    return FigureEntry(value=share.value, num=share.num, den=share.den, nearly_met=nearly)


def _share(cell: str) -> Share:
    first, _, second = cell.partition("/")
    if not second:
        return Share(Decimal(first))
    num, den = Decimal(first), Decimal(second)
    # The share as people write it: one decimal, rounded half up; the counts decide.
    return Share((num * HUNDRED / den).quantize(TENTH, rounding="ROUND_HALF_UP"), num, den)
