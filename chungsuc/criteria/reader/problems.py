"""What is wrong with a file of the law: the line, the field, and how to mend it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import Any

from chungsuc.criteria.engine.terms import Term, term
from chungsuc.criteria.engine.terms import shown as shown_value
from chungsuc.kit.errors import Reason

Path = tuple[str | int, ...]


def shown(path: Path) -> str:
    """A field as a person would write it: criteria[3].indicators[0].kind."""
    out = ""
    for step in path:
        out += f"[{step}]" if isinstance(step, int) else f".{step}" if out else step
    return out or "(file)"


def at(lines: dict[Path, int], path: Path) -> int:
    """The line of a field, or of the nearest thing around it that the file has."""
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 1)


def problem(code: str, lines: dict[Path, int], path: Path, **facts: Any) -> Reason:
    """A reason that carries line and field."""
    return Reason(code, line=at(lines, path), field=shown(path), **facts)


def as_written(value: Any) -> str:
    """A value of a file, near to how it stands there."""
    return str(shown_value(value) if isinstance(value, (bool, list, dict, type(None))) else value)[:60]


def expected(what: str) -> Term:
    """What a field must be (text, number, whole_number, boolean, date, list, fields), in words."""
    return term(what, f"criteria.expected.{what}")


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that was probably meant, or all of them."""
    known = [str(one) for one in known]
    close = difflib.get_close_matches(str(word), known, n=1)
    return close[0] if close else ", ".join(known)
