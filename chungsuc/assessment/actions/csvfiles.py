"""Receiving a CSV of figures: the bytes kept, the lines read, everything checked, all or nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.conf import settings
from django.db import transaction

from chungsuc.accounts.rules import Person
from chungsuc.assessment import bulk, checking, csvfile, csvrows
from chungsuc.assessment.actions.loading import load_figures
from chungsuc.assessment.rules import BatchKind, Receipt
from chungsuc.criteria import queries as criteria
from chungsuc.kit import clock, files
from chungsuc.kit.errors import Refused


def load_csv(
    *,
    content: bytes,
    name: str,
    set_code: str,
    by: Person,
    at: datetime,
    commit: bool,
    history: bool = False,
    source: str | None = None,
    reason: str | None = None,
) -> Receipt:
    """Load a long CSV of figures. Without `commit` everything is done and then undone: the answer is the same.

    The original bytes are kept by their hash before anything is written; `source` defaults to the
    file's name. Refused with every problem found, each with its line and column; then nothing is written.
    """
    lines = csvfile.read(content)
    rules = criteria.criteria_set(set_code)
    rows, problems = csvrows.rows_of(lines, rules)
    if problems:
        day = at.astimezone(clock.VIETNAM).date()
        problems += bulk.RowLoad(rows, set_code).why_not(rules, today=day, at=at, history=history)
        raise Refused(sorted(problems, key=lambda reason: reason.facts.get("line") or 0)[: checking.SHOWN])
    sha256 = files.keep(content, folder=settings.CHUNGSUC_EVIDENCE).sha256 if commit else None
    with transaction.atomic():
        receipt = load_figures(
            rows=rows,
            set_code=set_code,
            by=by,
            at=at,
            source=source or name,
            kind=BatchKind.HISTORY if history else BatchKind.CSV,
            sha256=sha256,
            history=history,
            reason=reason,
            judge=commit,
        )
        if not commit:
            transaction.set_rollback(True)
    return receipt if commit else replace(receipt, batch_id=None)
