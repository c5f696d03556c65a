"""What is wrong with a cell: a reason, how bad it is, and where."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from chungsuc.kit.catalogue import mend, say
from chungsuc.kit.errors import Reason


class Severity(StrEnum):
    """An error keeps the whole file out; a warning is kept with it."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding. `sheet` and `cell` (A1) are empty when it is about the whole file."""

    reason: Reason
    severity: Severity
    sheet: str = ""
    cell: str = ""

    def as_json(self, lang: str, *, with_mend: bool = False) -> dict[str, Any]:
        """`{"code", "severity", "sheet", "cell", "text"}`, and "mend" where asked."""
        shown = {
            "code": self.reason.code,
            "severity": self.severity.value,
            "sheet": self.sheet,
            "cell": self.cell,
            "text": say(self.reason, lang),
        }
        return shown | {"mend": mend(self.reason, lang)} if with_mend else shown
