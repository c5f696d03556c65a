"""What a file is, by what it holds and not by what it is called; the two must agree."""

from __future__ import annotations

import io
import unicodedata
import zipfile
from decimal import Decimal
from enum import StrEnum
from pathlib import PurePath
from typing import Any

import puremagic

from chungsuc.kit.errors import Reason, Refused, reasons, stop_if
from chungsuc.kit.vietnamese import nfc

LIMIT = 20 * 1024 * 1024
_ENTRIES, _INFLATED = 2_000, 200 * 1024 * 1024


class FileKind(StrEnum):
    """The kinds that are taken in."""

    JPEG = "jpeg"
    PNG = "png"
    WEBP = "webp"
    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"


EXTENSIONS = {
    ".jpg": FileKind.JPEG,
    ".jpeg": FileKind.JPEG,
    ".png": FileKind.PNG,
    ".webp": FileKind.WEBP,
    ".pdf": FileKind.PDF,
    ".docx": FileKind.DOCX,
    ".xlsx": FileKind.XLSX,
}
IMAGES = frozenset({FileKind.JPEG, FileKind.PNG, FileKind.WEBP})
HEIC = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
_OFFICE = {FileKind.DOCX: "word/document.xml", FileKind.XLSX: "xl/workbook.xml"}


def kind_of(name: str, content: bytes, *, limit: int = LIMIT) -> FileKind:
    """The kind of the file, or `Refused` with the reason: empty, too large, unknown, not what it is called."""
    expected = EXTENSIONS.get(PurePath(name).suffix.lower())
    if not content:
        raise Refused(Reason("files.empty", name=name))
    if len(content) > limit:
        raise Refused(too_large(name, len(content), limit))
    if content[4:8] == b"ftyp" and content[8:12] in HEIC:
        raise Refused(Reason("files.heic", name=name))
    if expected is None:
        raise Refused(Reason("files.kind_not_taken", name=name, kinds=sorted(EXTENSIONS)))
    seen = _seen(name, content)
    if seen is not expected:
        raise Refused(Reason("files.not_what_it_says", name=name, says=expected.value, seen=seen))
    if expected in IMAGES:
        _check_picture(name, content, expected)
    return expected


def too_large(name: str, size: int, limit: int = LIMIT) -> Reason:
    """The reason, in megabytes with one decimal."""
    return Reason("files.too_large", name=name, size=_megabytes(size), limit=_megabytes(limit))


def _megabytes(size: int) -> Decimal:
    return Decimal(size * 10 // 2**20) / 10


def safe_name(name: str) -> str:
    """The name as it is kept and shown: composed, on one line, without control or direction signs."""
    seen = (char if unicodedata.category(char) not in ("Cc", "Cf", "Zl", "Zp") else " " for char in nfc(name))
    return " ".join("".join(seen).split())


def _seen(name: str, content: bytes) -> str:
    """By the bytes themselves: the first of the file, and for Office the parts inside.

    A file that is cut off or carries active content is refused as that, whatever it is called.
    """
    if content.startswith(b"\xff\xd8\xff"):
        return FileKind.JPEG
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return FileKind.PNG
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return FileKind.WEBP
    if content.startswith(b"%PDF-"):
        stop_if(() if b"%%EOF" in content[-2048:] else (Reason("files.broken", name=name),))
        return FileKind.PDF
    if content.startswith(b"PK\x03\x04"):
        return _office(name, content)
    return _guess(content)


def _office(name: str, content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError) as error:
        raise Refused(Reason("files.broken", name=name)) from error
    names = {entry.filename for entry in entries}
    bad = (
        len(entries) > _ENTRIES
        or len(names) != len(entries)
        or sum(entry.file_size for entry in entries) > _INFLATED
        or any(".." in part or part.startswith("/") for part in names)
    )
    active = next((part for part in sorted(names) if _is_active(part)), None)
    stop_if(
        reasons(
            (bad, Reason("files.broken", name=name)),
            (active, Reason("files.active_content", name=name, part=active)),
        )
    )
    return next((kind for kind, part in _OFFICE.items() if part in names), "zip")


def _is_active(name: str) -> bool:
    low = name.lower()
    return "vbaproject" in low or "activex" in low or "/embeddings/" in low


def _guess(content: bytes) -> str:
    try:
        found = puremagic.magic_string(content[:4096])
    except (puremagic.PureError, ValueError):
        return "?"
    return next((match.extension.lstrip(".") for match in found if match.extension), "?")


def _check_picture(name: str, content: bytes, kind: FileKind) -> None:
    """The picture opens with exactly the decoder of its kind and is not a pixel flood."""
    from chungsuc.kit.files.photographs import opened

    try:
        with opened(content) as picture:
            format_: Any = picture.format
            picture.verify()
    except Exception as error:  # a hostile file may raise anything; whatever it is, it is no picture
        raise Refused(Reason("files.unreadable_picture", name=name, said=type(error).__name__)) from error
    if (format_ or "").lower() != kind.value:
        raise Refused(Reason("files.not_what_it_says", name=name, says=kind.value, seen=str(format_)))
