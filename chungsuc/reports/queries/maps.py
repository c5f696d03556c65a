"""What a map shows of each commune: criteria met, one criterion, one indicator, the change since a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from chungsuc.accounts.rules import VISITOR, Person
from chungsuc.assessment import queries as assessment
from chungsuc.criteria.engine import Figure, Indicator, IndicatorVerdict, judge_indicator, place
from chungsuc.kit.errors import Reason, Refused
from chungsuc.reports.queries.grounds import ground, set_for
from chungsuc.reports.rules import Basis, Ground
from chungsuc.territory import queries as territory
from chungsuc.territory.queries import Boundaries
from chungsuc.territory.rules import BOUNDARY_LEVELS, Kind


@dataclass(frozen=True)
class MapView:
    """The ground of the day and, as asked, one of: a criterion's number, an indicator judged, the change.

    `judged[row]` is None where the commune's count rests on no figures. `change[row]`: criteria more (fewer)
    than on `since`; None where either day has none. `real`: the boundaries of the communes and districts
    of the day and of the towns and wards beside them, None where the schematic map is asked for.
    """

    ground: Ground
    criterion: int | None = None
    indicator: Indicator | None = None
    judged: tuple[IndicatorVerdict | None, ...] = ()
    since: date | None = None
    change: tuple[int | None, ...] = ()
    real: Boundaries | None = None


def map_view(
    *,
    at: date,
    known: datetime | None = None,
    unit_code: str,
    set_code: str,
    criterion: int | None = None,
    indicator: str | None = None,
    since: date | None = None,
    real: bool = False,
    by: Person = VISITOR,
) -> MapView:
    """The map of a unit's communes. `Refused` as `ground`; `map.no_criterion`, `map.no_indicator` for unknown ones."""
    here = ground(at=at, known=known, unit_code=unit_code, set_code=set_code, by=by)
    drawn = _boundaries(here) if real else None
    if indicator is not None:
        found, judged = _judged(here, indicator)
        return MapView(here, indicator=found, judged=judged, real=drawn)
    if criterion is not None:
        if criterion not in [one.number for one in here.criteria]:
            raise Refused(Reason("map.no_criterion", number=criterion))
        return MapView(here, criterion=criterion, real=drawn)
    if since is not None:
        return MapView(here, since=since, change=_change(here, since, by), real=drawn)
    return MapView(here, real=drawn)


def _boundaries(here: Ground) -> Boundaries:
    below = territory.units_at(here.at, here.unit.code, [kind for some in BOUNDARY_LEVELS.values() for kind in some])
    own = [here.unit] if here.unit.kind is Kind.COMMUNE else []
    return territory.boundaries_at(here.at, [one.id for one in (*own, *below)])


def _judged(here: Ground, code: str) -> tuple[Indicator, tuple[IndicatorVerdict | None, ...]]:
    rules = set_for(here.set_code, here.at, (here.unit, *here.above))
    if code not in rules.by_code:
        raise Refused(Reason("map.no_indicator", code=code[:20]))
    ids = [one.id for one in here.communes]
    figures = assessment.figures_of_units(ids, here.set_code, [code], at=here.at, known=here.known)
    position = [one.code for one in rules.indicators].index(code)
    judged = []
    for row, unit in enumerate(here.communes):
        if here.basis[row] != Basis.FIGURES:
            judged.append(None)
            continue
        fact = figures.get((unit.id, code))
        figure = assessment.engine_figure(rules, fact) if fact else Figure()
        judged.append(judge_indicator(place(rules, assessment.context_of(unit, here.at))[position], figure))
    return rules.by_code[code], tuple(judged)


def _change(here: Ground, since: date, by: Person) -> tuple[int | None, ...]:
    """Criteria met now less those met on the earlier day, for communes that were there with figures."""
    if since >= here.at:
        raise Refused(Reason("map.since_not_before", since=since, at=here.at))
    unit = territory.by_ids([here.unit.id], since).get(here.unit.id)
    if unit is None or (here.set_in_force_from is not None and since < here.set_in_force_from):
        return tuple(None for _ in here.communes)
    then = ground(at=since, known=here.known, unit_code=unit.code, set_code=here.set_code, by=by)
    before = {one.id: then.met_of(row) for row, one in enumerate(then.communes)}
    found = []
    for row, one in enumerate(here.communes):
        now, was = here.met_of(row), before.get(one.id)
        found.append(None if now is None or was is None else now - was)
    return tuple(found)


@dataclass(frozen=True)
class Names:
    """What a map can show, as the address says it and as people say it."""

    criteria: tuple[tuple[str, str], ...]
    indicators: tuple[tuple[str, str], ...]


def criteria_names(here: Ground, lang: str) -> Names:
    """The criteria and indicators of the set of a ground."""
    rules = set_for(here.set_code, here.at, (here.unit, *here.above))
    return Names(
        criteria=tuple((f"criterion:{one.number}", f"{one.number}. {one.name.of(lang)}") for one in rules.criteria),
        indicators=tuple((f"indicator:{one.code}", f"{one.code} {one.short.of(lang)}") for one in rules.indicators),
    )
