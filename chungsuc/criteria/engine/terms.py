"""Facts of reasons that are words: data says them by key, a sentence in its own language. Pure."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from chungsuc.kit.catalogue import text

# The mark of the second language in a sentence. Plain text takes it too and stays as it is, so that
# a sentence does not need to know whether a fact is a term or something the user typed.
SECOND = "s"
# Numbers with more digits than this on either side of the point are shown as they were sent.
WRITTEN_DIGITS = 20


class Term(str):
    """A key with its words: `{part}` in a sentence is the Vietnamese, `{part:s}` the English word; JSON has the key."""

    vi: str
    en: str

    def __new__(cls, key: str, vi: str, en: str) -> Term:
        """The key is the text itself."""
        made = super().__new__(cls, key)
        made.vi, made.en = vi, en
        return made

    def __getnewargs__(self) -> tuple[str, str, str]:
        return (str(self), self.vi, self.en)

    def __format__(self, spec: str) -> str:
        return self.en if spec == SECOND else self.vi


def term(key: str, phrase: str) -> Term:
    """The term whose words stand in the catalogue as `phrase`."""
    return Term(key, text(phrase, "vi"), text(phrase, "en"))


def shown(value: Any) -> Any:
    """A value as it was given, for a sentence: numbers stay numbers, the rest is as in JSON, cut where it is long."""
    if isinstance(value, Decimal):
        short = value.is_finite() and places(value) <= WRITTEN_DIGITS and value.adjusted() <= WRITTEN_DIGITS
        return value if short else str(value)[:60]
    if isinstance(value, str):
        return value[:60]
    return json.dumps(value, ensure_ascii=False, default=_plain)[:60]


def places(value: Decimal) -> int:
    """How many decimals a finite number shows; negative for 1E+3."""
    return -int(value.as_tuple().exponent)


def _plain(value: Any) -> Any:
    return int(value) if isinstance(value, Decimal) and value == value.to_integral_value() else str(value)
