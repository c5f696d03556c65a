"""What every operation answers with: its own shape, or the one shape of problems."""

from __future__ import annotations

from typing import Any

from chungsuc.doors.api.v1.shapes import Problems

READING = (400, 401, 404, 405, 422, 429, 500, 503)
WRITING = (400, 401, 403, 404, 405, 409, 413, 415, 422, 429, 500, 503)
KEY_WANTED: dict[str, Any] = {"security": [{"key": []}]}
KEY_WELCOME: dict[str, Any] = {"security": [{}, {"key": []}]}


def answers(shape: type, *, writes: bool = False) -> dict[int, type]:
    """The answers of an operation by status."""
    return {200: shape, **dict.fromkeys(WRITING if writes else READING, Problems)}
