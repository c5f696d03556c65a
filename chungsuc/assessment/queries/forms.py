"""What a form of entry needs to know of one unit: the law of the place, last values, drafts, evidence, verdicts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from chungsuc.accounts import guard
from chungsuc.accounts.rules import Permission, Person, why_not
from chungsuc.assessment.queries.drafts import DraftFact, drafts_of, drafts_of_units
from chungsuc.assessment.queries.evidence import evidence_of
from chungsuc.assessment.queries.figures import judgements_of, judgements_of_units
from chungsuc.assessment.queries.verdicts import context_of, engine_figure, set_for
from chungsuc.assessment.rules import EvidenceFact, FigureFact, Level
from chungsuc.assessment.rules.typed import entry_of
from chungsuc.criteria.engine import Context, CriteriaSet, Figure, SetVerdict, judge
from chungsuc.criteria.engine.checks import why_not as why_not_figure
from chungsuc.kit.errors import Reason, stop_if
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


def day_of_right(unit: UnitFact, today: date, speaks_of: date) -> date:
    """The day on which a right over the unit is asked: today, or for a unit that is no more the day spoken of."""
    return today if territory.by_ids([unit.id], today) else speaks_of


def may_enter(by: Person, unit: UnitFact, on: date) -> bool:
    """Whether the person may record figures of the unit that day; another unit's form is not shown at all."""
    codes = frozenset(one.code for one in territory.ancestors(unit.id, on))
    return not why_not(by, Permission.RECORD_FIGURES, codes)


def form_of(*, unit_code: str, set_code: str, day: date, by: Person, today: date) -> Form:
    """The form; `Refused` where the person may not, the unit is no commune that day, or the day has not come."""
    unit = territory.unit_at(unit_code, day)
    guard.require(by, Permission.RECORD_FIGURES, unit=unit.id, on=day_of_right(unit, today, day))
    stop_if(_why_not_day(day, today))
    chain = tuple(territory.ancestors(unit.id, day))
    rules = set_for(set_code, _province(chain), day)
    evidence: dict[str, list[EvidenceFact]] = {}
    for fact in evidence_of(unit.id, set_code, at=day):
        evidence.setdefault(fact.indicator, []).append(fact)
    judgements, drafts = judgements_of(unit.id, set_code, day), drafts_of(unit.id, set_code, day)
    return _form(chain, day, rules, judgements, drafts, evidence)


def forms_of(*, under: str | None, set_code: str, day: date, by: Person, today: date, most: int) -> list[Form]:
    """The forms of the communes below a unit for which the person may enter, without evidence, by code.

    The number of questions does not grow with the communes. None of them: an empty list; more than `most`:
    `Refused` (`draft.too_many_units`).
    """
    everywhere = {one.id: one for one in territory.units_at(day)}
    chains = [tuple(_up(one, everywhere)) for one in everywhere.values()]
    chains = [
        chain
        for chain in chains
        if chain[0].kind is Kind.COMMUNE
        and (under is None or any(above.code == under for above in chain))
        and not why_not(by, Permission.RECORD_FIGURES, frozenset(above.code for above in chain))
    ]
    if not chains:
        return []
    many = (Reason("draft.too_many_units", most=most, count=len(chains)),) if len(chains) > most else ()
    stop_if(many + _why_not_day(day, today))
    units = [chain[0].id for chain in chains]
    judgements, drafts = judgements_of_units(units, set_code, day), drafts_of_units(units, set_code, day)
    rules = {province: set_for(set_code, province, day) for province in {_province(chain) for chain in chains}}
    return [
        _form(chain, day, rules[_province(chain)], judgements.get(key, {}), drafts.get(key, {}), {})
        for chain, key in zip(chains, units, strict=True)
    ]


def _form(
    chain: tuple[UnitFact, ...],
    day: date,
    rules: CriteriaSet,
    judgements: Mapping[str, Mapping[Level, FigureFact]],
    drafts: Mapping[str, DraftFact],
    evidence: Mapping[str, Sequence[EvidenceFact]],
) -> Form:
    unit = chain[0]
    other = unit.kind.value != rules.kind_of_unit
    stop_if((Reason("figure.other_kind_of_unit", unit=unit.code, name=unit.name, set=rules.code),) if other else ())
    own = {code: levels[Level.SELF] for code, levels in judgements.items() if Level.SELF in levels}
    context = context_of(unit, day)
    return Form(
        unit=unit,
        above=chain[1:],
        day=day,
        rules=rules,
        context=context,
        own=own,
        last={code: fact for code, levels in judgements.items() if (fact := _before(levels, day))},
        drafts=drafts,
        evidence={code: tuple(facts) for code, facts in evidence.items()},
        verdict=judge(rules, _as_typed(rules, own, drafts), context),
    )


def _why_not_day(day: date, today: date) -> tuple[Reason, ...]:
    return (Reason("figure.date_in_future", speaks_of=day, today=today),) if day > today else ()


def _province(chain: Sequence[UnitFact]) -> str | None:
    return next((one.code for one in chain if one.kind is Kind.PROVINCE), None)


def _up(unit: UnitFact, everywhere: Mapping[int, UnitFact]) -> Iterator[UnitFact]:
    """The unit and all units above it."""
    found: UnitFact | None = unit
    while found is not None:
        yield found
        found = everywhere.get(found.parent_id) if found.parent_id is not None else None


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
