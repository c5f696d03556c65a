"""The map: a page that draws itself on the server, the same as data for its script, and an embed for other sites."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.clickjacking import xframe_options_exempt

from chungsuc.doors.desk.maps.classes import classes_of
from chungsuc.doors.desk.maps.pages import MapPage, Shown, map_json, map_page, shown_of
from chungsuc.doors.desk.maps.seen import what
from chungsuc.doors.desk.reading import kept, reading, show
from chungsuc.doors.desk.reports.forms import Asked, asked, asked_day
from chungsuc.doors.desk.reports.unit_views import leading_on
from chungsuc.doors.desk.tables.making import Table, table
from chungsuc.doors.ui.headers import POLICY
from chungsuc.doors.ui.refusals import status_of
from chungsuc.kit.catalogue import as_json, text
from chungsuc.kit.errors import Refused
from chungsuc.reports import queries
from chungsuc.reports.queries.maps import MapView

EMBEDDED = POLICY.replace("frame-ancestors 'none'", "frame-ancestors *")
View = Callable[..., HttpResponse]


def _refused_as_json(view: View) -> View:
    """A refusal of a document that a script asks for: the JSON shape of every other error."""

    @wraps(view)
    def answered(request: HttpRequest) -> HttpResponse:
        try:
            return view(request)
        except Refused as refused:
            told = {"accepted": False, "problems": [as_json(one, request.lang) for one in refused.reasons]}
            return JsonResponse(told, status=status_of(refused.reasons), json_dumps_params={"ensure_ascii": False})

    return answered


@reading
@leading_on
@kept
def page(request: HttpRequest) -> HttpResponse:
    """The map page."""
    return show(request, "desk/map.html", _page(request))


@reading
@_refused_as_json
@kept
def data(request: HttpRequest) -> HttpResponse:
    """Shapes, colour classes and legend of one day, for the script that plays through time."""
    told = map_json(_page(request), request.lang)
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False, "separators": (",", ":")})


@xframe_options_exempt
@reading
@kept
def embed(request: HttpRequest) -> HttpResponse:
    """The map for other sites: no navigation, a link back, no cookie and no script needed."""
    response = show(request, "desk/embed_map.html", _page(request))
    response.headers["Content-Security-Policy"] = EMBEDDED
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@table("map")
def as_table(request: HttpRequest, question: Asked) -> Table:
    """What the map shows of each commune (`show=`, `since=`)."""
    _, found = _found(request, question)
    rows, _ = classes_of(found, request.lang)

    def lines() -> Iterable[Sequence[Any]]:
        for unit, one in zip(found.ground.communes, rows, strict=True):
            yield [unit.code, unit.name, unit.parent_name, one.value]

    keys = ("code", "commune", "district", "value")
    head = tuple(text(f"table.{key}", request.lang) for key in keys)
    name = f"map-{question.question.unit_code}-{question.at:%Y-%m-%d}"
    return Table(name, what(found, request.lang), head, lines())


def _page(request: HttpRequest) -> MapPage:
    question = asked(request)
    shown, found = _found(request, question)
    return map_page(found, question, shown, request.lang)


def _found(request: HttpRequest, question: Asked) -> tuple[Shown, MapView]:
    shown = shown_of(request.GET)
    since = asked_day(request, "since")
    if shown.kind == "change" and since is None:
        since = _day_before(question)
    parameters: dict[str, Any] = dict(question.parameters)
    found = queries.map_view(
        **parameters,
        criterion=shown.criterion,
        indicator=shown.indicator,
        since=since if shown.kind == "change" else None,
        real=request.GET.get("view") == "real",
        by=request.person,
    )
    return shown, found


def _day_before(question: Asked) -> date:
    """The newest day with figures before the one asked about; the end of last year where there is none."""
    before = [day for day in question.days if day < question.at]
    return max(before, default=date(question.at.year - 1, 12, 31))
