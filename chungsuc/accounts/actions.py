"""Adding people, setting passwords, giving and withdrawing API keys. Each one journal line, without secrets."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from chungsuc.accounts import guard
from chungsuc.accounts.models import Account, ApiKey, Attempt
from chungsuc.accounts.queries import digest_of
from chungsuc.accounts.rules import Permission, Person, why_not_password
from chungsuc.kit import journal
from chungsuc.kit.errors import Reason, Refused, reasons, stop_if
from chungsuc.territory import queries as territory

KEY_DAYS = 365


@transaction.atomic
def add_people(*, people: Sequence[Person], demo: bool = False, by: Person, at: datetime) -> int:
    """Add people who may sign in; they have no password until one is set. Returns how many were added."""
    guard.require(by, Permission.MANAGE_PEOPLE, on=at.date())
    there = set(Account.objects.filter(code__in=[one.code for one in people]).values_list("code", flat=True))
    stop_if(reasons(*((one.code in there, Reason("accounts.exists", code=one.code)) for one in people)))
    for one in people:
        if one.unit_code is not None:
            territory.unit_at(one.unit_code, at.date()) if not demo else None
        account = Account(code=one.code, name=one.name, role=one.role.value, unit_code=one.unit_code or "", demo=demo)
        account.set_unusable_password()
        account.save()
        facts = {"role": one.role.value, "unit": one.unit_code, "demo": demo}
        journal.record("accounts.person_added", subject=f"person:{one.code}", by=by.code, at=at, facts=facts)
    return len(people)


@transaction.atomic
def set_password(*, code: str, password: str, by: Person, at: datetime) -> None:
    """Give a person a password (at least 14 characters)."""
    guard.require(by, Permission.MANAGE_PEOPLE, on=at.date())
    account = _account(code)
    stop_if(why_not_password(password, code))
    account.set_password(password)
    account.save()
    journal.record("accounts.password_set", subject=f"person:{code}", by=by.code, at=at)


@transaction.atomic
def issue_key(*, code: str, label: str, days: int = KEY_DAYS, by: Person, at: datetime) -> str:
    """Give a person a key for the API; the answer is the only time that it is shown. It ends after `days`."""
    guard.require(by, Permission.MANAGE_PEOPLE, on=at.date())
    stop_if(reasons((not 1 <= days <= 3650, Reason("accounts.key_days", days=days))))
    account = _account(code)
    key = f"cs_{secrets.token_urlsafe(32)}"
    row = ApiKey.objects.create(
        account=account,
        label=label[:120],
        prefix=key[:8],
        digest=digest_of(key),
        created_at=at,
        expires_at=at + timedelta(days=days),
    )
    facts = {"key": row.pk, "prefix": row.prefix, "label": row.label, "days": days}
    journal.record("accounts.key_issued", subject=f"person:{code}", by=by.code, at=at, facts=facts)
    return key


@transaction.atomic
def revoke_key(*, number: int, by: Person, at: datetime) -> None:
    """Withdraw a key: from the next request on it opens nothing."""
    guard.require(by, Permission.MANAGE_PEOPLE, on=at.date())
    row = ApiKey.objects.select_for_update().filter(pk=number).first()
    if row is None or row.revoked_at is not None:
        raise Refused(Reason("accounts.no_such_key", number=number))
    row.revoked_at = at
    row.save(update_fields=["revoked_at"])
    journal.record("accounts.key_revoked", subject=f"key:{number}", by=by.code, at=at)


def _account(code: str) -> Account:
    found = Account.objects.select_for_update().filter(code=code).first()
    if found is None:
        raise Refused(Reason("accounts.unknown", code=code))
    return found


@transaction.atomic
def note_sign_in(*, code: str, done: bool, by: Person, at: datetime) -> None:
    """Keep that somebody signed in, or tried to; wrong tries are counted for the lock-out."""
    guard.require(by, Permission.READ, on=at.date())
    Attempt.objects.create(code=code, done=done, at=at)
    if done:
        journal.record("accounts.signed_in", subject=f"person:{code}", by=code, at=at)
