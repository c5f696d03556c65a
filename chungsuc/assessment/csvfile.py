"""A long CSV of figures, one per line, as people and other systems write it: bytes to cells, or what is wrong.

Pure: it knows no units and no indicators. Accepted: UTF-8 with or without a byte-order mark, UTF-16
with one; commas, semicolons or tabs; Vietnamese or English column names in any order; decimal commas,
a percent sign, thousands separators where they cannot be mistaken. Text typed for an old Vietnamese
font (TCVN3, VNI) is detected and refused: what it says cannot be known for sure.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from chungsuc.kit.clock import VIETNAM
from chungsuc.kit.errors import Reason, Refused
from chungsuc.kit.vietnamese import fold, legacy_encoding, nfc

LIMIT = 100 * 1024 * 1024
COLUMNS: dict[str, tuple[str, ...]] = {
    "unit": ("unit", "code", "unit code", "ma", "ma don vi", "ma xa", "don vi"),
    "at": ("at", "date", "speaks of", "ngay", "ngay so lieu", "tai ngay"),
    "level": ("level", "cap", "cap danh gia"),
    "indicator": ("indicator", "chi tieu", "ma chi tieu"),
    "value": ("value", "gia tri", "so lieu"),
    "num": ("num", "numerator", "tu so", "so dat"),
    "den": ("den", "denominator", "mau so", "tong so"),
    "not_applicable": ("not applicable", "khong xet", "ly do khong xet"),
    "nearly_met": ("nearly met", "co ban dat"),
    "note": ("note", "ghi chu"),
    "source": ("source", "nguon", "nguon so lieu"),
    "author": ("author", "nguoi ghi", "nguoi nhap"),
    "reason": ("reason", "ly do", "ly do thay doi"),
    "recorded_at": ("recorded at", "ghi luc", "ngay ghi", "thoi diem ghi"),
}
_NAMES = {name: column for column, names in COLUMNS.items() for name in names}
REQUIRED = ("unit", "at", "indicator")
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1f]")
PART = re.compile(r"^(?:part|phan)[ .:_]+(\w+)$")
_YES = frozenset({"dat", "co", "true", "yes", "x", "✓", "✔"})
_NO = frozenset({"chua dat", "chua", "khong", "khong dat", "false", "no"})


@dataclass(frozen=True, slots=True)
class Cells:
    """One line: its number in the file, its cells by column (text, never empty), its parts by key."""

    line: int
    cells: Mapping[str, str]
    parts: Mapping[str, str] = field(default_factory=dict)


def read(content: bytes) -> list[Cells]:
    """The lines of the file. Refused with the reason: too large, encoding, columns, an empty file, a broken quote."""
    if len(content) > LIMIT:
        raise Refused(Reason("csv.too_large", size=len(content) // 2**20, limit=LIMIT // 2**20))
    text = decoded(content)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        header = next(reader, [])
        columns = _columns(header)
        lines = list(_lines(reader, columns, len(header)))
    except csv.Error as error:
        raise Refused(Reason("csv.broken", line=reader.line_num, said=str(error))) from error
    if not lines:
        raise Refused(Reason("csv.empty"))
    return lines


def decoded(content: bytes) -> str:
    """The text of the bytes, in NFC later; an old or unknown encoding is refused with the mend."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    else:
        encoding = "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        # Text of an old font has no control bytes; pictures, zip files and noise do.
        if binary := _BINARY.search(content, 0, 100_000):
            raise Refused(Reason("csv.not_text", byte=binary.start())) from error
        old = legacy_encoding(content[:100_000].decode("latin-1"))
        raise Refused(
            Reason("csv.legacy_encoding", encoding=old) if old else Reason("csv.not_utf8", byte=error.start)
        ) from error
    if "\x00" in text:
        raise Refused(Reason("csv.not_utf8", byte=text.index("\x00")))
    old = legacy_encoding(text[:200_000])
    if old:
        raise Refused(Reason("csv.legacy_encoding", encoding=old))
    return text


def _delimiter(text: str) -> str:
    head = text.split("\n", 1)[0]
    return max(";\t,", key=head.count)


def _columns(header: list[str]) -> list[str | None]:
    """For each cell of a line the column it belongs to; unknown columns are an error, not a silence."""
    found: list[str | None] = []
    unknown = []
    for name in header:
        plain = fold(name).replace("_", " ")
        part = PART.match(fold(name))
        if part:
            found.append(f"part:{part[1]}")
        elif plain in _NAMES:
            found.append(_NAMES[plain])
        elif not plain:
            found.append(None)
        else:
            unknown.append(nfc(name))
    twice = sorted({column for column in found if column and found.count(column) > 1})
    missing = [column for column in REQUIRED if column not in found]
    reasons = []
    if unknown:
        reasons.append(Reason("csv.columns_unknown", columns=unknown, known=sorted(COLUMNS)))
    if twice:
        reasons.append(Reason("csv.columns_twice", columns=twice))
    if missing:
        reasons.append(Reason("csv.columns_missing", columns=missing))
    if reasons:
        raise Refused(reasons)
    return found


def _lines(reader: Iterator[list[str]], columns: list[str | None], width: int) -> Iterator[Cells]:
    for row in reader:
        number = reader.line_num  # type: ignore[attr-defined]
        if not any(cell.strip() for cell in row):
            continue
        if len(row) > width and any(cell.strip() for cell in row[width:]):
            raise Refused(Reason("csv.too_many_cells", line=number, cells=len(row), columns=width))
        cells, parts = {}, {}
        for column, cell in zip(columns, row, strict=False):
            said = nfc(cell)
            if column is None or not said:
                continue
            if column.startswith("part:"):
                parts[column[5:]] = said
            else:
                cells[column] = unquoted(said)
        yield Cells(number, cells, parts)


def unquoted(cell: str) -> str:
    """A cell that was written with a leading quote, so that no spreadsheet starts a formula, without it."""
    return cell[1:] if len(cell) > 1 and cell[0] == "'" and cell[1] in "=+-@" else cell


def number(text: str) -> Decimal | None:
    """A number as people write it ("94,9", "94.9 %", "1.234,5"), or None."""
    plain = re.sub(r"[\s\u00a0\u202f]", "", text.replace("%", ""))
    if not re.fullmatch(r"[+-]?[0-9.,]+", plain) or not re.search(r"[0-9]", plain):
        return None
    if "," in plain and "." in plain:
        point = max(plain.rfind(","), plain.rfind("."))
        whole, decimals = plain[:point], plain[point + 1 :]
        grouped = re.fullmatch(r"[+-]?[0-9]{1,3}([.,][0-9]{3})*", whole)
        plain = f"{re.sub('[.,]', '', whole)}.{decimals}" if grouped and decimals.isdigit() else ""
    else:
        plain = plain.replace(",", ".")
    try:
        return Decimal(plain)
    except InvalidOperation:
        return None


def truth(text: str) -> bool | None:
    """ "Đạt", "x", "có", "1" … or their opposites; None when it says neither."""
    plain = fold(text)
    if plain in _YES or plain == "1":
        return True
    return False if plain in _NO or plain == "0" else None


def day(text: str) -> date | None:
    """`2019-12-31` or `31/12/2019`."""
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007
        except ValueError:
            continue
    return None


def moment(text: str) -> datetime | None:
    """An ISO moment; without an offset it is Vietnamese time, without a time it is noon."""
    only_day = day(text)
    if only_day is not None:
        return datetime(only_day.year, only_day.month, only_day.day, 12, tzinfo=VIETNAM)
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=VIETNAM)
