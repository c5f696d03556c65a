"""Functions with which tests (and an operator) see that the child process holds: it dies alone and knows nothing."""

from __future__ import annotations

import os


def die(how: str) -> None:
    """Die as parsers die: out of memory, aborted where Python cannot catch it, never ending, or by an exception."""
    if how == "memory":
        bytearray(3 * 1024**3)
    if how == "abort":
        os.abort()
    while how == "forever":
        pass
    raise ZeroDivisionError


def see() -> dict[str, str]:
    """The environment that the child has."""
    return dict(os.environ)
