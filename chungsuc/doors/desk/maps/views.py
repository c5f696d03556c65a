"""The map: a page that draws itself on the server, the same as data for its script, and an embed for other sites."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.clickjacking import xframe_options_exempt

from chungsuc.doors.desk.maps.pages import Shown, map_json, map_page, shown_of
from chungsuc.doors.desk.reading import kept, reading, show
from chungsuc.doors.desk.reports.forms import Asked, asked, asked_day
from chungsuc.doors.desk.reports.unit_views import leading_on
from chungsuc.doors.ui.headers import POLICY
from chungsuc.reports import queries
from chungsuc.reports.queries.maps import MapView

EMBEDDED = POLICY.replace("frame-ancestors 'none'", "frame-ancestors *")


@reading
@leading_on
@kept
def page(request: HttpRequest) -> HttpResponse:
    """The map page."""
    question, shown, since, found = _found(request)
    return show(request, "desk/map.html", map_page(found, question, shown, since, request.lang))


@reading
@kept
def data(request: HttpRequest) -> HttpResponse:
    """Shapes, colour classes and legend of one day, for the script that plays through time."""
    question, shown, since, found = _found(request)
    page = map_page(found, question, shown, since, request.lang)
    return JsonResponse(map_json(page), json_dumps_params={"ensure_ascii": False, "separators": (",", ":")})


@xframe_options_exempt
@reading
@kept
def embed(request: HttpRequest) -> HttpResponse:
    """The map for other sites: no navigation, a link back, no cookie needed."""
    question, shown, since, found = _found(request)
    response = show(request, "desk/embed_map.html", map_page(found, question, shown, since, request.lang))
    response.headers["Content-Security-Policy"] = EMBEDDED
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def _found(request: HttpRequest) -> tuple[Asked, Shown, date | None, MapView]:
    question = asked(request)
    shown = shown_of(request.GET)
    since = asked_day(request, "since")
    if shown.kind == "change" and since is None:
        since = date(question.at.year - 1, 12, 31)
    parameters: dict[str, Any] = dict(question.parameters)
    found = queries.map_view(
        **parameters,
        criterion=shown.criterion,
        indicator=shown.indicator,
        since=since if shown.kind == "change" else None,
        real=request.GET.get("view") == "real",
        by=request.person,
    )
    return question, shown, since, found
