"""A sheet as plain arrays: what the child process hands to its parent, and what pure readers read.

No pickles cross the border: a table is numbers, short texts and facts, packed as JSON and raw bytes.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from chungsuc.kit.sheets.grid import address

EMPTY, NUMBER, TEXT, TRUTH, DATE, ERROR = range(6)


@dataclass(frozen=True, slots=True)
class CellError:
    """An error value (`#DIV/0!`) or, with an empty text, a formula whose value was never worked out."""

    text: str


Value = None | float | str | bool | CellError


@dataclass(frozen=True)
class Sheet:
    """One sheet. Arrays are [rows, columns] from A1.

    `kinds` uint8 (EMPTY … ERROR); `numbers` float64 (NaN where not a number; 1/0 for truth values);
    `index` int32 into `words` for texts, dates (ISO) and errors, -1 elsewhere. `percent`: cells shown
    with a % format, whose number is a fraction. `merged`: (top, left, bottom, right), inclusive.
    """

    name: str
    visible: bool
    kinds: np.ndarray
    numbers: np.ndarray
    index: np.ndarray
    words: tuple[str, ...]
    percent: frozenset[tuple[int, int]] = frozenset()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    merged: tuple[tuple[int, int, int, int], ...] = ()

    @property
    def rows(self) -> int:
        """How many rows, counted from row 1."""
        return int(self.kinds.shape[0])

    @property
    def columns(self) -> int:
        """How many columns, counted from A."""
        return int(self.kinds.shape[1])

    def value(self, row: int, column: int) -> Value:
        """The value of one cell; None when empty or outside. Dates come as ISO text."""
        if not (0 <= row < self.rows and 0 <= column < self.columns):
            return None
        kind = self.kinds[row, column]
        if kind == EMPTY:
            return None
        if kind == NUMBER:
            return float(self.numbers[row, column])
        if kind == TRUTH:
            return bool(self.numbers[row, column])
        word = self.words[self.index[row, column]]
        return CellError(word) if kind == ERROR else word

    def text(self, row: int, column: int) -> str:
        """What a person would read in the cell, near enough: whole numbers without a point."""
        value = self.value(row, column)
        if value is None:
            return ""
        if isinstance(value, bool):
            return "TRUE" if value else "FALSE"
        if isinstance(value, float):
            return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value)
        return value.text if isinstance(value, CellError) else value

    def is_date(self, row: int, column: int) -> bool:
        """Whether the cell holds a date."""
        return 0 <= row < self.rows and 0 <= column < self.columns and self.kinds[row, column] == DATE

    def row_texts(self, row: int) -> list[str]:
        """The texts of one row."""
        return [self.text(row, column) for column in range(self.columns)]


@dataclass(frozen=True)
class Book:
    """A whole file: its kind and its sheets in order."""

    kind: str
    sheets: tuple[Sheet, ...] = ()
    notes: dict[str, Any] = field(default_factory=dict)

    def sheet(self, name: str) -> Sheet | None:
        """The sheet with this exact name."""
        return next((sheet for sheet in self.sheets if sheet.name == name), None)


def from_rows(
    name: str,
    rows: Sequence[Sequence[Any]],
    *,
    errors: dict[tuple[int, int], str] | None = None,
    visible: bool = True,
    **facts: Any,
) -> Sheet:
    """A sheet from Python values (None or "" empty, numbers, bool, dates, text), rows of any length."""
    height = max(len(rows), max((row + 1 for row, _ in errors), default=0) if errors else 0)
    width = max((len(row) for row in rows), default=0)
    width = max([width, *(column + 1 for _, column in errors or ())])
    kinds = np.zeros((height, width), np.uint8)
    numbers = np.full((height, width), np.nan)
    index = np.full((height, width), -1, np.int32)
    words: dict[str, int] = {}
    for place, row in enumerate(rows):
        _fill_row(row, kinds[place], numbers[place], index[place], words)
    for (row, column), text in (errors or {}).items():
        kinds[row, column], index[row, column] = ERROR, words.setdefault(text, len(words))
    return Sheet(name, visible, kinds, numbers, index, tuple(words), **facts)


def _fill_row(
    row: Sequence[Any], kinds: np.ndarray, numbers: np.ndarray, index: np.ndarray, words: dict[str, int]
) -> None:
    """One row into its arrays. Rows of numbers only go through numpy at once; the rest cell by cell."""
    width = len(row)
    types = [type(value) for value in row]
    if types.count(float) == width:
        kinds[:width], numbers[:width] = NUMBER, row
        return
    codes, found, places = [EMPTY] * width, [np.nan] * width, [-1] * width
    for place, (value, known) in enumerate(zip(row, types, strict=True)):
        if known is float or known is int:
            codes[place], found[place] = NUMBER, value
        elif known is str:
            if value and not value.isspace():
                codes[place], places[place] = TEXT, words.setdefault(value, len(words))
        elif known is bool:
            codes[place], found[place] = TRUTH, float(value)
        elif value is not None:
            text = value.isoformat() if hasattr(value, "isoformat") else str(value)
            codes[place], places[place] = DATE, words.setdefault(text, len(words))
    kinds[:width], numbers[:width], index[:width] = codes, found, places


def where(sheet: Sheet | None, row: int | None = None, column: int | None = None) -> dict[str, str]:
    """`{"sheet", "cell"}` for a message; a row without a column is named by its first cell."""
    cell = "" if row is None else address(row, column or 0)
    return {"sheet": sheet.name if sheet else "", "cell": cell}


def pack(value: Any) -> bytes:
    """Plain data with numpy arrays and sheets, as bytes that hold no code."""
    arrays: list[np.ndarray] = []

    def plain(item: Any) -> Any:
        if isinstance(item, np.ndarray):
            arrays.append(np.ascontiguousarray(item))
            return {"__array__": len(arrays) - 1, "type": item.dtype.str, "shape": list(item.shape)}
        if isinstance(item, Book):
            return {"__book__": [item.kind, [plain(sheet) for sheet in item.sheets], item.notes]}
        if isinstance(item, Sheet):
            return {"__sheet__": [plain(getattr(item, name)) for name in Sheet.__dataclass_fields__]}
        if isinstance(item, bytes):
            return plain(np.frombuffer(item, np.uint8))
        if isinstance(item, dict):
            return {str(key): plain(inner) for key, inner in item.items()}
        if isinstance(item, (list, tuple)):
            return [plain(inner) for inner in item]
        return sorted(map(list, item)) if _pairs(item) else sorted(item) if isinstance(item, frozenset) else item

    head = json.dumps(plain(value)).encode()
    return len(head).to_bytes(8, "big") + head + b"".join(array.tobytes() for array in arrays)


def unpack(raw: bytes) -> Any:
    """The inverse of `pack`: frozen sets and tuples of a sheet come back as such."""
    size = int.from_bytes(raw[:8], "big")
    at = 8 + size

    def full(item: Any) -> Any:
        nonlocal at
        if isinstance(item, list):
            return [full(inner) for inner in item]
        if not isinstance(item, dict):
            return item
        if "__array__" in item:
            shape, kind = item["shape"], np.dtype(item["type"])
            count = int(np.prod(shape, dtype=np.int64))
            array = np.frombuffer(raw, kind, count, at).reshape(shape)
            at += array.nbytes
            return array
        if "__sheet__" in item:
            return _sheet([full(inner) for inner in item["__sheet__"]])
        if "__book__" in item:
            kind, sheets, notes = item["__book__"]
            return Book(kind, tuple(full(sheet) for sheet in sheets), notes)
        return {key: full(inner) for key, inner in item.items()}

    return full(json.loads(raw[8:at]))


def _pairs(item: Any) -> bool:
    return isinstance(item, frozenset) and any(isinstance(inner, tuple) for inner in item)


def _sheet(values: list[Any]) -> Sheet:
    name, visible, kinds, numbers, index, words, percent, rows, columns, merged = values
    return Sheet(
        name=name,
        visible=visible,
        kinds=kinds,
        numbers=numbers,
        index=index,
        words=tuple(words),
        percent=frozenset((row, column) for row, column in percent),
        hidden_rows=frozenset(rows),
        hidden_columns=frozenset(columns),
        merged=tuple((a, b, c, d) for a, b, c, d in merged),
    )
