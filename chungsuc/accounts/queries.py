"""Who is behind a session or a key."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from chungsuc.accounts.models import Account, ApiKey, Attempt
from chungsuc.accounts.rules import Person, Role
from chungsuc.kit.errors import Reason, reasons

TRIES, TRIES_WITHIN = 8, timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class KeyFact:
    """One API key as lists show it; the key itself is never kept."""

    id: int
    person: str
    label: str
    prefix: str
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None


def person_of(account: Account) -> Person:
    """The account as the acting person that rules know."""
    return Person(account.code, account.name, Role(account.role), account.unit_code or None)


def person(code: str) -> Person | None:
    """The active person of a code, or None."""
    found = Account.objects.filter(code=code, is_active=True).first()
    return person_of(found) if found else None


def people(*, demo: bool | None = None) -> list[Person]:
    """Everybody who can sign in, in the order in which they were added."""
    found = Account.objects.filter(is_active=True).order_by("pk")
    return [person_of(one) for one in (found if demo is None else found.filter(demo=demo))]


def demo_account(code: str) -> Account | None:
    """A made-up person of the demo, for signing in without a password where the installation is a demo."""
    return Account.objects.filter(code=code, is_active=True, demo=True).first()


def digest_of(key: str) -> str:
    """What is kept of a key. A key has 256 random bits, so that a plain hash cannot be guessed."""
    return hashlib.sha256(key.encode()).hexdigest()


def person_of_key(key: str, at: datetime) -> Person | None:
    """The person in whose name a key acts at the moment, or None."""
    found = (
        ApiKey.objects.select_related("account")
        .filter(Q(expires_at=None) | Q(expires_at__gt=at), digest=digest_of(key), revoked_at=None)
        .filter(account__is_active=True)
        .first()
    )
    return person_of(found.account) if found else None


def keys(person_code: str | None = None) -> list[KeyFact]:
    """The keys of a person (None: of everybody), newest first."""
    found = ApiKey.objects.select_related("account").order_by("-pk")
    if person_code is not None:
        found = found.filter(account__code=person_code)
    return [
        KeyFact(one.pk, one.account.code, one.label, one.prefix, one.created_at, one.expires_at, one.revoked_at)
        for one in found
    ]


def why_not_try(*, code: str, at: datetime) -> tuple[Reason, ...]:
    """What stands between now and another try: too many wrong ones for this code in the last minutes."""
    wrong = Attempt.objects.filter(code=code, done=False, at__gt=at - TRIES_WITHIN, at__lte=at).count()
    return reasons((wrong >= TRIES, Reason("accounts.wait", minutes=int(TRIES_WITHIN.total_seconds() // 60))))
