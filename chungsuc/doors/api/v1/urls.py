"""Addresses of the API: each operation behind the gate; every other address below is told as a problem."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, re_path

from chungsuc.doors.api.v1 import figures
from chungsuc.doors.api.v1.app import api
from chungsuc.doors.api.v1.gate import gated
from chungsuc.doors.api.v1.problems import refuse
from chungsuc.doors.api.v1.reference import document, reference
from chungsuc.kit.errors import Reason


def nothing_here(request: HttpRequest, rest: str = "") -> HttpResponse:
    """There is no such address."""
    return refuse(request, [Reason("api.not_found", path=request.path[:200])])


def _takes_bodies() -> set[str]:
    """The addresses that write, as Django's patterns spell them."""
    found = figures.router.path_operations.items()
    spelled = {path.strip("/").replace("{", "<").replace("}", ">"): one.operations for path, one in found}
    return {path for path, operations in spelled.items() if any("POST" in one.methods for one in operations)}


WRITING = _takes_bodies()
_operations = [
    URLPattern(one.pattern, gated(one.callback, writes=str(one.pattern) in WRITING), one.default_args)
    for one in api.urls[0]
    if isinstance(one, URLPattern) and one.name != "api-root"
]
urlpatterns = [
    path("openapi.json", gated(document), name="api_document"),
    path("docs", reference, name="api_reference"),
    *_operations,
    re_path(r"^(?P<rest>.*)$", gated(nothing_here)),
]
