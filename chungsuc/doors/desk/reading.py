"""How every page of the desk reads: one read-only snapshot of the database, one page object, one template."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags, quote_etag
from django.views.decorators.http import require_safe

from chungsuc.kit import clock, journal
from chungsuc.kit.memory import Memory

View = Callable[..., HttpResponse]
LARGEST_KEPT = 2_000_000


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer as it was given: its body plain and compressed, its headers, its tag."""

    body: bytes
    packed: bytes
    headers: tuple[tuple[str, str], ...]
    tag: str


# 0 keeps nothing: to measure what keeping is worth.
PAGES: Memory[Kept | None] = Memory(limit=400, seconds=settings.CHUNGSUC_KEEP_SECONDS)


def reading(view: View) -> View:
    """Answer GET and HEAD only, inside one transaction that cannot write and sees one state of the data."""

    @require_safe
    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        outermost = not connection.in_atomic_block
        with transaction.atomic():
            if outermost:
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            return view(request, *args, **kwargs)

    return answered


def kept(view: View) -> View:
    """Keep the answer while nothing is recorded: for pages that depend on the address, the data and who looks.

    Goes below `reading`. An answer that holds a form's token, is no page, or is very large is not kept.
    """

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        theme, person = request.COOKIES.get("theme", ""), request.person
        question = (request.get_full_path(), request.lang, theme, person.code, person.role, clock.today())
        fresh: list[HttpResponse] = []

        def make() -> Kept | None:
            fresh.append(view(request, *args, **kwargs))
            return _keep(request, fresh[0])

        key = (journal.head(), *question)
        found = PAGES.get(key, make)
        if found is None:
            PAGES.forget(key)
            return fresh[0] if fresh else view(request, *args, **kwargs)
        return _again(request, found)

    return answered


def _keep(request: HttpRequest, response: HttpResponse) -> Kept | None:
    personal = request.META.get("CSRF_COOKIE_NEEDS_UPDATE") or response.cookies
    if response.streaming or response.status_code != 200 or personal or len(response.content) > LARGEST_KEPT:
        return None
    body = response.content
    return Kept(
        body=body,
        packed=gzip.compress(body, 6, mtime=0),
        headers=tuple(response.headers.items()),
        tag=quote_etag(hashlib.sha256(body).hexdigest()[:32]),
    )


def _again(request: HttpRequest, found: Kept) -> HttpResponse:
    if found.tag in parse_etags(request.headers.get("If-None-Match", "")):
        response: HttpResponse = HttpResponseNotModified()
    else:
        packed = "gzip" in request.headers.get("Accept-Encoding", "")
        response = HttpResponse(found.packed if packed else found.body)
        for name, value in found.headers:
            response.headers[name] = value
        if packed:
            response.headers["Content-Encoding"] = "gzip"
    response.headers["ETag"] = found.tag
    response.headers["Cache-Control"] = "private, no-cache"
    patch_vary_headers(response, ["Accept-Encoding", "Cookie"])
    return response


def show(request: HttpRequest, template: str, page: object) -> HttpResponse:
    """The page object in its template."""
    return render(request, template, {"page": page})
