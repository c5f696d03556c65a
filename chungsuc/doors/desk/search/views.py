"""One box over everything: a page of hits, and the same hits as suggestions while typing."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse, JsonResponse

from chungsuc.doors.desk.reading import reading, show
from chungsuc.doors.desk.reports.forms import asked_day
from chungsuc.doors.desk.search.pages import search_page, suggestions
from chungsuc.kit import clock
from chungsuc.kit.errors import Reason, Refused
from chungsuc.reports import queries
from chungsuc.reports.rules.searching import Hits


def _found(request: HttpRequest) -> tuple[Hits, date]:
    text = request.GET.get("q", "")
    if "\x00" in text or len(text) > 200:
        raise Refused(Reason("page.bad_request"))
    day = asked_day(request, "at") or clock.today()
    return queries.search(text, at=day, by=request.person), day


@reading
def search(request: HttpRequest) -> HttpResponse:
    """Everything that the words find; a single unit that is meant exactly is opened at once with `?go=1`."""
    found, day = _found(request)
    return show(request, "desk/search.html", search_page(found, day, request.GET, request.lang))


@reading
def suggest(request: HttpRequest) -> HttpResponse:
    """The first hits as JSON: `{"hits": [{"kind", "name", "more", "to"}]}`."""
    found, _ = _found(request)
    return JsonResponse({"hits": suggestions(found, request.lang)}, json_dumps_params={"ensure_ascii": False})
