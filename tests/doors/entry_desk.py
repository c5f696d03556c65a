"""People at the entry pages, and how a browser without script would use a form."""

from __future__ import annotations

import html
import io
import re
from datetime import UTC, datetime
from uuid import uuid4

from django.test import Client
from PIL import Image

from chungsuc.accounts import actions, queries
from chungsuc.accounts.rules import OPERATOR, Person, Role

SET, DAY = "xa-ntm-2016-2020", "2019-12-31"
OFFICER = Person("can-bo-thu", "Nông Thị Thử", Role.COMMUNE_OFFICER, "99005")
OTHER = Person("can-bo-khac", "Lý Văn Khác", Role.COMMUNE_OFFICER, "99003")
COORDINATOR = Person("vpdp-thu", "Hoàng Thị Phối", Role.COORDINATOR, "99")
VERIFIER = Person("tham-tra-thu", "Bế Văn Tra", Role.VERIFIER, "991")
QUESTION = f"?set={SET}&day={DAY}"
_INPUT = re.compile(r"<(input|select|button)\b([^>]*)>(.*?)(?=<)", re.S)
_ATTRIBUTE = re.compile(r'([\w:-]+)(?:="([^"]*)")?')


def add_people() -> None:
    """The four of them, made up."""
    everybody = [OFFICER, OTHER, COORDINATOR, VERIFIER]
    actions.add_people(people=everybody, demo=True, by=OPERATOR, at=datetime(2020, 1, 2, tzinfo=UTC))


def signed_in(person: Person, **more: object) -> Client:
    """A browser in which the person is signed in."""
    client = Client(**more)
    client.force_login(queries.demo_account(person.code), backend="django.contrib.auth.backends.ModelBackend")
    return client


def form_of(page: object) -> dict[str, str]:
    """What a browser would post from the page's entry form, untouched."""
    told = page.content.decode()
    begin = told.index('<form class="entry')
    found: dict[str, str] = {}
    for _, attributes, _ in _INPUT.findall(told[begin : told.index("</form>", begin)]):
        given = {name: html.unescape(value) for name, value in _ATTRIBUTE.findall(attributes)}
        kind = given.get("type", "text")
        if "name" not in given or given["name"] in ("step", "take") or kind == "file":
            continue
        if kind == "radio" and "checked" not in given:
            continue
        found[given["name"]] = given.get("value", "")
    return found


def body(command: str | None = None, **more: object) -> dict[str, object]:
    """A request of the script."""
    return {"command": command or str(uuid4()), "unit": "99005", "set": SET, "day": DAY, **more}


def photograph(size: tuple[int, int] = (40, 30), form: str = "JPEG") -> bytes:
    """A small picture."""
    out = io.BytesIO()
    Image.effect_noise(size, 80).convert("RGB").save(out, form)
    return out.getvalue()
