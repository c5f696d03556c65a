"""Reads the form of many communes by columns: numbers at once, each different text once, odd cells one by one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

import numpy as np

from chungsuc.assessment.matrix import Asked
from chungsuc.assessment.matrix.units import resolve
from chungsuc.assessment.rules import FigureGrid, Level
from chungsuc.assessment.workbook.cells import Typed, exact, read_cell
from chungsuc.assessment.workbook.facts import FormRead
from chungsuc.assessment.workbook.labels import MANY_SHEET, code_text, key, label_of
from chungsuc.criteria.engine import CriteriaSet, Indicator, Kind, Leaf, Share
from chungsuc.criteria.engine.checks import AT_MOST, share_problems
from chungsuc.criteria.engine.sets import SetAside
from chungsuc.kit.errors import Reason
from chungsuc.kit.sheets.grid import address
from chungsuc.kit.sheets.problems import Problem, Severity
from chungsuc.kit.sheets.table import EMPTY, NUMBER, TRUTH, Book, Sheet
from chungsuc.territory.rules import Kind as UnitKind
from chungsuc.territory.rules import UnitFact

_LOOK = 40
SHOWN = 500  # so many problems are enough to mend a file by


@dataclass
class Table:
    """Where the table stands: the header row, the columns of codes and names, and of each leaf."""

    sheet: Sheet
    row: int
    code: int | None
    name: int | None
    leaves: dict[Leaf, int] = field(default_factory=dict)


def read_many(
    book: Book, rules: CriteriaSet, asked: Asked, at: date, level: Level, below: Callable[[UnitFact], bool]
) -> FormRead:
    """A grid of figures in the order of the rows, and every problem at its cell. `below`: may this unit be here?"""
    read = FormRead()
    table = _find(book, rules, read)
    if table is None:
        return read
    rows = _units(table, asked, read, below)
    _fill(table, rules, rows, at, level, read)
    if read.accepted and (read.grid is None or (np.isnan(read.grid.values).all() and not read.grid.not_applicable)):
        read.warn(Reason("workbook.nothing_read"), table.sheet.name)
    return read


def _find(book: Book, rules: CriteriaSet, read: FormRead) -> Table | None:
    tables = [found for sheet in book.sheets if sheet.visible and (found := _table(sheet, rules, read))]
    tables.sort(key=lambda table: table.sheet.name != MANY_SHEET)
    if not tables:
        read.error(Reason("workbook.wrong_sheet"), next((s.name for s in book.sheets if s.visible), ""))
        return None
    for other in tables[1:]:
        read.warn(Reason("workbook.second_sheet_left_out", sheet=other.sheet.name), other.sheet.name)
    return tables[0]


def _table(sheet: Sheet, rules: CriteriaSet, read: FormRead) -> Table | None:
    """The row whose cells are codes of the set, if at least three are."""
    labels = {key(label_of(rules, leaf)): leaf for leaf in rules.leaves}
    best: Table | None = None
    for row in range(min(sheet.rows, _LOOK)):
        texts = sheet.row_texts(row)
        found = [(leaf, column) for column, text in enumerate(texts) if text and (leaf := labels.get(code_text(text)))]
        if len(found) >= 3 and (best is None or len(found) > len(best.leaves)):
            best = Table(
                sheet,
                row,
                _named(texts, ("ma", "ma xa", "ma dvhc")),
                _named(texts, ("xa", "ten xa", "don vi", "ten don vi")),
            )
            for leaf, column in found:
                if leaf in best.leaves:
                    told = Reason("workbook.indicator_twice", indicator=label_of(rules, leaf))
                    read.error(told, sheet.name, address(row, column))
                best.leaves.setdefault(leaf, column)
    return best


def _named(texts: list[str], names: tuple[str, ...]) -> int | None:
    return next((column for column, text in enumerate(texts) if key(text) in names), None)


def _units(table: Table, asked: Asked, read: FormRead, below: Callable[[UnitFact], bool]) -> list[tuple[int, UnitFact]]:
    """The rows that speak of a commune."""
    sheet, seen, rows = table.sheet, {}, []
    if table.code is None and table.name is None:
        read.error(Reason("workbook.column_missing", heading="Mã"), sheet.name, address(table.row, 0))
        return []
    filled = (sheet.kinds[:, list(table.leaves.values())] != EMPTY).any(axis=1)
    for row in range(table.row + 1, sheet.rows):
        code = sheet.text(row, table.code).strip().lstrip("'") if table.code is not None else ""
        name = sheet.text(row, table.name).strip() if table.name is not None else ""
        if code not in asked.by_code:
            code = code.zfill(5) if code.isdecimal() and 3 < len(code) <= 5 else ""
        if not code and not (name and filled[row]):
            continue
        cell = (sheet.name, address(row, table.code if code and table.code is not None else table.name or 0))
        unit = _unit(name, code, asked, read, cell, below)
        if unit is None:
            continue
        if unit.code in seen:
            read.error(Reason("matrix.unit_twice", name=unit.name, code=unit.code, first=seen[unit.code]), *cell)
            continue
        seen[unit.code] = cell[1]
        rows.append((row, unit))
    return rows


def _unit(
    name: str, code: str, asked: Asked, read: FormRead, cell: tuple[str, str], below: Callable[[UnitFact], bool]
) -> UnitFact | None:
    found = resolve(name, code, asked, None)
    for warning in found.warnings:
        read.warn(warning, *cell)
    if found.reason is not None or found.unit is None:
        read.error(found.reason or asked.past.why_absent(name, code or None, None), *cell)
        return None
    if found.unit.kind is not UnitKind.COMMUNE:
        read.warn(Reason("matrix.not_in_programme", name=found.unit.name, code=found.unit.code), *cell)
        return None
    if not below(found.unit):
        told = Reason(
            "workbook.unit_above_differs",
            name=found.unit.name,
            code=found.unit.code,
            above=found.unit.parent_name or "",
        )
        read.error(told, *cell)
        return None
    return found.unit


def _fill(
    table: Table, rules: CriteriaSet, rows: list[tuple[int, UnitFact]], at: date, level: Level, read: FormRead
) -> None:
    if not rows:
        return
    places = np.array([row for row, _ in rows])
    values = np.full((len(rows), len(rules.leaves)), np.nan)
    fill = _Fill(table, rules, places, values, read)
    for place, leaf in enumerate(rules.leaves):
        if leaf in table.leaves:
            fill.column(place, leaf, table.leaves[leaf])
    fill.compounds()
    read.units = [unit for _, unit in rows]
    read.grid = FigureGrid(
        np.array([unit.id for _, unit in rows], dtype=np.int64),
        at,
        level,
        values,
        not_applicable=fill.aside,
        nearly_met=fill.nearly,
        notes=fill.notes,
    )
    read.cells = {
        (unit.code, leaf.indicator): (table.sheet.name, address(row, column))
        for row, unit in (rows if len(rows) < 3000 else ())
        for leaf, column in table.leaves.items()
    }


class _Fill:
    """Fills the grid of values; remembers words beside them."""

    def __init__(
        self, table: Table, rules: CriteriaSet, places: np.ndarray, values: np.ndarray, read: FormRead
    ) -> None:
        self.table, self.rules, self.places, self.values, self.read = table, rules, places, values, read
        self.aside: dict[tuple[int, str], str] = {}
        self.nearly: dict[tuple[int, str], str] = {}
        self.notes: dict[tuple[int, str], str] = {}
        self.spoilt: set[tuple[int, str]] = set()

    def column(self, place: int, leaf: Leaf, column: int) -> None:
        """One column of figures."""
        sheet, indicator = self.table.sheet, self.rules.by_code[leaf.indicator]
        kinds = sheet.kinds[self.places, column]
        plain = (kinds == NUMBER) | (kinds == TRUTH)
        numbers = sheet.numbers[self.places, column]
        if self.read_percent(column) and indicator.kind in (Kind.PERCENT, Kind.RATIO):
            numbers = numbers * self.factors(column)
        self.values[:, place] = np.where(plain, _without_dust(numbers), np.nan)
        self.words(place, indicator, column, np.flatnonzero((kinds != EMPTY) & ~plain))
        for row in np.flatnonzero(odd(indicator, self.values[:, place])).tolist():
            self.check(row, place, leaf, column)

    def read_percent(self, column: int) -> bool:
        """Whether any cell of the column shows a fraction as a percentage."""
        return any(at == column for _, at in self.table.sheet.percent)

    def factors(self, column: int) -> np.ndarray:
        """100 for cells that show a fraction as a percentage, else 1."""
        return np.array([100.0 if (int(row), column) in self.table.sheet.percent else 1.0 for row in self.places])

    def words(self, place: int, indicator: Indicator, column: int, rows: np.ndarray) -> None:
        """Cells that are not plain numbers: each different text is understood once."""
        sheet = self.table.sheet
        at = self.places[rows]
        pairs = sheet.kinds[at, column].astype(np.int64) << 32 | (sheet.index[at, column].astype(np.int64) & 0xFFFFFFFF)
        different, first, which = np.unique(pairs, return_index=True, return_inverse=True)
        values = np.full(len(different), np.nan)
        odd_ones: dict[int, Typed] = {}
        for number, place_of in enumerate(first.tolist()):
            typed = read_cell(sheet.value(int(at[place_of]), column), indicator.kind)
            if typed.problem is None and typed.value is not None and not typed.note:
                values[number] = float(typed.value)
            else:
                odd_ones[number] = typed
        self.values[rows, place] = values[which]
        for spot in np.flatnonzero(np.isin(which, list(odd_ones))).tolist() if odd_ones else ():
            cell = (sheet.name, address(int(at[spot]), column))
            self.word(int(rows[spot]), place, indicator, odd_ones[int(which[spot])], cell)

    def word(self, row: int, place: int, indicator: Indicator, typed: Typed, cell: tuple[str, str]) -> None:
        """A cell that says more than a value, or nothing that can be read."""
        spot = (row, indicator.code)
        if typed.problem is not None or typed.num is not None:
            self.spoilt.add(spot)
            self.error(typed.problem or Reason("workbook.not_a_number", found="/"), cell)
        elif typed.aside or typed.nearly:
            if not typed.words:
                self.spoilt.add(spot)
                self.error(Reason("workbook.reason_missing", word="Không xét" if typed.aside else "Cơ bản đạt"), cell)
            elif typed.aside and indicator.set_aside is SetAside.NEVER:
                self.spoilt.add(spot)
                self.error(
                    Reason("criteria.cannot_be_set_aside", indicator=indicator.code, name=indicator.short.vi), cell
                )
            else:
                (self.aside if typed.aside else self.nearly)[spot] = typed.words
                self.values[row, place] = 0.0 if typed.nearly and indicator.kind is Kind.BOOLEAN else np.nan
        elif typed.value is not None:
            self.values[row, place] = float(typed.value)
            self.notes[spot] = typed.note or ""
            shown = typed.value if isinstance(typed.value, Decimal) else "Đạt" if typed.value else "Chưa đạt"
            self.read.warn(Reason("workbook.note_kept", value=shown, note=typed.note), *cell)

    def error(self, reason: Reason, cell: tuple[str, str]) -> None:
        if len(self.read.problems) < SHOWN:
            self.read.problems.append(Problem(reason, Severity.ERROR, *cell))

    def check(self, row: int, place: int, leaf: Leaf, column: int) -> None:
        """A value outside its kind, said by the criteria room's own words."""
        indicator = self.rules.by_code[leaf.indicator]
        number = float(self.values[row, place])
        value: Decimal | bool = exact(number)
        if indicator.kind is Kind.BOOLEAN and number in (0, 1):
            value = bool(number)
        cell = (self.table.sheet.name, address(int(self.places[row]), column))
        for reason in share_problems(indicator, Share(value), leaf.part):
            self.spoilt.add((row, indicator.code))
            self.error(reason, cell)

    def compounds(self) -> None:
        """Compound indicators need all their parts; set aside, they need none."""
        for indicator in (one for one in self.rules.indicators if one.part_keys):
            columns = [place for place, leaf in enumerate(self.rules.leaves) if leaf.indicator == indicator.code]
            given = ~np.isnan(self.values[:, columns])
            for row in np.flatnonzero(given.any(axis=1) & ~given.all(axis=1)).tolist():
                spot = (row, indicator.code)
                if spot in self.spoilt:
                    continue
                absent = [
                    self.rules.leaves[place].part for place, there in zip(columns, given[row], strict=True) if not there
                ]
                leaf = next(leaf for leaf in self.table.leaves if leaf.indicator == indicator.code)
                cell = address(int(self.places[row]), self.table.leaves[leaf])
                told = Reason("criteria.part_missing", indicator=indicator.code, part=absent, parts=indicator.part_keys)
                self.error(told, (self.table.sheet.name, cell))


def odd(indicator: Indicator, values: np.ndarray) -> np.ndarray:
    """bool[n]: values that may be outside the kind. NaN (no figure) is never odd."""
    if indicator.counts_required:
        return ~np.isnan(values)
    with np.errstate(invalid="ignore"):
        if indicator.kind is Kind.BOOLEAN:
            return ~(np.isnan(values) | (values == 0) | (values == 1))
        most = 100.0 if indicator.kind is Kind.PERCENT else float(indicator.at_most or AT_MOST)
        strange = (values < 0) | (values > most) | np.isinf(values)
        return strange | (~np.isnan(values) & (values != np.floor(values))) if indicator.kind is Kind.COUNT else strange


def _without_dust(numbers: np.ndarray) -> np.ndarray:
    """94.89999999999999 becomes 94.9: rounded to nine decimals, which is finer than any figure is counted."""
    with np.errstate(invalid="ignore", over="ignore"):
        return np.where(np.abs(numbers) < 1e6, np.round(numbers, 9), numbers)
