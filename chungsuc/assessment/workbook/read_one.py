"""Reads the form of one commune: columns found by heading, rows by code, whatever was moved, hidden or merged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from chungsuc.assessment.rules import FigureEntry
from chungsuc.assessment.workbook.cells import Typed, read_cell, read_count, read_words
from chungsuc.assessment.workbook.facts import FormRead
from chungsuc.assessment.workbook.labels import (
    CHANGE_REASON,
    COLUMNS,
    FORM_SHEET,
    code_text,
    headings,
    key,
    leaves_by_label,
)
from chungsuc.criteria.engine import CriteriaSet, Figure, Indicator, Kind, Leaf, Share
from chungsuc.criteria.engine.checks import why_not
from chungsuc.kit.errors import Reason
from chungsuc.kit.sheets.grid import address
from chungsuc.kit.sheets.problems import Problem, Severity
from chungsuc.kit.sheets.table import Book, Sheet

_LOOK = 60


@dataclass(frozen=True, slots=True)
class Head:
    """Where the header stands and which column is which."""

    sheet: Sheet
    row: int
    columns: Mapping[str, int]


@dataclass
class Gathered:
    """What the rows of one indicator said."""

    typed: dict[str | None, Typed] = field(default_factory=dict)
    counts: dict[str | None, tuple[Decimal | None, Decimal | None]] = field(default_factory=dict)
    aside: str | None = None
    nearly: str | None = None
    note: str | None = None
    cell: tuple[str, str] = ("", "")
    rows: dict[str | None, int] = field(default_factory=dict)
    spoilt: bool = False


def read_one(book: Book, rules: CriteriaSet) -> FormRead:
    """Entries by indicator, and every problem at its cell."""
    read = FormRead()
    head = _find(book, read)
    if head is None:
        return read
    reader = _Reader(head, rules, read)
    reader.run()
    read.change_reason = _change_reason(head)
    if not read.entries and read.accepted:
        read.warn(Reason("workbook.nothing_read"), head.sheet.name)
    return read


def _find(book: Book, read: FormRead) -> Head | None:
    """The sheet of the form: the one so named, else the only visible one with its header."""
    heads = [head for sheet in book.sheets if sheet.visible and (head := _head(sheet))]
    heads.sort(key=lambda head: head.sheet.name != FORM_SHEET)
    if not heads:
        read.error(Reason("workbook.wrong_sheet"), next((s.name for s in book.sheets if s.visible), ""))
        return None
    for other in heads[1:]:
        read.warn(Reason("workbook.second_sheet_left_out", sheet=other.sheet.name), other.sheet.name)
    head = heads[0]
    for name in ("code", "value"):
        if name not in head.columns:
            cell = address(head.row, 0)
            read.error(Reason("workbook.column_missing", heading=COLUMNS[name][0]), head.sheet.name, cell)
    return head if read.accepted else None


def _head(sheet: Sheet) -> Head | None:
    """The row that holds most of the headings, if at least three."""
    best: tuple[int, int, dict[str, int]] = (2, 0, {})
    for row in range(min(sheet.rows, _LOOK)):
        found: dict[str, int] = {}
        for column in range(sheet.columns):
            name = headings().get(key(sheet.text(row, column)))
            if name is not None and name not in found:
                found[name] = column
        exact = sum(key(sheet.text(row, column)) == key(COLUMNS[name][0]) for name, column in found.items())
        if "value" in found or exact >= 3:
            best = max(best, (len(found), row, found), key=lambda one: one[0])
    return Head(sheet, best[1], best[2]) if best[2] else None


def _change_reason(head: Head) -> str | None:
    wanted = key(CHANGE_REASON)
    for row in range(head.row):
        for column in range(head.sheet.columns):
            if key(head.sheet.text(row, column)).startswith(wanted):
                after = (head.sheet.text(row, at).strip() for at in range(column + 1, head.sheet.columns))
                return next((text for text in after if text), None)
    return None


class _Reader:
    """One pass over the rows, then one entry per indicator."""

    def __init__(self, head: Head, rules: CriteriaSet, read: FormRead) -> None:
        self.head, self.rules, self.read = head, rules, read
        self.sheet, self.columns = head.sheet, head.columns
        self.leaves = leaves_by_label(rules)
        names = [key(indicator.name.vi) for indicator in rules.indicators]
        self.names = {
            name: Leaf(indicator.code, None)
            for name, indicator in zip(names, rules.indicators, strict=True)
            if names.count(name) == 1
        }
        self.found: dict[str, Gathered] = {}
        self.codes: set[Leaf] = set()

    def run(self) -> None:
        for row in range(self.head.row + 1, self.sheet.rows):
            self._row(row)
        for code, gathered in self.found.items():
            self._entry(self.rules.by_code[code], gathered)
        hidden = [row for row in self.sheet.hidden_rows if row > self.head.row]
        count = len(hidden) + len(self.sheet.hidden_columns & set(self.columns.values()))
        if count:
            self.read.warn(Reason("workbook.hidden_read", count=count), self.sheet.name)

    def _text(self, row: int, name: str) -> str:
        return self.sheet.text(row, self.columns[name]).strip() if name in self.columns else ""

    def _place(self, row: int, name: str) -> tuple[str, str]:
        return self.sheet.name, address(row, self.columns.get(name, 0))

    def _row(self, row: int) -> None:
        leaf = self._leaf(row)
        if leaf is None:
            return
        gathered = self.found.setdefault(leaf.indicator, Gathered())
        has_value = any(self._text(row, name) for name in ("value", "num", "den"))
        keys = self.rules.by_code[leaf.indicator].part_keys
        if keys and leaf.part is None and not has_value:
            gathered.cell = gathered.cell if gathered.rows else self._place(row, "value")
        elif leaf.part in gathered.rows:
            gathered.spoilt = True
            self.read.error(
                Reason("workbook.indicator_twice", indicator=self._text(row, "code")), *self._place(row, "code")
            )
            return
        else:
            self._values(row, leaf, gathered)
        self._words(row, gathered)

    def _leaf(self, row: int) -> Leaf | None:
        """The figure that a row is about; rows of criteria, titles and empty rows are about none."""
        text, name = self._text(row, "code"), key(self._text(row, "name"))
        code = code_text(text)
        coded, named = self.leaves.get(code), self.names.get(name)
        if named is not None and code and (coded is None or coded.indicator != named.indicator):
            return self._by_name(row, text, coded, named)
        leaf = coded or named
        if leaf is not None:
            self.codes |= {coded} if coded else set()
            return leaf
        value = self._text(row, "value")
        if text and value and any(letter.isdigit() for letter in code):
            found = Reason("workbook.indicator_unknown", found=text[:40], set=self.rules.code)
            self.read.error(found, *self._place(row, "code"))
        elif value and not text and self._text(row, "name"):
            self.read.error(Reason("workbook.value_without_code", found=value[:40]), *self._place(row, "value"))
        return None

    def _by_name(self, row: int, text: str, coded: Leaf | None, named: Leaf) -> Leaf:
        """The text decides where the code says otherwise, and the person is told; a code twice is an error."""
        # A code that Excel turned into a number has lost its last zeros: 17.10 became 17.1.
        if named.indicator.rstrip("0") == code_text(text):
            return named
        if coded in self.codes:
            self.found.setdefault(named.indicator, Gathered()).spoilt = True
            self.read.error(Reason("workbook.indicator_twice", indicator=text[:40]), *self._place(row, "code"))
        else:
            told = Reason("workbook.code_and_name_differ", found=text[:40], indicator=named.indicator)
            self.read.warn(told, *self._place(row, "code"))
        self.codes |= {coded} if coded else set()
        return named

    def _values(self, row: int, leaf: Leaf, gathered: Gathered) -> None:
        kind = self.rules.by_code[leaf.indicator].kind
        column = self.columns["value"]
        typed = read_cell(self.sheet.value(row, column), kind, percent=(row, column) in self.sheet.percent)
        gathered.rows[leaf.part] = row
        gathered.cell = self._place(row, "value") if len(gathered.rows) == 1 else gathered.cell
        if typed.problem:
            gathered.spoilt = True
            self.read.error(typed.problem, *self._place(row, "value"))
            return
        if typed.note and _is_unit(self.rules.by_code[leaf.indicator], typed.note):
            typed = replace(typed, note=None)  # "3 nhà": the unit written out says nothing more
        if typed.note:
            shown = typed.value if isinstance(typed.value, Decimal) else _yes(typed.value)
            self.read.warn(Reason("workbook.note_kept", value=shown, note=typed.note), *self._place(row, "value"))
        if (row, column) in self.sheet.percent and isinstance(typed.value, Decimal):
            self.read.warn(Reason("workbook.percent_cell", value=typed.value), *self._place(row, "value"))
        gathered.typed[leaf.part] = typed
        counts = [self._count(row, name, gathered) for name in ("num", "den")]
        gathered.counts[leaf.part] = (
            counts[0] if typed.num is None else typed.num,
            counts[1] if typed.den is None else typed.den,
        )

    def _count(self, row: int, name: str, gathered: Gathered) -> Decimal | None:
        if name not in self.columns:
            return None
        count, problem = read_count(self.sheet.value(row, self.columns[name]))
        if problem:
            gathered.spoilt = True
            self.read.error(problem, *self._place(row, name))
        return count

    def _words(self, row: int, gathered: Gathered) -> None:
        aside, nearly = read_words(self._text(row, "aside"))
        gathered.aside, gathered.nearly = gathered.aside or aside, gathered.nearly or nearly
        gathered.note = gathered.note or self._text(row, "note") or None

    def _entry(self, indicator: Indicator, gathered: Gathered) -> None:
        entry = entry_of(indicator, gathered)
        if gathered.spoilt or entry is None:
            return
        if isinstance(entry, Reason):
            self.read.error(entry, *gathered.cell)
            return
        problems = why_not(indicator, figure_of(entry))
        self.read.problems += [Problem(reason, Severity.ERROR, *gathered.cell) for reason in problems]
        self.read.entries[indicator.code] = entry
        self.read.cells[indicator.code] = gathered.cell


def entry_of(indicator: Indicator, gathered: Gathered) -> FigureEntry | Reason | None:
    """The entry that the rows amount to; None when nothing was said; a reason when words are missing."""
    typed = list(gathered.typed.values())
    notes = [gathered.note, *(one.note for one in typed)]
    note = "; ".join(text for text in notes if text) or None
    has_value = any(one.value is not None for one in typed) or any(
        a is not None or b is not None for a, b in gathered.counts.values()
    )
    if any(one.aside for one in typed) or (gathered.aside and not has_value):
        words = next((one.words for one in typed if one.aside and one.words), None) or gathered.aside
        return (
            FigureEntry(not_applicable=words, note=note)
            if words
            else Reason("workbook.reason_missing", word="Không xét")
        )
    nearly = next((one.words for one in typed if one.nearly and one.words), None) or gathered.nearly
    if any(one.nearly for one in typed) and not nearly:
        return Reason("workbook.reason_missing", word="Cơ bản đạt")
    if not has_value and not any(one.nearly for one in typed):
        return None
    if indicator.part_keys:
        parts = {
            part: _share(one.value, *gathered.counts.get(part, (None, None)))
            for part, one in gathered.typed.items()
            if part is not None and (one.value is not None or gathered.counts.get(part, (None, None)) != (None, None))
        }
        whole = gathered.typed.get(None, Typed()).value
        return FigureEntry(value=whole, parts=parts, nearly_met=nearly, note=note)
    yes_or_no = indicator.kind is Kind.BOOLEAN
    value = False if yes_or_no and any(one.nearly for one in typed) else gathered.typed[None].value
    num, den = gathered.counts[None]
    aside = gathered.aside if nearly is None else None
    return FigureEntry(value=value, num=num, den=den, not_applicable=aside, nearly_met=nearly, note=note)


def _share(value: Decimal | bool | None, num: Decimal | None, den: Decimal | None) -> Decimal | Share:
    return value if num is None and den is None and isinstance(value, Decimal) else Share(value, num, den)


def figure_of(entry: FigureEntry) -> Figure:
    """The entry in the engine's terms."""
    return Figure(entry.value, entry.num, entry.den, entry.parts, entry.not_applicable, entry.nearly_met)


def _is_unit(indicator: Indicator, note: str) -> bool:
    names = [indicator.unit.vi if indicator.unit else "", indicator.counted.name.vi if indicator.counted else ""]
    return key(note) in {part for name in names for part in (key(name), *key(name).split())}


def _yes(value: Decimal | bool | None) -> str:
    return "" if value is None else "Đạt" if value else "Chưa đạt"
