"""Figures as they count on a day, of one unit, of many; the history of one indicator."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from ninja import Router

from chungsuc.assessment import queries as assessment
from chungsuc.assessment.rules import FigureFact, code_order
from chungsuc.criteria import queries as criteria
from chungsuc.criteria.engine import CriteriaSet, Kind, Share
from chungsuc.doors.api.v1 import shapes
from chungsuc.doors.api.v1.asking import Question, asked, of_kind
from chungsuc.doors.api.v1.operations import answers
from chungsuc.doors.api.v1.paging import page_of
from chungsuc.doors.api.v1.placing import communes
from chungsuc.doors.api.v1.values import Code, Cursor, Day, IndicatorCode, Limit, SetCode, amount
from chungsuc.kit.errors import Reason, stop_if
from chungsuc.reports import queries as reports
from chungsuc.territory import queries as territory

router = Router(tags=["figures"])
_NAMES = ("id", "indicator", "speaks_of", "not_applicable", "nearly_met", "note", "source")
_MORE = ("author", "reason", "supersedes", "recorded_at")


def figure_json(fact: FigureFact, rules: CriteriaSet) -> dict[str, Any]:
    """One line as it goes out."""
    indicator = rules.by_code.get(fact.indicator)
    boolean = indicator is not None and indicator.kind is Kind.BOOLEAN and fact.value is not None
    return {
        **{name: getattr(fact, name) for name in (*_NAMES, *_MORE)},
        "level": fact.level.value,
        "value": bool(fact.value) if boolean else amount(fact.value),
        "num": amount(fact.num),
        "den": amount(fact.den),
        "parts": {name: _part(part) for name, part in fact.parts.items()},
    }


def _part(part: Decimal | Share) -> Any:
    if isinstance(part, Share):
        return {name: amount(value) for name, value in part._asdict().items()}
    return amount(part)


def _figures(
    unit_code: str, facts: Iterable[FigureFact], rules: CriteriaSet, question: Question, known: date | None
) -> dict[str, Any]:
    lines = sorted(facts, key=lambda fact: code_order(fact.indicator))
    return {
        "unit": unit_code,
        "set": question.set_code,
        "at": question.at,
        "known": known,
        "figures": [figure_json(fact, rules) for fact in lines],
    }


@router.get("/units/{code}/figures", operation_id="unit_figures", response=answers(shapes.UnitFigures))
def unit_figures(request: HttpRequest, code: Code, set: SetCode = None, at: Day = None, known: Day = None):
    """The figure of each indicator that counts for a unit on a day."""
    question = asked(request, set, at, known)
    unit = territory.unit_at(code, question.at)
    rules = criteria.criteria_set(question.set_code)
    of_kind(unit, rules)
    facts = assessment.figures_of(unit.id, question.set_code, question.at, question.known)
    return {**_figures(unit.code, facts.values(), rules, question, known), "data": reports.made().value}


@router.get("/figures", operation_id="figures", response=answers(shapes.FiguresPage))
def figures(
    request: HttpRequest, set: SetCode = None, at: Day = None, known: Day = None, under: Code = None,
    limit: Limit = 100, after: Cursor = None,
):  # fmt: skip
    """The figures that count for many communes on a day, by the commune's code."""
    question = asked(request, set, at, known)
    rules, found = communes(question.set_code, question.at, under)
    rows, following = page_of(request, found, lambda one: [one.unit.code], after=after, limit=limit)
    lines: dict[int, list[FigureFact]] = {one.unit.id: [] for one in rows}
    facts = assessment.figures_of_units(
        list(lines), question.set_code, list(rules.by_code), at=question.at, known=question.known
    )
    for (unit_id, _), fact in facts.items():
        lines[unit_id].append(fact)
    items = [_figures(one.unit.code, lines[one.unit.id], rules, question, known) for one in rows]
    return {
        "set": question.set_code,
        "at": question.at,
        "known": known,
        "data": reports.made().value,
        "items": items,
        "next": following,
    }


@router.get("/units/{code}/figures/{indicator}", operation_id="history", response=answers(shapes.HistoryPage))
def history(
    request: HttpRequest, code: Code, indicator: IndicatorCode, set: SetCode = None, at: Day = None,
    known: Day = None, limit: Limit = 100, after: Cursor = None,
):  # fmt: skip
    """Every line ever recorded of one indicator of a unit, the newest first."""
    question = asked(request, set, at, known)
    unit = territory.unit_at(code, question.at)
    rules = criteria.criteria_set(question.set_code)
    of_kind(unit, rules)
    missing = Reason("card.no_such_indicator", indicator=indicator, set=rules.code)
    stop_if([missing] if indicator not in rules.by_code else ())
    found = assessment.history_of(unit.id, rules.code, indicator, question.known)
    rows, following = page_of(
        request, found, lambda one: [-int(one.recorded_at.timestamp() * 1_000_000), -one.id],
        after=after, limit=limit, kinds=(int, int),
    )  # fmt: skip
    lines = [figure_json(one, rules) for one in rows]
    return {"unit": unit.code, "set": rules.code, "indicator": indicator, "items": lines, "next": following}
