"""What kind of file is this, and may it be opened at all? Size and magic bytes, before anything is parsed."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from chungsuc.kit.errors import Reason, Refused
from chungsuc.kit.sheets import limits
from chungsuc.kit.sheets.container import Container, open_container


class Kind(StrEnum):
    """The kinds of spreadsheet that are known."""

    XLSX = "xlsx"
    XLS = "xls"
    CSV = "csv"


OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_BINARY = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"MZ", b"\x7fELF", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")
_MARKUP = (b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta", b"<head")


def stop_if_too_big(path: Path) -> None:
    """Refuse by the size on disk; nothing is read."""
    size = path.stat().st_size
    if size > limits.FILE_BYTES:
        raise Refused(Reason("sheet.too_big", size=size // 1048576, limit=limits.FILE_BYTES // 1048576))
    if size == 0:
        raise Refused(Reason("sheet.empty"))


def kind_of(path: Path) -> Kind:
    """The kind by content, never by name. Refused where it is no spreadsheet or is locked by a password."""
    stop_if_too_big(path)
    with path.open("rb") as file:
        head = file.read(512)
        if head.startswith(OLE):
            # An encrypted .xlsx is an OLE file with this stream in its directory.
            rest = head + file.read()
            if "EncryptedPackage".encode("utf-16-le") in rest:
                raise Refused(Reason("sheet.password"))
            return Kind.XLS
    if head.startswith(b"PK"):
        return Kind.XLSX
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(_MARKUP):
        raise Refused(Reason("sheet.not_a_sheet", what="HTML/XML"))
    if head.startswith(_BINARY) or (b"\x00" in head and not _utf16(head)):
        raise Refused(Reason("sheet.not_a_sheet", what="?"))
    return Kind.CSV


def precheck(path: Path, kinds: frozenset[Kind]) -> tuple[Kind, Container | None]:
    """Kind and, for .xlsx, its checked container. Refused when the kind is not among `kinds`."""
    kind = kind_of(path)
    if kind not in kinds:
        code = "sheet.old_format" if kind is Kind.XLS else "sheet.wrong_kind"
        raise Refused(Reason(code, kind=kind.value, kinds=sorted(known.value for known in kinds)))
    return kind, (open_container(path) if kind is Kind.XLSX else None)


def _utf16(head: bytes) -> bool:
    """Whether the start looks like UTF-16 text: a mark, or zero bytes in every second place only."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    even, odd = head[0::2].count(0), head[1::2].count(0)
    return min(even, odd) == 0 and max(even, odd) * 4 > len(head) // 2
