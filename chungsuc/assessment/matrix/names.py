"""Names of units as people write them in a table, with numbering, remarks, footnote signs and other habits."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from chungsuc.assessment.matrix.facts import Asked
from chungsuc.kit.vietnamese import fold, nfc
from chungsuc.territory.rules import Kind, UnitFact

_INVISIBLE = re.compile(r"[\u200b-\u200f\u2060\ufeff\u00ad]")
_NUMBERING = re.compile(
    r"^\s*(?:[-+*•–—]+|\(?\d{1,3}(?:\.\d{1,3})?\s*[.):\-/]+|\(?[IVXLC]{1,6}\s*[.):\-/]+|[A-Ha-h]\s*[.)])\s*"
)
_SPACED_NUMBER = re.compile(r"^\s*\d{1,3}\s+(?=[^\W\d])")
_KIND_BEHIND = re.compile(
    r"^(.*?)\s*[(\[]\s*(xã|xa|tt|thị trấn|thi tran|phường|phuong|p|x)\.?\s*[)\]]\s*$", re.IGNORECASE
)
_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]*[)\]]")
_SIGNS = re.compile(r"[\s*†‡¹²³⁴⁵⁶⁷⁸⁹⁰.,;:]+$")
_COLON = re.compile(r"^(xã|thị trấn|phường|huyện|thành phố)\s*[:\-]\s*", re.IGNORECASE)
_DISTRICT_BEHIND = re.compile(
    r"^(?P<name>.+?)\s*(?:,|[-–—/]|\()\s*(?P<district>(?:huyện|huyen|h\.|tp\.?|thành phố|thanh pho|h)\s*.+?)\)?\s*$",
    re.IGNORECASE,
)
_SOMETHING_BEHIND = re.compile(r"^(?P<name>.+?)\s*(?:,|\s[-–—]|/|\(|\[)\s*(?P<district>[^()\[\],/]+?)\s*[)\]]?\s*$")
_PROVINCE_BEHIND = re.compile(r"\s*[,\-–(]\s*(?:tỉnh|tinh|t\.)\s+.+$", re.IGNORECASE)
SECTION = re.compile(
    r"\b(?:cac|nhom|tieu chi|dat chuan|danh sach|phan dau|con lai|khac|khu vuc|dien|huong toi|du kien|"
    r"nam \d{4}|ve dich)\b"
)

SUMMARY = re.compile(
    r"^(?:tong|cong|toan (?:tinh|huyen|xa|thanh pho|vung)|trung binh|binh quan|ty le|ti le|luy ke|so xa|tb |bq |"
    r"t\.? ?cong|trong do|tong so|so luong xa|chung toan|ket qua|sum|total|subtotal)\b"
)
_FOOT = re.compile(
    r"(?:nguoi lap|ghi chu|chu thich|ky hieu|noi nhan|ky ten|dong dau|chu tich|uy ban|ubnd|xac nhan|truong ban|"
    r"kt\.|tm\.|ngay \d|ngay \.|thang \d+ nam|nguon|luu y|thu truong|lanh dao|van phong|phu trach|"
    r"can bo|bieu|phu luc|don vi tinh)"
)


def tidy(text: str) -> str:
    """Composed, one space between words, no invisible letters, Icelandic Ð read as Đ."""
    return nfc(_INVISIBLE.sub("", unicodedata.normalize("NFC", text)).replace("\u00d0", "Đ").replace("\u00f0", "đ"))


def readings(text: str) -> Iterator[tuple[str, str | None]]:
    """Ways to read a written name, the most faithful first: (name, district written beside it or None)."""
    seen: set[tuple[str, str | None]] = set()
    for name, district in _readings(tidy(text)):
        if name and (name, district) not in seen:
            seen.add((name, district))
            yield name, district


def _readings(text: str) -> Iterator[tuple[str, str | None]]:
    yield text, None
    bare = _NUMBERING.sub("", text)
    bare = _COLON.sub(lambda found: found[1] + " ", _SIGNS.sub("", bare))
    yield bare, None
    behind = _KIND_BEHIND.match(bare)
    if behind:
        yield f"{behind[2]} {behind[1]}" if len(behind[2]) > 2 else f"{behind[2]}. {behind[1]}", None
    bare = _PROVINCE_BEHIND.sub("", bare)
    district = _DISTRICT_BEHIND.match(bare) or _SOMETHING_BEHIND.match(bare)
    if district:
        yield _SIGNS.sub("", district["name"]), _SIGNS.sub("", district["district"])
    without = _SIGNS.sub("", _BRACKETS.sub("", bare)).strip()
    yield without, None
    yield _SIGNS.sub("", _SPACED_NUMBER.sub("", without)), None
    yield re.sub(r"\d+$", "", without).strip(), None


_DISTRICT_WORD = re.compile(
    r"^(?:(?:huyện|huyen|thành phố|thanh pho|tp|thị xã|thi xa|tx|quận)(?:\s*\.\s*|\s+)|h\s*\.\s*)\S", re.IGNORECASE
)
_ROMAN_SPACE = re.compile(r"^\s*[IVXLC]+\s+(?=(?:huyện|huyen|thành|thanh|tp|h\.))", re.IGNORECASE)


def says_district(text: str) -> bool:
    """Whether it is written as a district: `I. Huyện Hoà An`, `TP Cao Bằng`."""
    return bool(_DISTRICT_WORD.match(bare_heading(text)))


def bare_heading(text: str) -> str:
    """A heading without its numbering and without the count behind it (`(19 xã)`, `: 19 xã`)."""
    tidied = _ROMAN_SPACE.sub("", tidy(text))
    if not _DISTRICT_WORD.match(tidied):
        tidied = _NUMBERING.sub("", tidied)
    tidied = re.sub(r"\s*[(:\[].*$|\s*[-–]\s*\d+.*$", "", tidied)
    return _SIGNS.sub("", tidied)


_THE_CITY = ("thanh pho", "tp", "t.p")


def district_of(text: str, asked: Asked) -> UnitFact | None:
    """The district or city that a heading names, in force on the day; None when it names none or several."""
    name = bare_heading(text)
    if fold(name).strip(" .") in _THE_CITY:
        found = [unit for unit in asked.districts if unit.kind is Kind.CITY]
    else:
        units = asked.gazetteer.match(name) if name else []
        found = [unit for unit in units if unit.kind in (Kind.DISTRICT, Kind.CITY)]
    return found[0] if len(found) == 1 else None


def communes_named(text: str, asked: Asked) -> list[UnitFact]:
    """The units of commune level that a text may name: by the most faithful reading that hits any."""
    if len(text) < 2 or len(text) > 80 or text.isdecimal():
        return []
    for name, _ in readings(text):
        hits = [unit for unit in asked.gazetteer.match(name) if unit.kind in (Kind.COMMUNE, Kind.TOWNSHIP, Kind.WARD)]
        if hits:
            return hits
    return []


def is_summary(text: str) -> bool:
    """Whether a row's name says that it sums others up (`Cộng huyện`, `Toàn tỉnh`)."""
    return bool(SUMMARY.match(fold(_NUMBERING.sub("", tidy(text))).strip()))


def is_province(text: str, asked: Asked) -> bool:
    """Whether a row bears the province's own name: its sums."""
    return any(unit.kind is Kind.PROVINCE for unit in asked.gazetteer.match(bare_heading(text))) if text else False


def is_section(text: str) -> bool:
    """Whether it heads a section that is no district: `Các xã đạt chuẩn`, `Nhóm 1`."""
    return bool(SECTION.search(fold(text)))


def is_foot(text: str) -> bool:
    """Whether it is a remark, a signature or a place and date below or above the table."""
    key = fold(text)
    return bool(_FOOT.search(key)) or len(key.split()) > 8


def is_remark(text: str) -> bool:
    """Whether it bears a word of remarks and signatures (`Người lập biểu`, `Ghi chú`)."""
    return bool(_FOOT.search(fold(text)))


def looks_like_name(text: str) -> bool:
    """Whether it could be the name of a unit: a few words of letters."""
    bare = next(name for name, _ in list(readings(text))[-1:]) if text.strip() else ""
    return bool(re.fullmatch(r"[^\W\d_]+(?:[ '’.-]+[^\W\d_]+){0,5}", bare))
