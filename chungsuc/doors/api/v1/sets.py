"""Criteria sets: the list, and one as it holds in a place on a day."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router

from chungsuc.assessment import queries as assessment
from chungsuc.criteria import forms
from chungsuc.criteria import queries as criteria
from chungsuc.doors.api.v1 import shapes
from chungsuc.doors.api.v1.asking import AN_HOUR, keeps, may_read, of_kind
from chungsuc.doors.api.v1.operations import answers
from chungsuc.doors.api.v1.placing import province_above
from chungsuc.doors.api.v1.values import Code, Day, SetCode
from chungsuc.kit import clock
from chungsuc.territory import queries as territory

router = Router(tags=["sets"])


@router.get("/sets", operation_id="sets", response=answers(shapes.Sets))
def sets(request: HttpRequest):
    """Every criteria set, oldest first."""
    may_read(request, clock.today())
    keeps(request, AN_HOUR)
    names = ("code", "kind_of_unit", "judges", "criteria", "indicators", "replaced_by", "version")
    return {
        "items": [
            {
                **{name: getattr(one, name) for name in names},
                "name": one.name._asdict(),
                "citation": one.citation._asdict(),
                "in_force_from": one.in_force[0],
                "in_force_to": one.in_force[1],
                "incomplete": one.incomplete._asdict() if one.incomplete else None,
            }
            for one in criteria.sets()
        ]
    }


@router.get("/sets/{set}/units/{code}", operation_id="set_in_place", response=answers(shapes.PlacedSet))
def set_in_place(request: HttpRequest, set: SetCode, code: Code, at: Day = None):
    """A set with the thresholds that hold in a unit on a day, and the words of its sentences."""
    day = at or clock.today()
    may_read(request, day)
    unit = territory.unit_at(code, day)
    rules = assessment.set_for(set, province_above(unit, day), day)
    of_kind(unit, rules)
    if at is not None:
        keeps(request, AN_HOUR)
    return forms.definition(rules, assessment.context_of(unit, day))
