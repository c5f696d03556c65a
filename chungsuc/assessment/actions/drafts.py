"""Saving what is typed into a form, and sending it: drafts become figures, each with a receipt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from chungsuc.accounts import guard
from chungsuc.accounts.rules import Permission, Person
from chungsuc.assessment import checking, queries, tallying
from chungsuc.assessment.actions.recording import record_figures
from chungsuc.assessment.models import Draft
from chungsuc.assessment.queries.drafts import DraftFact
from chungsuc.assessment.queries.forms import day_of_right
from chungsuc.assessment.refusals import named_refusals
from chungsuc.assessment.rules import Level, Receipt
from chungsuc.assessment.rules.typed import Typed, is_empty, why_not_typed
from chungsuc.criteria import queries as criteria
from chungsuc.kit import clock
from chungsuc.kit.errors import Reason, Refused, stop_if
from chungsuc.territory import queries as territory
from chungsuc.territory.rules import UnitFact

Fields = Mapping[str, Typed | None]


@dataclass(frozen=True, slots=True)
class DraftReceipt:
    """What was kept: the receipt's number (None: nothing new), the newest row of each field by indicator."""

    number: str | None
    rows: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SentReceipt:
    """What was sent: the receipt's number (None: nothing was new), the act of recording, the newest draft rows."""

    number: str | None
    receipt: Receipt
    rows: Mapping[str, int]


@named_refusals()
@transaction.atomic
def save_drafts(
    *, unit: UnitFact, set_code: str, speaks_of: date, fields: Fields, by: Person, at: datetime,
    seen: Mapping[str, int] | None = None, command: UUID | None = None,
) -> DraftReceipt:
    """Keep the texts as typed, whatever they say; a field that says the same as before is not written again.

    `seen`: the row that the person had before them, by indicator (0: none); where another has come
    since and says something else, everything is refused (`draft.changed_elsewhere`, with both texts).
    """
    newest = _may_write(unit, set_code, speaks_of, fields, by, at)
    stop_if(_overtaken(seen or {}, fields, newest))
    fresh = {code: text for code, text in fields.items() if not _same(text, newest.get(code))}
    rows = _write(unit, set_code, speaks_of, fresh, by=by, at=at, command=command)
    first = min(rows.values(), default=None)
    number = None if first is None else f"N{at.astimezone(clock.VIETNAM):%Y}-{first:06d}"
    return DraftReceipt(number, _numbers(fields, newest) | rows)


@named_refusals()
@transaction.atomic
def send_fields(
    *, unit: UnitFact, set_code: str, speaks_of: date, fields: Fields, by: Person, at: datetime, source: str,
    seen: Mapping[str, int] | None = None, reason: str | None = None, command: UUID | None = None,
) -> SentReceipt:
    """Record the fields as the unit's own figures (level self) and close their drafts; all or nothing.

    Refused with the indicator and the field of each reason: what cannot be read, what the indicator
    cannot have, what has changed elsewhere. Empty fields are passed over.
    """
    newest = _may_write(unit, set_code, speaks_of, fields, by, at)
    stop_if(_overtaken(seen or {}, fields, newest))
    given = {code: text for code, text in fields.items() if text is not None and not is_empty(text)}
    entries = queries.read_fields(set_code, given)
    if not entries:
        raise Refused(Reason("draft.nothing_to_send", name=unit.name))
    receipt = record_figures(
        unit=unit, set_code=set_code, speaks_of=speaks_of, level=Level.SELF, entries=entries, source=source,
        reason=reason or None, by=by, at=at,
    )
    closing = {code: None for code in entries if code in newest and newest[code].field is not None}
    rows = _write(unit, set_code, speaks_of, closing, by=by, at=at, command=command, batch=receipt.batch_id)
    number = None if receipt.batch_id is None else f"{at.astimezone(clock.VIETNAM):%Y}-{receipt.batch_id:06d}"
    return SentReceipt(number, receipt, _numbers(fields, newest) | rows)


def _may_write(
    unit: UnitFact, set_code: str, speaks_of: date, fields: Fields, by: Person, at: datetime
) -> dict[str, DraftFact]:
    """Lock, guard, first checks; the newest rows as they stand."""
    day = at.astimezone(clock.VIETNAM).date()
    tallying.lock(set_code, [unit.id])
    guard.require(by, Permission.RECORD_FIGURES, unit=unit.id, on=day_of_right(unit, day, speaks_of))
    rules = criteria.criteria_set(set_code)
    there = territory.by_ids([unit.id], speaks_of).get(unit.id)
    stop_if(checking.why_not_unit(unit, rules, speaks_of, there) + why_not_typed(fields, rules.by_code))
    if speaks_of > day:
        raise Refused(Reason("figure.date_in_future", speaks_of=speaks_of, today=day))
    return queries.drafts_of(unit.id, set_code, speaks_of)


def _overtaken(seen: Mapping[str, int], fields: Fields, newest: Mapping[str, DraftFact]) -> tuple[Reason, ...]:
    """Fields that someone else (or the same person in another window) has typed into since."""
    return tuple(
        Reason(
            "draft.changed_elsewhere",
            indicator=code,
            theirs=dict(newest[code].field or {}),
            mine=dict(fields[code] or {}),
            row=newest[code].id,
            who=newest[code].by,
            when=f"{newest[code].at.astimezone(clock.VIETNAM):%d/%m/%Y %H:%M}",
        )
        for code in fields
        if code in seen and code in newest and newest[code].id != seen[code] and not _same(fields[code], newest[code])
    )


def _same(text: Typed | None, fact: DraftFact | None) -> bool:
    """Whether the field says what the newest row says; nothing typed and no row are the same."""
    before = fact.field if fact is not None else None
    return (is_empty(text) and is_empty(before)) or (
        text is not None and before is not None and _trimmed(text) == _trimmed(before)
    )


def _trimmed(text: Typed) -> dict[str, str]:
    return {name: said.strip() for name, said in text.items() if said.strip()}


def _numbers(fields: Fields, newest: Mapping[str, DraftFact]) -> dict[str, int]:
    return {code: newest[code].id for code in fields if code in newest}


def _write(
    unit: UnitFact, set_code: str, speaks_of: date, fields: Fields, *, by: Person, at: datetime,
    command: UUID | None, batch: int | None = None,
) -> dict[str, int]:
    rows = Draft.objects.bulk_create(
        Draft(
            unit_id=unit.id, set_code=set_code, speaks_of=speaks_of, indicator=code,
            field=None if is_empty(text) else _trimmed(text), batch_id=batch, command=command, by=by.code, at=at,
        )
        for code, text in fields.items()
    )
    return {row.indicator: row.pk for row in rows}
