"""From what a person typed in a cell to a value: numbers in every spelling, yes and no, "not applicable", remarks."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from chungsuc.assessment.matrix.marks import Mark, read_mark
from chungsuc.criteria.engine import Kind
from chungsuc.kit.errors import Reason
from chungsuc.kit.sheets.table import CellError, Value
from chungsuc.kit.vietnamese import fold, number


@dataclass(frozen=True, slots=True)
class Typed:
    """One cell understood. All None: the cell is empty. `aside`/`nearly`: said so, with the reason if one was given."""

    value: Decimal | bool | None = None
    num: Decimal | None = None
    den: Decimal | None = None
    aside: bool = False
    nearly: bool = False
    words: str | None = None
    note: str | None = None
    problem: Reason | None = None

    @property
    def empty(self) -> bool:
        """Nothing was said."""
        return self == _NOTHING


_NOTHING = Typed()
LONGEST = 10**15
_NUMBER = re.compile(r"^([+-]?[0-9][0-9.,\u2009\u202f' ]*|[+-]?[.,][0-9]+)\s*(%)?\s*(.*)$", re.DOTALL)
_FRACTION = re.compile(r"^([0-9][0-9., ]*)\s*/\s*([0-9][0-9., ]*)$")
_ASIDE = re.compile(r"^(?:khong xet|kx|k xet|khong ap dung|n/a)\s*[:;,.\-–(]*\s*", re.IGNORECASE)
_NEARLY = re.compile(r"^(?:co ban dat|cbd)\s*[:;,.\-–(]*\s*", re.IGNORECASE)


def read_cell(value: Value, kind: Kind, *, percent: bool = False) -> Typed:
    """A cell of an indicator of this kind. `percent`: the cell shows a fraction as a percentage."""
    if value is None:
        return _NOTHING
    if isinstance(value, CellError):
        code = "workbook.formula_error" if value.text else "workbook.formula_without_value"
        return Typed(problem=Reason(code, found=value.text))
    if isinstance(value, str):
        value = re.sub(r"[\u200b-\u200f\u2060\ufeff]", "", unicodedata.normalize("NFC", value)).strip(" \t\r\n\u00a0")
        if not value:
            return _NOTHING
        said = _set_aside(value)
        if said is not None:
            return said
    if kind is Kind.BOOLEAN:
        return _boolean(value)
    if isinstance(value, bool):
        return Typed(value=value)
    if isinstance(value, float):
        return Typed(value=exact(value * 100 if percent and kind in (Kind.PERCENT, Kind.RATIO) else value))
    return _number(value, kind)


def read_count(value: Value) -> tuple[Decimal | None, Reason | None]:
    """A count behind a share: whole numbers, `1.234` being 1234 as Vietnamese writes it; measures keep a comma."""
    if value is None:
        return None, None
    if isinstance(value, CellError):
        return None, read_cell(value, Kind.COUNT).problem
    typed = read_cell(value, Kind.COUNT)
    if typed.problem is None and not isinstance(typed.value, bool) and typed.value is not None:
        return typed.value, None
    return None, None if typed.empty else Reason("workbook.not_a_number", found=_shown(value))


def read_words(text: str) -> tuple[str | None, str | None]:
    """The column of reasons: (not applicable because, nearly met because)."""
    text = unicodedata.normalize("NFC", text).strip()
    if not text:
        return None, None
    nearly = _NEARLY.match(fold(text))
    if nearly:
        return None, text[nearly.end() :].strip(" )") or None
    aside = _ASIDE.match(fold(text))
    return (text[aside.end() :].strip(" )") if aside else text) or None, None


def exact(number: float) -> Decimal:
    """A number of a sheet as it was meant: 94.89999999999999 is 94.9, the dust of binary fractions is blown off."""
    if number != number or number in (float("inf"), float("-inf")):
        return Decimal(repr(number))
    return Decimal(f"{number:.12g}")


def _set_aside(text: str) -> Typed | None:
    plain = fold(text)
    if len(plain) != len(text):
        return None
    aside = _ASIDE.match(plain)
    if aside:
        return Typed(aside=True, words=text[aside.end() :].strip(" )") or None)
    nearly = _NEARLY.match(plain)
    return Typed(nearly=True, words=text[nearly.end() :].strip(" )") or None) if nearly else None


def _boolean(value: Value) -> Typed:
    if isinstance(value, str) and not re.search(r"\w|✓|✔|☑|√|●|•|×|\+", value):
        return Typed(problem=Reason("workbook.not_yes_or_no", found=value[:40]))
    note = None
    if isinstance(value, str):
        found = re.match(r"^(.*?\S)\s*\((.+)\)\s*$", value)
        if found:
            value, note = found[1], found[2]
    mark = read_mark(value)
    if mark is Mark.UNREADABLE or mark is Mark.NEARLY:
        return Typed(problem=Reason("workbook.not_yes_or_no", found=_shown(value)))
    return Typed(value=mark is Mark.MET, note=note)


def _number(text: str, kind: Kind) -> Typed:
    fraction = _FRACTION.match(text)
    if fraction and kind in (Kind.PERCENT, Kind.RATIO):
        num, den = (_plain_number(part, Kind.COUNT) for part in fraction.groups())
        if num is not None and den is not None:
            return Typed(num=num, den=den)
    found = _NUMBER.match(text)
    if not found:
        return Typed(problem=Reason("workbook.not_a_number", found=text[:40]))
    rest = found[3].strip()
    outside = re.sub(r"\([^()]*\)", "", rest)
    if re.search(r"[\d/]", outside) or rest.startswith(("-", "–", "~")):
        return Typed(problem=Reason("workbook.not_a_number", found=text[:40]))
    if re.fullmatch(r"[+-]?\d{1,3}\.\d{3}", found[1].strip()) and kind is Kind.NUMBER:
        return Typed(problem=Reason("workbook.thousands_or_decimals", found=text[:40]))
    number = _plain_number(found[1], kind)
    if number is None:
        return Typed(problem=Reason("workbook.not_a_number", found=text[:40]))
    note = rest.strip("()*; ,.") or None
    return Typed(value=number, note=note)


def _plain_number(text: str, kind: Kind) -> Decimal | None:
    """`94,9`, `94.9`, `1.234,5`, `1,234.5`, `1 234`: the last mark is the decimal one, unless it groups thousands."""
    digits = re.sub(r"[\s\u2009\u202f']", "", text).rstrip(".,")
    dot, comma = digits.rfind("."), digits.rfind(",")
    if dot >= 0 and comma >= 0:
        group, point = (".", ",") if comma > dot else (",", ".")
        digits = digits.replace(group, "").replace(point, ".")
    elif (dot >= 0 or comma >= 0) and kind is Kind.COUNT and re.fullmatch(r"[+-]?\d{1,3}([.,]\d{3})+", digits):
        digits = re.sub(r"[.,]", "", digits)
    elif digits.count(".") > 1 or digits.count(",") > 1:
        if not re.fullmatch(r"[+-]?\d{1,3}([.,]\d{3})+", digits):
            return None
        digits = re.sub(r"[.,]", "", digits)
    else:
        digits = digits.replace(",", ".")
    try:
        return Decimal(digits)
    except InvalidOperation:
        return None


def _shown(value: Value) -> str:
    if isinstance(value, float):
        plain = exact(value)
        return number(plain) if plain.is_finite() and abs(plain) < LONGEST else f"{value:g}"
    return str(value)[:40]
