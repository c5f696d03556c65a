"""Text as a paper needs it: composed, without invisible or forbidden characters, tied where no line may break. Pure."""

from __future__ import annotations

import re
import unicodedata

TIE = "\u00a0"
# What no file of letters may hold, and what turns or hides other letters.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\uffff]"
)
_COUNTED = "xã|huyện|tỉnh|thôn|xóm|bản|hộ|người|tiêu chí|chỉ tiêu|đơn vị|km|m²|điểm|triệu|tỷ|năm|tháng|ngày"
_TIES = (
    re.compile(rf"(?<=\d) (?=(?:{_COUNTED})\b)"),
    re.compile(r"(?<=\b[Nn]gày) (?=\d)|(?<=\b[Tt]háng) (?=\d)|(?<=\b[Nn]ăm) (?=\d)|(?<=\b[Ss]ố) (?=\d)"),
    re.compile(r"(?<=\bĐiều) (?=\d)|(?<=\b[Kk]hoản) (?=\d)|(?<=\b[Đđ]iểm) (?=\d)|(?<=\bSố:) (?=\S)"),
    re.compile(r"(?<=\bTM\.) |(?<=\bKT\.) |(?<=\bTL\.) |(?<=\bTUQ\.) |(?<=\bQ\.) "),
    re.compile(r"(?<=[≥≤<>±]) (?=\d)|(?<=\d) (?=[%‰])"),
    re.compile(r"(?<=^[IVX]\.) |(?<=^[IVX]{2}\.) |(?<=^\d\.) |(?<=^\d\d\.) "),
)


def tidy(text: str) -> str:
    """The text in one line, NFC, nothing invisible, with ties as in `05 xã`, `ngày 31`, `Số: 12`, `≥ 95%`."""
    composed = unicodedata.normalize("NFC", text)
    seen = _INVISIBLE.sub("", re.sub(r"[\t\r\n\u2028\u2029]+", " ", composed))
    whole = seen.encode("utf-16", "surrogatepass").decode("utf-16", "ignore")  # half letters are none
    for rule in _TIES:
        whole = rule.sub(TIE, whole)
    return whole
