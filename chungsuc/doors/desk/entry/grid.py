"""Many communes side by side: one criterion, communes down, its indicators across. A form that works without script."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from chungsuc.accounts.rules import VISITOR, Person
from chungsuc.assessment import queries
from chungsuc.doors.desk.entry import asking, definitions
from chungsuc.doors.desk.entry.fields import FieldBlock, changed_only, field_block, problems_of, unsent_only
from chungsuc.doors.desk.entry.pages import EntryFrame, words
from chungsuc.doors.desk.entry.receipts import Said, said
from chungsuc.doors.desk.entry.sending import Act, Sent, named, save, send, status_of
from chungsuc.kit import clock, commands
from chungsuc.kit.catalogue import mend, say, text
from chungsuc.kit.errors import Reason, Refused
from chungsuc.kit.vietnamese import sort_key

MOST = 60


@dataclass(frozen=True, slots=True)
class GridRow:
    """One commune with the fields of the criterion."""

    code: str
    name: str
    definition: str
    verdict: str
    blocks: tuple[FieldBlock, ...]


@dataclass(frozen=True, slots=True)
class Tab:
    """One criterion to choose."""

    number: int
    name: str
    to: str
    chosen: bool


@dataclass(frozen=True)
class GridPage:
    """Everything the template needs."""

    frame: EntryFrame
    under: str
    number: int
    name: str
    tabs: tuple[Tab, ...]
    rows: tuple[GridRow, ...]
    command: str
    asks_why: bool
    why: str
    said: Said | None
    problems: tuple[tuple[str, str, str], ...]
    words: Mapping[str, str]


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def grid(request: HttpRequest) -> HttpResponse:
    """The grid, and the drafts it brings; figures are sent commune by commune."""
    if request.person == VISITOR:
        return asking.to_sign_in(request)
    question = asking.entry_question(request)
    source = request.POST if request.method == "POST" else request.GET
    forms = _forms(request, question, source.get("under", "")[:20])
    number = int(text) if (text := source.get("criterion", "1")).isdecimal() and len(text) < 4 else 1
    if number not in [one.number for one in forms[0].rules.criteria]:
        raise Http404
    problems: tuple[tuple[str, str, str], ...] = ()
    status = 200
    if request.method == "POST":
        try:
            answer = _save(request, forms, number, question)
            to = _to(question, source.get("under", ""), number) + f"&receipt={answer.body.get('receipt') or 'none'}"
            return HttpResponseRedirect(to, status=303)
        except Refused as refused:
            lang, status = request.lang, status_of(refused.reasons)
            forms = _forms(request, question, source.get("under", "")[:20])
            by_code = {form.unit.code: form for form in forms}
            problems = tuple(
                _told(by_code.get(str(one.facts.get("in_unit"))), one, lang)
                for one in named(refused.reasons, request.person, lang)
            )
    page = _page(forms, number, question, source.get("under", ""), request, problems)
    return render(request, "desk/entry_grid.html", {"page": page}, status=status)


def _forms(request: HttpRequest, question: asking.EntryQuestion, under: str) -> list[queries.Form]:
    """The forms of the communes below the unit for which the person may enter; none of them: 404."""
    forms = queries.forms_of(
        under=under or request.person.unit_code, set_code=question.set_code, day=question.day, by=request.person,
        today=question.today, most=MOST,
    )  # fmt: skip
    if not forms:
        raise Http404
    return sorted(forms, key=lambda one: (one.unit.parent_code or "", sort_key(one.unit.short_name)))


def _save(
    request: HttpRequest, forms: list[queries.Form], number: int, question: asking.EntryQuestion
) -> commands.Answer:
    """Drafts, or figures of every commune at once: all or nothing."""
    typed = {form.unit.code: _typed(request.POST, form, number) for form in forms}
    at, key = clock.now(), commands.key_of(request.POST.get("command"))
    sending, why = request.POST.get("step") == "send", request.POST.get("why", "")[:2000]

    def act() -> dict[str, object]:
        numbers = []
        for form in forms:
            fields, seen = typed[form.unit.code]
            fresh = unsent_only(form, fields) if sending else changed_only(form, fields)
            if not fresh:
                continue
            one = Sent(key, form.unit, form.rules.code, form.day, fresh, seen, why)
            numbers.append(_of_one((send if sending else save), one, request.person))
        found = [number for number in numbers if number]
        return {"receipt": found[0] if found else None, "receipts": found}

    said = [sorted((code, sorted(fields.items())) for code, (fields, _) in typed.items()), sending, why]
    route = f"grid.{number}.{question.set_code}.{question.day}"
    body = json.dumps(said, ensure_ascii=False).encode()
    return commands.once(key, actor=request.person.code, route=route, body=body, at=at, act=act)


def _of_one(act: Act, sent: Sent, by: Person) -> str | None:
    """The receipt of one commune; what is refused says of which."""
    try:
        return act(sent, by)["receipt"]
    except Refused as refused:
        of = {"in_unit": sent.unit.code}
        raise Refused([Reason(one.code, **{**one.facts, **of}) for one in refused.reasons]) from refused


def _told(form: queries.Form | None, reason: Reason, lang: str) -> tuple[str, str, str]:
    """Code, sentence with the commune before it, and how to mend it; with both texts where two typed."""
    where, words = form.unit.name if form else "", say(reason, lang)
    said = f"{where}: {words}" if where else words
    if form is not None and reason.code == "draft.changed_elsewhere":
        (problem,) = problems_of([reason], form, lang)
        said += " " + text("entry.two_texts", lang, theirs=problem.theirs, mine=problem.mine)
    return reason.code, said, mend(reason, lang) or ""


def _typed(
    posted: Mapping[str, str], form: queries.Form, number: int
) -> tuple[dict[str, dict[str, str]], dict[str, int]]:
    """What was typed for one commune: inputs are named `u:UNIT:f:CODE[:NAME]`."""
    codes = [one.code for line in form.rules.criteria if line.number == number for one in line.indicators]
    stem = f"u:{form.unit.code}:"
    own = {name[len(stem) :]: text for name, text in posted.items() if name.startswith(stem)}
    return asking.fields_of(own, codes), asking.seen_of(own, codes)


def _to(question: asking.EntryQuestion, under: str, number: int) -> str:
    query = f"&{question.query}" if question.query else ""
    return f"/entry/grid?under={under}&criterion={number}{query}"


def _page(
    forms: list[queries.Form],
    number: int,
    question: asking.EntryQuestion,
    under: str,
    request: HttpRequest,
    problems: tuple[tuple[str, str, str], ...],
) -> GridPage:
    lang, first = request.lang, forms[0]
    above = next((one for one in first.above if one.code == under), first.above[0] if first.above else first.unit)
    rows = []
    for form in forms:
        judged = next(one for one in form.verdict.criteria if one.number == number)
        typed = _typed(request.POST, form, number)[0] if problems else {}
        blocks = tuple(field_block(form, one, typed.get(one.code), (), lang) for one in judged.indicators)
        rows.append(GridRow(form.unit.code, form.unit.name, definitions.address(form), judged.verdict.value, blocks))
    name = first.rules.name.of(lang)
    return GridPage(
        frame=EntryFrame(above.name, above.code, "", question.day, first.rules.code, name, question.query),
        under=under,
        number=number,
        name=next(one.name.of(lang) for one in first.rules.criteria if one.number == number),
        tabs=tuple(
            Tab(one.number, one.name.of(lang), _to(question, under, one.number), one.number == number)
            for one in first.rules.criteria
        ),
        rows=tuple(rows),
        command=str(uuid4()),
        asks_why=any(block.sent for row in rows for block in row.blocks),
        why=request.POST.get("why", ""),
        said=said(request.GET.get("receipt", ""), "", [form.unit.id for form in forms], lang),
        problems=problems,
        words=words(lang),
    )
