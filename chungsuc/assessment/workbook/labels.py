"""What rows, columns and sheets of the forms are called: written by the blank forms, recognised by the readers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from chungsuc.criteria.engine import CriteriaSet, Indicator, Leaf
from chungsuc.kit.vietnamese import fold

FORM_SHEET = "Biểu nhập"
MANY_SHEET = "Số liệu"
HELP_SHEET = "Hướng dẫn"
META_SHEET = "_chungsuc"
TEMPLATE = "1"
YES, NO, ASIDE = "Đạt", "Chưa đạt", "Không xét"
LEVELS = {"self": "xã tự đánh giá", "verified": "thẩm tra", "appraised": "thẩm định"}

# Columns of the commune's form: key -> (heading, width, other headings that people make of it).
COLUMNS: Mapping[str, tuple[str, float, tuple[str, ...]]] = {
    "code": ("Mã", 7, ("ma chi tieu", "ma so", "stt", "chi tieu so")),
    "name": ("Nội dung chỉ tiêu", 52, ("noi dung", "ten chi tieu", "chi tieu", "tieu chi", "noi dung tieu chi")),
    "unit": ("Đơn vị tính", 12, ("dvt", "don vi")),
    "threshold": ("Mức đạt", 13, ("nguong", "nguong dat", "muc quy dinh")),
    "basis": ("Căn cứ của mức đạt", 20, ("can cu",)),
    "last": ("Số liệu gần nhất", 13, ("so lieu cu", "so lieu truoc", "ky truoc")),
    "last_at": ("Ngày của số liệu gần nhất", 12, ("ngay",)),
    "value": ("Số liệu mới", 13, ("so lieu", "gia tri", "ket qua", "so lieu nhap", "thuc hien", "so lieu ky nay")),
    "num": ("Tử số (số đạt)", 10, ("tu so", "so dat")),
    "den": ("Mẫu số (tổng số)", 10, ("mau so", "tong so")),
    "aside": ("Không xét hoặc cơ bản đạt: lý do", 26, ("khong xet", "ly do khong xet", "ly do")),
    "note": ("Minh chứng, ghi chú", 30, ("ghi chu", "minh chung", "minh chung ghi chu")),
}
CHANGE_REASON = "Lý do sửa số liệu đã nộp (nếu sửa):"
_SUFFIX = {"male": "nam", "female": "nữ"}


def key(text: str) -> str:
    """A heading or label as it is compared: no marks, case, punctuation."""
    return re.sub(r"\s+", " ", re.sub(r"[^a-z0-9. ]+", " ", fold(text))).strip(" .")


@lru_cache(maxsize=1)
def headings() -> Mapping[str, str]:
    """Folded heading -> column key."""
    found: dict[str, str] = {}
    for name, (heading, _, others) in COLUMNS.items():
        for text in (heading, *others):
            found.setdefault(key(text), name)
    return found


def label_of(rules: CriteriaSet, leaf: Leaf) -> str:
    """The code shown for a column of figures: `4.2`, `17.1a`, `12.1 nam`."""
    if leaf.part is None:
        return leaf.indicator
    part = next((part for part in rules.by_code[leaf.indicator].parts if part.key == leaf.part), None)
    return (part.code if part else None) or f"{leaf.indicator} {_SUFFIX.get(leaf.part, leaf.part)}"


def part_name(indicator: Indicator, part: str) -> str:
    """What a part is called."""
    named = next((one.name.vi for one in indicator.parts if one.key == part), None)
    return named or _SUFFIX.get(part, part)


def leaves_by_label(rules: CriteriaSet) -> dict[str, Leaf]:
    """Folded label -> leaf; compound indicators also under their own code (part None)."""
    found = {key(label_of(rules, leaf)): leaf for leaf in rules.leaves}
    for indicator in rules.indicators:
        found.setdefault(key(indicator.code), Leaf(indicator.code, None))
    return found


def code_text(text: str) -> str:
    """A code as a cell may hold it: `4.2`, `4,2`, `04.2`, `Chỉ tiêu 4.2` all give `4.2`."""
    bare = key(text.replace(",", "."))
    bare = re.sub(r"^(?:chi tieu|tieu chi|ct|tc)\s*", "", bare)
    return re.sub(r"^0+(?=\d)", "", bare)
