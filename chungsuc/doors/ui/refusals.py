"""Errors as pages: a refusal says what is wrong and the mend, with the status that machines expect."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, JsonResponse
from django.shortcuts import render

from chungsuc.doors.ui.language import language_of
from chungsuc.doors.ui.mending import leads, page_mend
from chungsuc.kit.catalogue import as_json, say
from chungsuc.kit.errors import Reason, Refused, SystemFault

log = logging.getLogger(__name__)

# Codes that mean "there is no such thing here"; every other refusal is a bad request.
NOT_FOUND = frozenset(
    {
        "unit.unknown",
        "unit.not_in_force",
        "unit.ended",
        "unit.not_yet",
        "criteria.set_unknown",
        "criterion.unknown",
        "evidence.unknown",
        "card.not_a_commune",
        "card.no_such_indicator",
        "page.not_found",
    }
)
FORBIDDEN = frozenset({"accounts.not_allowed", "accounts.other_unit", "page.forbidden"})


class RefusalPages:
    """Turns `Refused` and `SystemFault` from a view into a page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A page for our own errors; anything else goes on to Django."""
        if isinstance(exception, Refused):
            return page(request, exception.reasons, status_of(exception.reasons))
        if isinstance(exception, SystemFault):
            log.error("system fault: %s", exception.reason)
            return page(request, (exception.reason,), 503)
        return None


def status_of(reasons: tuple[Reason, ...]) -> int:
    """403, 404 or 400, by the first reason that decides it."""
    codes = [reason.code for reason in reasons]
    if any(code in FORBIDDEN for code in codes):
        return 403
    return 404 if any(code in NOT_FOUND for code in codes) else 400


def page(request: HttpRequest, reasons: tuple[Reason, ...], status: int) -> HttpResponse:
    """The refusal as a page, in the reader's language."""
    lang = getattr(request, "lang", None) or language_of(request)
    request.lang = lang
    said = [{"text": say(reason, lang), "mend": page_mend(reason, lang), "code": reason.code} for reason in reasons]
    told = {"problems": said, "status": status, "leads": leads(request, reasons, lang)}
    return render(request, "ui/refused.html", told, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Django's handler400."""
    return page(request, (Reason("page.bad_request"),), 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Django's handler403."""
    return page(request, (Reason("page.forbidden"),), 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Django's handler404; an address with a slash too many leads on."""
    if request.method in ("GET", "HEAD") and len(request.path) > 1 and request.path.endswith("/"):
        query = request.META.get("QUERY_STRING", "")
        path = "/" + request.path.strip("/")
        return HttpResponsePermanentRedirect(f"{path}?{query}" if query else path)
    return page(request, (Reason("page.not_found", path=request.path),), 404)


def broken(request: HttpRequest) -> HttpResponse:
    """Django's handler500: nothing of the fault is shown."""
    return page(request, (Reason("page.broken"),), 500)


def cannot_be_sent(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django's CSRF check refused a form: a stale page, or another site's. Scripts get it as JSON."""
    if request.content_type == "application/json":
        told = {"accepted": False, "problems": [as_json(Reason("page.cannot_be_sent"), language_of(request))]}
        return JsonResponse(told, status=403, json_dumps_params={"ensure_ascii": False})
    return page(request, (Reason("page.cannot_be_sent"),), 403)
