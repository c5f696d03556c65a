"""Pages by key: a cursor says after which row the next page begins, so that rows added meanwhile shift nothing."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from django.http import HttpRequest

from chungsuc.kit.errors import Reason, Refused

Row = TypeVar("Row")
Key = list[Any]


def cursor_of(key: Key) -> str:
    """The key of the last row of a page, as an opaque word."""
    plain = json.dumps(key, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(plain).decode().rstrip("=")


def key_of(cursor: str | None, kinds: tuple[type, ...]) -> Key | None:
    """The key in a cursor, or `Refused` (`api.bad_cursor`); None where there is no cursor."""
    if cursor is None:
        return None
    try:
        key = json.loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True))
        fitting = isinstance(key, list) and [type(one) for one in key] == list(kinds)
    except (ValueError, RecursionError):
        fitting = False
    if not fitting:
        raise Refused(Reason("api.bad_cursor"))
    return key


def page_of(
    request: HttpRequest, rows: Sequence[Row], key: Callable[[Row], Key], *, after: str | None, limit: int,
    kinds: tuple[type, ...] = (str,),
) -> tuple[list[Row], str | None]:  # fmt: skip
    """The rows after the cursor, at most `limit`, and the address of the next page. `rows` rise by `key`."""
    start = key_of(after, kinds)
    rest = [row for row in rows if start is None or key(row) > start]
    found = rest[:limit]
    if len(rest) <= limit:
        return found, None
    query = request.GET.copy()
    query["after"] = cursor_of(key(found[-1]))
    return found, f"{request.path}?{query.urlencode()}"
