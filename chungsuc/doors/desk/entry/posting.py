"""What a plain form brings, without script: fields and files together, once, all or nothing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid5

from django.http import HttpRequest

from chungsuc.assessment import actions
from chungsuc.assessment.queries import Form
from chungsuc.assessment.rules.typed import is_empty
from chungsuc.doors.desk.entry.asking import seen_of
from chungsuc.doors.desk.entry.fields import changed_only
from chungsuc.doors.desk.entry.sending import CONFLICTS, Sent, save, send
from chungsuc.kit import clock, commands, files
from chungsuc.kit.errors import Reason, Refused, stop_if

Fields = Mapping[str, Mapping[str, str]]
MOST_FILES = 10


@dataclass(frozen=True, slots=True)
class Brought:
    """One file that came with the form."""

    indicator: str
    name: str
    content: bytes

    @property
    def digest(self) -> str:
        """The SHA-256 of its bytes."""
        return hashlib.sha256(self.content).hexdigest()


def take_in(request: HttpRequest, form: Form, fields: Fields, codes: list[str]) -> commands.Answer:
    """Save or send the fields and keep the files, in one transaction; the same form again gives the same answer."""
    brought = _files(request, codes)
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
    said = [fields, sent.why, form.day.isoformat(), [(one.indicator, one.name, one.digest) for one in brought]]

    def act() -> dict[str, Any]:
        only_files = brought and all(is_empty(field) for field in fields.values())
        done = (send if sending and not only_files else save)(sent, request.person)
        for one in brought:
            actions.add_evidence(
                name=one.name, content=one.content, unit=form.unit, set_code=form.rules.code,
                indicator=one.indicator, speaks_of=form.day, by=request.person, at=clock.now(),
            )  # fmt: skip
        return {**done, "files": len(brought)}

    return commands.once(
        sent.command,
        actor=request.person.code,
        route=f"form.{form.unit.code}.{'figures' if sending else 'drafts'}",
        body=json.dumps(said, sort_keys=True, ensure_ascii=False).encode(),
        at=clock.now(),
        act=act,
    )


def kept_as_draft(request: HttpRequest, form: Form, fields: Fields, codes: list[str], refused: Refused) -> str | None:
    """What could not be sent is at least kept as it was typed; the number of its receipt, None where it cannot be."""
    if {one.code for one in refused.reasons} & CONFLICTS:
        return None
    try:
        command = uuid5(commands.key_of(request.POST.get("command")), "kept as a draft")
        seen = seen_of(request.POST, codes)
        sent = Sent(command, form.unit, form.rules.code, form.day, changed_only(form, fields), seen, "")
        return save(replace(sent, command=command), request.person)["receipt"]
    except Refused:
        return None


def _files(request: HttpRequest, codes: list[str]) -> list[Brought]:
    """The files of the form (`e:CODE`), each of a kind that is taken; `Refused` with every file that is not."""
    brought: list[Brought] = []
    found: list[Reason] = []
    for code in codes:
        given = request.FILES.getlist(f"e:{code}")
        where = {"indicator": code, "field": "file"}
        if len(given) > MOST_FILES:
            found.append(Reason("entry.too_many_files", most=MOST_FILES, **where))
            continue
        for file in given:
            name = files.safe_name(file.name or "")
            if file.size > files.LIMIT:  # told before it is read into memory
                found.append(Reason("files.too_large", **{**files.too_large(name, file.size).facts, **where}))
                continue
            content = file.read()
            try:
                files.kind_of(name, content)
            except Refused as refused:
                found += [Reason(one.code, **{**one.facts, **where}) for one in refused.reasons]
            brought.append(Brought(code, name, content))
    stop_if(found)
    return brought
