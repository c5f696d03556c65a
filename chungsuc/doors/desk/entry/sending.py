"""Drafts and figures as they come in: from a script as JSON, from a plain form. Each takes effect once."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from chungsuc.accounts.rules import VISITOR, Person
from chungsuc.assessment import actions
from chungsuc.assessment.queries import Form, may_enter
from chungsuc.doors.desk.entry.asking import seen_of
from chungsuc.doors.desk.entry.fields import changed_only
from chungsuc.kit import clock, commands
from chungsuc.kit.catalogue import as_json
from chungsuc.kit.errors import Reason, Refused
from chungsuc.territory import queries as territory
from chungsuc.territory.rules import UnitFact

SOURCE = "web"
LARGEST = 200_000
CONFLICTS = frozenset({"command.conflict", "draft.changed_elsewhere", "figure.changed_meanwhile"})
UNKNOWN = frozenset({"command.unknown", "unit.unknown", "accounts.other_unit"})


@dataclass(frozen=True, slots=True)
class Sent:
    """One request that writes, read and checked in shape."""

    command: UUID
    unit: UnitFact
    set_code: str
    day: date
    fields: Mapping[str, Mapping[str, str] | None]
    seen: Mapping[str, int]
    why: str


def status_of(reasons: tuple[Reason, ...]) -> int:
    """409 for a conflict, 404 for what is not there for this person, 403 without the right, else 400."""
    codes = {reason.code for reason in reasons}
    if codes & CONFLICTS:
        return 409
    if codes & UNKNOWN:
        return 404
    return 403 if "accounts.not_allowed" in codes else 400


@require_POST
def drafts(request: HttpRequest) -> HttpResponse:
    """Keep drafts."""
    return _answered(request, "entry.drafts", save)


@require_POST
def figures(request: HttpRequest) -> HttpResponse:
    """Record figures from the fields and close their drafts."""
    return _answered(request, "entry.figures", send)


Act = Callable[[Sent, Person], dict[str, Any]]


def _answered(request: HttpRequest, route: str, act: Act) -> HttpResponse:
    try:
        if request.person == VISITOR:
            return problems(request, (Reason("entry.sign_in_first"),), 401)
        sent = _read(request)
        answer = commands.once(
            sent.command,
            actor=request.person.code,
            route=route,
            body=request.body,
            at=clock.now(),
            act=lambda: act(sent, request.person),
        )
    except Refused as refused:
        return problems(request, refused.reasons, status_of(refused.reasons))
    response = JsonResponse({**answer.body, "replayed": answer.replayed}, status=answer.status)
    if answer.replayed:
        response.headers["Replayed"] = "true"
    return response


def problems(request: HttpRequest, reasons: tuple[Reason, ...], status: int) -> HttpResponse:
    """The one shape of an error for machines."""
    told = [as_json(reason, request.lang) for reason in reasons]
    return JsonResponse({"accepted": False, "problems": told}, status=status, json_dumps_params={"ensure_ascii": False})


def save(sent: Sent, by: Person) -> dict[str, Any]:
    """Keep drafts; the answer is plain JSON."""
    at = clock.now()
    kept = actions.save_drafts(
        unit=sent.unit, set_code=sent.set_code, speaks_of=sent.day, fields=sent.fields, seen=sent.seen,
        command=sent.command, by=by, at=at,
    )  # fmt: skip
    return {"receipt": kept.number, "at": at.isoformat(), "rows": dict(kept.rows), "sent": False}


def send(sent: Sent, by: Person) -> dict[str, Any]:
    """Record figures; the answer is plain JSON."""
    at = clock.now()
    done = actions.send_fields(
        unit=sent.unit, set_code=sent.set_code, speaks_of=sent.day, fields=sent.fields, seen=sent.seen,
        source=SOURCE, reason=sent.why, command=sent.command, by=by, at=at,
    )  # fmt: skip
    counts = {"recorded": done.receipt.recorded, "unchanged": done.receipt.unchanged}
    return {"receipt": done.number, "at": at.isoformat(), "rows": dict(done.rows), "sent": True, **counts}


def from_form(
    request: HttpRequest, form: Form, fields: Mapping[str, Mapping[str, str]], codes: list[str]
) -> commands.Answer:
    """The same two acts from a plain form: its hidden command id, its body as the browser encoded it."""
    sending = request.POST.get("step") == "send"
    sent = Sent(
        command=commands.key_of(request.POST.get("command")),
        unit=form.unit,
        set_code=form.rules.code,
        day=form.day,
        fields=fields if sending else changed_only(form, fields),
        seen=seen_of(request.POST, codes),
        why=request.POST.get("why", "")[:2000],
    )
    body = json.dumps([fields, sent.why, form.day.isoformat(), sending], sort_keys=True, ensure_ascii=False).encode()
    act = send if sending else save
    return commands.once(
        sent.command,
        actor=request.person.code,
        route=f"form.{form.unit.code}.{'figures' if sending else 'drafts'}",
        body=body,
        at=clock.now(),
        act=lambda: act(sent, request.person),
    )


def files_from_form(request: HttpRequest, form: Form, codes: list[str]) -> None:
    """Files that a plain form brought (`e:CODE`), each kept once; `Refused` names the file."""
    command = commands.key_of(request.POST.get("command"))
    for code in codes:
        for file in request.FILES.getlist(f"e:{code}")[:10]:
            content = file.read()
            _keep_file(request.person, form, code, file.name or "", content, uuid5(command, f"{code}/{file.name}"))


def _keep_file(by: Person, form: Form, code: str, name: str, content: bytes, key: UUID) -> None:
    at = clock.now()

    def act() -> dict[str, Any]:
        kept = actions.add_evidence(
            name=name, content=content, unit=form.unit, set_code=form.rules.code, indicator=code,
            speaks_of=form.day, by=by, at=at,
        )  # fmt: skip
        return {"evidence": kept.id}

    commands.once(key, actor=by.code, route="entry.evidence", body=content, at=at, act=act)


def _read(request: HttpRequest) -> Sent:
    if len(request.body) > LARGEST:
        raise Refused(Reason("entry.too_large", most=LARGEST))
    try:
        told = json.loads(request.body)
        if not isinstance(told, dict):
            raise ValueError("not an object")
        day = date.fromisoformat(told["day"])
        fields, seen = told["fields"], told.get("seen") or {}
        shapes = isinstance(fields, dict) and isinstance(seen, dict) and 0 < len(fields) <= 200
        if not shapes or not all(isinstance(one, int) and 0 <= one < 2**63 for one in seen.values()):
            raise ValueError("fields")
        if not all(one is None or _plain(one) for one in fields.values()):
            raise ValueError("fields")
        code, set_code, why = str(told["unit"]), str(told["set"]), str(told.get("why") or "")
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise Refused(Reason("entry.bad_body", said=str(error)[:80])) from error
    unit = territory.unit_at(code[:20], day)
    if not may_enter(request.person, unit, clock.today()) and not may_enter(request.person, unit, day):
        raise Refused(Reason("unit.unknown", unit=code[:20], on=day))
    return Sent(commands.key_of(told.get("command")), unit, set_code[:40], day, fields, seen, why[:2000])


def _plain(field: object) -> bool:
    return isinstance(field, dict) and all(isinstance(text, str) for text in field.values()) and len(field) <= 20


def own_unit(request: HttpRequest, code: str, day: date) -> UnitFact:
    """The unit, where the person may enter for it; else 404, as if it were not there."""
    unit = territory.unit_at(code, day)
    if not may_enter(request.person, unit, day):
        raise Http404
    return unit
