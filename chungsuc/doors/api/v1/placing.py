"""Communes of a page: which there are below a unit, and in which province each lies."""

from __future__ import annotations

from datetime import date

from chungsuc.assessment import queries as assessment
from chungsuc.assessment.queries import Placed
from chungsuc.criteria import queries as criteria
from chungsuc.criteria.engine import CriteriaSet
from chungsuc.kit.errors import Reason, Refused
from chungsuc.territory import queries as territory
from chungsuc.territory.rules import Kind, UnitFact


def province_above(unit: UnitFact, on: date) -> str | None:
    """The code of the province in which the unit lies on the day."""
    return next((one.code for one in territory.ancestors(unit.id, on) if one.kind is Kind.PROVINCE), None)


def communes(set_code: str, on: date, under: str | None) -> tuple[CriteriaSet, list[Placed]]:
    """The set, and the communes in force on the day by code, those below `under` only. The set must be for communes."""
    rules = criteria.criteria_set(set_code)
    if rules.kind_of_unit != Kind.COMMUNE.value:
        raise Refused(Reason("api.not_for_communes", set=set_code, kind=rules.kind_of_unit))
    above = territory.unit_at(under, on) if under else None
    found = assessment.placed_communes(on)
    return rules, [one for one in found if above is None or above.id in (one.unit.id, *one.path)]
