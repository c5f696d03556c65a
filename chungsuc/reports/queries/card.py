"""A commune's card: every verdict explained, with the figures, the levels and the history behind it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime

import numpy as np

from chungsuc.accounts import guard
from chungsuc.accounts.rules import VISITOR, Permission, Person
from chungsuc.assessment import queries as assessment
from chungsuc.assessment.rules import EvidenceFact, FigureFact
from chungsuc.criteria.engine import (
    Context,
    CriteriaSet,
    IndicatorVerdict,
    SetVerdict,
    Verdict,
    judge,
    judge_indicator,
    place,
)
from chungsuc.kit.errors import Reason, Refused
from chungsuc.reports.queries.grounds import ground, made, set_for
from chungsuc.reports.queries.situations import move_of, year_before
from chungsuc.reports.queries.trend import trend_of
from chungsuc.reports.rules import Basis, Card, Gone, Ground, IndicatorCard, Move, SummaryCount, next_steps
from chungsuc.territory import queries as territory
from chungsuc.territory.rules import Kind, UnitFact

GONE = ("unit.not_in_force", "unit.ended")


def commune_card(
    *, at: date, known: datetime | None = None, unit_code: str, set_code: str, today: date, by: Person = VISITOR
) -> Card:
    """The commune on `at` under the set. `today` only says where its territory ended up.

    Title, summary count, trend and change are read from the grounds of its province, which pages share.
    Refused: `card.not_a_commune` for another kind of unit; the reasons of `ground` otherwise.
    """
    unit, chain = _commune(unit_code, at, by)
    rules = set_for(set_code, at, chain)
    now = ground(at=at, known=known, unit_code=chain[-1].code, set_code=set_code, by=by)
    title = now.titles.get(unit.id)
    figures = assessment.figures_of(unit.id, set_code, at, known)
    verdict = _verdict(rules, unit, figures, at)
    evidence = _evidence(unit, set_code, at)
    move = _move(now, unit, by)
    before = date(at.year - 1, 12, 31)
    return Card(
        unit=unit,
        above=tuple(chain[1:]),
        at=at,
        known=known,
        rules=rules,
        verdict=verdict,
        summary=_summary(now, unit),
        figures=figures,
        judgements=assessment.judgements_of(unit.id, set_code, at, known),
        procedure=assessment.procedure_on(at),
        title=title,
        past_titles=tuple(one for one in now.every_title if unit.id in (one.unit_id, one.given_id) and one != title),
        lineage=territory.lineage(unit_code, at, today),
        made=now.made,
        trend=trend_of(unit, now, by),
        steps=next_steps(verdict, evidence),
        before=before if move else None,
        move=move,
        previous=assessment.figures_of(unit.id, set_code, before, known),
        evidence=evidence,
    )


def what_became(code: str, at: date, by: Person = VISITOR) -> Gone | None:
    """What became of a code that nobody bears on `at` any more; None where somebody does, or nobody ever did."""
    guard.require(by, Permission.READ, on=at)
    try:
        territory.unit_at(code, at)
    except Refused as refused:
        reason = refused.reasons[0]
        if reason.code not in GONE:
            return None
        until = reason.facts["until"]
        found = territory.lineage(code, until, at)
        return Gone(found.unit, at, until, found.successors, found.in_force_today, str(reason.facts["act"]))
    return None


def indicator_history(
    *,
    at: date,
    known: datetime | None = None,
    unit_code: str,
    set_code: str,
    indicator: str,
    by: Person = VISITOR,
) -> IndicatorCard:
    """One indicator of one commune: the verdict, every line ever recorded (by `known`), the evidence."""
    unit, chain = _commune(unit_code, at, by)
    rules = set_for(set_code, at, chain)
    if indicator not in rules.by_code:
        raise Refused(Reason("card.no_such_indicator", set=set_code, indicator=indicator))
    figures = assessment.figures_of(unit.id, set_code, at, known)
    verdict = _verdict(rules, unit, figures, at)
    deciding = figures.get(indicator)
    history = assessment.history_of(unit.id, set_code, indicator, known)
    lines = tuple(one for one in history if one.speaks_of <= at)
    return IndicatorCard(
        unit=unit,
        above=tuple(chain[1:]),
        at=at,
        known=known,
        rules=rules,
        indicator=rules.by_code[indicator],
        verdict=next(one for line in verdict.criteria for one in line.indicators if one.code == indicator),
        lines=lines,
        judged=tuple(_judged(rules, unit, one) for one in lines),
        deciding_id=deciding.id if deciding else None,
        evidence=tuple(assessment.evidence_of(unit.id, set_code, at=at, indicator=indicator)),
        made=made(),
    )


def _verdict(rules: CriteriaSet, unit: UnitFact, figures: Mapping[str, FigureFact], at: date) -> SetVerdict:
    """As `assessment.verdict_of`, from figures at hand."""
    known = {code: assessment.engine_figure(rules, one) for code, one in figures.items() if code in rules.by_code}
    return judge(rules, known, assessment.context_of(unit, at))


def _judged(rules: CriteriaSet, unit: UnitFact, line: FigureFact) -> IndicatorVerdict:
    """The verdict on one line by what the law asks here in the line's own year."""
    context = Context(region=unit.region, year=line.speaks_of.year, classes=unit.classes)
    ruling = next(one for one in place(rules, context) if one.indicator.code == line.indicator)
    return judge_indicator(ruling, assessment.engine_figure(rules, line))


def _row(here: Ground, unit: UnitFact) -> int | None:
    return next((row for row, one in enumerate(here.communes) if one.id == unit.id), None)


def _summary(now: Ground, unit: UnitFact) -> SummaryCount | None:
    """The summary matrix that speaks for the commune, where one is newer than its figures."""
    row = _row(now, unit)
    if row is None or now.basis[row] not in (Basis.MARKS, Basis.COUNT):
        return None
    met = [one.number for one, code in zip(now.criteria, now.verdicts[row], strict=True) if code == Verdict.MET.rank]
    marked = tuple(met) if now.basis[row] == Basis.MARKS else None
    return SummaryCount(now.speaks_of[row].item(), int(now.met[row]), marked)


def _move(now: Ground, unit: UnitFact, by: Person) -> Move | None:
    """How the commune moved since the end of the year before, where both years have figures of their own."""
    before = year_before(now, by)
    row, was = _row(now, unit), _row(before, unit) if before else None
    if before is None or row is None or was is None or not (now.basis[row] and before.basis[was]):
        return None
    own = before.speaks_of[was] >= np.datetime64(date(before.at.year, 1, 1)) and now.speaks_of[row] > np.datetime64(
        before.at
    )
    return move_of(now, before, row, was) if own else None


def _evidence(unit: UnitFact, set_code: str, at: date) -> dict[str, tuple[EvidenceFact, ...]]:
    found: dict[str, list[EvidenceFact]] = defaultdict(list)
    for one in assessment.evidence_of(unit.id, set_code, at=at):
        found[one.indicator].append(one)
    return {code: tuple(some) for code, some in found.items()}


def _commune(unit_code: str, at: date, by: Person) -> tuple[UnitFact, list[UnitFact]]:
    unit = territory.unit_at(unit_code, at)
    guard.require(by, Permission.READ, unit=unit.id, on=at)
    if unit.kind is not Kind.COMMUNE:
        raise Refused(Reason("card.not_a_commune", name=unit.name))
    return unit, territory.ancestors(unit.id, at)
