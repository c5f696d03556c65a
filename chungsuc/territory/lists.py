"""Read the lists an office keeps: CSV files of units, changes, classes and acts, into drafts.

Bytes in, a `Draft` out, or `Refused` with every line that cannot be read. A byte-order mark, semicolons or
tabs instead of commas, other column orders and blank lines are accepted; text in a legacy encoding is not.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar

from chungsuc.kit.errors import Reason, Refused, stop_if
from chungsuc.kit.vietnamese import legacy_encoding, nfc
from chungsuc.territory.rules import ActLine, ChangeLine, ClassLine, Draft, UnitLine, kind_of_name
from chungsuc.territory.rules.draft import OTHER_WORDS, ChangeKind, acts_named
from chungsuc.territory.rules.kinds import kind_of_word

T = TypeVar("T")
LARGEST = 20 * 1024 * 1024
NEEDED = {
    "units": ("code", "name", "type", "parent_code"),
    "changes": ("old_code", "new_code", "effective_date", "legal_basis", "event"),
    "classes": ("code", "scheme", "value", "valid_from"),
    "acts": ("number", "signed"),
}
# How well a class is known; where nothing is said, it is from memory.
PROVENANCES = ("verified", "memory", "derived", "example")
# Spreadsheets drop the zeros with which codes begin: 04 becomes 4, 040 becomes 40.
_CODE = re.compile(r"^\d{2,10}$")
_NAME = re.compile(r"^(units|changes|classes)_(.+)\.csv$|^(acts)\.csv$")


@dataclass(frozen=True, slots=True)
class _Row:
    """One line of a table: its cells by column, the file and the line, and what is wrong with it."""

    file: str
    line: int
    cells: Mapping[str, str]
    wrong: list[Reason]

    def text(self, column: str) -> str:
        """The cell, composed, with single spaces; empty where the table has no such column."""
        return nfc(self.cells.get(column) or "")

    def refuse(self, code: str, **facts: object) -> None:
        """Note what is wrong with this line; reading goes on, so that all problems are told at once."""
        self.wrong.append(Reason(code, file=self.file, line=self.line, **facts))

    def code(self, column: str, *, needed: bool = True) -> str:
        """An official code: two digits or more."""
        given = self.text(column)
        if (given or needed) and not _CODE.match(given):
            self.refuse("lists.bad_code", column=column, value=given)
        return given

    def day(self, column: str, *, needed: bool = False) -> date | None:
        """A date written 2020-02-01 or 01/02/2020; None where the cell is empty."""
        given = self.text(column)
        for form in ("%Y-%m-%d", "%d/%m/%Y"):
            try:
                return datetime.strptime(given, form).date()  # noqa: DTZ007
            except ValueError:
                continue
        if given or needed:
            self.refuse("lists.bad_date", column=column, value=given)
        return None


def read_folder(folder: Path, since: date | None = None) -> list[Draft]:
    """The drafts in a folder, in the order of their labels.

    `units_2019.csv`, `changes_2020.csv` with `units_2020.csv`, `classes_2025.csv` make the generations 2019,
    2020, 2025; `acts.csv` serves all. `since` is the first day of a first list, where known.
    """
    if not folder.is_dir():
        raise Refused(Reason("lists.no_folder", folder=str(folder)))
    return read_files(sorted(folder.iterdir()), since)


def read_paths(paths: Iterable[Path], since: date | None = None) -> list[Draft]:
    """The drafts in folders and files as somebody named them: each must be there, each file must be a list."""
    files: list[Path] = []
    wrong: list[Reason] = []
    for path in paths:
        if path.is_dir():
            files.extend(one for one in sorted(path.iterdir()) if _NAME.match(one.name))
        elif not path.is_file():
            wrong.append(Reason("lists.no_path", path=str(path)))
        elif _NAME.match(path.name):
            files.append(path)
        else:
            wrong.append(Reason("lists.unknown_name", file=path.name))
    twice = sorted({one.name for one in files if sum(one.name == other.name for other in files) > 1})
    wrong.extend(Reason("lists.name_twice", file=name) for name in twice)
    stop_if(wrong)
    return read_files(files, since)


def read_files(paths: Iterable[Path], since: date | None = None) -> list[Draft]:
    """The drafts in these files; other files are left alone."""
    named = {path.name: _bytes(path) for path in paths if _NAME.match(path.name)}
    if not named:
        raise Refused(Reason("lists.no_files"))
    return read_tables(named, since)


def _bytes(path: Path) -> bytes:
    if not path.is_file():
        raise Refused(Reason("lists.no_file", file=path.name))
    if path.stat().st_size > LARGEST:
        raise Refused(Reason("lists.too_large", file=path.name, megabytes=LARGEST // 1024**2))
    return path.read_bytes()


def read_tables(tables: Mapping[str, bytes], since: date | None = None) -> list[Draft]:
    """The drafts in these tables (file name → bytes)."""
    wrong: list[Reason] = []
    parts: dict[str, dict[str, tuple]] = {}
    acts: tuple[ActLine, ...] = ()
    readers: dict[str, Callable[[_Row], object]] = {"units": _unit, "changes": _change, "classes": _class}
    for name, data in tables.items():
        match = _NAME.match(name)
        if match is None:
            wrong.append(Reason("lists.unknown_name", file=name))
        elif match[3]:
            acts = _read("acts", name, data, _act, wrong)
        else:
            parts.setdefault(match[2], {})[match[1]] = _read(match[1], name, data, readers[match[1]], wrong)
    stop_if(wrong)
    drafts = []
    for label in sorted(parts):
        part = parts[label]
        changes = part.get("changes", ())
        cited = {
            act.number
            for line in changes
            for basis in (line.legal_basis, line.parent_basis or "")
            for act in acts_named(basis)
        }
        drafts.append(
            Draft(
                label=label,
                units=part.get("units", ()),
                changes=changes,
                classes=part.get("classes", ()),
                acts=tuple(act for act in acts if act.number in cited),
                since=None if changes else since,
            )
        )
    return drafts


def _read(table: str, name: str, data: bytes, make: Callable[[_Row], T], wrong: list[Reason]) -> tuple[T, ...]:
    try:
        text = _decode(name, data)
        rows = _rows(table, name, text)
    except Refused as refused:
        wrong.extend(refused.reasons)
        return ()
    made = []
    for row in rows:
        made.append(make(row))
        wrong.extend(row.wrong)
    if not rows:
        wrong.append(Reason("lists.empty", file=name))
    return tuple(made)


def _decode(name: str, data: bytes) -> str:
    wide = _utf16(data)
    try:
        text = data.decode(wide or "utf-8").lstrip("\ufeff")
    except UnicodeDecodeError:
        encoding = wide or legacy_encoding(data.decode("cp1252", errors="replace"))
        raise Refused(_not_utf8(name, encoding)) from None
    legacy = legacy_encoding(text)
    if legacy or "\ufffd" in text or "\x00" in text:
        raise Refused(_not_utf8(name, legacy))
    return text


def _utf16(data: bytes) -> str | None:
    """ "UTF-16LE" or "UTF-16BE" where the bytes are that (Excel's "Unicode Text"), with its mark or without."""
    if data.startswith(b"\xff\xfe"):
        return "UTF-16LE"
    if data.startswith(b"\xfe\xff"):
        return "UTF-16BE"
    head = data[:200]
    zeros = head[1::2].count(0), head[::2].count(0)
    if max(zeros) * 4 < len(head) or min(zeros):
        return None
    return "UTF-16LE" if zeros[0] > zeros[1] else "UTF-16BE"


def _not_utf8(name: str, encoding: str | None) -> Reason:
    if encoding is None:
        return Reason("lists.unknown_encoding", file=name)
    return Reason("lists.not_utf8", file=name, encoding=encoding)


def _rows(table: str, name: str, text: str) -> list[_Row]:
    first = text.lstrip("\r\n").split("\n", 1)[0]
    mark = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text.lstrip("\r\n"), newline=""), delimiter=mark, strict=True)
    try:
        lines = [(reader.line_num, cells) for cells in reader]
    except csv.Error as error:
        raise Refused(Reason("lists.not_csv", file=name, line=reader.line_num, said=str(error))) from None
    head = [nfc(cell).lower() for cell in lines[0][1]] if lines else []
    missing = tuple(column for column in NEEDED[table] if column not in head)
    if missing:
        raise Refused(
            Reason("lists.columns_missing", file=name, columns=missing, found=tuple(filter(None, head)) or ("–",))
        )
    rows = []
    for number, cells in lines[1:]:
        if not any(cell.strip() for cell in cells):
            continue
        row = _Row(name, number, dict(zip(head, cells, strict=False)), [])
        if len(cells) > len(head):
            row.refuse("lists.too_many_cells", cells=len(cells), columns=len(head))
        rows.append(row)
    return rows


