"""Every write of titles. All or nothing: one refused line keeps the whole file out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time

from django.db import transaction

from chungsuc.accounts import guard
from chungsuc.accounts.rules import Permission, Person
from chungsuc.criteria import queries as criteria
from chungsuc.kit import journal
from chungsuc.kit.clock import VIETNAM
from chungsuc.kit.errors import Reason, Refused, stop_if
from chungsuc.recognition import queries, rules
from chungsuc.recognition.models import Title, TitleFate
from chungsuc.recognition.rules import Alteration, FateEntry, TitleEntry, TitleFact
from chungsuc.territory import queries as territory
from chungsuc.territory.rules import UnitFact


@transaction.atomic
def record_titles(*, entries: Sequence[TitleEntry], by: Person, at: datetime, history: bool = False) -> int:
    """Record titles; return how many. Raises `Refused` with every reason of every line.

    With `history` (permission `load_history`) a title is known from the day its decision was signed;
    without, from `at`.
    """
    guard.require(by, Permission.LOAD_TITLES, on=at.date())
    if history:
        guard.require(by, Permission.LOAD_HISTORY, on=at.date())
    units, problems = _units_of(entries, at.date())
    problems += _twice(entries)
    for entry in entries:
        if unit := units.get(entry):
            guard.require(by, Permission.LOAD_TITLES, unit=unit.id, on=at.date())
            problems += _why_not(entry, unit, at.date())
    stop_if(problems)
    Title.objects.bulk_create(_row(entry, units[entry], by, at, history) for entry in entries)
    journal.record(
        "titles.recorded",
        subject="titles",
        by=by.code,
        at=at,
        facts={
            "count": len(entries),
            "history": history,
            "decisions": sorted({f"{one.decision_number} {one.decision_date}" for one in entries}),
        },
    )
    return len(entries)


@transaction.atomic
def record_fates(*, entries: Sequence[FateEntry], by: Person, at: datetime, history: bool = False) -> int:
    """Record what became of titles at alterations of their holders; return how many.

    With `history` a fate is known from the day it was decided; without, from `at`.
    """
    guard.require(by, Permission.LOAD_TITLES, on=at.date())
    if history:
        guard.require(by, Permission.LOAD_HISTORY, on=at.date())
    count = 0
    problems: list[Reason] = []
    # In order of the alterations: a second merger of a title is judged on the holder that the first left.
    for entry in sorted(entries, key=lambda one: one.effective):
        reasons, row = _fate_row(entry, by, at, history)
        problems += reasons
        if not reasons and row is not None:
            row.save(force_insert=True)
            count += 1
    stop_if(problems)
    journal.record(
        "titles.fates_recorded", subject="titles", by=by.code, at=at, facts={"count": count, "history": history}
    )
    return count


def _units_of(entries: Sequence[TitleEntry], today: date) -> tuple[dict[TitleEntry, UnitFact], list[Reason]]:
    found: dict[TitleEntry, UnitFact] = {}
    problems: list[Reason] = []
    for entry in entries:
        try:
            found[entry] = territory.unit_at(entry.unit_code, _day_of_code(entry, today))
        except Refused as refused:
            problems += [
                Reason("title.unit", line=entry.line or 0, unit=entry.unit_code, year=entry.year),
                *refused.reasons,
            ]
    return found, problems


def _day_of_code(entry: TitleEntry, today: date) -> date:
    """The day on which the unit's code is read: 31/12 of the title's year, or today before that."""
    last = date(max(min(entry.year, 9999), 1), 12, 31)
    return min(last, today)


def _twice(entries: Sequence[TitleEntry]) -> list[Reason]:
    seen: dict[tuple[str, str, int], int] = {}
    found = []
    for entry in entries:
        key = (entry.unit_code, entry.kind, entry.year)
        if key in seen:
            found.append(
                Reason("title.twice_in_file", unit=entry.unit_code, line=entry.line or 0, first=seen[key])
            )
        seen.setdefault(key, entry.line or 0)
    return found


def _why_not(entry: TitleEntry, unit: UnitFact, today: date) -> tuple[Reason, ...]:
    criteria.criteria_set(entry.set_code)  # raises Refused for an unknown set
    held = queries.title_of(unit.id, max(today, rules.counts_from(min(entry.year, today.year))), kind=entry.kind)
    again = Title.objects.filter(unit_id=unit.id, kind=entry.kind, year=entry.year).exists()
    year = held.year if held else (entry.year if again else None)
    return rules.why_not_give(entry, unit_kind=unit.kind.value, held=year, today=today)


def _row(entry: TitleEntry, unit: UnitFact, by: Person, at: datetime, history: bool) -> Title:
    return Title(
        unit_id=unit.id,
        kind=entry.kind,
        set_code=entry.set_code,
        year=entry.year,
        decision_number=entry.decision_number.strip(),
        decision_date=entry.decision_date,
        authority=entry.authority,
        source=entry.source.strip(),
        provenance=entry.provenance.value,
        note=entry.note,
        by=by.code,
        history=history,
        recorded_at=_start_of(entry.decision_date) if history else at,
    )


def _fate_row(
    entry: FateEntry, by: Person, at: datetime, history: bool
) -> tuple[Sequence[Reason], TitleFate | None]:
    fact = _title_named(entry)
    if fact is None:
        return [Reason("title.unknown", unit=entry.unit_code, year=entry.year, line=entry.line or 0)], None
    alteration = _alteration_of(fact, entry)
    onto = _onto(entry)
    problems = rules.why_not_fate(
        entry,
        alteration=alteration,
        onto_id=onto.id if onto else None,
        onto_kind=onto.kind.value if onto else None,
        today=at.date(),
    )
    kept = entry.fate is rules.Fate.KEPT
    return problems, TitleFate(
        title_id=fact.id,
        effective=entry.effective,
        fate=entry.fate.value,
        onto_id=onto.id if onto and kept else None,
        decided_on=entry.decided_on,
        decision=entry.decision,
        why=entry.why.strip(),
        source=entry.source.strip(),
        provenance=entry.provenance.value,
        by=by.code,
        history=history,
        recorded_at=_start_of(entry.decided_on) if history else at,
    )


def _title_named(entry: FateEntry) -> TitleFact | None:
    eve = date.fromordinal(entry.effective.toordinal() - 1)
    found = [
        fact
        for fact in queries.every_title(eve)
        if fact.year == entry.year and entry.unit_code in (fact.given_code, fact.unit_code)
    ]
    return found[0] if found else None


def _alteration_of(fact: TitleFact, entry: FateEntry) -> Alteration | None:
    found = queries.alterations_of([fact.unit_id], until=entry.effective).get(fact.unit_id, [])
    return next((one for one in found if one.effective == entry.effective), None)


def _onto(entry: FateEntry) -> UnitFact | None:
    return territory.unit_at(entry.onto_code, entry.effective) if entry.onto_code else None


def _start_of(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=VIETNAM)
