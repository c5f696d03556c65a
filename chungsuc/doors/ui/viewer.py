"""Who looks: `request.person`, from the session; a visitor where nobody is signed in."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from chungsuc.accounts import queries
from chungsuc.accounts.rules import VISITOR, Person


def _person(request: HttpRequest) -> Person:
    return queries.person_of(request.user) if request.user.is_authenticated else VISITOR


class Viewer:
    """Puts `request.person` in place; it costs no query until somebody asks and a session exists."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, knowing who asks. A page of a signed-in person is never kept by caches in between."""
        request.person = SimpleLazyObject(lambda: _person(request))
        response = self.get_response(request)
        if request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "private, no-cache")
        return response
