"""Entry in the browser: where to begin, a unit's criteria, one criterion, a receipt. Works without script."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from chungsuc.accounts.rules import MAY, VISITOR, Permission
from chungsuc.doors.desk.entry import asking, definitions, pages, receipts, sending, starting
from chungsuc.kit import clock
from chungsuc.kit.errors import Refused
from chungsuc.kit.memory import Memory

DEFINITIONS: Memory[tuple[dict[str, Any], str]] = Memory(limit=200, seconds=3600)


def signed_in(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Lead a visitor to the sign-in and back."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except asking.SignInFirst:
            return asking.to_sign_in(request)

    return answered


@require_safe
@never_cache
@signed_in
def start(request: HttpRequest) -> HttpResponse:
    """The communes of the person: what waits to be sent, what is filled in."""
    if request.person == VISITOR:
        raise asking.SignInFirst
    question = asking.entry_question(request)
    may = Permission.RECORD_FIGURES in MAY[request.person.role]
    page = starting.start_page(request.person, question, request.lang, may)
    return render(request, "desk/entry.html", {"page": page})


@require_safe
@never_cache
@signed_in
def unit(request: HttpRequest, code: str) -> HttpResponse:
    """The criteria of one unit as a list of tasks."""
    question = asking.entry_question(request)
    form = asking.form_for(request, code, question)
    return render(request, "desk/entry_unit.html", {"page": pages.unit_page(form, question, request.lang)})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@signed_in
def criterion(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """One criterion: its form, and what was typed into it."""
    question = asking.entry_question(request)
    form = asking.form_for(request, code, question)
    if number not in [one.number for one in form.rules.criteria]:
        raise Http404
    if request.method == "POST":
        return _posted(request, form, number, question)
    said = receipts.said(request.GET.get("receipt", ""), request.lang)
    page = pages.criterion_page(form, number, question, request.lang, command=str(uuid4()), said=said)
    return render(request, "desk/entry_criterion.html", {"page": page})


def _posted(request: HttpRequest, form: Any, number: int, question: asking.EntryQuestion) -> HttpResponse:
    """Save or send what a form without script brought; then lead on (303), so that nothing is posted twice."""
    codes = [one.code for line in form.rules.criteria if line.number == number for one in line.indicators]
    fields = asking.fields_of(request.POST, codes)
    try:
        answer = sending.from_form(request, form, fields, codes)
        sending.files_from_form(request, form, codes)
    except Refused as refused:
        page = pages.criterion_page(
            form,
            number,
            question,
            request.lang,
            command=str(uuid4()),
            typed=fields,
            problems=refused.reasons,
            why=request.POST.get("why", ""),
        )
        return render(request, "desk/entry_criterion.html", {"page": page}, status=sending.status_of(refused.reasons))
    return HttpResponseRedirect(pages.after(form, number, question, answer.body.get("receipt") or "none"), status=303)


@require_safe
@never_cache
@signed_in
def receipt(request: HttpRequest, number: str) -> HttpResponse:
    """What a receipt stands for."""
    if request.person == VISITOR:
        raise asking.SignInFirst
    page = receipts.receipt_page(number, request.person, clock.today(), request.lang)
    return render(request, "desk/entry_receipt.html", {"page": page})


@require_safe
def definition(
    request: HttpRequest, set_code: str, region: str, year: int, classes: str, version: str
) -> HttpResponse:
    """The form definition of a place and year, as a document that never changes under its address."""
    key = (set_code, region, year, classes, request.GET.get("province", ""))
    document, current = DEFINITIONS.get(key, lambda: definitions.document(*key))
    if version != current:
        raise Http404
    response = JsonResponse(document, json_dumps_params={"ensure_ascii": False, "separators": (",", ":")})
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    response.headers["ETag"] = f'"{current}"'
    return response
