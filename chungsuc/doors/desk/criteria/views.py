"""Criteria sets at a glance."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from chungsuc.criteria import queries
from chungsuc.doors.desk.criteria import pages
from chungsuc.doors.desk.reading import reading, show
from chungsuc.reports.queries import made


@reading
def sets(request: HttpRequest) -> HttpResponse:
    """Every set, with its period and whether it can judge."""
    return show(request, "desk/criteria_sets.html", pages.sets_page(queries.sets(), made(), request.lang))


@reading
def one_set(request: HttpRequest, code: str) -> HttpResponse:
    """One set: criteria, indicators, thresholds of a region, where each value comes from."""
    found = queries.criteria_set(code)
    page = pages.set_page(found, request.GET.get("region", ""), made(), request.lang)
    return show(request, "desk/criteria_set.html", page)
