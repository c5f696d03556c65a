"""What the sign-in page shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from chungsuc.accounts.rules import MAY, Permission, Person
from chungsuc.kit.catalogue import mend, say, text
from chungsuc.kit.errors import Reason


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """One made-up person to sign in as."""

    code: str
    name: str
    role: str
    unit_code: str


@dataclass(frozen=True, slots=True)
class SignInPage:
    """The form: what was typed, what is wrong with it, where to go on to, who can be tried in a demo."""

    code: str
    problem: str
    mend: str
    to: str
    people: tuple[DemoPerson, ...]


def sign_in_page(people: Sequence[Person], *, code: str, problem: Reason | None, to: str, lang: str) -> SignInPage:
    """Put the page together."""
    return SignInPage(
        code=code,
        problem=say(problem, lang) if problem else "",
        mend=(mend(problem, lang) or "") if problem else "",
        to=to,
        people=tuple(
            DemoPerson(one.code, one.name, text(f"role.{one.role.value}", lang), one.unit_code or "") for one in people
        ),
    )


@dataclass(frozen=True, slots=True)
class AccountPage:
    """Who is signed in: name, role in words, the unit where it holds, what it allows."""

    code: str
    name: str
    role: str
    unit_code: str
    rights: tuple[str, ...]


def account_page(person: Person, lang: str) -> AccountPage:
    """Put the page together."""
    return AccountPage(
        code=person.code,
        name=person.name,
        role=text(f"role.{person.role.value}", lang),
        unit_code=person.unit_code or "",
        rights=tuple(text(f"permission.{one.value}", lang) for one in Permission if one in MAY[person.role]),
    )
