"""Sign in with code and password; in a demo, by one tap as a made-up person."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chungsuc.accounts import actions, queries
from chungsuc.accounts.rules import VISITOR
from chungsuc.doors.desk.accounts.pages import account_page, sign_in_page
from chungsuc.kit import clock
from chungsuc.kit.errors import Reason

BACKEND = "django.contrib.auth.backends.ModelBackend"


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@sensitive_post_parameters("password")
def sign_in(request: HttpRequest) -> HttpResponse:
    """The form (GET), or an attempt (POST). A wrong code and a wrong password say the same."""
    if request.method in ("GET", "HEAD"):
        return _form(request)
    code, password = request.POST.get("code", "").strip(), request.POST.get("password", "")
    if "\x00" in code + password or len(code) > 80 or len(password) > 200:
        return _form(request, code="", problem=Reason("accounts.sign_in_failed"))
    wait = queries.why_not_try(code=code, at=clock.now())
    if wait:
        return _form(request, code=code, problem=wait[0], status=429)
    account = authenticate(request, username=code, password=password)
    actions.note_sign_in(code=code, done=account is not None, by=VISITOR, at=clock.now())
    if account is None:
        return _form(request, code=code, problem=Reason("accounts.sign_in_failed"), status=400)
    login(request, account, backend=BACKEND)
    return HttpResponseRedirect(_next(request))


@require_POST
def sign_in_demo(request: HttpRequest) -> HttpResponse:
    """As a made-up person, without a password: only where the installation says that it is a demo."""
    account = queries.demo_account(request.POST.get("code", "")[:80]) if settings.CHUNGSUC_DEMO else None
    if account is None:
        raise Http404
    actions.note_sign_in(code=account.code, done=True, by=VISITOR, at=clock.now())
    login(request, account, backend=BACKEND)
    return HttpResponseRedirect(_next(request))


@require_safe
@never_cache
def account(request: HttpRequest) -> HttpResponse:
    """Who is signed in, with what right and where; and the way out."""
    if request.person == VISITOR:
        return HttpResponseRedirect("/sign-in")
    return render(request, "desk/account.html", {"page": account_page(request.person, request.lang)})


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    return HttpResponseRedirect(_next(request))


def _next(request: HttpRequest) -> str:
    """Where to go after: only to an address of this site."""
    wanted = request.POST.get("next") or request.GET.get("next") or "/"
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) and wanted.startswith("/")
    return wanted if safe else "/"


def _form(request: HttpRequest, *, code: str = "", problem: Reason | None = None, status: int = 200) -> HttpResponse:
    people = queries.people(demo=True) if settings.CHUNGSUC_DEMO else []
    page = sign_in_page(people, code=code, problem=problem, to=_next(request), lang=request.lang)
    return render(request, "desk/sign_in.html", {"page": page}, status=status)
