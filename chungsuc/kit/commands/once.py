"""Take effect once: the command's row and its effect stand in the same transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from chungsuc.kit import clock
from chungsuc.kit.errors import Reason, Refused


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered, and whether it is an answer given before."""

    body: dict[str, Any]
    replayed: bool
    status: int = 200


def key_of(text: str | None) -> UUID:
    """The id that a request carries, or `Refused` (`command.no_key`, `command.bad_key`)."""
    if not text:
        raise Refused(Reason("command.no_key"))
    try:
        return UUID(text)
    except (ValueError, AttributeError) as error:
        raise Refused(Reason("command.bad_key", key=str(text)[:60])) from error


@transaction.atomic
def once(
    key: UUID, *, actor: str, route: str, body: bytes, at: datetime, act: Callable[[], dict[str, Any]]
) -> Answer:
    """Carry out `act` and keep its answer (plain JSON), or give the answer that was kept.

    Refused: `command.conflict` when the id was used with another body or on another route,
    `command.unknown` when it is another person's. When `act` refuses, nothing is kept: the same id
    may be sent again with a mended body. Two requests with the same id at the same moment: the
    second waits for the first, then gets its answer.
    """
    from chungsuc.kit.commands.models import Command

    digest = hashlib.sha256(body).hexdigest()
    with connection.cursor() as cursor:  # whoever comes second waits here until the first is through
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_lock_of(key)])
    there = Command.objects.filter(pk=key).first()
    if there is not None:
        if there.actor != actor:
            raise Refused(Reason("command.unknown", key=str(key)))
        if (there.route, there.body) != (route, digest):
            raise Refused(Reason("command.conflict", key=str(key), at=_moment(there.at)))
        return Answer(there.answer, True, there.status)
    answer = act()
    Command.objects.create(key=key, actor=actor, route=route, body=digest, status=200, answer=answer, at=at)
    return Answer(answer, False)


def _moment(at: datetime) -> str:
    return f"{at.astimezone(clock.VIETNAM):%d/%m/%Y %H:%M}"


def _lock_of(key: UUID) -> int:
    """63 bits of the id: a lock that only requests with the same id (and, hardly ever, another) wait for."""
    return int.from_bytes(hashlib.sha256(key.bytes).digest()[:8], "big") >> 1
