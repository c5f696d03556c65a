"""Every error in one shape: `{"accepted": false, "problems": [{"code", "facts", "text", "mend"}]}`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpRequest, JsonResponse

from chungsuc.doors.ui.refusals import NOT_FOUND
from chungsuc.kit.catalogue import as_json
from chungsuc.kit.errors import Reason

ABSENT = NOT_FOUND | {"api.not_found", "command.unknown", "accounts.other_unit", "criteria.overlay_unknown"}
CONFLICT = frozenset({"command.conflict", "figure.changed_meanwhile"})
OWN = {
    "accounts.not_allowed": 403,
    "api.key_missing": 401,
    "api.key_bad": 401,
    "api.too_many_requests": 429,
    "api.too_large": 413,
    "api.not_json": 415,
    "api.method": 405,
}

# What pydantic says -> the code that we say; anything else is `api.bad_value`.
SHAPE = {
    "missing": "api.missing",
    "extra_forbidden": "api.unknown_field",
    "string_pattern_mismatch": "api.bad_pattern",
    "string_too_long": "api.too_long",
    "too_long": "api.too_long",
    "api.bad_day": "api.bad_day",
}


def status_of(reasons: Iterable[Reason]) -> int:
    """409 for a conflict, 404 for what is not there for this person, else the code's own status, else 400."""
    codes = [reason.code for reason in reasons]
    if any(code in CONFLICT for code in codes):
        return 409
    if any(code in ABSENT for code in codes):
        return 404
    return next((OWN[code] for code in codes if code in OWN), 400)


def refuse(request: HttpRequest, reasons: Iterable[Reason], status: int | None = None) -> JsonResponse:
    """The answer that says no, in the caller's language."""
    found = tuple(reasons)
    told = {"accepted": False, "problems": [as_json(reason, request.lang) for reason in found]}
    answer = JsonResponse(told, status=status or status_of(found), json_dumps_params={"ensure_ascii": False})
    if answer.status_code == 401:
        answer.headers["WWW-Authenticate"] = 'Bearer realm="chungsuc"'
    for reason in found:
        if reason.code == "api.too_many_requests":
            answer.headers["Retry-After"] = str(reason.facts["seconds"])
    return answer


def reason_of_shape(error: Mapping[str, Any]) -> Reason:
    """One complaint of pydantic as a reason: where, and what was wrong; what was sent is not repeated."""
    loc = [str(piece) for piece in error["loc"]]
    where = loc[0] if loc else "body"
    field = ".".join(loc[2:] if where == "body" else loc[1:])[:120] or where
    code = SHAPE.get(error["type"], "api.bad_value")
    said = {"said": str(error["msg"])[:200]} if code == "api.bad_value" else {}
    return Reason(code, field=field, where=where, **said)
