"""What people write in a cell to say "met" or "not met"."""

from __future__ import annotations

import re
import unicodedata
from enum import Enum

from chungsuc.kit.sheets.table import CellError, Value
from chungsuc.kit.vietnamese import fold


class Mark(Enum):
    """How a cell was understood."""

    MET = "met"
    NOT_MET = "not_met"
    NEARLY = "nearly"
    CROSS = "cross"
    UNREADABLE = "unreadable"


# Lower case, marks taken off. "ü", "þ" are the tick and the ticked box of the Wingdings font.
_MET = {"x", "xx", "đ", "d", "dat", "da dat", "dat chuan", "co", "1", "+", "v", "ok", "y", "yes", "true", "roi", "√"}
_MET_SIGNS = set("✓✔☑🗹✅√●•■⬤×⨯üþхХχΧ")  # the last four are Cyrillic and Greek look-alikes of x
_TICKS = set("✓✔☑🗹✅√üþ")
# A ballot cross means "not met" beside ticks; alone nobody can tell.
_CROSSES = set("✗✘❌☒")
_NOT_MET = {
    *("", "0", "-", "–", "—", "−", "_", "--", "cd", "c.d", "c/d", "chua", "chua dat", "k", "ko", "kd", "k.d", "khong"),
    *("khong dat", "khong co", "o", "no", "n", "false", "chua co", "ch", "c.dat", "k dat", "ko dat"),
}
_NEARLY = {"co ban dat", "cbd", "co ban", "gan dat"}


def read_mark(value: Value) -> Mark:
    """One cell. Numbers other than 0 and 1, percentages, question marks and errors are unreadable."""
    if value is None:
        return Mark.NOT_MET
    if isinstance(value, bool):
        return Mark.MET if value else Mark.NOT_MET
    if isinstance(value, float):
        return Mark.MET if value == 1 else Mark.NOT_MET if value == 0 else Mark.UNREADABLE
    if isinstance(value, CellError):
        return Mark.UNREADABLE
    return _read_text(value)


def is_tick(value: Value) -> bool:
    """Whether the cell holds a tick: then a ballot cross in the same table means the opposite."""
    return isinstance(value, str) and value.strip(" *\ufe0f\ufe0e") in _TICKS


def _read_text(text: str) -> Mark:
    sign = text.strip(" *\u00a0\ufe0f\ufe0e")
    if sign in _MET_SIGNS:
        return Mark.MET
    if sign in _CROSSES:
        return Mark.CROSS
    plain = _bare(text)
    if plain in _NOT_MET:
        return Mark.NOT_MET
    if plain in _MET:
        return Mark.MET
    if plain in _NEARLY:
        return Mark.NEARLY
    number = re.fullmatch(r"([01])[.,]0+", plain)
    if number:
        return Mark.MET if number[1] == "1" else Mark.NOT_MET
    ratio = read_ratio(plain)
    if ratio:
        return Mark.MET if ratio[0] == ratio[1] else Mark.NOT_MET
    return Mark.UNREADABLE


def _bare(text: str) -> str:
    """Lower case without tone marks, invisible letters, a footnote sign or a remark in brackets behind."""
    composed = unicodedata.normalize("NFC", text).replace("\u00d0", "Đ").replace("\u00f0", "đ")
    plain = fold(re.sub(r"[\u200b-\u200f\u2060\ufeff\u00ad\u00a0]", " ", composed))
    if "?" in plain:
        return plain
    without = re.sub(r"\s*(\([^()]*\)|\*+)\s*$", "", plain).strip() if len(plain) > 1 else plain
    return (without or plain).strip(" .;,'\"") or plain.strip()


def read_ratio(text: str) -> tuple[int, int] | None:
    """`3/4` as (3, 4) where the first is no larger; None otherwise."""
    found = re.fullmatch(r"(\d{1,3})\s*/\s*(\d{1,3})", text.strip())
    if not found or int(found[2]) == 0 or int(found[1]) > int(found[2]):
        return None
    return int(found[1]), int(found[2])


def read_count(value: Value) -> int | float | None:
    """How many: 14, "14", "14/19", "14 TC", "05 xã", 14.5 of a mean; None when it says no number."""
    if isinstance(value, bool) or value is None or isinstance(value, CellError):
        return None
    if isinstance(value, float):
        return int(value) if value == int(value) else value
    plain = _bare(value)
    found = re.fullmatch(r"(\d+(?:[.,]\d+)?)(?:\s*/\s*\d+)?\s*(?:tc|tieu chi|xa|t\.c)?(?:\s*/\s*(?:xa|\d+))?", plain)
    if not found:
        return None
    number = float(found[1].replace(",", "."))
    return int(number) if number == int(number) else number
