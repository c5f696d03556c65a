"""A JSON file of one unit's figures, in the shape that `chungsuc judge` reads; `note` and `source` are allowed too."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from chungsuc.assessment.rules import FigureEntry
from chungsuc.criteria.engine import CriteriaSet
from chungsuc.criteria.engine.checks import read
from chungsuc.kit.errors import Reason, Refused, stop_if

LIMIT = 5 * 1024 * 1024
OURS = ("note", "source")


def entries_of(content: bytes, rules: CriteriaSet) -> dict[str, FigureEntry]:
    """Entries by indicator. Refused: not JSON, a key twice, or any figure that its indicator cannot have."""
    raw = _parsed(content)
    words = {
        code: {word: str(given[word]) for word in OURS if given.get(word)}
        for code, given in raw.items()
        if isinstance(given, dict)
    }
    bare = {
        code: {key: value for key, value in given.items() if key not in OURS} if isinstance(given, dict) else given
        for code, given in raw.items()
    }
    figures, problems = read(rules, bare)
    stop_if(problems)
    return {
        code: FigureEntry(
            figure.value,
            figure.num,
            figure.den,
            figure.parts,
            figure.not_applicable,
            figure.nearly_met,
            **words.get(code, {}),
        )
        for code, figure in figures.items()
    }


def _parsed(content: bytes) -> Mapping[str, Any]:
    if len(content) > LIMIT:
        raise Refused(Reason("json.too_large", size=len(content) // 1024, limit=LIMIT // 1024))
    try:
        found = json.loads(
            content.decode("utf-8-sig"),
            parse_float=Decimal,
            parse_int=Decimal,
            parse_constant=Decimal,
            object_pairs_hook=_no_key_twice,
        )
    except (UnicodeDecodeError, ValueError, RecursionError, ArithmeticError) as error:
        raise Refused(Reason("json.broken", said=str(error)[:200])) from error
    if not isinstance(found, dict) or not found:
        raise Refused(Reason("json.not_figures"))
    return found


def _no_key_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        keys = [key for key, _ in pairs]
        raise Refused(Reason("json.key_twice", keys=sorted({key for key in keys if keys.count(key) > 1})))
    return found
