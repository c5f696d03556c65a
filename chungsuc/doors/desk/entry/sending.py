"""Drafts and figures as they come in: from a script as JSON, from a plain form. Each takes effect once."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from chungsuc.accounts import queries as accounts
from chungsuc.accounts.rules import VISITOR, Person
from chungsuc.assessment import actions
from chungsuc.assessment.queries import day_of_right, may_enter
from chungsuc.doors.ui.refusals import NOT_FOUND
from chungsuc.kit import clock, commands
from chungsuc.kit.catalogue import as_json, text
from chungsuc.kit.errors import Reason, Refused
from chungsuc.territory import queries as territory
from chungsuc.territory.rules import UnitFact

SOURCE = "web"
LARGEST = 200_000
CONFLICTS = frozenset(
    {"command.conflict", "draft.changed_elsewhere", "figure.changed_meanwhile", "entry.check_changed"}
)
UNKNOWN = NOT_FOUND | {"command.unknown", "accounts.other_unit", "entry.form_superseded"}


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
    if "entry.too_large" in codes:
        return 413
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
            body=_body(request),
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
    told = [as_json(reason, request.lang) for reason in named(reasons, request.person, request.lang)]
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


def _read(request: HttpRequest) -> Sent:
    try:
        told = json.loads(_body(request))
        if not isinstance(told, dict):
            raise ValueError("not an object")
        written = json.dumps(told, ensure_ascii=False)
        written.encode()  # half a surrogate pair is no text that can be kept
        if "\\u0000" in written:
            raise ValueError("a text holds U+0000")
        day = date.fromisoformat(told["day"])
        fields, seen = told["fields"], told.get("seen") or {}
        shapes = isinstance(fields, dict) and isinstance(seen, dict) and 0 < len(fields) <= 200
        if not shapes or not all(isinstance(one, int) and 0 <= one < 2**63 for one in seen.values()):
            raise ValueError("fields")
        if not all(one is None or _plain(one) for one in fields.values()):
            raise ValueError("fields")
        code, set_code, why = str(told["unit"])[:20], str(told["set"])[:40], str(told.get("why") or "")[:2000]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise Refused(Reason("entry.bad_body", said=str(error)[:80])) from error
    return Sent(commands.key_of(told.get("command")), own_unit(request, code, day), set_code, day, fields, seen, why)


def _body(request: HttpRequest) -> bytes:
    try:
        body = request.body
    except RequestDataTooBig:
        body = b" " * (LARGEST + 1)
    if len(body) > LARGEST:
        raise Refused(Reason("entry.too_large", most=LARGEST))
    return body


def _plain(field: object) -> bool:
    return isinstance(field, dict) and all(isinstance(text, str) for text in field.values()) and len(field) <= 20


def own_unit(request: HttpRequest, code: str, day: date) -> UnitFact:
    """The unit, where the person may enter for it; else `unit.unknown`, as if it were not there."""
    if "\x00" in code:
        raise Refused(Reason("unit.unknown", unit="?", on=day))
    unit = territory.unit_at(code, day)
    if not may_enter(request.person, unit, day_of_right(unit, clock.today(), day)):
        raise Refused(Reason("unit.unknown", unit=code, on=day))
    return unit


def named(reasons: Iterable[Reason], by: Person, lang: str) -> tuple[Reason, ...]:
    """Reasons as this person reads them: who typed elsewhere by name, or "you, in another window"."""
    found = []
    for reason in reasons:
        facts = dict(reason.facts)
        if reason.code == "draft.changed_elsewhere":
            facts["who"] = _who(str(facts["who"]), by, lang)
        found.append(Reason(reason.code, **facts))
    return tuple(found)


def _who(code: str, by: Person, lang: str) -> str:
    if code == by.code:
        return text("entry.you_elsewhere", lang)
    there = accounts.person(code)
    return there.name if there else code
