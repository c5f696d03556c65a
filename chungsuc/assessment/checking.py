"""Every check on what comes in: each returns reasons, none raises. Checks on a value are the criteria room's own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import Any

import numpy as np

from chungsuc.assessment.rules import FigureEntry, FigureGrid, FigureRow, MarkRow
from chungsuc.criteria.engine import CriteriaSet, Figure, Indicator, Kind, Share
from chungsuc.criteria.engine.checks import why_not
from chungsuc.kit.errors import Reason, reasons
from chungsuc.territory.rules import UnitFact

DECIMALS, TEXT, AUTHOR = 20, 2000, 80
SHOWN = 200  # so many reasons are enough for one refusal


def why_not_unit(unit: UnitFact, rules: CriteriaSet, speaks_of: date, there: UnitFact | None) -> tuple[Reason, ...]:
    """The unit (`there`: as it stands on the date, None if it does not) exists then and is of the set's kind."""
    kind = (there or unit).kind.value
    return reasons(
        (kind != rules.kind_of_unit,
         Reason("figure.other_kind_of_unit", unit=unit.code, name=unit.name, set=rules.code)),
        (there is None, Reason("figure.unit_not_in_force", unit=unit.code, name=unit.name, speaks_of=speaks_of)),
    )


def why_not_entries(rules: CriteriaSet, entries: Mapping[str, FigureEntry]) -> tuple[Reason, ...]:
    """Each entry belongs to an indicator of the set and is a figure that the indicator can have."""
    return tuple(reason for code, entry in entries.items() for reason in why_not_entry(rules, code, entry))


def why_not_entry(rules: CriteriaSet, code: str, entry: FigureEntry) -> tuple[Reason, ...]:
    """What stands against one entry."""
    indicator = rules.by_code.get(code)
    if indicator is None:
        return (Reason("figure.indicator_unknown", indicator=code, set=rules.code),)
    return _why_not_written(code, entry) + why_not(indicator, figure_of(entry))


def _why_not_written(code: str, entry: FigureEntry) -> tuple[Reason, ...]:
    """Numbers with endless decimals and texts that no table can hold."""
    parts = [part.value if isinstance(part, Share) else part for part in entry.parts.values()]
    numbers = [number for number in (entry.value, entry.num, entry.den, *parts) if isinstance(number, Decimal)]
    endless = any(number.is_finite() and -int(number.as_tuple().exponent) > DECIMALS for number in numbers)
    return reasons((endless, Reason("figure.too_precise_in", indicator=code, decimals=DECIMALS))) + why_not_words(
        not_applicable=entry.not_applicable, nearly_met=entry.nearly_met, note=entry.note, source=entry.source)


def why_not_row(rules: CriteriaSet, row: FigureRow) -> tuple[Reason, ...]:
    """What stands against the entry of a row, its reason and its author."""
    words = why_not_words(reason=row.reason, author=row.author)
    long = row.author is not None and len(row.author) > AUTHOR
    return words + reasons((long, Reason("figure.bad_text", field="author", limit=AUTHOR))) + why_not_entry(
        rules, row.indicator, row.entry)


def why_not_words(**words: str | None) -> tuple[Reason, ...]:
    """Texts are not endless and hold no control characters."""
    return tuple(
        Reason("figure.bad_text", field=name, limit=TEXT)
        for name, said in words.items()
        if isinstance(said, str) and (len(said) > TEXT or any(char < " " and char not in "\n\t\r" for char in said))
    )


def placed(found: Iterable[Reason], **where: Any) -> tuple[Reason, ...]:
    """The same reasons with where they stand (line, unit, indicator) among their facts."""
    return tuple(Reason(reason.code, **{**where, **reason.facts}) for reason in found)


def figure_of(entry: FigureEntry) -> Figure:
    """The entry in the engine's terms."""
    return Figure(entry.value, entry.num, entry.den, entry.parts, entry.not_applicable, entry.nearly_met)


def why_not_marks(
    rules: CriteriaSet, rows: Sequence[MarkRow], units: Mapping[int, UnitFact], speaks_of: date
) -> tuple[Reason, ...]:
    """Marks name criteria of the set, once per unit; a count alone lies between none and all."""
    numbers = {criterion.number for criterion in rules.criteria}
    found: list[Reason] = []
    seen: set[int] = set()
    for row in rows:
        unit = units.get(row.unit_id)
        if unit is None:
            found.append(Reason("figure.unit_unknown_on", unit=row.unit_id, speaks_of=speaks_of))
            continue
        found += why_not_unit(unit, rules, speaks_of, unit)
        strange = sorted(set(row.met) - numbers)
        found += reasons(
            (row.unit_id in seen, Reason("marks.unit_twice", unit=unit.code, name=unit.name)),
            (strange, Reason("marks.criterion_unknown", criteria=strange, set=rules.code)),
            (
                not row.met and (row.count is None or not 0 <= row.count <= len(numbers)),
                Reason("marks.count_impossible", unit=unit.code, name=unit.name, count=row.count, of=len(numbers)),
            ),
        )
        seen.add(row.unit_id)
    return tuple(found[:SHOWN])


