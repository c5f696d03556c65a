"""Text tables (CSV) as they come: comma, semicolon or tab, with or without a byte order mark, UTF-8 or UTF-16.

Old Vietnamese encodings are recognised and refused with the mend: guessing them would spoil names.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from pathlib import Path

from chungsuc.kit.errors import Reason, Refused
from chungsuc.kit.sheets import grid, limits
from chungsuc.kit.sheets.table import Sheet, from_rows
from chungsuc.kit.sheets.writing import RISKY
from chungsuc.kit.vietnamese import legacy_encoding

_DELIMITERS = (",", ";", "\t", "|")
_LOOK = 200  # rows looked at to find the delimiter


def read(path: Path) -> Sheet:
    """The table as a sheet without a name; every cell is text. Refused for encodings that are not Unicode."""
    text = decode(path.read_bytes())
    text, told = _told_delimiter(text)
    rows = _rows(text, told or find_delimiter(text))
    return from_rows("", rows)


def decode(raw: bytes) -> str:
    """Bytes to text: UTF-16 and UTF-8, with or without a mark; anything else is refused by its name."""
    try:
        if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
            text = raw.decode("utf-16")
        elif b"\x00" in raw[:400]:
            text = raw.decode("utf-16-le" if raw[1:2] == b"\x00" else "utf-16-be")
        else:
            text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused(_which_encoding(raw)) from error
    stop_if_broken(text)
    return text


def stop_if_broken(text: str) -> None:
    """Refuse text that is Unicode in form but was spoilt before: old fonts, lost or doubly encoded letters."""
    legacy = legacy_encoding(text)
    if looks_doubly_encoded(text) or "\ufffd" in text:
        raise Refused(Reason("sheet.broken_encoding"))
    if legacy:
        raise Refused(Reason("sheet.legacy_encoding", encoding=legacy))


def looks_doubly_encoded(text: str) -> bool:
    """`XÃ£ ÄÃ  TháÂ»`: UTF-8 bytes that someone read as Latin letters."""
    if not re.search(r"[ÃÄÆá][\u0080-\u00bf\u0152-\u0192\u02c6\u02dc\u2013-\u2122]|áº|á»", text):
        return False
    for code in ("cp1252", "latin-1"):
        # Undefined bytes of cp1252 stand as control letters in such text.
        raw = b"".join(_byte(letter, code) for letter in text)
        try:
            back = raw.decode("utf-8")
        except UnicodeDecodeError:
            continue
        if any("\u00c0" <= letter <= "\u1ef9" for letter in back):
            return True
    return False


def _byte(letter: str, code: str) -> bytes:
    if ord(letter) < 256 and (code == "latin-1" or ord(letter) < 128):
        return bytes([ord(letter)])
    try:
        return letter.encode(code)
    except UnicodeEncodeError:
        return bytes([ord(letter)]) if ord(letter) < 256 else b"?"


def _which_encoding(raw: bytes) -> Reason:
    """Name the encoding of bytes that are not Unicode, for the message."""
    western = raw.decode("cp1252", errors="replace").replace("\ufffd", " ")
    legacy = legacy_encoding(western)
    vietnamese = unicodedata.normalize("NFC", raw.decode("cp1258", errors="replace"))
    composed = sum("\u1ea0" <= letter <= "\u1ef9" for letter in vietnamese)
    if composed and composed * 40 > sum(letter.isalpha() for letter in vietnamese):
        return Reason("sheet.legacy_encoding", encoding="Windows-1258")
    if legacy:
        return Reason("sheet.legacy_encoding", encoding=legacy)
    return Reason("sheet.broken_encoding")


def _told_delimiter(text: str) -> tuple[str, str | None]:
    """Excel's own first line `sep=;` names the delimiter; it is taken off but its row number is kept."""
    told = re.match(r"sep=(.)\r?\n", text)
    return ("\n" + text[told.end() :], told[1]) if told else (text, None)


def find_delimiter(text: str) -> str:
    """The delimiter under which most rows have the same, highest number of cells."""

    def score(delimiter: str) -> tuple[int, int]:
        widths: dict[int, int] = {}
        for place, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)):
            if place >= _LOOK:
                break
            widths[len(row)] = widths.get(len(row), 0) + 1
        wide = {width: count for width, count in widths.items() if width > 1}
        if not wide:
            return 0, 0
        width, count = max(wide.items(), key=lambda item: (item[1], item[0]))
        return width * count, width

    try:
        return max(_DELIMITERS, key=score)
    except csv.Error as error:
        raise Refused(Reason("sheet.unreadable", why="CSV")) from error


def _rows(text: str, delimiter: str) -> list[list[str | None]]:
    rows: list[list[str | None]] = []
    cells = 0
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            cells += len(row)
            if len(rows) >= limits.ROWS:
                raise grid.too_big("", rows=len(rows) + 1)
            if len(row) > limits.COLUMNS:
                raise grid.too_big("", columns=len(row))
            if cells > limits.CELLS:
                raise grid.too_big("", cells=cells)
            rows.append([_bare(cell) for cell in row])
    except csv.Error as error:
        raise Refused(Reason("sheet.unreadable", why="CSV")) from error
    return rows


def _bare(cell: str) -> str:
    """A cell as it was before `writing.csv_text` guarded it: the quote before = + - @ TAB CR is taken off."""
    return cell[1:] if len(cell) > 1 and cell[0] == "'" and cell[1] in f"{RISKY}'" else cell
