"""The form definition: the law of one place as a plain, versioned document that a browser can judge by.

It carries the engine's own rule nodes, resolved for the place, and the words of its sentences, so that the
browser (`scripts/judge`) says what the server says. Numbers are decimal texts: nothing is rounded on the way.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from chungsuc.criteria.engine import Context, CriteriaSet
from chungsuc.criteria.engine.nodes import AllParts, AtLeast, AtMost, BothSexes, IsTrue, Leaf, WhereApplicable
from chungsuc.criteria.engine.placing import Ruling, place
from chungsuc.criteria.engine.sentences import mark, part_name
from chungsuc.criteria.engine.sets import Indicator, SetAside, Words
from chungsuc.kit.catalogue import LANGUAGES, phrases

FORMAT = 1
_WORDS = ("criteria.why.", "criteria.word.", "number.")
# What the checks of figures (criteria.engine.checks) may say of something typed into a form.
_CHECKS = frozenset(
    f"criteria.{name}"
    for name in (
        "set_aside_with_value", "cannot_be_set_aside", "parts_expected", "part_missing", "value_missing", "negative",
        "over_100", "too_large", "not_whole", "too_precise", "counts_missing", "counts_incomplete", "count_bad",
        "counts_not_asked", "counts_not_whole", "counts_of_nothing", "part_over_whole", "counts_not_share",
    )
)  # fmt: skip


def definition(criteria_set: CriteriaSet, context: Context) -> dict[str, Any]:
    """The document: criteria, indicators, rules, words. `version` is 16 hexadecimal digits of its content."""
    rulings = iter(place(criteria_set, context))
    content = {
        "format": FORMAT,
        "set": criteria_set.code,
        "names": _words(criteria_set.name),
        "set_aside_counts": criteria_set.set_aside_counts,
        "context": {"region": context.region, "year": context.year, "classes": dict(sorted(context.classes.items()))},
        "criteria": [
            {
                "number": one.number,
                "names": _words(one.name),
                "indicators": [_indicator(indicator, next(rulings)) for indicator in one.indicators],
            }
            for one in criteria_set.criteria
        ],
        "phrases": {
            key: {part: said[part] for part in (*LANGUAGES, "mend") if part in said}
            for key, said in sorted(phrases().items())
            if key in _CHECKS or (key.startswith(_WORDS) and all(lang in said for lang in LANGUAGES))
        },
    }
    return {"version": version_of(content), **content}


def version_of(content: dict[str, Any]) -> str:
    """16 hexadecimal digits of a document's content, the same on every machine."""
    plain = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()[:16]


def _words(words: Words | None) -> dict[str, str] | None:
    return None if words is None else {"vi": words.vi, "en": words.en}


def _indicator(indicator: Indicator, ruling: Ruling) -> dict[str, Any]:
    keys = indicator.part_keys
    return {
        "code": indicator.code,
        "names": _words(indicator.name),
        "short": _words(indicator.short),
        "kind": indicator.kind.value,
        "unit": _words(indicator.unit),
        "counted": _words(indicator.counted.name) if indicator.counted else None,
        "whole": indicator.counted.whole if indicator.counted else None,
        "counts_required": indicator.counts_required,
        "at_most": None if indicator.at_most is None else f"{indicator.at_most:f}",
        "parts": [{"key": key, "names": {lang: part_name(indicator, key, lang) for lang in LANGUAGES}} for key in keys],
        "may_set_aside": indicator.set_aside is not SetAside.NEVER,
        "set_by": indicator.set_by,
        "rule": None if ruling.node is None else _node(ruling.node),
        "where": {lang: _where(ruling, lang) for lang in LANGUAGES},
        "article": ruling.article,
        "mark": {lang: mark(ruling, lang) for lang in LANGUAGES},
        "provenance": {
            "status": ruling.source.status,
            "confidence": ruling.source.confidence,
            "checked": ruling.checked,
            "overlay": ruling.overlay,
        },
        "guidance": indicator.guidance,
        "owner": indicator.owner,
    }


def _where(ruling: Ruling, lang: str) -> str:
    there, source = ruling.place.of(lang), ruling.citation.of(lang)
    return f"{there}, {source}" if there else source


def _node(node: object) -> dict[str, Any]:
    """A rule node by its name: at_least, at_most, is_true, all_parts, both_sexes, where_applicable."""
    if isinstance(node, WhereApplicable):
        return {"node": "where_applicable", "rule": _node(node.rule)}
    if isinstance(node, AllParts):
        return {"node": "all_parts", "parts": [{"part": part, "rule": _leaf(leaf)} for part, leaf in node.parts]}
    if isinstance(node, BothSexes):
        return {"node": "both_sexes", "rule": _leaf(node.leaf)}
    if isinstance(node, (AtLeast, AtMost, IsTrue)):
        return _leaf(node)
    raise TypeError(f"a rule node without a name in the form definition: {type(node).__name__}")


def _leaf(leaf: Leaf) -> dict[str, Any]:
    if isinstance(leaf, IsTrue):
        return {"node": "is_true"}
    return {"node": "at_least" if isinstance(leaf, AtLeast) else "at_most", "limit": f"{leaf.limit:f}"}
