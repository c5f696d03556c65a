"""Blank forms going out: which unit, which law, and what stands in the cells beforehand."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy as np

from chungsuc.assessment import queries
from chungsuc.assessment.rules import FigureFact, Level
from chungsuc.assessment.workbook.blank import write_form
from chungsuc.assessment.workbook.blank_many import write_many
from chungsuc.assessment.workbook.facts import ManyForm, OneForm
from chungsuc.criteria.engine import CriteriaSet, place
from chungsuc.kit.errors import Reason, reasons, stop_if
from chungsuc.territory import queries as territory
from chungsuc.territory.rules import Kind, UnitFact


def blank_form(
    *,
    path: Path,
    unit_code: str,
    set_code: str,
    at: date,
    level: Level | str = Level.SELF,
    whole_district: bool = False,
) -> int:
    """Write the blank form of a commune, or of all communes below a unit, to `path`; returns how many communes.

    `whole_district` takes the commune's district instead. Refused when the unit is not in force, the
    set is unknown, not yet in force or has no indicators yet, or there is no commune.
    """
    unit, level = territory.unit_at(unit_code, at), Level(level)
    if whole_district and unit.kind is Kind.COMMUNE:
        unit = territory.ancestors(unit.id, at)[1]
    rules = rules_for(unit, set_code, at)
    stop_if(() if rules.indicators else (Reason("workbook.set_without_indicators", set=set_code),))
    if unit.kind is Kind.COMMUNE:
        write_form(path, _one(unit, rules, at, level))
        return 1
    communes = tuple(territory.units_at(at, under=unit.code, kinds={Kind.COMMUNE}))
    stop_if(() if communes else (Reason("workbook.no_communes", unit=unit.code, name=unit.name),))
    values = _values_before(communes, set_code, at, level)
    rulings = tuple(place(rules, queries.context_of(one, at)) for one in communes)
    write_many(path, ManyForm(rules, unit, communes, rulings, at, level.value, values, uuid.uuid4().hex))
    return len(communes)


def rules_for(unit: UnitFact, set_code: str, at: date) -> CriteriaSet:
    """The set as it applies to the unit; refused for a date before it judges."""
    above = territory.ancestors(unit.id, at)
    province = next((one.code for one in above if one.kind is Kind.PROVINCE), None)
    rules = queries.set_for(set_code, province, at)
    since = rules.judges_from
    early = bool(rules.indicators) and at < since  # a set without indicators is told as that
    stop_if(reasons((early, Reason("figure.date_before_set", speaks_of=at, in_force_from=since))))
    return rules


def _one(unit: UnitFact, rules: CriteriaSet, at: date, level: Level) -> OneForm:
    standing = queries.lines_at(unit.id, rules.code, at, level, list(rules.by_code))
    return OneForm(
        rules=rules,
        rulings=place(rules, queries.context_of(unit, at)),
        unit=unit,
        at=at,
        level=level.value,
        last=queries.figures_of(unit.id, rules.code, at),
        before=_figures_before(unit, rules.code, at, level),
        seen={code: standing[code].id if code in standing else 0 for code in rules.by_code},
        form=uuid.uuid4().hex,
    )


def _figures_before(unit: UnitFact, set_code: str, at: date, level: Level) -> dict[str, FigureFact]:
    """What a judge of this level starts from: the newest figure of the own level or one below, never of one above."""
    found = {}
    for code, by_level in queries.judgements_of(unit.id, set_code, at).items():
        mine = [fact for one, fact in by_level.items() if one.rank <= level.rank]
        if mine:
            found[code] = max(mine, key=lambda fact: (fact.speaks_of, fact.level.rank))
    return found


def _values_before(units: Sequence[UnitFact], set_code: str, at: date, level: Level) -> np.ndarray:
    """As `_figures_before` for many units: float64[n, leaves], shares of counts to two places."""
    values = days = None
    for one in (one for one in Level if one.rank <= level.rank):
        table = queries.figure_table(units=units, set_code=set_code, at=at, level=one)
        if values is None or days is None:
            values, days = table.values, table.speaks_of
            continue
        newer = (table.figure_ids != 0) & ~(table.speaks_of < days)
        owner = [table.indicators.index(indicator) for indicator, _ in table.leaves]
        values, days = np.where(newer[:, owner], table.values, values), np.where(newer, table.speaks_of, days)
    endless = np.abs(np.round(values, 6) - values) > 1e-9
    return np.where(endless, np.round(values, 2), values)
