"""Spreadsheets made to do harm, built on the spot."""

from __future__ import annotations

import struct
import warnings
import zipfile
from collections.abc import Mapping
from pathlib import Path

import xlsxwriter

NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def honest(path: Path, rows: int = 3) -> Path:
    """A small workbook as Excel would write it."""
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Trang 1")
        for row in range(rows):
            sheet.write(row, 0, f"Xã {row}")
            sheet.write(row, 1, row * 1.5)
    return path


def parts_of(path: Path) -> dict[str, bytes]:
    """All parts of a workbook."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(path: Path, parts: Mapping[str, bytes]) -> Path:
    """Parts as a workbook."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def with_parts(path: Path, more: Mapping[str, bytes]) -> Path:
    """An honest workbook with parts added or replaced."""
    return packed(path, parts_of(honest(path)) | more)


def raw(path: Path, content: bytes) -> Path:
    """Just these bytes."""
    path.write_bytes(content)
    return path


def with_sheet(path: Path, body: str, head: str = "") -> Path:
    """An honest workbook whose only sheet has this XML body in its sheetData."""
    xml = f'<?xml version="1.0" encoding="UTF-8"?>{head}<worksheet {NS}><sheetData>{body}</sheetData></worksheet>'
    parts = parts_of(honest(path))
    return packed(path, parts | {"xl/worksheets/sheet1.xml": xml.encode()})


def sparse_corner(path: Path) -> Path:
    """Two cells as far apart as a sheet allows."""
    far = '<row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
    return with_sheet(path, f'<row r="1"><c r="A1"><v>1</v></c></row>{far}')


def first_row_last_column(path: Path) -> Path:
    """The first row and the last column are filled."""
    head = "".join(f'<c r="{letter}1"><v>1</v></c>' for letter in "ABC")
    rows = "".join(f'<row r="{n}"><c r="XFD{n}"><v>1</v></c></row>' for n in range(2, 400))
    return with_sheet(path, f'<row r="1">{head}</row>{rows}')


def beyond_the_sheet(path: Path) -> Path:
    """Addresses that no sheet has."""
    return with_sheet(path, '<row r="99999999"><c r="ZZZZ99999999"><v>1</v></c></row>')


def implied_places(path: Path) -> Path:
    """Cells and rows without addresses, thousands in one row."""
    return with_sheet(path, f"<row>{'<c><v>1</v></c>' * 400}</row>")


def odd_spelling(path: Path) -> Path:
    """Namespaces with a prefix, quotes of the other kind, addresses after other attributes."""
    cell = "<x:row r='30000'><x:c s='0' r='A30000'><x:v>1</x:v></x:c></x:row>"
    xml = f"<x:worksheet xmlns:x='{NS[7:-1]}'><x:sheetData>{cell}"
    parts = parts_of(honest(path))
    return packed(path, parts | {"xl/worksheets/sheet1.xml": f"{xml}</x:sheetData></x:worksheet>".encode()})


def bomb(path: Path, megabytes: int = 300) -> Path:
    """A part that unfolds to hundreds of megabytes."""
    parts = parts_of(honest(path))
    return packed(path, parts | {"xl/sharedStrings.xml": b" " * megabytes * 1024 * 1024})


def lying_size(path: Path) -> Path:
    """A part that unfolds to more than the directory says."""
    packed(
        path,
        parts_of(honest(path))
        | {"xl/sharedStrings.xml": b"<sst/>" + b",".join(b"%d" % (n * 7919) for n in range(200_000))},
    )
    raw = bytearray(path.read_bytes())
    at = raw.find(b"PK\x01\x02")
    while at >= 0:
        length = struct.unpack_from("<H", raw, at + 28)[0]
        if raw[at + 46 : at + 46 + length] == b"xl/sharedStrings.xml":
            struct.pack_into("<L", raw, at + 24, 100)
        at = raw.find(b"PK\x01\x02", at + 4)
    path.write_bytes(bytes(raw))
    return path


def overlapping(path: Path) -> Path:
    """Two entries of the directory that share the same bytes."""
    honest(path)
    raw = bytearray(path.read_bytes())
    first = raw.find(b"PK\x01\x02")
    second = raw.find(b"PK\x01\x02", first + 4)
    raw[second + 42 : second + 46] = raw[first + 42 : first + 46]
    path.write_bytes(bytes(raw))
    return path


def doubled(path: Path) -> Path:
    """The same name twice."""
    honest(path)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with zipfile.ZipFile(path, "a") as archive:
            archive.writestr("xl/workbook.xml", b"<workbook/>")
    return path


def ole(path: Path, stream: str) -> Path:
    """The start of an OLE file with a directory entry of this name: old .xls, or an encrypted .xlsx."""
    path.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + b"\x00" * 1000 + stream.encode("utf-16-le") + b"\x00" * 500)
    return path


def sparse_file(path: Path, megabytes: int) -> Path:
    """A file of this size that takes no room on the disk."""
    with path.open("wb") as file:
        file.write(b"PK\x03\x04")
        file.truncate(megabytes * 1024 * 1024)
    return path
