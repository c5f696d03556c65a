"""How a page is wanted: language (`?lang=`, cookie, else Vietnamese), light or dark (`?theme=`, cookie)."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from chungsuc.kit.catalogue import LANGUAGES

COOKIE, THEME = "lang", "theme"
THEMES = ("light", "dark")
ONE_YEAR = 365 * 24 * 3600


def language_of(request: HttpRequest) -> str:
    """The language of this request; anything unknown is Vietnamese."""
    asked = request.GET.get("lang") or request.COOKIES.get(COOKIE)
    return asked if asked in LANGUAGES else LANGUAGES[0]


def theme_of(request: HttpRequest) -> str:
    """`light` or `dark` where somebody chose; empty: as the device says."""
    asked = request.GET.get("theme") or request.COOKIES.get(THEME)
    return asked if asked in THEMES else ""


class Language:
    """Puts `request.lang` and `request.theme` in place and remembers a choice that was made by link."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer in the language asked for."""
        request.lang, request.theme = language_of(request), theme_of(request)
        response = self.get_response(request)
        if request.GET.get("lang") == request.lang:
            response.set_cookie(COOKIE, request.lang, max_age=ONE_YEAR, samesite="Lax", httponly=True)
        if request.GET.get("theme") in THEMES:
            response.set_cookie(THEME, request.theme, max_age=ONE_YEAR, samesite="Lax")
        response.headers.setdefault("Content-Language", request.lang)
        return response
