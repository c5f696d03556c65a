"""What a header cell says: a criterion (by number, by name), a total, a name, a district, a code, or nothing of use."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from chungsuc.assessment.matrix.facts import CriterionName
from chungsuc.kit.vietnamese import fold

# What officials shorten, written out. Keys are folded words.
_LONG = {
    "csvc": "co so vat chat",
    "csht": "co so ha tang",
    "cshttm": "co so ha tang thuong mai",
    "tcsx": "to chuc san xuat",
    "httcsx": "to chuc san xuat",
    "htsx": "to chuc san xuat",
    "tttt": "thong tin truyen thong",
    "tt&tt": "thong tin truyen thong",
    "gd": "giao duc",
    "gd&dt": "giao duc dao tao",
    "gddt": "giao duc dao tao",
    "dt": "dao tao",
    "mt": "moi truong",
    "attp": "an toan thuc pham",
    "mt&attp": "moi truong an toan thuc pham",
    "htct": "he thong chinh tri",
    "hethong": "he thong",
    "qp": "quoc phong",
    "an": "an",
    "qpan": "quoc phong an ninh",
    "qp&an": "quoc phong an ninh",
    "qp-an": "quoc phong an ninh",
    "anqp": "quoc phong an ninh",
    "anqp&": "quoc phong an ninh",
    "antt": "an ninh",
    "qh": "quy hoach",
    "gt": "giao thong",
    "gtnt": "giao thong",
    "tl": "thuy loi",
    "pctt": "phong chong thien tai",
    "vh": "van hoa",
    "yt": "y te",
    "nt": "nong thon",
    "ld": "lao dong",
    "vl": "viec lam",
    "thnn": "to chuc san xuat",
    "tn": "thu nhap",
    "ptsx": "phat trien san xuat",
    "sx": "san xuat",
    "pt": "phat trien",
    "kt": "kinh te",
}
_IDLE = {"va", "cac", "ve", "cua", "duoc", "the", "so", "tieu", "chi", "tc", "co", "dan", "cu", "ti", "ty", "le", "nd"}
STRONG, WEAK = 0.8, 0.5

_LABEL = re.compile(
    r"^(?:tieu chi|tchi|tc|t\.c|t/c|criterion|criteria|c)\s*(?:so|thu)?\s*[.:\-–_(]?\s*0*(\d{1,3})\b(?!\s*[.,/]\s*\d)"
)
_NUMBERED = re.compile(r"^\(?0*(\d{1,2})\)?\s*[.):\-–/]+\s*(\D.*)$|^0*(\d{1,2})\s+(\D.*)$")
_BARE = re.compile(r"^[(\[]?0*(\d{1,2})(?:\.0)?[)\].]?$")
_ROMAN = re.compile(r"^(?:nhom\s+)?(?:x{0,2}(?:ix|iv|v?i{0,3}))\s*[.):\-–]\s*|^nhom\s+[ivx]+\b", re.IGNORECASE)


def plain(text: str) -> str:
    """A header as a key: no marks, no case, line breaks as spaces."""
    return fold(re.sub(r"[\u200b-\u200f\u2060\ufeff\u00ad\u00a0]", " ", text))


def label_number(text: str) -> int | None:
    """The number of `TC1`, `Tiêu chí số 1: Quy hoạch`; None where there is no such label."""
    found = _LABEL.match(plain(text))
    return int(found[1]) if found else None


def numbered(text: str) -> tuple[int, str] | None:
    """`1. Quy hoạch` as (1, "quy hoach")."""
    found = _NUMBERED.match(plain(text))
    if not found:
        return None
    return (int(found[1]), found[2]) if found[1] else (int(found[3]), found[4])


def bare_number(text: str) -> int | None:
    """`1`, `(1)`, `01.` as 1."""
    found = _BARE.match(plain(text))
    return int(found[1]) if found else None


_ROMANS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv", "xvi", "xvii")
_ROMAN_NUMBER = {roman: number for number, roman in enumerate((*_ROMANS, "xviii", "xix", "xx"), start=1)}


def roman_number(text: str) -> int | None:
    """`VII` as 7."""
    return _ROMAN_NUMBER.get(plain(text).strip(" .()"))


def is_group(text: str) -> bool:
    """Whether it names a group of criteria (`II. Hạ tầng kinh tế - xã hội`)."""
    return bool(_ROMAN.match(plain(text)))


# Other words for a criterion, by words of its official name: earlier sets and everyday speech.
_ALSO = (
    ({"thuong", "mai"}, ("Chợ", "Chợ nông thôn", "Hạ tầng thương mại")),
    ({"truyen", "thong"}, ("Bưu điện", "Thông tin", "Thông tin liên lạc", "Bưu chính viễn thông")),
    (
        {"lao", "dong", "viec", "lam"},
        ("Cơ cấu lao động", "Lao động", "Việc làm", "Tỷ lệ lao động có việc làm thường xuyên"),
    ),
    (
        {"san", "xuat"},
        ("Hình thức tổ chức sản xuất", "Kinh tế tập thể", "Tổ chức sản xuất và phát triển kinh tế nông thôn"),
    ),
    ({"ngheo"}, ("Nghèo", "Tỷ lệ hộ nghèo", "Nghèo đa chiều", "Giảm nghèo")),
    ({"nha", "dan", "cu"}, ("Nhà ở", "Nhà tạm")),
    ({"an", "ninh"}, ("An ninh", "An ninh trật tự", "An ninh, trật tự xã hội", "Quốc phòng")),
    ({"chinh", "tri"}, ("Hệ thống chính trị", "Hệ thống tổ chức chính trị xã hội vững mạnh", "Chính trị")),
    ({"giao", "duc"}, ("Giáo dục",)),
    ({"moi", "truong"}, ("Môi trường",)),
    ({"thuy", "loi"}, ("Thủy lợi", "Thủy lợi và phòng chống thiên tai")),
    ({"dien"}, ("Điện nông thôn", "Điện")),
    ({"truong", "hoc"}, ("Trường",)),
    ({"vat", "chat", "van", "hoa"}, ("Cơ sở vật chất", "Nhà văn hóa")),
)


def also(name: str) -> tuple[str, ...]:
    """What else people call the criterion with this official name."""
    words = _words(name)
    return tuple(other for known, others in _ALSO if known <= words for other in others)


@lru_cache(maxsize=4096)
def _words(text: str) -> frozenset[str]:
    found: list[str] = []
    for word in re.sub(r"[^a-z0-9&]+", " ", plain(text)).split():
        found += _LONG.get(word, word).split()
    kept = frozenset(word for word in found if word not in _IDLE and not word.isdecimal() and word != "&")
    return kept or frozenset(found)


def likeness(text: str, names: Iterable[str]) -> float:
    """How well a header says one of the names: 1 the same words, 0 nothing in common."""
    words = _words(re.sub(r"\([^()]*\)", " ", text)) or _words(text)
    if not words:
        return 0.0
    best = 0.0
    for name in names:
        known = _words(name)
        common = len(words & known)
        best = max(best, 2 * common / (len(words) + len(known)) if known else 0.0)
    return best


def best_criteria(text: str, criteria: Iterable[CriterionName]) -> list[tuple[float, int]]:
    """Criteria that the header may name, best first; empty where two are equally good."""
    scored = sorted(((likeness(text, known.names), known.number) for known in criteria), reverse=True)
    scored = [item for item in scored if item[0] >= WEAK]
    if len(scored) > 1 and scored[0][0] == scored[1][0]:
        return []
    return scored


@dataclass(frozen=True, slots=True)
class Role:
    """A column's part other than a criterion."""

    name: str


