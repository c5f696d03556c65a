"""Many communes side by side: one criterion, communes down, its indicators across. A form that works without script."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from chungsuc.accounts.rules import VISITOR
from chungsuc.assessment import queries
from chungsuc.assessment.actions import save_drafts
from chungsuc.doors.desk.entry import asking, definitions
from chungsuc.doors.desk.entry.fields import FieldBlock, changed_only, field_block
from chungsuc.doors.desk.entry.pages import EntryFrame
from chungsuc.doors.desk.entry.receipts import Said, said
from chungsuc.kit import clock, commands
from chungsuc.kit.catalogue import mend, say
from chungsuc.kit.errors import Refused
from chungsuc.kit.vietnamese import sort_key
from chungsuc.territory import queries as territory
from chungsuc.territory.rules import Kind

MOST = 200


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
    said: Said | None
    problems: tuple[tuple[str, str, str], ...]


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
    if request.method == "POST":
        try:
            answer = _save(request, forms, number, question)
            to = _to(question, source.get("under", ""), number) + f"&receipt={answer.body.get('receipt') or 'none'}"
            return HttpResponseRedirect(to, status=303)
        except Refused as refused:
            lang = request.lang
            problems = tuple((one.code, say(one, lang), mend(one, lang) or "") for one in refused.reasons)
    page = _page(forms, number, question, source.get("under", ""), request, problems)
    return render(request, "desk/entry_grid.html", {"page": page}, status=400 if problems else 200)


def _forms(request: HttpRequest, question: asking.EntryQuestion, under: str) -> list[queries.Form]:
    """The forms of the communes below the unit for which the person may enter; none of them: 404."""
    units = territory.units_at(question.day, under or request.person.unit_code, [Kind.COMMUNE])
    units = [one for one in units if queries.may_enter(request.person, one, question.day)]
    if not units or len(units) > MOST:
        raise Http404
    units.sort(key=lambda one: (one.parent_code or "", sort_key(one.short_name)))
    return [asking.form_for(request, one.code, question) for one in units]


def _save(
    request: HttpRequest, forms: list[queries.Form], number: int, question: asking.EntryQuestion
) -> commands.Answer:
    typed = {form.unit.code: _typed(request.POST, form, number) for form in forms}
    at = clock.now()
    key = commands.key_of(request.POST.get("command"))

    def act() -> dict[str, object]:
        numbers = []
        for form in forms:
            fields, seen = typed[form.unit.code]
            kept = save_drafts(
                unit=form.unit, set_code=form.rules.code, speaks_of=form.day, fields=changed_only(form, fields),
                seen=seen, command=key,
                by=request.person, at=at,
            )  # fmt: skip
            numbers += [kept.number] if kept.number else []
        return {"receipt": numbers[0] if numbers else None}

    body = repr(sorted((code, sorted(fields.items())) for code, (fields, _) in typed.items())).encode()
    return commands.once(key, actor=request.person.code, route=f"grid.{number}", body=body, at=at, act=act)


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
        rows.append(
            GridRow(form.unit.code, form.unit.name, definitions.address(form), judged.verdict.value, blocks)
        )
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
        said=said(request.GET.get("receipt", ""), lang),
        problems=problems,
    )
