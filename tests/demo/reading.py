"""Reads the demo's figures as a judge without a database would: the newest date, of it the highest level."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

from chungsuc.assessment.rules import FigureRow, Level
from chungsuc.criteria import queries as criteria
from chungsuc.criteria.engine import Context, Figure, SetVerdict, judge
from chungsuc.doors.cli.demo import sheet
from chungsuc.doors.cli.demo.steps import FIGURES

ROOT = Path(__file__).resolve().parents[2]
DEMO = ROOT / "data" / "demo"
UNITS = ROOT / "data" / "units" / "cao-bang"


class Codes(Mapping[str, str]):
    """Stands in for the units: a code is its own number."""

    def __getitem__(self, code: str) -> str:
        return code

    def __iter__(self):
        return iter(())

    def __len__(self) -> int:
        return 0


@cache
def rows(set_code: str) -> tuple[FigureRow, ...]:
    """Every figure of the demo under a set; `unit_id` is the unit's code."""
    asked = criteria.criteria_set(set_code, province="04")
    booleans = frozenset(one.code for one in asked.indicators if one.kind.value == "boolean")
    found: list[FigureRow] = []
    for name, of in FIGURES:
        if of == set_code:
            found += sheet.rows_of((DEMO / name).read_bytes(), lambda day: Codes(), booleans)
    return tuple(found)


@cache
def communes(year: int) -> tuple[str, ...]:
    """Codes of the communes in the list of a year."""
    with (UNITS / f"units_{year}.csv").open(encoding="utf-8") as file:
        return tuple(row["code"] for row in csv.DictReader(file) if row["type"] == "Xã")


@cache
def verdicts(set_code: str, at: date, year: int, fresh: bool = False) -> dict[str, SetVerdict]:
    """The verdict on every commune at a date. `fresh`: only figures that speak of exactly that date."""
    wanted = set(communes(year))
    best: dict[str, dict[str, FigureRow]] = defaultdict(dict)
    for row in rows(set_code):
        if row.unit_id not in wanted or row.speaks_of > at or (fresh and row.speaks_of != at):
            continue
        held = best[row.unit_id].get(row.indicator)
        if held is None or (held.speaks_of, held.level.rank) < (row.speaks_of, row.level.rank):
            best[row.unit_id][row.indicator] = row
    asked = criteria.criteria_set(set_code, province="04")
    context = Context(region="tdmnpb", year=at.year)
    return {code: judge(asked, _figures(best[code]), context) for code in sorted(wanted)}


def _figures(held: Mapping[str, FigureRow]) -> dict[str, Figure]:
    return {code: figure(row) for code, row in held.items()}


def figure(row: FigureRow) -> Figure:
    """The figure of a row, as the engine takes it."""
    entry = row.entry
    return Figure(
        value=entry.value,
        num=entry.num,
        den=entry.den,
        parts=entry.parts,
        not_applicable=entry.not_applicable,
        nearly_met=entry.nearly_met,
    )


def filed(set_code: str, code: str, at: date, level: Level) -> dict[str, FigureRow]:
    """One filing: its figures by indicator."""
    return {
        row.indicator: row
        for row in rows(set_code)
        if (row.unit_id, row.speaks_of, row.level) == (code, at, level)
    }
