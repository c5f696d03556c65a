"""Procedures as law data: which levels judge on which date. Read once per process from `law/procedures/`."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import yaml
from django.conf import settings

from chungsuc.assessment.rules import Level, Procedure, Step
from chungsuc.kit.errors import Reason, Refused


@cache
def _procedures(folder: Path) -> tuple[Procedure, ...]:
    found = [
        _procedure(entry)
        for path in sorted(folder.glob("*.yaml"))
        for entry in yaml.safe_load(path.read_text(encoding="utf-8"))["procedures"]
    ]
    return tuple(sorted(found, key=lambda procedure: procedure.valid_from or date.min))


def _procedure(entry: dict[str, object]) -> Procedure:
    steps = tuple(Step(Level(step["level"]), step["judge_vi"], step["judge_en"]) for step in entry["steps"])  # type: ignore[attr-defined,index]
    return Procedure(
        code=str(entry["code"]),
        valid_from=entry["valid_from"],
        valid_to=entry["valid_to"],
        steps=steps,  # type: ignore[arg-type]
        basis=str(entry["basis"]),
        provenance=str(entry["provenance"]),
        note=str(entry["note"]),
    )


def procedure_on(day: date) -> Procedure:
    """The procedure in force on the day. Refused `procedure.none` when the law data has none."""
    for procedure in _procedures(Path(settings.CHUNGSUC_LAW) / "procedures"):
        if procedure.covers(day):
            return procedure
    raise Refused(Reason("procedure.none", day=day))


def levels_on(day: date) -> tuple[Level, ...]:
    """The levels of judgement on the day, lowest first."""
    return procedure_on(day).levels
