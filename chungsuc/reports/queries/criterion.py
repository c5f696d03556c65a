"""One criterion over all communes of a unit: who is short, by how much, who owns it."""

from __future__ import annotations

from datetime import date, datetime

import numpy as np

from chungsuc.accounts.rules import VISITOR, Person
from chungsuc.assessment import queries as assessment
from chungsuc.criteria.engine import judge_indicator, place
from chungsuc.criteria.engine.figures import Figure
from chungsuc.kit.errors import Reason, Refused
from chungsuc.reports.queries.grounds import ground, set_for
from chungsuc.reports.rules import Basis, met_cells
from chungsuc.reports.rules.criteria import CriterionView, DistrictCount, ShortCommune


def criterion_view(
    *, at: date, known: datetime | None = None, unit_code: str, set_code: str, number: int, by: Person = VISITOR
) -> CriterionView:
    """The criterion `number` on the day; `Refused` as `ground`, and where the set has no such criterion."""
    here = ground(at=at, known=known, unit_code=unit_code, set_code=set_code, by=by)
    rules = set_for(set_code, at, (here.unit, *here.above))
    criterion = next((one for one in rules.criteria if one.number == number), None)
    if criterion is None:
        raise Refused(Reason("criterion.unknown", set=set_code, number=number))
    column = [one.number for one in here.criteria].index(number)
    met = met_cells(here.verdicts[:, column]) if len(here.communes) else np.zeros(0, bool)
    lacking = np.flatnonzero(~met & (here.basis == Basis.FIGURES)).tolist()
    codes = [one.code for one in criterion.indicators]
    units = [here.communes[row] for row in lacking]
    figures = assessment.figures_of_units([unit.id for unit in units], set_code, codes, at=at, known=known)
    short = []
    for unit in units:
        rulings = {one.indicator.code: one for one in place(rules, assessment.context_of(unit, at))}
        judged = []
        for code in codes:
            fact = figures.get((unit.id, code))
            judged.append(judge_indicator(rulings[code], assessment.engine_figure(rules, fact) if fact else Figure()))
        short.append(ShortCommune(unit, tuple(judged), {code: figures.get((unit.id, code)) for code in codes}))
    short.sort(key=ShortCommune.distance)
    return CriterionView(
        ground=here,
        rules=rules,
        criterion=criterion,
        met=int((met & here.counted).sum()),
        marked_only=int((~met & here.counted & (here.basis != Basis.FIGURES)).sum()),
        short=tuple(short),
        districts=tuple(
            DistrictCount(district, int(inside.sum()), int((met & inside).sum()))
            for district, inside in ((one, here.district_of == n) for n, one in enumerate(here.districts))
        ),
    )
