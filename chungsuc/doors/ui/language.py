"""Which language a page speaks: `?lang=`, then the cookie, then Vietnamese."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from chungsuc.kit.catalogue import LANGUAGES

COOKIE = "lang"
ONE_YEAR = 365 * 24 * 3600


def language_of(request: HttpRequest) -> str:
    """The language of this request; anything unknown is Vietnamese."""
    asked = request.GET.get("lang") or request.COOKIES.get(COOKIE)
    return asked if asked in LANGUAGES else LANGUAGES[0]


class Language:
    """Puts `request.lang` in place and remembers a choice that was made by link."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer in the language asked for."""
        request.lang = language_of(request)
        response = self.get_response(request)
        if request.GET.get("lang") == request.lang:
            response.set_cookie(COOKIE, request.lang, max_age=ONE_YEAR, samesite="Lax", httponly=True)
        response.headers.setdefault("Content-Language", request.lang)
        return response
