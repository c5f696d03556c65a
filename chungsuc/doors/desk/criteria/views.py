"""Criteria sets at a glance."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from chungsuc.criteria import queries
from chungsuc.doors.desk.criteria import pages
from chungsuc.doors.desk.criteria.criterion import criterion_page
from chungsuc.doors.desk.reading import kept, reading, show
from chungsuc.doors.desk.reports.forms import asked
from chungsuc.reports import queries as reports
from chungsuc.reports.queries import made


@reading
@kept
def criterion(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """One criterion: who is short, by how much, who owns it."""
    question = asked(request, set_code=code)
    found = reports.criterion_view(**question.parameters, number=number, by=request.person)
    return show(request, "desk/criterion.html", criterion_page(found, question, request.lang))


@reading
@kept
def sets(request: HttpRequest) -> HttpResponse:
    """Every set, with its period and whether it can judge."""
    return show(request, "desk/criteria_sets.html", pages.sets_page(queries.sets(), made(), request.lang))


@reading
@kept
def one_set(request: HttpRequest, code: str) -> HttpResponse:
    """One set: criteria, indicators, thresholds of a region, where each value comes from."""
    found = queries.criteria_set(code)
    page = pages.set_page(found, pages.region_of(found, request.GET.get("region", "")), made(), request.lang)
    return show(request, "desk/criteria_set.html", page)
