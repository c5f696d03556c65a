"""A commune's card: every verdict explained, with the figures, the levels and the history behind it."""

from __future__ import annotations

from datetime import date, datetime

from chungsuc.accounts import guard
from chungsuc.accounts.rules import VISITOR, Permission, Person
from chungsuc.assessment import queries as assessment
from chungsuc.kit.errors import Reason, Refused
from chungsuc.recognition import queries as recognition
from chungsuc.reports.queries.grounds import made, set_for, summary_count
from chungsuc.reports.rules import Card, IndicatorCard
from chungsuc.territory import queries as territory
from chungsuc.territory.rules import Kind, UnitFact


def commune_card(
    *, at: date, known: datetime | None = None, unit_code: str, set_code: str, today: date, by: Person = VISITOR
) -> Card:
    """The commune on `at` under the set. `today` only says where its territory ended up.

    Refused: `card.not_a_commune` for another kind of unit; the reasons of `ground` otherwise.
    """
    unit, chain = _commune(unit_code, at, by)
    rules = set_for(set_code, at, chain)
    title = next((one for one in recognition.titles_at(at, known) if one.unit_id == unit.id), None)
    figures = assessment.figures_of(unit.id, set_code, at, known)
    return Card(
        unit=unit,
        above=tuple(chain[1:]),
        at=at,
        known=known,
        rules=rules,
        verdict=assessment.verdict_of(unit, set_code, at, known),
        summary=summary_count(rules, unit, at, known),
        figures=figures,
        judgements=assessment.judgements_of(unit.id, set_code, at, known),
        procedure=assessment.procedure_on(at),
        title=title,
        past_titles=tuple(
            one for one in recognition.every_title(at, known) if unit.id in (one.unit_id, one.given_id) and one != title
        ),
        lineage=territory.lineage(unit_code, at, today),
        made=made(),
    )


def is_commune(unit_code: str, at: date) -> bool:
    """Whether the unit is one that commune sets judge. Refused where it is not in force."""
    return territory.unit_at(unit_code, at).kind is Kind.COMMUNE


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
    verdict = assessment.verdict_of(unit, set_code, at, known)
    deciding = assessment.figures_of(unit.id, set_code, at, known).get(indicator)
    return IndicatorCard(
        unit=unit,
        above=tuple(chain[1:]),
        at=at,
        known=known,
        rules=rules,
        indicator=rules.by_code[indicator],
        verdict=next(one for line in verdict.criteria for one in line.indicators if one.code == indicator),
        lines=tuple(one for one in assessment.history_of(unit.id, set_code, indicator, known) if one.speaks_of <= at),
        deciding_id=deciding.id if deciding else None,
        evidence=tuple(assessment.evidence_of(unit.id, set_code, at=at, indicator=indicator)),
        made=made(),
    )


def _commune(unit_code: str, at: date, by: Person) -> tuple[UnitFact, list[UnitFact]]:
    unit = territory.unit_at(unit_code, at)
    guard.require(by, Permission.READ, unit=unit.id, on=at)
    if unit.kind is not Kind.COMMUNE:
        raise Refused(Reason("card.not_a_commune", name=unit.name))
    return unit, territory.ancestors(unit.id, at)