def why_not_grid(rules: CriteriaSet, grid: FigureGrid, units: Mapping[int, UnitFact]) -> tuple[Reason, ...]:
    """The checks of `why_not_entries`, a column at a time; the odd cells are then named one by one."""
    found: list[Reason] = []
    ids = grid.unit_ids.tolist()
    for unit_id in ids:
        unit = units.get(unit_id)
        found += (
            why_not_unit(unit, rules, grid.speaks_of, unit)
            if unit
            else (Reason("figure.unit_unknown_on", unit=unit_id, speaks_of=grid.speaks_of),)
        )
    if len(set(ids)) != len(ids):
        found.append(Reason("figure.unit_twice"))
    for row, code in islice(_odd_cells(rules, grid), SHOWN):
        unit = units.get(ids[row])
        found += placed(
            why_not_entry(rules, code, entry_of(rules, grid, row, code)),
            unit=unit.code if unit else ids[row],
            indicator=code,
        )
    return tuple(found[:SHOWN])


def _odd_cells(rules: CriteriaSet, grid: FigureGrid) -> Iterable[tuple[int, str]]:
    """Cells that may be wrong: a superset of the wrong ones, cheap to find."""
    for indicator in rules.indicators:
        columns = [place for place, leaf in enumerate(rules.leaves) if leaf.indicator == indicator.code]
        odd = np.zeros(len(grid.unit_ids), dtype=bool)
        for column in columns:
            odd |= _odd(indicator, grid.values[:, column])
            if grid.num is not None and grid.den is not None:
                odd |= _odd_counts(indicator, grid.values[:, column], grid.num[:, column], grid.den[:, column])
        if indicator.counts_required and grid.num is None:
            odd |= ~np.isnan(grid.values[:, columns]).all(axis=1)
        if len(columns) > 1:
            given = ~np.isnan(grid.values[:, columns])
            odd |= given.any(axis=1) & ~given.all(axis=1)
        for row in np.flatnonzero(odd).tolist():
            yield row, indicator.code
    yield from dict.fromkeys([*grid.not_applicable, *grid.nearly_met])


def _odd(indicator: Indicator, values: np.ndarray) -> np.ndarray:
    """bool[n]: values outside the kind. NaN (no figure) is never odd; infinite always is."""
    with np.errstate(invalid="ignore"):
        odd = np.isinf(values) | (values < 0)
        if indicator.kind is Kind.BOOLEAN:
            return odd | ~(np.isnan(values) | (values == 0) | (values == 1))
        if indicator.kind is Kind.PERCENT:
            return odd | (values > 100)
        if indicator.kind is Kind.COUNT:
            odd |= ~np.isnan(values) & (values != np.floor(values))
        return odd | (values > float(indicator.at_most or 10**9))


def _odd_counts(indicator: Indicator, values: np.ndarray, num: np.ndarray, den: np.ndarray) -> np.ndarray:
    """bool[n]: counts that are half given, impossible, or clearly do not give the share."""
    given = ~np.isnan(num) | ~np.isnan(den)
    if not given.any():
        return ~np.isnan(values) if indicator.counts_required else np.zeros(len(values), dtype=bool)
    with np.errstate(invalid="ignore", divide="ignore"):
        exact = num * 100 / den
        fine = (num >= 0) & (den > 0) & (num <= den) & (np.isnan(values) | (np.abs(values - exact) <= 1e-9))
    return (given & ~fine) | (~given & ~np.isnan(values) & indicator.counts_required)


def entry_of(rules: CriteriaSet, grid: FigureGrid, row: int, code: str) -> FigureEntry:
    """One cell of a grid as an entry (compound indicators: their parts)."""
    indicator = rules.by_code[code]
    columns = {leaf.part: place for place, leaf in enumerate(rules.leaves) if leaf.indicator == code}
    words = {
        name: getattr(grid, table).get((row, code))
        for name, table in (("not_applicable", "not_applicable"), ("nearly_met", "nearly_met"), ("note", "notes"))
    }
    if None not in columns:
        parts = {
            part: value for part, place in columns.items() if (value := _decimal(grid.values, row, place)) is not None
        }
        return FigureEntry(parts=parts, **words)  # type: ignore[arg-type]
    value: Decimal | bool | None = _decimal(grid.values, row, columns[None])
    if indicator.kind is Kind.BOOLEAN and value in (0, 1):
        value = bool(value)
    return FigureEntry(
        value=value, num=_decimal(grid.num, row, columns[None]), den=_decimal(grid.den, row, columns[None]), **words
    )


def _decimal(table: np.ndarray | None, row: int, column: int) -> Decimal | None:
    if table is None or np.isnan(table[row, column]):
        return None
    number = float(table[row, column])
    return Decimal(int(number)) if number.is_integer() and abs(number) < 1e15 else Decimal(repr(number))
