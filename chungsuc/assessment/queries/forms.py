"""What a form of entry needs to know of one unit: the law of the place, last values, drafts, evidence, verdicts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from chungsuc.accounts import guard
from chungsuc.accounts.rules import Permission, Person, why_not
from chungsuc.assessment.queries.drafts import DraftFact, drafts_of
from chungsuc.assessment.queries.evidence import evidence_of
from chungsuc.assessment.queries.figures import judgements_of
from chungsuc.assessment.queries.verdicts import context_of, engine_figure, set_for
from chungsuc.assessment.rules import EvidenceFact, FigureFact, Level
from chungsuc.assessment.rules.typed import entry_of
from chungsuc.criteria.engine import Context, CriteriaSet, Figure, SetVerdict, judge
from chungsuc.criteria.engine.checks import why_not as why_not_figure
from chungsuc.kit.errors import Reason, Refused, stop_if
from chungsuc.territory import queries as territory
from chungsuc.territory.rules import Kind, UnitFact


@dataclass(frozen=True)
class Form:
    """One unit's form for a set and a day.

    `own`: the unit's own newest figure of each indicator up to the day; `last`: the figure of any level
    that spoke of an earlier day; `drafts`: the newest row typed; `verdict`: as it would stand if what is
    typed and can be read were sent.
    """

    unit: UnitFact
    above: tuple[UnitFact, ...]
    day: date
    rules: CriteriaSet
    context: Context
    own: Mapping[str, FigureFact]
    last: Mapping[str, FigureFact]
    drafts: Mapping[str, DraftFact]
    evidence: Mapping[str, tuple[EvidenceFact, ...]]
    verdict: SetVerdict

    def typed(self, code: str) -> bool:
        """Whether something typed waits to be sent."""
        return code in self.drafts and self.drafts[code].field is not None

    def sent(self, code: str) -> bool:
        """Whether the unit's own figure of this very day is recorded."""
        return code in self.own and self.own[code].speaks_of == self.day


def may_enter(by: Person, unit: UnitFact, on: date) -> bool:
    """Whether the person may record figures of the unit today; another unit's form is not shown at all."""
    codes = frozenset(one.code for one in territory.ancestors(unit.id, on)) or frozenset({unit.code})
    return not why_not(by, Permission.RECORD_FIGURES, codes)


def form_of(*, unit_code: str, set_code: str, day: date, by: Person, today: date) -> Form:
    """The form; `Refused` where the person may not, the unit is no commune that day, or the day has not come."""
    unit = territory.unit_at(unit_code, day)
    guard.require(by, Permission.RECORD_FIGURES, unit=unit.id, on=day)
    if day > today:
        raise Refused(Reason("figure.date_in_future", speaks_of=day, today=today))
    chain = territory.ancestors(unit.id, day)
    rules = set_for(set_code, next((one.code for one in chain if one.kind is Kind.PROVINCE), None), day)
    other = unit.kind.value != rules.kind_of_unit
    stop_if((Reason("figure.other_kind_of_unit", unit=unit.code, name=unit.name, set=rules.code),) if other else ())
    judgements = judgements_of(unit.id, set_code, day)
    own = {code: levels[Level.SELF] for code, levels in judgements.items() if Level.SELF in levels}
    drafts = drafts_of(unit.id, set_code, day)
    context = context_of(unit, day)
    evidence: dict[str, list[EvidenceFact]] = {}
    for fact in evidence_of(unit.id, set_code, at=day):
        evidence.setdefault(fact.indicator, []).append(fact)
    return Form(
        unit=unit,
        above=tuple(chain[1:]),
        day=day,
        rules=rules,
        context=context,
        own=own,
        last={code: fact for code, levels in judgements.items() if (fact := _before(levels, day))},
        drafts=drafts,
        evidence={code: tuple(facts) for code, facts in evidence.items()},
        verdict=judge(rules, _as_typed(rules, own, drafts), context),
    )


def _before(levels: Mapping[Level, FigureFact], day: date) -> FigureFact | None:
    """The newest figure of an earlier day, of the highest level that spoke of that day."""
    earlier = [fact for fact in levels.values() if fact.speaks_of < day]
    return max(earlier, key=lambda fact: (fact.speaks_of, list(Level).index(fact.level)), default=None)


def _as_typed(
    rules: CriteriaSet, own: Mapping[str, FigureFact], drafts: Mapping[str, DraftFact]
) -> dict[str, Figure]:
    figures = {code: engine_figure(rules, fact) for code, fact in own.items() if code in rules.by_code}
    for code, draft in drafts.items():
        if draft.field is None or code not in rules.by_code:
            continue
        entry, unread = entry_of(rules.by_code[code], draft.field)
        figure = Figure(entry.value, entry.num, entry.den, entry.parts, entry.not_applicable)
        if not unread and not why_not_figure(rules.by_code[code], figure):
            figures[code] = figure
    return figures
