"""A file of figures as plain values: JSON read with exact decimals, nothing doubled, nothing silently dropped."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from chungsuc.kit.errors import Reason, Refused

EXAMPLE = '{"4.2": 94.9, "1.1": true, "17.1": {"hygienic": 91, "clean": 52}}'
AT_MOST_BYTES = 5_000_000


def from_json(data: bytes, *, name: str) -> dict[str, Any]:
    """The object in a JSON document: indicator code -> value. Refused when it is not one.

    Numbers become Decimal, also NaN and Infinity: the checks of figures refuse those by indicator.
    """
    if len(data) > AT_MOST_BYTES:
        raise Refused(Reason("criteria.figures_too_big", size=len(data)))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused(Reason("criteria.figures_not_utf8", file=name)) from None
    try:
        found = json.loads(
            text, parse_float=Decimal, parse_int=Decimal, parse_constant=Decimal, object_pairs_hook=_once
        )
    except json.JSONDecodeError as error:
        where = {"line": error.lineno, "column": error.colno}
        raise Refused(Reason("criteria.figures_not_json", **where, said=error.msg)) from None
    except (RecursionError, ArithmeticError, ValueError) as error:
        raise Refused(Reason("criteria.figures_not_json", line=1, column=1, said=type(error).__name__)) from None
    if not isinstance(found, dict):
        raise Refused(Reason("criteria.figures_not_object", example=EXAMPLE))
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise Refused(Reason("criteria.figures_duplicate", word=key[:60]))
        found[key] = value
    return found
