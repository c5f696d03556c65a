"""Receiving a plain matrix of communes by criteria as a summary import, without indicator figures."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from chungsuc.accounts.rules import Person
from chungsuc.assessment import actions
from chungsuc.assessment.matrix import Asked, CriterionName, MatrixRead, read_matrix
from chungsuc.assessment.matrix.headings import also
from chungsuc.assessment.receiving.absent import Absence
from chungsuc.assessment.rules import Level, MarkRow
from chungsuc.criteria import queries as criteria
from chungsuc.kit import files
from chungsuc.kit.errors import Refused
from chungsuc.kit.sheets import reading
from chungsuc.kit.sheets.precheck import Kind, stop_if_too_big
from chungsuc.kit.sheets.problems import Problem, Severity
from chungsuc.territory import queries as territory

KINDS = (Kind.XLSX, Kind.XLS, Kind.CSV)


@dataclass
class MatrixAnswer:
    """What became of a matrix: what was read, every problem, and the batch when it was recorded."""

    at: date
    read: MatrixRead = field(default_factory=MatrixRead)
    batch_id: int | None = None

    @property
    def accepted(self) -> bool:
        """Whether nothing stood against it."""
        return self.read.accepted

    def as_json(self, lang: str = "vi") -> dict[str, Any]:
        """`{"accepted", "at", "units": {code: {"met", "count"}}, "problems": [...]}`."""
        units = sorted(self.read.units.items())
        return {
            "accepted": self.accepted,
            "at": self.at.isoformat(),
            "units": {code: {"met": one.numbers, "count": one.count} for code, one in units},
            "problems": [problem.as_json(lang) for problem in self.read.problems],
        }


def receive_matrix(
    *,
    path: Path,
    set_code: str,
    speaks_of: date,
    by: Person,
    at: datetime,
    commit: bool = False,
    level: Level | str = Level.APPRAISED,
    source: str | None = None,
) -> MatrixAnswer:
    """Read a matrix and, with `commit`, record it. Nothing is stored when any error was found.

    Never raises `Refused`: what was refused stands among the problems. Without `commit` everything is
    done and undone, so the answer is the same. The original bytes are kept by their hash.
    """
    answer = MatrixAnswer(speaks_of)
    try:
        answer.read = read_matrix(reading.read(path, KINDS), asked_of(set_code, speaks_of))
        if answer.accepted:
            answer.batch_id = _record(answer, path, set_code, by, at, commit, Level(level), source)
    except Refused as refused:
        answer.read.problems += [Problem(reason, Severity.ERROR) for reason in refused.reasons]
    return answer


def asked_of(set_code: str, speaks_of: date) -> Asked:
    """What the reader needs to know: the criteria of the set and the units of the day."""
    rules = criteria.criteria_set(set_code)
    names = tuple(
        CriterionName(one.number, (one.name.vi, one.name.en, *also(one.name.vi)), max(len(one.indicators), 1))
        for one in rules.criteria
    )
    units = territory.units_at(speaks_of)
    return Asked(speaks_of, names, units, Absence(speaks_of, units))


def _record(
    answer: MatrixAnswer,
    path: Path,
    set_code: str,
    by: Person,
    at: datetime,
    commit: bool,
    level: Level,
    source: str | None,
) -> int | None:
    stop_if_too_big(path)
    sha256 = files.keep(path.read_bytes(), folder=settings.CHUNGSUC_EVIDENCE).sha256 if commit else None
    rows = [
        MarkRow(one.unit.id, one.met, None if one.met else one.count, one.row + 1) for one in answer.read.units.values()
    ]
    with transaction.atomic():
        receipt = actions.record_marks(
            rows=rows,
            set_code=set_code,
            speaks_of=answer.at,
            source=source or path.name,
            by=by,
            at=at,
            level=level,
            sha256=sha256,
            notes=[problem.as_json("vi") for problem in answer.read.problems],
        )
        if not commit:
            transaction.set_rollback(True)
    return receipt.batch_id if commit else None
