"""The situation of a unit, and the titles that count on a day."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router

from chungsuc.doors.api.v1 import shapes
from chungsuc.doors.api.v1.asking import A_WHILE, asked, keeps, may_read
from chungsuc.doors.api.v1.operations import answers
from chungsuc.doors.api.v1.paging import page_of
from chungsuc.doors.api.v1.values import Code, Cursor, Day, Limit, SetCode
from chungsuc.kit import clock
from chungsuc.recognition import queries as recognition
from chungsuc.recognition.rules import TitleFact
from chungsuc.reports import queries as reports
from chungsuc.reports import rules as report_rules

router = Router(tags=["situation"])
_NAMES = (
    "id", "kind", "set_code", "year", "decision_number", "decision_date", "authority", "unit_code", "unit_name",
    "parent_code", "given_code", "given_name",
)  # fmt: skip


@router.get("/situation", operation_id="situation", response=answers(shapes.SituationOut))
def situation(request: HttpRequest, unit: Code = None, set: SetCode = None, at: Day = None, known: Day = None):
    """Where a unit stands on a day: counts, means, bands, by criterion and by district."""
    question = asked(request, set, at, known)
    code = unit or reports.province_at(question.at).code
    found = reports.situation(
        at=question.at, known=question.known, unit_code=code, set_code=question.set_code, by=request.person
    )
    return report_rules.as_json(found, request.lang)


@router.get("/titles", operation_id="titles", response=answers(shapes.TitlePage))
def titles(
    request: HttpRequest, at: Day = None, known: Day = None, under: Code = None, limit: Limit = 100,
    after: Cursor = None,
):  # fmt: skip
    """The titles that count on a day, by their holder's code."""
    today = clock.today()
    day = at or today
    may_read(request, day)
    reports.check_days(at=day, known=clock.end_of(known) if known else None, today=today)
    if at is not None and known is not None and known < today:
        keeps(request, A_WHILE)
    found = recognition.titles_at(day, known, under)
    rows, following = page_of(
        request, found, lambda one: [one.unit_code, one.year, one.id], after=after, limit=limit, kinds=(str, int, int)
    )
    return {"at": day, "known": known, "items": [_title(one) for one in rows], "next": following}


def _title(one: TitleFact) -> dict[str, Any]:
    return {
        **{name: getattr(one, name) for name in _NAMES},
        "provenance": one.provenance.value,
        "status": one.status.value,
    }
