"""The system's own workbooks: received filled, recorded, answered with comments on the cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from chungsuc.accounts.rules import Person
from chungsuc.assessment import actions
from chungsuc.assessment.receiving.blanks import rules_for
from chungsuc.assessment.receiving.matrices import asked_of
from chungsuc.assessment.receiving.standing import Told, at_cell, meet, seen_of
from chungsuc.assessment.rules import BatchKind, FigureGrid, Level, Receipt
from chungsuc.assessment.workbook.facts import FormRead, Meta
from chungsuc.assessment.workbook.labels import TEMPLATE
from chungsuc.assessment.workbook.meta import read_meta
from chungsuc.assessment.workbook.read_many import read_many
from chungsuc.assessment.workbook.read_one import read_one
from chungsuc.kit import files
from chungsuc.kit.errors import Reason, Refused, stop_if
from chungsuc.kit.sheets import jail, reading
from chungsuc.kit.sheets.problems import Problem, Severity
from chungsuc.kit.sheets.table import Book
from chungsuc.territory import queries as territory
from chungsuc.territory.rules import Kind, UnitFact


@dataclass
class FormAnswer:
    """What became of a workbook."""

    set_code: str | None = None
    units: Sequence[str] = ()
    at: date | None = None
    figures: int = 0
    changed: int = 0
    problems: list[Problem] = field(default_factory=list)
    batch_id: int | None = None

    @property
    def accepted(self) -> bool:
        """Whether nothing stood against it."""
        return all(problem.severity is not Severity.ERROR for problem in self.problems)

    def as_json(self, lang: str = "vi") -> dict[str, Any]:
        """`{"accepted", "set", "unit" or "units", "at", "figures", "changed", "problems"}`."""
        who: dict[str, Any] = {"unit": self.units[0]} if len(self.units) == 1 else {"units": list(self.units)}
        return {
            "accepted": self.accepted,
            "set": self.set_code,
            **who,
            "at": self.at.isoformat() if self.at else None,
            "figures": self.figures,
            "changed": self.changed,
            "problems": [problem.as_json(lang, with_mend=True) for problem in self.problems],
        }


def receive_form(
    *,
    path: Path,
    by: Person,
    at: datetime,
    set_code: str | None = None,
    unit_code: str | None = None,
    speaks_of: date | None = None,
    level: Level | str | None = None,
    commit: bool = False,
    reason: str | None = None,
    source: str | None = None,
) -> FormAnswer:
    """Read a filled form and, with `commit`, record it, all or nothing. The original bytes are kept by their hash.

    What the hidden sheet says must not contradict what is asked. Never raises `Refused`: what was
    refused stands among the problems. Without `commit` everything is done and undone.
    """
    answer = FormAnswer(set_code, (unit_code,) if unit_code else (), speaks_of)
    try:
        book = reading.read(path)
        told = _told(book, answer, set_code, unit_code, speaks_of, level)
        read = _read(book, told)
        answer.problems += read.problems
        if read.units:
            answer.units = tuple(unit.code for unit in read.units)
        met = meet(read, told, reason or read.change_reason)
        answer.figures, answer.changed = met.figures, met.changed
        answer.problems += met.problems
        if answer.accepted and answer.figures:
            answer.batch_id = _record(read, told, answer, path, by, at, commit, reason, source)
    except Refused as refused:
        answer.problems += [Problem(found, Severity.ERROR) for found in refused.reasons]
    return answer


def answer_workbook(*, path: Path, target: Path, answer: FormAnswer, lang: str = "vi") -> int:
    """Copy the workbook to `target` with the problems as comments on their cells; returns how many cells."""
    findings = []
    for problem in answer.problems:
        shown = problem.as_json(lang, with_mend=True)
        text = f"{shown['text']}\n→ {shown['mend']}" if shown["mend"] else shown["text"]
        findings.append((shown["sheet"], shown["cell"], shown["severity"], text))
    function = "chungsuc.assessment.workbook.comments:annotate"
    return jail.run(function, str(path.resolve()), str(target.resolve()), findings, seconds=60)


def _told(
    book: Book,
    answer: FormAnswer,
    set_code: str | None,
    unit_code: str | None,
    speaks_of: date | None,
    level: Level | str | None,
) -> Told:
    meta = read_meta(book)
    _contradictions(meta, set_code, unit_code, speaks_of)
    found_set = set_code or (meta.set_code if meta else None)
    found_unit = unit_code or (meta.unit if meta else None)
    found_at = speaks_of or (date.fromisoformat(meta.at) if meta else None)
    missing = [
        name for name, value in (("--set", found_set), ("--unit", found_unit), ("--at", found_at)) if value is None
    ]
    if found_set is None or found_unit is None or found_at is None:
        raise Refused(Reason("workbook.no_metadata", missing=missing))
    answer.set_code, answer.units, answer.at = found_set, (found_unit,), found_at
    unit = territory.unit_at(found_unit, found_at)
    rules = rules_for(unit, found_set, found_at)
    if meta and meta.set_version != rules.version:
        answer.problems.append(Problem(Reason("workbook.law_changed"), Severity.WARNING))
    return Told(meta, found_set, unit, found_at, Level(level or (meta.level if meta else Level.SELF)), rules)


def _contradictions(meta: Meta | None, set_code: str | None, unit_code: str | None, speaks_of: date | None) -> None:
    if meta is None:
        return
    if meta.template != TEMPLATE:
        raise Refused(Reason("workbook.template_unknown", found=meta.template, known=TEMPLATE))
    found = []
    if set_code not in (None, meta.set_code):
        found.append(Reason("workbook.other_set", found=meta.set_code, asked=set_code))
    if unit_code not in (None, meta.unit):
        found.append(Reason("workbook.other_unit", found=meta.unit, asked=unit_code))
    if speaks_of is not None and speaks_of.isoformat() != meta.at:
        found.append(Reason("workbook.other_date", found=date.fromisoformat(meta.at), asked=speaks_of))
    stop_if(found)


def _read(book: Book, told: Told) -> FormRead:
    if told.unit.kind is Kind.COMMUNE:
        return read_one(book, told.rules)
    asked = asked_of(told.set_code, told.at)
    return read_many(
        book, told.rules, asked, told.at, told.level, lambda unit: _is_below(unit, told.unit, asked.by_code)
    )


def _is_below(unit: UnitFact, above: UnitFact, by_code: Mapping[str, UnitFact]) -> bool:
    parent = by_code.get(unit.parent_code or "")
    while parent is not None and parent.id != above.id:
        parent = by_code.get(parent.parent_code or "")
    return parent is not None


def _record(
    read: FormRead,
    told: Told,
    answer: FormAnswer,
    path: Path,
    by: Person,
    at: datetime,
    commit: bool,
    reason: str | None,
    source: str | None,
) -> int | None:
    sha256 = files.keep(path.read_bytes(), folder=settings.CHUNGSUC_EVIDENCE).sha256 if commit else None
    notes = [problem.as_json("vi") for problem in answer.problems]
    notes += [{"code": "workbook.form", "form": told.meta.form}] if told.meta else []
    act = {
        "by": by,
        "at": at,
        "sha256": sha256,
        "notes": notes,
        "reason": reason or read.change_reason,
        "source": source or path.name,
        "kind": BatchKind.WORKBOOK,
    }
    try:
        with transaction.atomic():
            receipt = _write(read, told, act, judge=commit)
            if not commit:
                transaction.set_rollback(True)
    except Refused as refused:
        answer.problems += [at_cell(found, read) for found in refused.reasons]
        return None
    return receipt.batch_id if commit else None


def _write(read: FormRead, told: Told, act: Mapping[str, Any], *, judge: bool) -> Receipt:
    if isinstance(read.grid, FigureGrid):
        return actions.load_figures(rows=read.grid, set_code=told.set_code, judge=judge, **act)
    return actions.record_figures(
        unit=told.unit,
        set_code=told.set_code,
        speaks_of=told.at,
        level=told.level,
        entries=read.entries,
        seen=seen_of(read, told),
        **act,
    )
