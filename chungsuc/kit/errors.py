"""Errors are codes with facts.

A rule that says "no" returns `Reason`s; an action raises them as `Refused`; each door turns them
into its own shape (exit code, JSON, page, comment on a workbook cell). The sentence a person reads
lives in the catalogue (`chungsuc.kit.catalogue`), never here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any


@dataclass(frozen=True, slots=True, init=False)
class Reason:
    """Why something cannot be done: a stable `code` and the `facts` that its sentence needs."""

    code: str
    facts: Mapping[str, Any]

    def __init__(self, code: str, /, **facts: Any) -> None:
        object.__setattr__(self, "code", code)
        object.__setattr__(self, "facts", MappingProxyType(facts))

    def __hash__(self) -> int:
        return hash((self.code, repr(sorted(self.facts.items(), key=lambda item: item[0]))))

    def __reduce__(self) -> tuple[Any, ...]:
        # Reasons cross process borders (workbooks are read in a child process).
        return (_rebuild, (self.code, dict(self.facts)))


def _rebuild(code: str, facts: dict[str, Any]) -> Reason:
    return Reason(code, **facts)


class Refused(Exception):
    """The input was refused. Nothing has been written. Doors answer with every reason."""

    def __init__(self, reasons: Reason | Iterable[Reason]) -> None:
        self.reasons: tuple[Reason, ...] = (reasons,) if isinstance(reasons, Reason) else tuple(reasons)
        super().__init__(", ".join(reason.code for reason in self.reasons))

    def __reduce__(self) -> tuple[Any, ...]:
        return (Refused, (self.reasons,))


class SystemFault(Exception):
    """The system itself is at fault (database away, disk full): not the user's doing."""

    def __init__(self, reason: Reason) -> None:
        self.reason = reason
        super().__init__(reason.code)

    def __reduce__(self) -> tuple[Any, ...]:
        return (SystemFault, (self.reason,))


def reasons(*checks: tuple[Any, Reason]) -> tuple[Reason, ...]:
    """Keep the reason of every check whose first member is true, in the order given."""
    return tuple(reason for stands, reason in checks if stands)


def stop_if(found: Iterable[Reason]) -> None:
    """Raise `Refused` with the reasons found; do nothing when there are none."""
    found = tuple(found)
    if found:
        raise Refused(found)
