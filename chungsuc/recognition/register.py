"""Reads lists of titles and of their fates from CSV bytes. Pure: bytes in, entries out, or `Refused`.

Column names are accepted in English and Vietnamese, dates as 2019-12-31 or 31/12/2019, comma or
semicolon, with or without BOM. Old encodings (TCVN3, VNI) are refused with the mend.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from chungsuc.kit.errors import Reason, Refused, stop_if
from chungsuc.kit.vietnamese import fold, legacy_encoding, nfc
from chungsuc.recognition.rules import Fate, FateEntry, Provenance, TitleEntry

TITLE_COLUMNS = {
    "unit": ("unit", "code", "ma", "ma don vi"),
    "year": ("year", "nam"),
    "decision": ("decision", "decision_number", "so quyet dinh", "quyet dinh"),
    "decision_date": ("decision_date", "ngay quyet dinh", "ngay"),
    "source": ("source", "nguon"),
    "provenance": ("provenance", "loai nguon"),
}
TITLE_OPTIONAL = {
    "kind": ("kind", "danh hieu"),
    "set": ("set", "bo tieu chi"),
    "authority": ("authority", "co quan"),
    "note": ("note", "ghi chu"),
}
FATE_COLUMNS = {
    "unit": ("unit", "code", "ma", "ma don vi"),
    "year": ("year", "nam"),
    "effective": ("effective", "ngay thay doi"),
    "fate": ("fate", "ket qua"),
    "decided_on": ("decided_on", "ngay quyet dinh"),
    "why": ("why", "ly do"),
    "source": ("source", "nguon"),
    "provenance": ("provenance", "loai nguon"),
}
FATE_OPTIONAL = {"onto": ("onto", "don vi giu"), "decision": ("decision", "quyet dinh")}


def read_titles(content: bytes, file: str) -> list[TitleEntry]:
    """The titles listed in a CSV file. `file` is its name, for messages. Raises `Refused` with every problem."""
    rows = _rows(content, file, TITLE_COLUMNS, TITLE_OPTIONAL)
    return _each(rows, _title)


def read_fates(content: bytes, file: str) -> list[FateEntry]:
    """The fates listed in a CSV file. Raises `Refused` with every problem."""
    rows = _rows(content, file, FATE_COLUMNS, FATE_OPTIONAL)
    return _each(rows, _fate)


def _title(line: int, row: Mapping[str, str], cell: Callable[..., Any]) -> TitleEntry:
    return TitleEntry(
        unit_code=row["unit"],
        year=cell("year", _whole, "2019"),
        kind=row.get("kind") or "xa_ntm",
        set_code=row.get("set") or "xa-ntm-2016-2020",
        decision_number=row["decision"],
        decision_date=cell("decision_date", _day, "2019-12-31"),
        authority=row.get("authority") or "UBND tỉnh",
        source=row["source"],
        provenance=cell("provenance", Provenance, "real, demo"),
        note=row.get("note") or "",
        line=line,
    )


def _fate(line: int, row: Mapping[str, str], cell: Callable[..., Any]) -> FateEntry:
    return FateEntry(
        unit_code=row["unit"],
        year=cell("year", _whole, "2019"),
        effective=cell("effective", _day, "2020-02-01"),
        fate=cell("fate", Fate, "kept, not_kept, undecided"),
        onto_code=row.get("onto") or None,
        decided_on=cell("decided_on", _day, "2020-02-01"),
        decision=row.get("decision") or "",
        why=row["why"],
        source=row["source"],
        provenance=cell("provenance", Provenance, "real, demo"),
        line=line,
    )


def _each(rows: list[tuple[int, dict[str, str]]], build: Callable[..., Any]) -> list[Any]:
    found, problems = [], []
    for line, row in rows:
        bad: list[Reason] = []

        def cell(
            column: str,
            read: Callable[[str], Any],
            wanted: str,
            row: Mapping[str, str] = row,
            line: int = line,
            bad: list[Reason] = bad,
        ) -> Any:
            try:
                return read(row[column])
            except ValueError:
                bad.append(
                    Reason("title.cell_unreadable", line=line, column=column, value=row[column], wanted=wanted)
                )
                return None

        entry = build(line, row, cell)
        problems += bad
        if not bad:
            found.append(entry)
    stop_if(problems)
    return found


def _whole(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) == 4):
        raise ValueError(text)
    return int(text)


def _day(text: str) -> date:
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007
        except ValueError:
            continue
    raise ValueError(text)


def _rows(
    content: bytes, file: str, columns: Mapping[str, tuple[str, ...]], optional: Mapping[str, tuple[str, ...]]
) -> list[tuple[int, dict[str, str]]]:
    text = _text(content, file)
    lines = csv.reader(io.StringIO(text), delimiter=_delimiter(text), strict=True)
    try:
        table = [(lines.line_num, row) for row in lines if any(cell.strip() for cell in row)]
    except csv.Error as error:
        raise Refused(Reason("title.file_unreadable", file=file, problem=str(error))) from error
    if len(table) < 2:
        raise Refused(Reason("title.file_empty", file=file))
    place = _places(table[0][1], {**columns, **optional})
    if missing := sorted(set(columns) - set(place)):
        raise Refused(Reason("title.column_missing", columns=missing, wanted=sorted(columns)))
    return [
        (line, {name: nfc(row[at]).strip() if at < len(row) else "" for name, at in place.items()})
        for line, row in table[1:]
    ]


def _text(content: bytes, file: str) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        old = legacy_encoding(content.decode("cp1252", errors="replace"))
        if old:
            raise Refused(Reason("title.file_encoding", file=file, encoding=old)) from error
        raise Refused(Reason("title.file_unreadable", file=file, problem="UTF-8")) from error
    if old := legacy_encoding(text):
        raise Refused(Reason("title.file_encoding", file=file, encoding=old))
    return text


def _delimiter(text: str) -> str:
    first = text.split("\n", 1)[0]
    return ";" if first.count(";") > first.count(",") else ","


def _places(header: list[str], columns: Mapping[str, tuple[str, ...]]) -> dict[str, int]:
    names = [fold(cell).replace("_", " ").strip() for cell in header]
    found = {}
    for name, spellings in columns.items():
        wanted = {fold(spelling).replace("_", " ") for spelling in spellings}
        places = [place for place, written in enumerate(names) if written in wanted]
        if places:
            found[name] = places[0]
    return found