def _unit(row: _Row) -> UnitLine:
    name = row.text("name")
    parent = row.code("parent_code", needed=False) or None
    kind = kind_of_word(row.text("type"), under_none=parent is None)
    named = kind_of_name(name)
    if kind is None:
        row.refuse("lists.unknown_kind", value=row.text("type"))
    elif not name:
        row.refuse("lists.no_name")
    elif kind_of_word(name) is not None:
        row.refuse("lists.only_kind", name=name)
    elif named is None:
        row.refuse("lists.kind_not_in_name", name=name, value=row.text("type"))
    elif named is not kind and not (parent is None and kind_of_word(row.text("type")) is named):
        row.refuse("lists.kind_against_name", name=name, value=row.text("type"))
    others = tuple(nfc(other) for other in re.split(r"[|;]", row.text("alt_name")) if other.strip())
    return UnitLine(row.code("code"), name, kind, parent, others, row.line)  # type: ignore[arg-type]


def _change(row: _Row) -> ChangeLine:
    part = row.text("kind").lower() or "full"
    if part not in ("full", "part"):
        row.refuse("lists.full_or_part", value=part)
    kinds = tuple(_kind(row, word.strip()) for word in row.text("event").split("+"))
    for column in ("legal_basis", "parent_basis"):
        try:
            acts_named(row.text(column))
        except ValueError:
            row.refuse("lists.bad_date", column=column, value=row.text(column))
    if not row.text("legal_basis"):
        row.refuse("lists.no_act")
    new_name = row.text("new_name") or None
    if new_name and kind_of_name(new_name) is None:
        row.refuse("lists.unknown_kind", value=new_name)
    return ChangeLine(
        effective=row.day("effective_date", needed=True),  # type: ignore[arg-type]
        legal_basis=row.text("legal_basis"),
        kinds=tuple(kind for kind in kinds if kind),
        old_code=row.code("old_code"),
        new_code=row.code("new_code", needed=False) or None,
        part=part == "part",
        old_name=row.text("old_name") or None,
        new_name=new_name,
        old_parent=row.text("old_parent") or None,
        new_parent=row.text("new_parent") or None,
        parent_date=row.day("parent_date"),
        parent_basis=row.text("parent_basis") or None,
        note=row.text("note"),
        line=row.line,
    )


def _kind(row: _Row, word: str) -> ChangeKind | None:
    plain = word.lower()
    if plain in OTHER_WORDS:
        return OTHER_WORDS[plain]
    try:
        return ChangeKind(plain)
    except ValueError:
        row.refuse("lists.unknown_event", value=word)
        return None


def _class(row: _Row) -> ClassLine:
    for column in ("scheme", "value"):
        if not row.text(column):
            row.refuse("lists.empty_cell", column=column)
    provenance = row.text("provenance") or "memory"
    if provenance not in PROVENANCES:
        row.refuse("lists.unknown_provenance", value=provenance)
    return ClassLine(
        row.code("code"),
        row.text("scheme"),
        row.text("value"),
        row.day("valid_from"),
        row.day("valid_to"),
        row.text("decision"),
        provenance,
        row.text("note"),
        row.line,
    )


def _act(row: _Row) -> ActLine:
    if not row.text("number"):
        row.refuse("lists.empty_cell", column="number")
    return ActLine(row.text("number"), row.day("signed"), row.text("title"), row.text("source"), row.text("provenance"))
