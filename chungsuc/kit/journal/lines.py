"""Write and read journal lines. Imports its table late: the package is imported before Django is ready."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any


def record(event: str, *, subject: str, by: str, at: datetime, facts: Mapping[str, Any] | None = None) -> int:
    """Add one line; return its number. Call inside the transaction of the act.

    `event` is a dotted word ("figures.recorded"), `subject` names the thing ("unit:01375"), `by` is
    the acting person's code, `at` the aware moment of the act, `facts` plain JSON values.
    """
    from chungsuc.kit.journal.models import JournalLine

    return JournalLine.objects.create(event=event, subject=subject, by=by, at=at, facts=dict(facts or {})).pk


def lines(*, subject: str | None = None, event: str | None = None, limit: int = 100) -> list[dict[str, Any]]:
    """The newest lines first, as plain mappings (number, event, subject, by, at, facts)."""
    from chungsuc.kit.journal.models import JournalLine

    found = JournalLine.objects.order_by("-pk")
    if subject is not None:
        found = found.filter(subject=subject)
    if event is not None:
        found = found.filter(event=event)
    return list(found.values("id", "event", "subject", "by", "at", "facts")[:limit])


# Lines that change nothing that a page shows.
QUIET = ("accounts.signed_in",)
_HEAD = """
SELECT max(id), count(*) FROM (
    SELECT id FROM journal_line WHERE NOT event = ANY(%s) ORDER BY id DESC LIMIT 200
) AS newest
"""


def head() -> tuple[int | None, int]:
    """A mark that moves with every act that is recorded: the same mark, the same data.

    The count beside the newest number notices an act that was numbered earlier and committed later.
    """
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(_HEAD, [list(QUIET)])
        newest, count = cursor.fetchone()
    return newest, count
