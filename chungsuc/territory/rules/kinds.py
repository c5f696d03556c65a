"""What kinds of unit there are, how their names begin, and which may stand under which."""

from __future__ import annotations

import re
from enum import StrEnum

from chungsuc.kit.vietnamese import fold, nfc


class Kind(StrEnum):
    """The kind of a unit. Only a `commune` (xã) takes part in the programme's commune sets."""

    PROVINCE = "province"
    CITY = "city"
    DISTRICT = "district"
    COMMUNE = "commune"
    TOWNSHIP = "township"
    WARD = "ward"
    VILLAGE = "village"


COMMUNE_LEVEL = frozenset({Kind.COMMUNE, Kind.TOWNSHIP, Kind.WARD})
# The levels that have boundaries: what a file of boundaries must hold whole.
BOUNDARY_LEVELS: dict[str, tuple[Kind, ...]] = {
    "district": (Kind.DISTRICT, Kind.CITY),
    "commune": (Kind.COMMUNE, Kind.TOWNSHIP, Kind.WARD),
}

# A commune-level unit stands under a district or city until 30/6/2025, under the province since.
PARENTS: dict[Kind, frozenset[Kind]] = {
    Kind.PROVINCE: frozenset(),
    Kind.CITY: frozenset({Kind.PROVINCE}),
    Kind.DISTRICT: frozenset({Kind.PROVINCE}),
    Kind.COMMUNE: frozenset({Kind.PROVINCE, Kind.DISTRICT, Kind.CITY}),
    Kind.TOWNSHIP: frozenset({Kind.PROVINCE, Kind.DISTRICT, Kind.CITY}),
    Kind.WARD: frozenset({Kind.PROVINCE, Kind.DISTRICT, Kind.CITY}),
    Kind.VILLAGE: COMMUNE_LEVEL,
}

# The words of the official lists (column `type`), longest first where one begins another.
WORDS: dict[str, Kind] = {
    "tỉnh": Kind.PROVINCE,
    "thành phố": Kind.CITY,
    "thị xã": Kind.CITY,
    "huyện": Kind.DISTRICT,
    "quận": Kind.DISTRICT,
    "thị trấn": Kind.TOWNSHIP,
    "xã": Kind.COMMUNE,
    "phường": Kind.WARD,
    "tổ dân phố": Kind.VILLAGE,
    "khu phố": Kind.VILLAGE,
    "thôn": Kind.VILLAGE,
    "xóm": Kind.VILLAGE,
    "bản": Kind.VILLAGE,
    "làng": Kind.VILLAGE,
    "ấp": Kind.VILLAGE,
    "buôn": Kind.VILLAGE,
    "khóm": Kind.VILLAGE,
}

SHORT_WORDS: dict[str, Kind] = {
    "tt": Kind.TOWNSHIP,
    "tp": Kind.CITY,
    "tx": Kind.CITY,
    "x": Kind.COMMUNE,
    "p": Kind.WARD,
    "h": Kind.DISTRICT,
    "q": Kind.DISTRICT,
    "t": Kind.PROVINCE,
}
_SHORT = re.compile(r"^(tt|tp|tx|[xphqt])(?:\s*\.\s*|\s+)(?=\S)", re.IGNORECASE)


def kind_of_word(word: str, *, under_none: bool = False) -> Kind | None:
    """The kind for a word of the column `type` ("Xã", "commune"), or None.

    A "Thành phố" that stands under nothing is a city of central rank: a province.
    """
    plain = nfc(word).lower()
    kind = WORDS.get(plain)
    if kind is None:
        kind = Kind(plain) if plain in Kind.__members__.values() else None
    return Kind.PROVINCE if kind is Kind.CITY and under_none else kind


def kind_of_name(name: str) -> Kind | None:
    """The kind that a full name begins with ("Thị trấn Nước Hai" → township), or None."""
    found = split(name)
    return found[0] if found else None


def short_name(name: str) -> str:
    """The name without the word of its kind: "Xã Đa Thông" → "Đa Thông"."""
    found = split(name)
    return found[1] if found else nfc(name)


def split(name: str) -> tuple[Kind, str] | None:
    """The kind and the bare name of a text that begins with a word of kind, written out or short.

    Reads "Xã Đa Thông", "XÃ ĐA THÔNG", "xa Da Thong", "X. Đa Thông", "TT.Nước Hai", "Tp Cao Bằng".
    """
    text = nfc(name)
    low = text.lower()
    for word, kind in WORDS.items():
        for written in (word, fold(word)):
            if low.startswith(written + " "):
                return kind, text[len(written) + 1 :].strip()
    short = _SHORT.match(text)
    if short:
        return SHORT_WORDS[short[1].lower()], text[short.end() :]
    return None
