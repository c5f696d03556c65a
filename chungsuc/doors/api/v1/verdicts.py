"""Verdicts: explained for one commune, by criterion for many."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from ninja import Router

from chungsuc.assessment import queries as assessment
from chungsuc.assessment.rules import VERDICT_OF
from chungsuc.criteria import queries as criteria
from chungsuc.criteria.engine import CriterionVerdict, IndicatorVerdict
from chungsuc.doors.api.v1 import shapes
from chungsuc.doors.api.v1.asking import asked, of_kind
from chungsuc.doors.api.v1.operations import answers
from chungsuc.doors.api.v1.paging import page_of
from chungsuc.doors.api.v1.placing import communes
from chungsuc.doors.api.v1.values import Code, Cursor, Day, Limit, SetCode, amount
from chungsuc.reports import queries as reports
from chungsuc.territory import queries as territory

router = Router(tags=["verdicts"])


@router.get("/units/{code}/verdict", operation_id="verdict", response=answers(shapes.VerdictOut))
def verdict(request: HttpRequest, code: Code, set: SetCode = None, at: Day = None, known: Day = None):
    """The explained verdict on one commune on a day."""
    question = asked(request, set, at, known)
    unit = territory.unit_at(code, question.at)
    rules = criteria.criteria_set(question.set_code)
    of_kind(unit, rules)
    place = assessment.placed([unit.id], question.at)
    short = assessment.judge_units(place, question.set_code, question.at, known=question.known)[0]
    full = assessment.verdict_of(unit, question.set_code, question.at, question.known)
    by_marks = short.basis == "marks"
    lines = zip(full.criteria, short.criteria, strict=True)
    return {
        "unit": unit.code,
        "set": rules.code,
        "at": question.at,
        "known": known,
        "data": reports.made().value,
        "basis": short.basis,
        "set_version": full.version,
        "met": short.met,
        "of": full.of,
        "criteria": [_criterion(one, letter, by_marks, request.lang) for one, letter in lines],
    }


@router.get("/verdicts", operation_id="verdicts", response=answers(shapes.VerdictPage))
def verdicts(
    request: HttpRequest, set: SetCode = None, at: Day = None, known: Day = None, under: Code = None,
    limit: Limit = 100, after: Cursor = None,
):  # fmt: skip
    """The verdicts on many communes on a day, by the commune's code."""
    question = asked(request, set, at, known)
    rules, found = communes(question.set_code, question.at, under)
    rows, following = page_of(request, found, lambda one: [one.unit.code], after=after, limit=limit)
    judged = assessment.judge_units(rows, rules.code, question.at, known=question.known)
    numbers = [str(one.number) for one in rules.criteria]
    items = [
        {
            "unit": one.unit.code,
            "name": one.unit.name,
            "parent_code": one.unit.parent_code,
            "basis": said.basis,
            "met": said.met,
            "of": len(numbers),
            "criteria": dict(zip(numbers, (VERDICT_OF[letter] for letter in said.criteria), strict=True)),
        }
        for one, said in zip(rows, judged, strict=True)
    ]
    return {
        "set": rules.code,
        "at": question.at,
        "known": known,
        "data": reports.made().value,
        "items": items,
        "next": following,
    }


def _criterion(one: CriterionVerdict, letter: str, by_marks: bool, lang: str) -> dict[str, Any]:
    return {
        "number": one.number,
        "name": one.name.of(lang),
        "verdict": VERDICT_OF[letter],
        "indicators": [] if by_marks else [_indicator(inner, lang) for inner in one.indicators],
    }


def _indicator(one: IndicatorVerdict, lang: str) -> dict[str, Any]:
    warning = one.provenance["mark"]
    return {
        "code": one.code,
        "verdict": one.verdict.value,
        "value": _plain(one.value),
        "threshold": _plain(one.threshold),
        "margin": _plain(one.margin),
        "article": one.article,
        "mark": warning[lang] if isinstance(warning, dict) else None,
        "why": one.why(lang),
    }


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    return amount(value) if isinstance(value, Decimal) else value
