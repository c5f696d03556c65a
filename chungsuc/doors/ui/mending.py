"""How to mend what was refused, said to a reader of pages: never by a command, always with a way on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest

from chungsuc.kit import catalogue
from chungsuc.kit.catalogue import text
from chungsuc.kit.errors import Reason

# The catalogue speaks to whoever types commands, too: options, commands in backticks, `chungsuc …`.
_COMMAND = re.compile(r"`|\bchungsuc [a-z]|(?<!\S)--[a-z]")


@dataclass(frozen=True, slots=True)
class Lead:
    """A way on: an address and what it leads to."""

    to: str
    said: str


def page_mend(reason: Reason, lang: str) -> str | None:
    """How to mend it on a page: the sentence made for pages (`on_page.CODE`), else the catalogue's without commands."""
    own = f"on_page.{reason.code}"
    if own in catalogue.phrases():
        return text(own, lang, **reason.facts)
    said = catalogue.mend(reason, lang)
    return None if said is None or _COMMAND.search(said) else said


def leads(request: HttpRequest, reasons: tuple[Reason, ...], lang: str) -> list[Lead]:
    """Where to go from here, the likeliest first; each address once."""
    found = [lead for reason in reasons for lead in _leads_of(request, reason, lang)]
    came_from = urlsplit(request.headers.get("Referer", ""))
    before = f"{came_from.path}?{came_from.query}" if came_from.query else came_from.path
    if came_from.netloc == request.get_host() and before != request.get_full_path():
        found.append(Lead(before, text("ui.lead.back", lang)))
    found.append(Lead("/", text("ui.back", lang)))
    return list({lead.to: lead for lead in found}.values())


def _leads_of(request: HttpRequest, reason: Reason, lang: str) -> list[Lead]:
    code, facts = reason.code, reason.facts
    if code.startswith("unit.") and facts.get("unit"):
        words = str(facts["unit"])[:60]
        return [Lead(f"/search?{urlencode({'q': words})}", text("ui.lead.find", lang, words=words))]
    if code in ("desk.bad_date", "criteria.date_in_future") or code.startswith("situation."):
        return [Lead(request.path, text("ui.lead.newest", lang))]
    if code.startswith("criteria."):
        return [Lead("/criteria", text("ui.lead.sets", lang))]
    if code in ("accounts.not_allowed", "accounts.other_unit", "page.forbidden"):
        back = urlencode({"next": request.get_full_path()})
        return [Lead(f"/sign-in?{back}", text("ui.lead.sign_in", lang))]
    if code == "page.cannot_be_sent" and request.method == "POST":
        return [Lead(request.path, text("ui.lead.anew", lang))]
    return []
