"""What a page of entry is asked: which unit, set and day, by whom; and what was typed into its form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponseRedirect

from chungsuc.accounts.rules import VISITOR
from chungsuc.assessment import queries
from chungsuc.assessment.queries import Form
from chungsuc.doors.desk.reports.forms import asked_day
from chungsuc.kit import clock
from chungsuc.kit.errors import Refused
from chungsuc.reports import queries as reports


@dataclass(frozen=True, slots=True)
class EntryQuestion:
    """The set and the day of entry; `explicit` is what the address says, to carry on."""

    set_code: str
    day: date
    today: date
    explicit: Mapping[str, str]

    @property
    def query(self) -> str:
        """The question as a query string, without the question mark."""
        return urlencode(self.explicit)


class SignInFirst(Exception):
    """Nobody is signed in: the page leads to the sign-in and back."""


def entry_question(request: HttpRequest) -> EntryQuestion:
    """Read `set` and `day` (else today and the set in force); `Refused` where the day is no day."""
    today = clock.today()
    source = request.POST if request.method == "POST" and "day" in request.POST else request.GET
    given = {name: source.get(name, "").strip() for name in ("set", "day")}
    day = asked_day(request, "day") if source is request.GET else posted_day(given["day"])
    day = day or today
    set_code = given["set"] or reports.set_on(day)
    explicit = {name: value for name, value in (("set", given["set"]), ("day", given["day"])) if value}
    return EntryQuestion(set_code, day, today, explicit)


def posted_day(text: str) -> date | None:
    """The day that a request carries in ISO form, None where it carries none; 404 for anything else."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise Http404 from error


def form_for(request: HttpRequest, code: str, question: EntryQuestion) -> Form:
    """The form of one unit; another unit's form does not exist for this person (404)."""
    if request.person == VISITOR:
        raise SignInFirst
    try:
        return queries.form_of(
            unit_code=code, set_code=question.set_code, day=question.day, by=request.person, today=question.today
        )
    except Refused as refused:
        if any(one.code.startswith("accounts.") for one in refused.reasons):
            raise Http404 from refused
        raise


def to_sign_in(request: HttpRequest) -> HttpResponseRedirect:
    """To the sign-in, and after it back to this very page."""
    return HttpResponseRedirect("/sign-in?" + urlencode({"next": request.get_full_path()}))


def fields_of(posted: Mapping[str, str], codes: list[str]) -> dict[str, dict[str, str]]:
    """What was typed, by indicator: inputs are named `f:CODE` (value) and `f:CODE:NAME` (num, den, part:…, na)."""
    fields: dict[str, dict[str, str]] = {code: {} for code in codes}
    for name, text in posted.items():
        if not name.startswith("f:"):
            continue
        code, _, rest = name[2:].partition(":")
        if code in fields and len(text) <= 2000:
            fields[code][rest or "value"] = text
    return fields


def seen_of(posted: Mapping[str, str], codes: list[str]) -> dict[str, int]:
    """The draft rows that the page showed, by indicator."""
    return {code: int(text) for code in codes if (text := posted.get(f"seen:{code}", "")).isdecimal()}
