"""What every request passes before and after its own work: language, limits, key, size, one shape, ETag."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from functools import wraps

from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError, connection, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags, quote_etag
from django.views.decorators.csrf import csrf_exempt

from chungsuc.accounts import queries as accounts
from chungsuc.accounts.rules import VISITOR, Person
from chungsuc.doors.api.v1.limits import LARGEST_BODY, WINDOWS
from chungsuc.doors.api.v1.problems import refuse
from chungsuc.kit import clock
from chungsuc.kit.catalogue import LANGUAGES
from chungsuc.kit.errors import Reason, Refused, SystemFault, stop_if

log = logging.getLogger(__name__)
View = Callable[..., HttpResponse]
LONGEST_KEY = 100


def gated(view: View, *, writes: bool = False) -> View:
    """The view behind the gate; `writes`: it takes bodies.

    Keys, not cookies, say who asks: no other site can send in somebody's name.
    """

    @csrf_exempt
    @wraps(view)
    def answered(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        request.lang = _language(request)
        try:
            response = _answer(view, request, args, kwargs, writes)
        except Refused as refused:
            response = refuse(request, refused.reasons)
        except RequestDataTooBig:
            response = refuse(request, [_too_large()])
        except Exception as error:
            response = broken(request, error)
        return _finished(request, response)

    return answered


def broken(request: HttpRequest, error: Exception) -> HttpResponse:
    """500 (503 where the machine is at fault) without a word of the fault; the log has it."""
    log.error("the API failed", exc_info=error)
    away = isinstance(error, (SystemFault, OperationalError, InterfaceError))
    return refuse(request, [Reason("api.broken")], 503 if away else 500)


def _answer(view: View, request: HttpRequest, args: tuple, kwargs: dict, writes: bool) -> HttpResponse:
    request.person = _person(request)
    if request.method == "HEAD":
        request.method = "GET"  # the server sends the headers only
    if request.method == "POST" and writes:
        _check_body(request)
        return view(request, *args, **kwargs)
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        return view(request, *args, **kwargs)


def _person(request: HttpRequest) -> Person:
    """In whose name is asked. Wrong keys are counted apart, so that they cannot be guessed at speed."""
    address = request.META.get("REMOTE_ADDR") or "?"
    said = request.headers.get("Authorization")
    if said is None:
        WINDOWS.count("address", address)
        return VISITOR
    WINDOWS.count("failed", address, step=0)
    scheme, _, key = said.partition(" ")
    found = None
    if scheme.lower() == "bearer" and key.startswith("cs_") and len(key) <= LONGEST_KEY and key.isascii():
        found = accounts.person_of_key(key, clock.now())
    if found is None:
        WINDOWS.count("failed", address)
        raise Refused(Reason("api.key_bad"))
    WINDOWS.count("key", accounts.digest_of(key))
    return found


def _check_body(request: HttpRequest) -> None:
    stop_if([Reason("api.key_missing")] if request.person == VISITOR else ())
    stop_if([Reason("api.not_json")] if request.content_type != "application/json" else ())
    length = request.META.get("CONTENT_LENGTH") or "0"
    too_large = not length.isdecimal() or int(length) > LARGEST_BODY or len(request.body) > LARGEST_BODY
    stop_if([_too_large()] if too_large else ())


def _too_large() -> Reason:
    return Reason("api.too_large", limit=LARGEST_BODY // 1024)


def _language(request: HttpRequest) -> str:
    """`?lang=`, else the first language of `Accept-Language` that we speak, else Vietnamese."""
    asked = request.GET.get("lang")
    if asked in LANGUAGES:
        return asked
    wanted = []
    for place, piece in enumerate(request.headers.get("Accept-Language", "")[:200].split(",")):
        name, _, rest = piece.strip().partition(";")
        weight = rest.strip().removeprefix("q=")
        number = float(weight) if weight.replace(".", "", 1).isdecimal() and weight.isascii() else 1.0
        wanted.append((-number, place, name.strip().lower().split("-")[0]))
    return next((name for _, _, name in sorted(wanted) if name in LANGUAGES), LANGUAGES[0])


def _finished(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    if response.status_code == 405 and "json" not in response.headers.get("Content-Type", ""):
        allow = response.headers["Allow"]
        response = refuse(request, [Reason("api.method", method=str(request.method)[:20], allow=allow)])
        response.headers["Allow"] = allow
    if response.status_code == 200 and request.method == "GET" and not response.streaming:
        response = _tagged(request, response)
    response.headers.setdefault("Cache-Control", "private, no-store" if response.status_code >= 400 else _age(request))
    response.headers["Content-Language"] = request.lang
    patch_vary_headers(response, ["Accept-Language", "Authorization"])
    return response


def _tagged(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    tag = quote_etag(hashlib.sha256(response.content).hexdigest()[:32])
    seen = {one.removeprefix("W/") for one in parse_etags(request.headers.get("If-None-Match", ""))}
    if tag in seen or "*" in seen:
        response = HttpResponseNotModified()
    response.headers["ETag"] = tag
    return response


def _age(request: HttpRequest) -> str:
    """How long an answer may be used without asking: `request.keeps` seconds, where the view said so."""
    keeps = getattr(request, "keeps", 0)
    return f"private, max-age={keeps}" if keeps else "private, no-cache"
