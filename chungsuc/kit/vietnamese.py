"""Vietnamese as officials write, sort and search it.

Pure functions on text and numbers. PostgreSQL builds without ICU cannot sort Vietnamese, so keys
are computed here and stored or used in memory.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import Decimal

# Letters in dictionary order; đ is a letter of its own after d.
_LETTERS = [
    "a",
    "ă",
    "â",
    "b",
    "c",
    "d",
    "đ",
    "e",
    "ê",
    "f",
    "g",
    "h",
    "i",
    "j",
    "k",
    "l",
    "m",
    "n",
    "o",
    "ô",
    "ơ",
    "p",
    "q",
    "r",
    "s",
    "t",
    "u",
    "ư",
    "v",
    "w",
    "x",
    "y",
    "z",
]
_RANK = {letter: f"{place:02d}" for place, letter in enumerate(_LETTERS)}
# Tone order of Vietnamese dictionaries: level, grave, hook, tilde, acute, dot.
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}


def nfc(text: str) -> str:
    """Text composed (NFC), with runs of white space as single spaces."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text)).strip()


def fold(text: str) -> str:
    """A search key: lower case, no tone or shape marks, đ as d, single spaces."""
    decomposed = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return re.sub(r"\s+", " ", bare).strip()


def sort_key(text: str) -> str:
    """A string that sorts as Vietnamese sorts: letters first (Đ after D), tones break ties."""
    letters: list[str] = []
    tones: list[str] = []
    for char in unicodedata.normalize("NFC", text.lower()):
        letter, tone = _split(char)
        letters.append(_RANK.get(letter, f"~{letter}") if letter.isalpha() else f" {letter}")
        tones.append(tone)
    return "".join(letters) + "|" + "".join(tones)


def same_name(text: str) -> str:
    """A key equal for spellings of one name: Hoà/Hòa, Thuỷ/Thủy, Sĩ/Sỹ; tones still count.

    Tones are moved behind the syllable; final or lone i and y are one letter.
    """
    words = []
    for word in re.sub(r"[-–_.,]", " ", nfc(text).lower()).split():
        pairs = [_split(char) for char in word]
        bare = "".join(letter for letter, _ in pairs)
        tone = "".join(sorted(tone for _, tone in pairs if tone != "0"))
        words.append(_one_i(bare) + tone)
    return " ".join(words)


def _one_i(bare: str) -> str:
    """Sĩ and Sỹ, Quí and Quý are one name; Tây, Huy keep their y, which is another sound."""
    if re.search(r"(?<!q)[aâu]y$", bare):
        return bare
    return re.sub(r"y$", "i", bare)


def _split(char: str) -> tuple[str, str]:
    if char == "đ":
        return "đ", "0"
    decomposed = unicodedata.normalize("NFD", char)
    tone = "".join(_TONES[mark] for mark in decomposed if mark in _TONES) or "0"
    kept = "".join(mark for mark in decomposed if mark not in _TONES)
    return unicodedata.normalize("NFC", kept), tone


def number(value: Decimal | float | int, places: int | None = None) -> str:
    """`10.62` as `10,62`, `1234.5` as `1.234,5`. `places` rounds half up to that many decimals."""
    exact = Decimal(str(value))
    if places is not None:
        exact = exact.quantize(Decimal(1).scaleb(-places), rounding="ROUND_HALF_UP")
    elif exact == exact.to_integral_value():
        exact = exact.quantize(Decimal(1))
    else:
        exact = exact.normalize()
    return f"{exact:,f}".replace(",", " ").replace(".", ",").replace(" ", ".")


def day(value: date) -> str:
    """`31/12/2019`."""
    return f"{value.day:02d}/{value.month:02d}/{value.year:04d}"


def two_digits(count: int) -> str:
    """Official prose writes numbers under ten with a zero: `05 xã`."""
    return f"{count:02d}" if 0 <= count < 10 else number(count)


# Signs that only a TCVN3 font turns into letters, standing beside a letter.
_SIGNS = "®§µ¸¶·¹¨»¾¼½©«¬ª"
_TCVN3 = re.compile(rf"[A-Za-z][{_SIGNS}]|[{_SIGNS}][A-Za-z]|[A-Za-z]?[ÆÐ×ØÞßæ÷þð]")
# VNI writes a vowel and then its mark as a second letter.
_VNI = re.compile(r"[aeouyAEOUY][øûïåäüëØÛÏÅÄÜË]|[aA][âáàãêéèúùõÂÁÀÃÊÉÈÚÙÕ]|[eE][âáàãùõÂÁÀÃÙÕ]|[ñÑ][aeiouAEIOU]|[öÖ]")


def legacy_encoding(text: str) -> str | None:
    """ "TCVN3" or "VNI" where the text was typed for an old Vietnamese font, else None.

    Real Unicode Vietnamese uses đ, ă, ơ, ư and the block U+1EA0–1EF9; legacy fonts never do, but
    pile up Latin-1 letters that Vietnamese does not have.
    """
    sample = unicodedata.normalize("NFC", text)
    if re.search(r"[đĐăĂơƠưƯ\u1ea0-\u1ef9]", sample):
        return None
    if _TCVN3.search(sample):
        return "TCVN3"
    return "VNI" if _VNI.search(sample) else None
