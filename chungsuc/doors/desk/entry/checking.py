"""Check your answers: everything typed and not sent of one unit on one page, sent by one button."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.http import HttpRequest

from chungsuc.assessment.queries import Form, why_not_sent
from chungsuc.doors.desk.entry import asking
from chungsuc.doors.desk.entry.asking import EntryQuestion
from chungsuc.doors.desk.entry.fields import Problem, problems_of, words_of
from chungsuc.doors.desk.entry.pages import EntryFrame, frame_of
from chungsuc.doors.desk.entry.receipts import Said, said
from chungsuc.doors.desk.entry.sending import Sent, send
from chungsuc.kit import clock, commands
from chungsuc.kit.errors import Reason, Refused


@dataclass(frozen=True, slots=True)
class Answered:
    """One indicator as it would be sent, and the way back to change it."""

    code: str
    name: str
    words: str
    sent_before: bool
    verdict: str
    why: str
    row: int
    to: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class CheckPage:
    """Everything the template needs."""

    frame: EntryFrame
    answers: tuple[Answered, ...]
    met: int
    of: int
    asks_why: bool
    why: str
    command: str
    problems: tuple[Problem, ...]
    said: Said | None
    to: str
    back: str


def check_page(
    form: Form, question: EntryQuestion, request: HttpRequest, *, problems: Sequence[Reason] = ()
) -> CheckPage:
    """What waits to be sent, in the order of the law."""
    waiting = {code: draft.field or {} for code, draft in form.drafts.items() if form.typed(code)}
    problems = problems or why_not_sent(form.rules.code, waiting)
    lang, query = request.lang, f"?{question.query}" if question.query else ""
    stem, told = f"/units/{form.unit.code}/entry", problems_of(problems, form, request.lang)
    answers = tuple(
        Answered(
            code=one.code,
            name=one.ruling.indicator.short.of(lang),
            words=words_of(one.ruling.indicator, form.drafts[one.code].field or {}, lang),
            sent_before=form.sent(one.code),
            verdict=one.verdict.value,
            why=one.why(lang),
            row=form.drafts[one.code].id,
            to=f"{stem}/{criterion.number}{query}#i-{one.code.replace('.', '-')}",
            problems=tuple(problem for problem in told if problem.indicator == one.code),
        )
        for criterion in form.verdict.criteria
        for one in criterion.indicators
        if form.typed(one.code)
    )
    return CheckPage(
        frame=frame_of(form, question, lang),
        answers=answers,
        met=form.verdict.met,
        of=form.verdict.of,
        asks_why=any(one.sent_before for one in answers) or any(one.input == "why" for one in told),
        why=request.POST.get("why", ""),
        command=str(uuid4()),
        problems=told,
        said=said(request.GET.get("receipt", ""), "", [form.unit.id], lang),
        to=f"{stem}/check{query}",
        back=f"{stem}{query}",
    )


def send_all(request: HttpRequest, form: Form) -> commands.Answer:
    """Send what the page showed, all or nothing; `entry.check_changed` when something else waits by now."""
    codes = [code for code in form.rules.by_code if f"seen:{code}" in request.POST]
    rows, why = asking.seen_of(request.POST, codes), request.POST.get("why", "")[:2000]
    command = commands.key_of(request.POST.get("command"))

    def act() -> dict[str, Any]:
        waiting = {code: draft for code, draft in form.drafts.items() if form.typed(code)}
        if {code: draft.id for code, draft in waiting.items()} != rows:
            raise Refused(Reason("entry.check_changed"))
        fields: Mapping[str, Any] = {code: draft.field for code, draft in waiting.items()}
        return send(Sent(command, form.unit, form.rules.code, form.day, fields, rows, why), request.person)

    return commands.once(
        command,
        actor=request.person.code,
        route=f"check.{form.unit.code}",
        body=json.dumps([rows, why, form.day.isoformat()], sort_keys=True).encode(),
        at=clock.now(),
        act=act,
    )
