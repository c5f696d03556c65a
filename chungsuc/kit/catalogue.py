"""One catalogue of sentences, Vietnamese first, English second.

Every `phrases.yaml` in the package adds entries `key: {vi, en, mend: {vi, en}}`. A sentence may
name facts in braces; Decimal and date facts are written the Vietnamese official way in Vietnamese.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from chungsuc.kit import vietnamese
from chungsuc.kit.errors import Reason

# libyaml where it is there: the same safe loading, ten times as fast.
FastSafeLoader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
LANGUAGES = ("vi", "en")
PACKAGE = Path(__file__).resolve().parent.parent


class DuplicatePhrase(Exception):
    """Two files define the same key: one notion must have one sentence."""


@cache
def phrases() -> Mapping[str, Mapping[str, Any]]:
    """Every entry of every `phrases.yaml`, by key."""
    found: dict[str, Mapping[str, Any]] = {}
    for path in sorted(PACKAGE.rglob("phrases.yaml")):
        for key, entry in (yaml.load(path.read_text(encoding="utf-8"), Loader=FastSafeLoader) or {}).items():
            if key in found:
                raise DuplicatePhrase(f"{key} ({path})")
            found[key] = entry
    return found


def text(key: str, lang: str = "vi", /, **facts: Any) -> str:
    """The sentence for `key`. An unknown key is a fault of ours: KeyError, found by the tests."""
    return _fill(phrases()[key][lang], lang, facts)


def say(reason: Reason, lang: str = "vi") -> str:
    """The sentence of a reason, with its facts filled in."""
    return text(reason.code, lang, **reason.facts)


def mend(reason: Reason, lang: str = "vi") -> str | None:
    """How to mend it, where the catalogue says so."""
    entry = phrases()[reason.code].get("mend")
    return _fill(entry[lang], lang, dict(reason.facts)) if entry else None


def as_json(reason: Reason, lang: str = "vi") -> dict[str, Any]:
    """The one shape in which machines get a problem: code, facts, text, mend."""
    return {
        "code": reason.code,
        "facts": {name: _plain(value) for name, value in reason.facts.items()},
        "text": say(reason, lang),
        "mend": mend(reason, lang),
    }


def _fill(sentence: str, lang: str, facts: Mapping[str, Any]) -> str:
    return sentence.format(**{name: _shown(value, lang) for name, value in facts.items()})


def _shown(value: Any, lang: str) -> Any:
    if isinstance(value, (list, tuple, set, frozenset)):
        return ", ".join(str(_shown(item, lang)) for item in value)
    if isinstance(value, Decimal):
        return vietnamese.number(value) if lang == "vi" else str(value)
    if isinstance(value, date):
        return vietnamese.day(value) if lang == "vi" else value.isoformat()
    return value


def _plain(value: Any) -> Any:
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_plain(item) for item in value]
    if isinstance(value, Decimal):
        return float(value) if value.is_finite() else str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    return value if isinstance(value, (str, int, float, bool, type(None))) else str(value)
