"""Numbers as people type them in Vietnam: `10,62`, `1.234,5`, `1 234`, also `10.62`. Pure.

`scripts/entry/number.js` reads the same way; one table of examples tests both (tests/scripts/numbers.json).
"""

from __future__ import annotations

import re
from decimal import Decimal

from chungsuc.kit.errors import Reason

LONGEST = 40
_SPACES = re.compile(r"[\s\u00a0\u202f]+")
_PLAIN = re.compile(r"[+-]?[0-9]+")
_COMMA = re.compile(r"[+-]?([0-9]+|[0-9]{1,3}(\.[0-9]{3})+),[0-9]+")
_GROUPED = re.compile(r"[+-]?[0-9]{1,3}(\.[0-9]{3}){2,}")
_POINT = re.compile(r"[+-]?[0-9]+\.[0-9]+")
_EITHER = re.compile(r"[+-]?[1-9][0-9]{0,2}\.[0-9]{3}")


def number_of(text: str) -> Decimal | Reason | None:
    """The number that was typed; None where nothing was; a `Reason` where it is none or may mean two things.

    `1.234` may be 1234 or 1,234: it is asked back, never guessed. A percent sign at the end is let pass.
    """
    said = _SPACES.sub("", text).removesuffix("%").replace("−", "-")
    if not said:
        return None
    if len(said) > LONGEST:
        return Reason("number.unreadable", typed=text[:LONGEST])
    if _PLAIN.fullmatch(said):
        return Decimal(said)
    if _COMMA.fullmatch(said):
        return Decimal(said.replace(".", "").replace(",", "."))
    if _GROUPED.fullmatch(said):
        return Decimal(said.replace(".", ""))
    if _EITHER.fullmatch(said):
        return Reason("number.ambiguous", typed=said, whole=said.replace(".", ""), part=said.replace(".", ","))
    if _POINT.fullmatch(said):
        return Decimal(said)
    return Reason("number.unreadable", typed=text[:LONGEST])