NAME, DISTRICT, CODE, ORDER, TOTAL, NOT_MET_TOTAL, OTHER = (
    Role(name) for name in ("name", "district", "code", "order", "total", "not_met_total", "other")
)
_TOTAL = re.compile(r"\b(?:tong|cong|so tieu chi|so tc|so luong tieu chi|tieu chi dat|tc dat|so dat|dat duoc)\b")
_NOT_TOTAL = re.compile(
    r"\b(?:ho|khau|dan|diem|von|thon|xom|ban|dien tich|nguoi|kinh phi|tien|dong|xa|huyen|km|gio|ngay|chi tieu|ct)\b"
)


_NAME = re.compile(
    r"(?:ten )?(?:cac )?(?:xa|don vi|dia phuong|dia ban|dvhc|dv|phuong|huyen ?/? ?xa)"
    r"(?: ?/? ?(?:xa|phuong|thi tran|tt|hanh chinh|cap xa|thi xa|huyen|thuc hien|thon))*"
)


def role_of(text: str) -> Role | None:
    """What a header outside the criteria says; None when nothing known."""
    key = plain(text).strip(" .:")
    compact = re.sub(r"[^a-z0-9%/ ]+", " ", key)
    compact = re.sub(r"\s+", " ", compact).strip()
    if compact in ("stt", "tt", "so tt", "so thu tu", "thu tu", "no"):
        return ORDER
    if compact.startswith(("ma ", "code")) or compact in ("ma", "mdv", "ma dvhc"):
        return OTHER if re.search(r"\b(?:thue|buu|vung)\b", compact) else CODE
    if "%" in key or compact.startswith(("ty le", "ti le")) or compact.startswith("ghi chu"):
        return OTHER
    if _TOTAL.search(compact) and not _NOT_TOTAL.search(compact):
        return NOT_MET_TOTAL if re.search(r"\bchua\b|\bkhong dat\b", compact) else TOTAL
    if compact.startswith(("huyen", "ten huyen", "quan", "don vi huyen", "thuoc huyen", "cap huyen")):
        return DISTRICT
    if _NAME.fullmatch(compact):
        return NAME
    return None
