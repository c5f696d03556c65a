"""Evidence in pieces: the tus protocol 1.0 (core, creation, termination), so that a lost line costs nothing.

The pieces lie in a file of their own until the last one has come; then the whole goes the ordinary way of
evidence: its kind is told from its bytes, it is kept under its hash, and only then is there a row.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from chungsuc.accounts.rules import VISITOR
from chungsuc.assessment import actions
from chungsuc.doors.desk.entry.sending import own_unit, problems, status_of
from chungsuc.kit import clock, commands
from chungsuc.kit.errors import Reason, Refused
from chungsuc.kit.files import partial

VERSION = {"Tus-Resumable": "1.0.0", "Cache-Control": "no-store"}
STATUSES = {
    "entry.sign_in_first": 401,
    "upload.bad_offset": 409,
    "upload.other_begun": 409,
    "upload.gone": 410,
    "upload.bad_version": 412,
    "upload.too_large": 413,
    "upload.bad_type": 415,
    "upload.busy": 423,
    "upload.too_many": 429,
}
NEEDED = ("unit", "set", "day", "indicator", "filename", "command")


@require_http_methods(["POST", "OPTIONS"])
def create(request: HttpRequest) -> HttpResponse:
    """Begin an upload: its length and what it is for. The same command begins the same upload again."""
    if request.method == "OPTIONS":
        told = {"Tus-Version": "1.0.0", "Tus-Extension": "creation,termination", "Tus-Max-Size": str(partial.LARGEST)}
        return HttpResponse(status=204, headers={**VERSION, **told})
    try:
        _speaks_tus(request)
        facts = _facts(request)
        unit = own_unit(request, facts["unit"], _day(facts))
        length = _length(request.headers.get("Upload-Length", ""))
        key = commands.key_of(facts["command"])
        partial.begin(key, length=length, facts={**facts, "unit": unit.code, "by": request.person.code}, at=clock.now())
    except Refused as refused:
        return _refused(request, refused)
    return HttpResponse(status=201, headers={**VERSION, "Location": f"/entry/uploads/{key}"})


@require_http_methods(["HEAD", "PATCH", "DELETE"])
def one(request: HttpRequest, key: UUID) -> HttpResponse:
    """How far an upload is (HEAD), its next piece (PATCH), or its end without effect (DELETE)."""
    try:
        _speaks_tus(request)
        upload = _mine(request, key)
        if request.method == "DELETE":
            partial.forget(key)
            return HttpResponse(status=204, headers=VERSION)
        upload = _append(request, upload) if request.method == "PATCH" else partial.given_back(key) or upload
    except Refused as refused:
        return _refused(request, refused)
    told = {"Upload-Offset": str(upload.offset), "Upload-Length": str(upload.length)}
    if upload.evidence:
        told |= {"Evidence": str(upload.evidence)}
    return HttpResponse(status=204 if request.method == "PATCH" else 200, headers={**VERSION, **told})


def _speaks_tus(request: HttpRequest) -> None:
    """Every request but OPTIONS says which version of the protocol it speaks."""
    if request.headers.get("Tus-Resumable") != VERSION["Tus-Resumable"]:
        raise Refused(Reason("upload.bad_version"))
    if request.person == VISITOR:
        raise Refused(Reason("entry.sign_in_first"))


def _mine(request: HttpRequest, key: UUID) -> partial.Upload:
    """The upload, where this person began it; another's is not there."""
    upload = partial.found(key)
    if upload is None or upload.facts["by"] != request.person.code:
        raise Refused(Reason("upload.gone", key=str(key)))
    return upload


def _append(request: HttpRequest, upload: partial.Upload) -> partial.Upload:
    """Add one piece at the offset; with the last one the file becomes evidence, once."""
    if request.content_type != "application/offset+octet-stream":
        raise Refused(Reason("upload.bad_type", given=request.content_type[:60]))
    offset = request.headers.get("Upload-Offset", "")
    if not offset.isdecimal():
        raise Refused(Reason("upload.bad_offset", given=offset[:20], offset=upload.offset))
    with partial.locked(upload.key) as there:
        if int(offset) != there.offset:
            raise Refused(Reason("upload.bad_offset", given=offset, offset=there.offset))
        grown = partial.append(there, request)
        return _finish(request, grown) if grown.offset == grown.length and not grown.evidence else grown


def _finish(request: HttpRequest, upload: partial.Upload) -> partial.Upload:
    """The whole file is there: keep it as evidence. What is refused is forgotten; it would be refused again."""
    facts = upload.facts
    unit = own_unit(request, facts["unit"], _day(facts))
    bytes_of = partial.content(upload)

    def keep() -> dict[str, object]:
        kept = actions.add_evidence(
            name=facts["filename"], content=bytes_of, unit=unit, set_code=facts["set"], indicator=facts["indicator"],
            speaks_of=_day(facts), by=request.person, at=clock.now(),
        )  # fmt: skip
        return {"evidence": kept.id, "name": kept.name, "sha256": kept.sha256}

    try:
        answer = commands.once(
            upload.key, actor=request.person.code, route="entry.evidence", body=bytes_of, at=clock.now(), act=keep
        )
    except Refused:
        partial.forget(upload.key)
        raise
    return partial.done(upload, int(answer.body["evidence"]))


def _facts(request: HttpRequest) -> dict[str, str]:
    """Upload-Metadata: names and base64 values, as tus writes them."""
    facts: dict[str, str] = {}
    for pair in request.headers.get("Upload-Metadata", "").split(","):
        name, _, value = pair.strip().partition(" ")
        try:
            facts[name] = base64.b64decode(value, validate=True).decode()
        except (binascii.Error, UnicodeDecodeError) as error:
            raise Refused(Reason("upload.bad_metadata", name=name[:40])) from error
    absent = [name for name in NEEDED if not facts.get(name)]
    if absent or any(len(value) > 300 or "\x00" in value for value in facts.values()):
        raise Refused(Reason("upload.bad_metadata", name=", ".join(absent)))
    return {name: facts[name] for name in NEEDED}


def _day(facts: Mapping[str, str]) -> date:
    try:
        return date.fromisoformat(facts["day"])
    except ValueError as error:
        raise Refused(Reason("upload.bad_metadata", name="day")) from error


def _length(text: str) -> int:
    if not text.isdecimal() or len(text) > 12:
        raise Refused(Reason("upload.bad_length"))
    if int(text) > partial.LARGEST:
        raise Refused(Reason("upload.too_large", most=partial.LARGEST // 2**20, size=-(-int(text) // 2**20)))
    return int(text)


def _refused(request: HttpRequest, refused: Refused) -> HttpResponse:
    known = [STATUSES[one.code] for one in refused.reasons if one.code in STATUSES]
    response = problems(request, refused.reasons, known[0] if known else status_of(refused.reasons))
    for name, value in VERSION.items():
        response.headers[name] = value
    return response
