"""The kinds of values that come in, each with its exact schema: what the schema allows is never called misshapen."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, StrictBool, WithJsonSchema
from pydantic_core import PydanticCustomError

_LEAP = r"(?:(?:19|20)(?:0[48]|[2468][048]|[13579][26])|2000)-02-29"
_ANY = r"(?:19[0-9]{2}|20[0-9]{2}|2100)"
DAY = (
    rf"^(?:{_ANY}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)"
    rf"|02-(?:0[1-9]|1[0-9]|2[0-8]))|{_LEAP})$"
)
_DAY = re.compile(DAY.removesuffix("$") + r"\Z")
TEXT = r"^[^\x00]*$"
MOST_ROWS = 5_000
LARGEST_PAGE = 500


def _day(value: Any) -> date:
    if isinstance(value, date):
        return value
    if not isinstance(value, str) or not _DAY.match(value):
        raise PydanticCustomError("api.bad_day", "a day between 1900-01-01 and 2100-12-31, written 2019-12-31")
    return date.fromisoformat(value)


def _number(value: Any) -> Any:
    """A JSON number as it was written (`Decimal`, never a binary fraction); a text is not a number here."""
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
        raise PydanticCustomError("api.number", "a JSON number is expected")
    return Decimal(value)


def _whole(value: Any) -> Any:
    """A whole number, also where it is written `12.0`: JSON knows one kind of numbers."""
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)) or value != int(value):
        raise PydanticCustomError("api.number", "a whole JSON number is expected")
    return int(value)


Day = Annotated[
    date,
    BeforeValidator(_day),
    WithJsonSchema({"type": "string", "pattern": DAY, "examples": ["2019-12-31"]}),
]
Code = Annotated[str, Field(pattern=r"^[0-9A-Za-z]{1,20}$", examples=["04"])]
SetCode = Annotated[str, Field(pattern=r"^[0-9a-z-]{1,60}$", examples=["xa-ntm-2016-2020"])]
IndicatorCode = Annotated[str, Field(pattern=r"^[0-9a-z.]{1,20}$", examples=["4.2"])]
Asked = Annotated[str, Field(min_length=1, max_length=200, pattern=TEXT)]
Said = Annotated[str, Field(max_length=2000, pattern=TEXT)]
Short = Annotated[str, Field(min_length=1, max_length=300, pattern=TEXT)]
Cursor = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,300}$")]
Limit = Annotated[int, Field(ge=1, le=LARGEST_PAGE)]
Number = Annotated[
    Decimal,
    BeforeValidator(_number),
    Field(ge=0, le=10**9),
    WithJsonSchema({"type": "number", "minimum": 0, "maximum": 10**9}),
]
FigureId = Annotated[int, Field(ge=0, lt=2**31), BeforeValidator(_whole)]
Value = StrictBool | Number


def amount(value: Any) -> bool | int | float | None:
    """A number as JSON has it: whole numbers whole; 15 significant digits."""
    if not isinstance(value, Decimal):
        return value
    return int(value) if value == value.to_integral_value() else float(value)
