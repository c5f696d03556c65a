"""What the pages of entry show: a unit's criteria as tasks, one criterion as a form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from chungsuc.assessment.queries import Form, why_not_sent
from chungsuc.criteria.engine import Verdict
from chungsuc.doors.desk.entry import definitions
from chungsuc.doors.desk.entry.asking import EntryQuestion
from chungsuc.doors.desk.entry.fields import FieldBlock, Problem, field_block, problems_of
from chungsuc.doors.desk.entry.receipts import Said
from chungsuc.kit.catalogue import phrases, text
from chungsuc.kit.errors import Reason


@dataclass(frozen=True)
class EntryFrame:
    """What every page of entry carries: the unit, the day, the set, the question to carry on."""

    unit_name: str
    unit_code: str
    parent_name: str
    day: date
    set_code: str
    set_name: str
    query: str
    demo: bool = False
    place: str = "entry"


@dataclass(frozen=True, slots=True)
class Task:
    """One criterion in the list: how many of its fields are sent, typed, open; its verdict as it would stand."""

    number: int
    name: str
    verdict: str
    of: int
    sent: int
    typed: int
    state: str
    to: str


@dataclass(frozen=True)
class UnitPage:
    """The task list of one unit."""

    frame: EntryFrame
    tasks: tuple[Task, ...]
    met: int
    of: int
    sent: int
    typed: int
    fields: int
    check: str
    said: Said | None


@dataclass(frozen=True)
class CriterionPage:
    """One criterion as a form."""

    frame: EntryFrame
    number: int
    name: str
    place: int
    count: int
    verdict: str
    fields: tuple[FieldBlock, ...]
    problems: tuple[Problem, ...]
    command: str
    why: str
    asks_why: bool
    said: Said | None
    definition: str
    before: Task | None
    after: Task | None
    to: str
    waiting: int
    check: str
    words: Mapping[str, str]


def unit_page(form: Form, question: EntryQuestion, lang: str, said: Said | None = None) -> UnitPage:
    """The criteria of a unit, in the order of the law."""
    tasks = _tasks(form, question, lang)
    return UnitPage(
        frame=frame_of(form, question, lang),
        tasks=tasks,
        met=form.verdict.met,
        of=form.verdict.of,
        sent=sum(one.sent for one in tasks),
        typed=sum(one.typed for one in tasks),
        fields=sum(one.of for one in tasks),
        check=_check(form, question),
        said=said,
    )


def criterion_page(
    form: Form,
    number: int,
    question: EntryQuestion,
    lang: str,
    *,
    command: str,
    typed: Mapping[str, Mapping[str, str]] | None = None,
    problems: Sequence[Reason] = (),
    why: str = "",
    said: Said | None = None,
) -> CriterionPage:
    """One criterion; with `typed`, the texts of a form that was refused, and what is wrong with them."""
    tasks = _tasks(form, question, lang)
    place = next(position for position, one in enumerate(tasks) if one.number == number)
    judged = form.verdict.criteria[place]
    told = problems_of(problems, form, lang)
    # A draft that cannot be read is told at its field from the first look on; the summary waits for a press.
    waiting = {one.code: form.drafts[one.code].field or {} for one in judged.indicators if form.typed(one.code)}
    at_fields = told or problems_of(() if typed else why_not_sent(form.rules.code, waiting), form, lang)
    blocks = tuple(
        field_block(form, one, (typed or {}).get(one.code), [p for p in at_fields if p.indicator == one.code], lang)
        for one in judged.indicators
    )
    return CriterionPage(
        frame=frame_of(form, question, lang),
        number=number,
        name=judged.name.of(lang),
        place=place + 1,
        count=len(tasks),
        verdict=judged.verdict.value,
        fields=blocks,
        problems=told,
        command=command,
        why=why,
        asks_why=any(one.sent for one in blocks) or any(p.code == "figure.reason_missing" for p in told),
        said=said,
        definition=definitions.address(form),
        before=tasks[place - 1] if place else None,
        after=tasks[place + 1] if place + 1 < len(tasks) else None,
        to=tasks[place].to,
        waiting=sum(one.typed for one in tasks),
        check=_check(form, question),
        words=words(lang),
    )


def after(form: Form, number: int, question: EntryQuestion, receipt: str, files: int = 0) -> str:
    """Where a plain form leads when it was taken in: the same criterion, with the receipt."""
    query = urlencode({**question.explicit, "receipt": receipt, **({"files": files} if files else {})})
    return f"/units/{form.unit.code}/entry/{number}?{query}"


def checked(form: Form, question: EntryQuestion, receipt: str) -> str:
    """Where sending everything leads: the list of criteria, with the receipt."""
    return f"/units/{form.unit.code}/entry?{urlencode({**question.explicit, 'receipt': receipt})}"


def frame_of(form: Form, question: EntryQuestion, lang: str) -> EntryFrame:
    """What the frame of the page needs."""
    name = form.rules.name.of(lang)
    parent = form.above[0].name if form.above else ""
    return EntryFrame(form.unit.name, form.unit.code, parent, form.day, form.rules.code, name, question.query)


def _check(form: Form, question: EntryQuestion) -> str:
    return f"/units/{form.unit.code}/entry/check" + (f"?{question.query}" if question.query else "")


def _tasks(form: Form, question: EntryQuestion, lang: str) -> tuple[Task, ...]:
    tasks = []
    for one in form.verdict.criteria:
        codes = [line.code for line in one.indicators]
        sent = sum(form.sent(code) and not form.typed(code) for code in codes)
        typed = sum(form.typed(code) for code in codes)
        state = "typed" if typed else "done" if sent == len(codes) else "begun" if sent else "open"
        query = f"?{question.query}" if question.query else ""
        to = f"/units/{form.unit.code}/entry/{one.number}{query}"
        tasks.append(Task(one.number, one.name.of(lang), one.verdict.value, len(codes), sent, typed, state, to))
    return tuple(tasks)


def words(lang: str) -> dict[str, str]:
    """What the scripts say, from the catalogue (`entry.js.*`, the verdicts); the scripts fill the facts in."""
    stem = "entry.js."
    own = {key.removeprefix(stem): said[lang] for key, said in phrases().items() if key.startswith(stem)}
    return own | {f"verdict.{one.value}": text(f"verdict.{one.value}", lang) for one in Verdict}
