"""Verdicts: computed from figures for any date, and the newest ones as they stand in the tables."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import numpy as np
from django.db import connection

from chungsuc.assessment.judging import full_trace, judge_table
from chungsuc.assessment.models import Standing, Tally, Verdict
from chungsuc.assessment.queries.figures import figure_table, figures_of
from chungsuc.assessment.queries.marks import marks_table
from chungsuc.assessment.queries.places import Placed, placed_communes
from chungsuc.assessment.rules import (
    FigureFact,
    StandingFact,
    TallyFact,
    UnitVerdict,
    add_up,
    letters_of_marks,
    use_marks,
)
from chungsuc.criteria import queries as criteria
from chungsuc.criteria.engine import Context, CriteriaSet, Figure, SetVerdict, judge
from chungsuc.territory import queries as territory
from chungsuc.territory.rules import Kind, UnitFact


def context_of(unit: UnitFact, at: date) -> Context:
    """In which context a unit is judged on a date: its region, the year, its area classes."""
    return Context(region=unit.region, year=at.year, classes=unit.classes)


def set_for(set_code: str, province: str | None, at: date) -> CriteriaSet:
    """The criteria set with the overlay of the province that is in force on the date."""
    return criteria.criteria_set(set_code, province=province, at=at)


def verdict_of(unit: UnitFact, set_code: str, at: date, known: datetime | None = None) -> SetVerdict:
    """The explained verdict on one unit, computed from the figures, never from what was stored."""
    province = next((above.code for above in territory.ancestors(unit.id, at) if above.kind is Kind.PROVINCE), None)
    rules = set_for(set_code, province, at)
    figures = {
        code: engine_figure(rules, fact)
        for code, fact in figures_of(unit.id, set_code, at, known).items()
        if code in rules.by_code
    }
    return judge(rules, figures, context_of(unit, at))


def engine_figure(rules: CriteriaSet, fact: FigureFact) -> Figure:
    """A recorded figure in the engine's terms: a boolean indicator's 1/0 becomes true/false."""
    value: Decimal | bool | None = fact.value
    if value is not None and rules.by_code[fact.indicator].kind == "boolean":
        value = value != 0
    return Figure(
        value=value,
        num=fact.num,
        den=fact.den,
        parts=fact.parts,
        not_applicable=fact.not_applicable,
        nearly_met=fact.nearly_met,
    )


def judge_units(
    units: Sequence[Placed], set_code: str, at: date, *, known: datetime | None = None
) -> list[UnitVerdict]:
    """Judge many units on a date, each with the overlay of its province, in the order given."""
    found: dict[int, UnitVerdict] = {}
    for province in sorted({one.province for one in units}, key=str):
        here = [one.unit for one in units if one.province == province]
        found |= {verdict.unit_id: verdict for verdict in _judge_province(here, set_code, at, province, known)}
    return [found[one.unit.id] for one in units]


def _judge_province(
    units: list[UnitFact], set_code: str, at: date, province: str | None, known: datetime | None
) -> list[UnitVerdict]:
    rules = set_for(set_code, province, at)
    table = figure_table(units=units, set_code=set_code, at=at, known=known)
    judged = judge_table(rules, table, [context_of(unit, at) for unit in units])
    rows = zip(units, judged.letters, judged.met.tolist(), judged.traces(), judged.frames(), strict=True)
    verdicts = [
        UnitVerdict(unit.id, at, letters, met, "figures", judged.version, trace, frame)
        for unit, letters, met, trace, frame in rows
    ]
    marks = marks_table(units=units, set_code=set_code, at=at, known=known)
    for place in np.flatnonzero(use_marks(table, marks)).tolist():
        letters, count = letters_of_marks(marks.marks[place]), int(marks.count[place])
        verdicts[place] = UnitVerdict(units[place].id, at, letters, count, "marks", judged.version, "{}", "{}")
    return verdicts


def standing_of(unit_id: int, set_code: str) -> StandingFact | None:
    """The newest verdict on a unit, as it stands in the table; None where it was never judged."""
    return next(iter(standings(set_code=set_code, unit_ids=[unit_id])), None)


def standings(*, set_code: str, unit_ids: Sequence[int] | None = None) -> list[StandingFact]:
    """The newest verdicts under a set, by unit identity."""
    found = Standing.objects.filter(set_code=set_code).order_by("unit_id")
    if unit_ids is not None:
        found = found.filter(unit_id__in=list(unit_ids))
    return [
        StandingFact(
            row.unit_id,
            row.set_code,
            row.speaks_of,
            row.criteria,
            row.met,
            row.set_version,
            row.judged_at,
            row.basis,
            tuple(row.path),
        )
        for row in found
    ]


def verdicts_recorded(unit_id: int, set_code: str) -> list[dict[str, Any]]:
    """Every verdict ever stored on a unit, the newest first, each with its full trace by indicator."""
    names = ("id", "speaks_of", "recorded_at", "criteria", "met", "set_version")
    found = Verdict.objects.filter(unit_id=unit_id, set_code=set_code).select_related("frame").order_by("-pk")
    return [
        {**{name: getattr(row, name) for name in names}, "trace": full_trace(row.trace, row.frame.rulings)}
        for row in found
    ]


def tally_of(scope_id: int, set_code: str) -> TallyFact | None:
    """The totals of a district or province as they stand in the table."""
    return next(iter(tallies(set_code=set_code, scope_ids=[scope_id])), None)


def tallies(*, set_code: str, scope_ids: Sequence[int] | None = None) -> list[TallyFact]:
    """The totals under a set that count at least one commune, by unit identity."""
    found = Tally.objects.filter(set_code=set_code, communes__gt=0).order_by("unit_id")
    if scope_ids is not None:
        found = found.filter(unit_id__in=list(scope_ids))
    return [
        TallyFact(row.unit_id, row.set_code, row.communes, row.met, tuple(row.by_met), tuple(row.by_criterion))
        for row in found
    ]


def recomputed_tallies(set_code: str, *, at: date) -> list[TallyFact]:
    """What the totals must be on the day `at`: every commune in force judged anew from its figures."""
    known_units = units_with_words(set_code)
    units = [one for one in placed_communes(at) if one.unit.id in known_units]
    verdicts = judge_units(units, set_code, at)
    rows = [(one.path, verdict.criteria, verdict.met) for one, verdict in zip(units, verdicts, strict=True)]
    return add_up(rows, set_code, len(criteria.criteria_set(set_code).criteria))


def drift(set_code: str, *, at: date) -> list[dict[str, Any]]:
    """Where the kept totals differ from what they must be on the day: unit, kept, recomputed. Empty: all equal."""
    kept = {one.unit_id: one for one in tallies(set_code=set_code)}
    right = {one.unit_id: one for one in recomputed_tallies(set_code, at=at)}
    return [
        {"unit_id": scope, "kept": _counts(kept.get(scope)), "recomputed": _counts(right.get(scope))}
        for scope in sorted(kept.keys() | right.keys())
        if kept.get(scope) != right.get(scope)
    ]


def counted_today(set_code: str, *, at: date) -> tuple[int, int]:
    """What the totals of the day can count: communes in force, and those of them with words under the set."""
    communes, known_units = placed_communes(at), units_with_words(set_code)
    return len(communes), sum(one.unit.id in known_units for one in communes)


def _counts(one: TallyFact | None) -> dict[str, Any] | None:
    return (
        None
        if one is None
        else {"communes": one.communes, "met": one.met, "by_met": one.by_met, "by_criterion": one.by_criterion}
    )


def units_with_words(set_code: str) -> set[int]:
    """Identities that have any figure or mark under the set."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT unit_id FROM assessment_figure WHERE set_code = %(set)s"
            " UNION SELECT DISTINCT unit_id FROM assessment_marks WHERE set_code = %(set)s",
            {"set": set_code},
        )
        return {row[0] for row in cursor.fetchall()}
