"""Looks over a sheet's XML before a fast reader gets it: how far it reaches, and what values do not tell.

A fast reader allocates the whole rectangle between the first and the last cell, so two cells far apart
can ask for 100 GB. Sheets as spreadsheet programs write them are checked by a few byte searches;
anything written otherwise is walked through element by element.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.parsers import expat

from chungsuc.kit.errors import Reason, Refused
from chungsuc.kit.sheets import limits

Cell = tuple[int, int]  # row, column, from 0


@dataclass
class GridFacts:
    """What the values alone do not tell. Cells are (row, column) from 0."""

    cells: int = 0
    errors: dict[Cell, str] = field(default_factory=dict)
    without_value: set[Cell] = field(default_factory=set)
    percent: set[Cell] = field(default_factory=set)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)


# Any cell or row whose address is not plainly inside the limits (20,000 rows, column KN = 300).
_ROWS = rb"(?:[1-9][0-9]{0,3}|1[0-9]{4}|20000)\""
_CELL_OUT = re.compile(rb"<c r=\"(?!(?:[A-Z]|[A-J][A-Z]|K[A-N])" + _ROWS + rb")")
_ROW_OUT = re.compile(rb"<row r=\"(?!" + _ROWS + rb")")
_ODD = re.compile(rb"<(?:[\w.-]+:)(?:c|row)[\s/>]|<(?:c|row)(?:[\t\r\n/>]| (?!r=\"))|<!--|<!\[CDATA\[")
_ERROR = re.compile(rb"<c r=\"([A-Z]+)([0-9]+)\"[^>]*\bt=\"e\"[^>]*>(?:<f[^>]*/>|<f[^>]*>[^<]*</f>)?<v>([^<]*)</v>")
_BARE = re.compile(rb"<c r=\"([A-Z]+)([0-9]+)\"[^>]*>(?:<f[^>]*/>|<f(?:\s[^>]*)?>[^<]*</f>)(?:<v\s*/>|<v></v>)?</c>")
_STYLED = re.compile(rb"<c r=\"([A-Z]+)([0-9]+)\"(?: [a-rt-z]+=\"[^\"]*\")* s=\"([0-9]+)\"")
_HIDDEN_ROW = re.compile(rb"<row r=\"([0-9]+)\"[^>]*\bhidden=\"(?:1|true)\"")
_HIDDEN_COLUMN = re.compile(rb"<col\s[^>]*>")


def column_number(letters: str) -> int:
    """`A` -> 0, `XFD` -> 16383."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def address(row: int, column: int) -> str:
    """`(0, 0)` -> `A1`."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"


def survey(xml: bytes, sheet: str, percent_styles: frozenset[int]) -> GridFacts:
    """Facts about one sheet; Refused when it reaches beyond the limits. Under a second for any input."""
    if _ODD.search(xml) or _CELL_OUT.search(xml) or _ROW_OUT.search(xml):
        facts = _Walk(sheet, percent_styles).walk(xml)
    else:
        facts = _quick(xml, percent_styles)
    if facts.cells > limits.CELLS:
        raise too_big(sheet, cells=facts.cells)
    facts.hidden_columns = _hidden_columns(xml)
    return facts


def too_big(sheet: str, *, rows: int = 0, columns: int = 0, cells: int = 0) -> Refused:
    """The refusal of a grid beyond the limits, naming the one that is passed (zero: not the trouble)."""
    if rows:
        return Refused(Reason("sheet.too_many_rows", sheet=sheet, found=rows, limit=limits.ROWS))
    if columns:
        return Refused(Reason("sheet.too_many_columns", sheet=sheet, found=columns, limit=limits.COLUMNS))
    return Refused(Reason("sheet.too_many_cells", sheet=sheet, found=cells, limit=limits.CELLS))


def _at(letters: bytes, digits: bytes) -> Cell:
    return int(digits) - 1, column_number(letters.decode())


def _quick(xml: bytes, percent_styles: frozenset[int]) -> GridFacts:
    facts = GridFacts(cells=xml.count(b"<c "))
    if b't="e"' in xml:
        facts.errors = {_at(a, b): value.decode() for a, b, value in _ERROR.findall(xml)}
    if b"<f" in xml:
        facts.without_value = {_at(a, b) for a, b in _BARE.findall(xml)}
    if percent_styles:
        facts.percent = {_at(a, b) for a, b, style in _STYLED.findall(xml) if int(style) in percent_styles}
    if b"hidden=" in xml:
        facts.hidden_rows = {int(row) - 1 for row in _HIDDEN_ROW.findall(xml)}
    return facts


def _hidden_columns(xml: bytes) -> set[int]:
    hidden: set[int] = set()
    head = xml[: max(xml.find(b"<sheetData"), 0)]
    for tag in _HIDDEN_COLUMN.findall(head):
        first = re.search(rb'\bmin="(\d{1,5})"', tag)
        last = re.search(rb'\bmax="(\d{1,5})"', tag)
        if first and last and re.search(rb'\bhidden="(?:1|true)"', tag):
            hidden.update(range(int(first[1]) - 1, min(int(last[1]), limits.COLUMNS)))
    return hidden


class _Walk:
    """The slow, exact way: every row and cell element, whatever its spelling, places implied or given."""

    def __init__(self, sheet: str, percent_styles: frozenset[int]) -> None:
        self.sheet, self.percent_styles, self.facts = sheet, percent_styles, GridFacts()
        self.row, self.column = -1, -1
        self.kind, self.formula, self.value = "", False, ""
        self.inside_value = False

    def walk(self, xml: bytes) -> GridFacts:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        try:
            parser.Parse(xml, True)
        except expat.ExpatError as error:
            raise Refused(Reason("sheet.unreadable", why="XML")) from error
        return self.facts

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(":")[2]
        if tag == "row":
            self.row = self._whole(attributes["r"]) if "r" in attributes else self.row + 1
            self.column = -1
            if self.row >= limits.ROWS:
                raise too_big(self.sheet, rows=self.row + 1)
            if attributes.get("hidden") in ("1", "true"):
                self.facts.hidden_rows.add(self.row)
        elif tag == "c":
            self._cell(attributes)
        elif tag == "f":
            self.formula = True
        elif tag in ("v", "t"):
            self.inside_value = True

    def _cell(self, attributes: dict[str, str]) -> None:
        self.column += 1
        row = self.row
        if "r" in attributes:
            found = re.fullmatch(r"([A-Za-z]{1,7})([0-9]{1,10})", attributes["r"].replace("$", ""))
            if not found:
                raise Refused(Reason("sheet.unreadable", why=attributes["r"][:20]))
            self.column, row = column_number(found[1]), int(found[2]) - 1
        self.facts.cells += 1
        if row >= limits.ROWS:
            raise too_big(self.sheet, rows=row + 1)
        if self.column >= limits.COLUMNS:
            raise too_big(self.sheet, columns=self.column + 1)
        if self.facts.cells > limits.CELLS:
            raise too_big(self.sheet, cells=self.facts.cells)
        self.row = row
        self.kind, self.formula, self.value = attributes.get("t", "n"), False, ""
        style = attributes.get("s", "0")
        if style.isdecimal() and int(style) in self.percent_styles:
            self.facts.percent.add((row, self.column))

    def _whole(self, text: str) -> int:
        if not re.fullmatch(r"[0-9]{1,10}", text):
            raise Refused(Reason("sheet.unreadable", why=text[:20]))
        return int(text) - 1

    def _text(self, data: str) -> None:
        if self.inside_value:
            self.value += data

    def _end(self, name: str) -> None:
        tag = name.rpartition(":")[2]
        if tag in ("v", "t"):
            self.inside_value = False
        elif tag == "c":
            if self.kind == "e":
                self.facts.errors[(self.row, self.column)] = self.value
            elif self.formula and not self.value:
                self.facts.without_value.add((self.row, self.column))
