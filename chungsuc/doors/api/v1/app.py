"""The API itself: its parts put together, its errors in one shape."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.renderers import JSONRenderer

from chungsuc.doors.api.v1 import sets, situation, units, verdicts, writing
from chungsuc.doors.api.v1.gate import broken
from chungsuc.doors.api.v1.problems import reason_of_shape, refuse
from chungsuc.doors.api.v1.reading import StrictParser
from chungsuc.kit.errors import Reason, Refused

MOST_PROBLEMS = 100


class Readable(JSONRenderer):
    """JSON in UTF-8, Vietnamese letters as they are."""

    json_dumps_params = {"ensure_ascii": False}


api = NinjaAPI(
    title="Chung Sức",
    version="1",
    urls_namespace="api",
    openapi_url=None,
    docs_url=None,
    parser=StrictParser(),
    renderer=Readable(),
)
for router in (units.router, sets.router, writing.router, verdicts.router, situation.router):
    api.add_router("", router)


@api.exception_handler(Refused)
def refused(request: HttpRequest, error: Refused) -> HttpResponse:
    """A rule said no."""
    return refuse(request, error.reasons)


@api.exception_handler(ValidationError)
def misshapen(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """The request is not of the shape that the document asks for; each place once."""
    found = {(reason.code, str(reason.facts["field"])): reason for reason in map(reason_of_shape, error.errors)}
    return refuse(request, list(found.values())[:MOST_PROBLEMS], 422)


@api.exception_handler(HttpError)
def unreadable(request: HttpRequest, error: HttpError) -> HttpResponse:
    """The body could not be read; the parser said why."""
    cause = error.__cause__
    return refuse(request, cause.reasons if isinstance(cause, Refused) else [Reason("page.bad_request")])


@api.exception_handler(Exception)
def failed(request: HttpRequest, error: Exception) -> HttpResponse:
    """A fault of ours."""
    return broken(request, error)
