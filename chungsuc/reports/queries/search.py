"""One box over everything: units by old and new names, criteria and indicators, documents."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta

from chungsuc.accounts import guard
from chungsuc.accounts.rules import VISITOR, Permission, Person
from chungsuc.criteria import queries as criteria
from chungsuc.criteria.queries import SetSummary
from chungsuc.kit.vietnamese import fold
from chungsuc.recognition import queries as recognition
from chungsuc.reports.rules.searching import DocumentHit, Hits, RuleHit, UnitHit
from chungsuc.territory import queries as territory
from chungsuc.territory.rules import Found

MOST, LONGEST = 20, 80
_CODE = re.compile(r"\d{1,2}(\.\d{1,2})?")


def search(text: str, *, at: date, by: Person = VISITOR) -> Hits:
    """What the words mean: with or without marks, old names too, codes, numbers of documents.

    At most 20 hits of each kind. A word shorter than two letters that is no number finds nothing.
    """
    guard.require(by, Permission.READ, on=at)
    asked = " ".join(text.split())[:LONGEST]
    if len(asked) < 2 and not asked.isdecimal():
        return Hits(asked, (), (), ())
    return Hits(asked, _units(asked, at), _rules(asked), _documents(asked, at))


def _units(asked: str, at: date) -> tuple[UnitHit, ...]:
    """One hit for each code and name: in force on the day before those that are over, as the search ranks them."""
    seen: dict[tuple[str, str], Found] = {}
    for found in territory.find(asked):
        key = (found.code, found.name)
        if key not in seen or (not _holds(seen[key], at) and (_holds(found, at) or _later(found, seen[key]))):
            seen[key] = found
    hits = [_unit(found, at) for found in seen.values()]
    return tuple(sorted(hits, key=lambda hit: not hit.in_force)[:MOST])


def _holds(found: Found, at: date) -> bool:
    return (found.valid_from or date.min) <= at and (found.valid_to is None or at < found.valid_to)


def _later(one: Found, other: Found) -> bool:
    return (one.valid_to or date.max) > (other.valid_to or date.max)


def _unit(found: Found, at: date) -> UnitHit:
    holds = _holds(found, at)
    last = found.valid_to - timedelta(days=1) if found.valid_to else at
    day = at if holds else last if found.valid_to and found.valid_to <= at else found.valid_from or at
    return UnitHit(found.code, found.name, found.parent_name or "", found.matched, holds, day, found.valid_to)


def _rules(asked: str) -> tuple[RuleHit, ...]:
    words = fold(asked)
    hits: list[tuple[int, RuleHit]] = []
    for one in criteria.sets():
        hits.extend(_rules_of(one, asked, words))
    return tuple(hit for _, hit in sorted(hits, key=lambda pair: pair[0])[:MOST])


def _rules_of(one: SetSummary, asked: str, words: str) -> Iterable[tuple[int, RuleHit]]:
    named = (one.code, one.name.vi, one.name.en)
    number = asked if _CODE.fullmatch(asked) else ""
    for criterion in criteria.criteria_set(one.code).criteria:
        rank = _rank(number, str(criterion.number), words, criterion.name.vi, criterion.name.en)
        if rank is not None:
            yield rank, RuleHit(*named, criterion.number, "", criterion.name.vi, criterion.name.en)
        for indicator in criterion.indicators:
            rank = _rank(number, indicator.code, words, indicator.name.vi, indicator.name.en)
            if rank is not None:
                name = (indicator.name.vi, indicator.name.en)
                yield rank + 1, RuleHit(*named, criterion.number, indicator.code, *name)


def _rank(number: str, code: str, words: str, *names: str) -> int | None:
    """0 its very code, 2 a name that begins so, 4 a word that begins so; None: no hit."""
    if number:
        return 0 if number == code else None
    folded = [fold(name) for name in names if name]
    if any(name.startswith(words) for name in folded):
        return 2
    return 4 if len(words) > 2 and any(f" {words}" in f" {name}" for name in folded) else None


def _documents(asked: str, at: date) -> tuple[DocumentHit, ...]:
    words = fold(asked)
    found = [
        DocumentHit("set", one.citation.vi, one.in_force[0], one.name.vi, set_code=one.code)
        for one in criteria.sets()
        if words in fold(one.citation.vi)
    ]
    for title in recognition.every_title(at):
        if words in fold(title.decision_number):
            about = f"{title.given_name} ({title.year})"
            given = {"unit_code": title.given_code, "day": min(title.decision_date, at)}
            found.append(DocumentHit("title", title.decision_number, title.decision_date, about, **given))
    found += [
        DocumentHit("act", act.number, act.dated, act.about) for act in territory.acts() if words in fold(act.number)
    ]
    return tuple(found[:MOST])
