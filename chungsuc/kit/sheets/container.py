"""Opens an .xlsx as the zip archive it is, trusting nothing it says about itself.

Python's own zipfile had holes with overlapping entries (CVE-2024-0450) and a second directory
(CVE-2025-8291); so extents are checked here and every entry is inflated by us, counting.
"""

from __future__ import annotations

import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from chungsuc.kit.errors import Reason, Refused
from chungsuc.kit.sheets import limits

_CHUNK = 256 * 1024
_MACROS = ("vbaproject", "/macrosheets/", "/dialogsheets/")
_ACTIVE = ("/externallinks/", "/embeddings/", "/activex/")
_KEPT = ("xl/worksheets/", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml", "[content_types].xml")


@dataclass(frozen=True)
class Container:
    """The parts that further checks read, inflated: name in lower case -> bytes."""

    parts: dict[str, bytes]


def open_container(path: Path) -> Container:
    """Check every entry of the archive; Refused with the reason at the first one that is not harmless."""
    raw = path.read_bytes()
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            start_of_directory = archive.start_dir
    except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error, EOFError, OverflowError) as error:
        raise Refused(Reason("sheet.broken_zip", why=type(error).__name__)) from error
    _check_names(entries, raw)
    places = _extents(entries, raw, start_of_directory)
    parts: dict[str, bytes] = {}
    total = 0
    for entry, (begin, end) in zip(entries, places, strict=True):
        name = entry.filename.lower()
        kept: list[bytes] | None = [] if name.startswith(_KEPT) else None
        total = _inflate(entry, raw[begin:end], total, kept)
        if kept is not None:
            parts[name] = b"".join(kept)
    _check_types(parts)
    return Container(parts)


def _refuse(why: str) -> Refused:
    return Refused(Reason("sheet.broken_zip", why=why))


def _check_names(entries: list[zipfile.ZipInfo], raw: bytes) -> None:
    if len(entries) > limits.ENTRIES:
        raise Refused(Reason("sheet.bomb", why=f"{len(entries)} > {limits.ENTRIES} parts"))
    if b"PK\x06\x07" in raw[-22 - 65535 - 20 :]:
        raise _refuse("zip64")
    seen: set[str] = set()
    for entry in entries:
        name = entry.filename.lower()
        if name in seen:
            raise _refuse(f"duplicate: {entry.filename}")
        seen.add(name)
        if ".." in name.split("/") or name.startswith("/") or "\\" in name or ":" in name:
            raise _refuse(f"path: {entry.filename}")
        if stat.S_ISLNK(entry.external_attr >> 16):
            raise _refuse(f"link: {entry.filename}")
        if entry.flag_bits & 0x1:
            raise Refused(Reason("sheet.password"))
        if any(mark in f"/{name}" for mark in _MACROS):
            raise Refused(Reason("sheet.macros", part=entry.filename))
        if any(mark in f"/{name}" for mark in _ACTIVE):
            raise Refused(Reason("sheet.active_parts", part=entry.filename))


def _extents(entries: list[zipfile.ZipInfo], raw: bytes, end_of_data: int) -> list[tuple[int, int]]:
    """Where each entry's bytes lie; Refused when two overlap or one reaches into the directory."""
    places: list[tuple[int, int]] = []
    spans: list[tuple[int, int]] = []
    for entry in entries:
        at = entry.header_offset
        if raw[at : at + 4] != b"PK\x03\x04" or at + 30 > len(raw):
            raise _refuse(f"header: {entry.filename}")
        name_length, extra_length = struct.unpack_from("<HH", raw, at + 26)
        begin = at + 30 + name_length + extra_length
        end = begin + entry.compress_size
        if end > end_of_data:
            raise _refuse(f"extent: {entry.filename}")
        places.append((begin, end))
        spans.append((at, end))
    spans.sort()
    for (_, before), (after, _) in pairwise(spans):
        if after < before:
            raise _refuse("overlap")
    return places


def _inflate(entry: zipfile.ZipInfo, packed: bytes, total: int, kept: list[bytes] | None) -> int:
    """Inflate one entry in pieces, counting; returns the new total. `kept` collects the bytes."""
    size, tail, first = 0, b"", True
    markup = entry.filename.lower().endswith((".xml", ".rels", ".vml"))
    for piece in _pieces(entry, packed):
        size += len(piece)
        if total + size > limits.INFLATED_BYTES:
            raise Refused(Reason("sheet.bomb", why=f"> {limits.INFLATED_BYTES // 1048576} MB"))
        if size > limits.RATIO_FROM and size > limits.RATIO * max(len(packed), 1):
            raise Refused(Reason("sheet.bomb", why=f"{entry.filename}: > {limits.RATIO}:1"))
        if first:
            _check_start(entry, piece, markup)
            first = False
        if markup and b"<!DOCTYPE" in (tail + piece):
            raise Refused(Reason("sheet.doctype", part=entry.filename))
        tail = piece[-16:]
        if kept is not None:
            kept.append(piece)
    if size != entry.file_size:
        raise _refuse(f"size: {entry.filename}")
    return total + size


def _pieces(entry: zipfile.ZipInfo, packed: bytes) -> Iterator[bytes]:
    if entry.compress_type == zipfile.ZIP_STORED:
        yield packed
        return
    if entry.compress_type != zipfile.ZIP_DEFLATED:
        raise _refuse(f"method: {entry.filename}")
    inflater = zlib.decompressobj(-15)
    data = packed
    try:
        while not inflater.eof:
            piece = inflater.decompress(data, _CHUNK)
            data = inflater.unconsumed_tail
            if piece:
                yield piece
            elif not data:
                break
    except zlib.error as error:
        raise _refuse(f"deflate: {entry.filename}") from error
    if not inflater.eof or inflater.unused_data:
        raise _refuse(f"deflate: {entry.filename}")


def _check_start(entry: zipfile.ZipInfo, piece: bytes, markup: bool) -> None:
    if piece.startswith(b"PK\x03\x04"):
        raise Refused(Reason("sheet.bomb", why=f"zip in zip: {entry.filename}"))
    if piece.startswith(bytes.fromhex("d0cf11e0")):
        raise Refused(Reason("sheet.active_parts", part=entry.filename))
    # UTF-16 markup would hide from the byte searches; no spreadsheet program writes it.
    head = piece[:200]
    odd = b"\x00" in head or head.startswith((b"\xff\xfe", b"\xfe\xff"))
    declared = head.lower().split(b"?>")[0]
    other = b"encoding" in declared and b"utf-8" not in declared and b"us-ascii" not in declared
    if markup and (odd or other):
        raise _refuse(f"encoding: {entry.filename}")


def _check_types(parts: dict[str, bytes]) -> None:
    types = parts.get("[content_types].xml", b"").lower()
    if b"macroenabled" in types:
        raise Refused(Reason("sheet.macros", part="[Content_Types].xml"))
    if b"sheet.binary" in types or "xl/workbook.xml" not in parts:
        raise Refused(Reason("sheet.not_a_sheet", what="zip"))
