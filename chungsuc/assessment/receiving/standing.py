"""What a form that came in meets in the table: what of it is new, what it changes, what still counts above it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from chungsuc.assessment import queries
from chungsuc.assessment.rules import (
    BatchKind,
    FigureFact,
    FigureTable,
    Level,
    overtaken,
    same_content,
    shown,
    why_not_change,
)
from chungsuc.assessment.workbook.facts import FormRead, Meta
from chungsuc.assessment.workbook.read_many import SHOWN
from chungsuc.criteria.engine import CriteriaSet, Kind
from chungsuc.kit.errors import Reason
from chungsuc.kit.sheets.problems import Problem, Severity
from chungsuc.kit.vietnamese import number
from chungsuc.territory.rules import UnitFact


@dataclass(frozen=True)
class Told:
    """What a form is about: from its hidden sheet, else from the one who reads it."""

    meta: Meta | None
    set_code: str
    unit: UnitFact
    at: date
    level: Level
    rules: CriteriaSet


@dataclass
class Met:
    """How many figures the form holds and how many say something new; what stands against or beside them."""

    figures: int = 0
    changed: int = 0
    problems: Sequence[Problem] = ()


def meet(read: FormRead, told: Told, reason: str | None) -> Met:
    """Compare the form with what stands. Every changed figure without a reason is told at its own cell."""
    return _meet_one(read, told, reason) if read.grid is None else _meet_grid(read, told, reason)


def seen_of(read: FormRead, told: Told) -> dict[str, int]:
    """What stood when the form was made, less what this very form has recorded since."""
    if told.meta is None:
        return {}
    standing = queries.lines_at(told.unit.id, told.set_code, told.at, told.level, list(read.entries))
    mine = {
        number
        for number in {fact.batch_id for fact in standing.values() if fact.batch_kind is BatchKind.WORKBOOK}
        if any(note.get("form") == told.meta.form for note in queries.batch(number).notes)
    }
    own = {code for code, fact in standing.items() if fact.batch_id in mine}
    return {code: number for code, number in told.meta.seen.items() if code not in own}


def at_cell(found: Reason, read: FormRead) -> Problem:
    """A refusal of the room, at the cell that it is about where there is one."""
    indicator = found.facts.get("indicator")
    key = indicator if read.grid is None else (found.facts.get("unit"), indicator)
    return Problem(found, Severity.ERROR, *read.cells.get(key, ("", "")))


def _meet_one(read: FormRead, told: Told, reason: str | None) -> Met:
    last = queries.figures_of(told.unit.id, told.set_code, told.at, level=told.level)
    counting = queries.figures_of(told.unit.id, told.set_code, told.at)
    new = [code for code, entry in read.entries.items() if code not in last or not same_content(entry, last[code])]
    changes = {code: last[code] for code in new if code in last and last[code].speaks_of == told.at}
    late = overtaken(seen_of(read, told), changes, told.rules)
    told_already = {one.facts["indicator"] for one in late}
    asked = [code for code in changes if code not in told_already]
    problems = [at_cell(one, read) for one in late] + _reasons_asked(read, [(code, code) for code in asked], reason)
    for code in new:
        fact = counting.get(code)
        if fact is None or fact.speaks_of != told.at or fact.level.rank <= told.level.rank:
            continue
        if not same_content(read.entries[code], fact):
            problems.append(_above(fact.level, code, _words(fact, told), read.cells.get(code)))
    return Met(len(read.entries), len(new), problems)


def _words(fact: FigureFact, told: Told) -> str:
    return shown(fact, told.rules.by_code.get(fact.indicator))


def _reasons_asked(read: FormRead, changes: Sequence[tuple[Any, str]], reason: str | None) -> list[Problem]:
    """One problem per changed figure, at its cell."""
    return [
        Problem(one, Severity.ERROR, *read.cells.get(key, ("", "")))
        for key, code in list(changes)[:SHOWN]
        for one in why_not_change(changed=[code], reason=reason)
    ]


def _above(level: Level, code: str, value: str, cell: tuple[str, str] | None) -> Problem:
    """A figure of a level above still counts: the one given is kept, but the verdict does not follow it."""
    told = Reason(f"workbook.{level.value}_stands", indicator=code, value=value)
    return Problem(told, Severity.WARNING, *(cell or ("", "")))


def _meet_grid(read: FormRead, told: Told, reason: str | None) -> Met:
    assert read.grid is not None
    own = queries.figure_table(units=read.units, set_code=told.set_code, at=told.at, level=told.level)
    day = np.datetime64(told.at, "D")
    given = ~np.isnan(read.grid.values)
    count, new = _by_indicator(given, told), _by_indicator(given & ~_same(read.grid.values, own), told)
    for row, code in read.grid.not_applicable:
        column = own.indicators.index(code)
        count[row, column] = True
        new[row, column] = not own.not_applicable[row, column]
    changes = new & (own.figure_ids != 0) & (own.speaks_of == day)
    keys = [(key, key[1]) for key in _keys(changes, read, own)]
    problems = _reasons_asked(read, keys, reason) + _above_grid(read, told, new, day)
    return Met(int(count.sum()), int(new.sum()), problems)


def _above_grid(read: FormRead, told: Told, new: np.ndarray, day: np.datetime64) -> list[Problem]:
    if told.level is Level.APPRAISED:
        return []
    assert read.grid is not None
    table = queries.figure_table(units=read.units, set_code=told.set_code, at=told.at)
    different = _by_indicator(~np.isnan(read.grid.values) & ~_same(read.grid.values, table), told)
    above = new & different & (table.level > told.level.rank) & (table.speaks_of == day)
    spots = np.argwhere(above)[:SHOWN].tolist()
    return [
        _above(Level.of_rank(int(table.level[row, column])), key[1], _shown(table, told, row, key[1]),
               read.cells.get(key))
        for (row, column), key in zip(spots, _keys(above, read, table), strict=True)
    ]  # fmt: skip


def _keys(cells: np.ndarray, read: FormRead, table: FigureTable) -> Iterator[tuple[str, str]]:
    for row, column in np.argwhere(cells)[:SHOWN].tolist():
        yield read.units[row].code, table.indicators[column]


def _same(values: np.ndarray, table: FigureTable) -> np.ndarray:
    """bool[n, leaves]: the value that stands, or that value to the two places which the form showed."""
    with np.errstate(invalid="ignore"):
        return (np.abs(values - table.values) < 1e-9) | (np.abs(values - np.round(table.values, 2)) < 1e-9)


def _shown(table: FigureTable, told: Told, row: int, code: str) -> str:
    places = [place for place, (indicator, _) in enumerate(table.leaves) if indicator == code]
    values = [float(table.values[row, place]) for place in places if not np.isnan(table.values[row, place])]
    if told.rules.by_code[code].kind is Kind.BOOLEAN and values:
        return "Đạt" if values[0] else "Chưa đạt"
    return "; ".join(number(round(value, 2)) for value in values)


def _by_indicator(cells: np.ndarray, told: Told) -> np.ndarray:
    """bool[n, indicators]: (unit, indicator) pairs that have any of their cells."""
    index = {indicator.code: place for place, indicator in enumerate(told.rules.indicators)}
    owner = np.array([index[leaf.indicator] for leaf in told.rules.leaves])
    starts = np.flatnonzero(np.diff(owner, prepend=-1))
    return np.logical_or.reduceat(cells, starts, axis=1) if cells.size else np.zeros((len(cells), len(index)), bool)
