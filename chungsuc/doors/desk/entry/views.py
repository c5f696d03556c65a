"""Entry in the browser: where to begin, a unit's criteria, one criterion, a receipt. Works without script."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from chungsuc.accounts.rules import MAY, VISITOR, Permission
from chungsuc.assessment.queries import Form
from chungsuc.doors.desk.entry import asking, checking, definitions, pages, posting, receipts, sending, starting
from chungsuc.doors.desk.entry.fields import standing
from chungsuc.kit import clock
from chungsuc.kit.errors import Reason, Refused
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
    said = receipts.said(request.GET.get("receipt", ""), "", [form.unit.id], request.lang)
    return render(request, "desk/entry_unit.html", {"page": pages.unit_page(form, question, request.lang, said)})


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
    said = receipts.said(request.GET.get("receipt", ""), request.GET.get("files", ""), [form.unit.id], request.lang)
    page = pages.criterion_page(form, number, question, request.lang, command=str(uuid4()), said=said)
    return render(request, "desk/entry_criterion.html", {"page": page})


def _posted(request: HttpRequest, form: Form, number: int, question: asking.EntryQuestion) -> HttpResponse:
    """Save or send what a form without script brought; then lead on (303), so that nothing is posted twice."""
    codes = [one.code for line in form.rules.criteria if line.number == number for one in line.indicators]
    fields = asking.fields_of(request.POST, codes)
    if request.POST.get("take") in codes:
        return _taken(request, form, number, question, fields)
    try:
        answer = posting.take_in(request, form, fields, codes)
    except Refused as refused:
        kept = posting.kept_as_draft(request, form, fields, codes, refused)
        form = asking.form_for(request, form.unit.code, question)
        page = pages.criterion_page(
            form,
            number,
            question,
            request.lang,
            command=str(uuid4()),
            typed=fields,
            problems=sending.named(refused.reasons, request.person, request.lang),
            why=request.POST.get("why", ""),
            said=receipts.said(kept or "", "", [form.unit.id], request.lang),
        )
        return render(request, "desk/entry_criterion.html", {"page": page}, status=sending.status_of(refused.reasons))
    to = pages.after(form, number, question, answer.body.get("receipt") or "none", answer.body.get("files", 0))
    return HttpResponseRedirect(to, status=303)


def _taken(request: HttpRequest, form: Form, number: int, question: asking.EntryQuestion, fields: Any) -> HttpResponse:
    """Put the server's text in the place of what was typed into one field; the others stay as typed."""
    code = request.POST["take"]
    typed = {**fields, code: standing(form, form.rules.by_code[code])}
    page = pages.criterion_page(
        form, number, question, request.lang, command=str(uuid4()), typed=typed, why=request.POST.get("why", "")
    )
    return render(request, "desk/entry_criterion.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@signed_in
def check(request: HttpRequest, code: str) -> HttpResponse:
    """Everything typed and not sent, to be looked over and sent at once."""
    question = asking.entry_question(request)
    form = asking.form_for(request, code, question)
    problems: tuple[Reason, ...] = ()
    if request.method == "POST":
        try:
            answer = checking.send_all(request, form)
            return HttpResponseRedirect(pages.checked(form, question, answer.body.get("receipt") or "none"), status=303)
        except Refused as refused:
            problems = sending.named(refused.reasons, request.person, request.lang)
            form = asking.form_for(request, code, question)
    page = checking.check_page(form, question, request, problems=problems)
    return render(
        request, "desk/entry_check.html", {"page": page}, status=sending.status_of(problems) if problems else 200
    )


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
def definition(request: HttpRequest, set_code: str, region: str, year: int, classes: str, version: str) -> HttpResponse:
    """The form definition of a place and year, as a document that never changes under its address."""
    key = (set_code, region, year, classes, request.GET.get("province", ""))
    try:
        document, current = DEFINITIONS.get(key, lambda: definitions.document(*key))
    except Refused as refused:
        return sending.problems(request, refused.reasons, sending.status_of(refused.reasons))
    if version != current:
        return sending.problems(request, (Reason("entry.form_superseded", version=version[:40]),), 404)
    return _document(request, document, current, "public, max-age=31536000, immutable")


@require_safe
def tree(request: HttpRequest, province: str, day: str) -> HttpResponse:
    """The units of a province on a day; asked again it is "not modified" as long as nothing changed."""
    try:
        document = definitions.tree(province, day)
    except Refused as refused:
        return sending.problems(request, refused.reasons, sending.status_of(refused.reasons))
    return _document(request, document, document["version"], "public, max-age=300")


def _document(request: HttpRequest, document: dict[str, Any], version: str, keep: str) -> HttpResponse:
    """Plain JSON with its version as ETag; 304 to who has it already."""
    response = JsonResponse(document, json_dumps_params={"ensure_ascii": False, "separators": (",", ":")})
    response.headers["Cache-Control"] = keep
    response.headers["ETag"] = f'"{version}"'
    return get_conditional_response(request, etag=f'"{version}"', response=response)
