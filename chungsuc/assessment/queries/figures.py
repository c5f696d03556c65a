"""Figures as of a date, as known on a date."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import numpy as np
from django.db import connection

from chungsuc.assessment import newest
from chungsuc.assessment.rules import BatchKind, FigureFact, FigureTable, Level
from chungsuc.criteria import queries as criteria
from chungsuc.criteria.engine import Share
from chungsuc.kit import clock
from chungsuc.territory.rules import UnitFact

_COLUMNS = """f.id, f.unit_id, f.set_code, f.indicator, f.speaks_of, f.level, f.value, f.num, f.den, f.parts,
    f.not_applicable, f.nearly_met, f.note, coalesce(f.source, b.source), coalesce(f.author, b.by),
    f.reason, f.supersedes_id, f.recorded_at, f.batch_id, b.kind"""
_FROM = "FROM assessment_figure f JOIN assessment_batch b ON b.id = f.batch_id"


def known_at(day: date | None) -> datetime | None:
    """ "As known on this day" as a moment: the last one of the day in Vietnam; None stays None."""
    return None if day is None else clock.end_of(day)


def figure_table(
    *, units: Sequence[UnitFact], set_code: str, at: date, known: datetime | None = None, level: Level | None = None
) -> FigureTable:
    """The figures that count, units × columns of the set: the way to read many units.

    Without `level` the highest level of the newest date counts; with it only that level's lines.
    """
    unit_ids = np.fromiter((unit.id for unit in units), dtype=np.int64, count=len(units))
    return table_of(unit_ids=unit_ids, set_code=set_code, at=at, known=known, level=level)


def table_of(
    *,
    unit_ids: np.ndarray,
    set_code: str,
    at: date,
    known: datetime | None = None,
    level: Level | None = None,
    on: date | None = None,
) -> FigureTable:
    """As `figure_table`, by unit identities; `on` takes only lines that speak of exactly that date."""
    leaves = tuple((leaf.indicator, leaf.part) for leaf in criteria.criteria_set(set_code).leaves)
    indicators = tuple(dict.fromkeys(indicator for indicator, _ in leaves))
    lines = newest.lines_that_count(
        units=unit_ids, indicators=indicators, set_code=set_code, at=at, known=known, level=level, on=on
    )
    return newest.build_table(
        lines, units=unit_ids, indicators=indicators, leaves=leaves, set_code=set_code, at=at, known=known
    )


def figures_of(
    unit_id: int, set_code: str, at: date, known: datetime | None = None, level: Level | None = None
) -> dict[str, FigureFact]:
    """The figure that counts for each indicator of one unit, with where it comes from."""
    extra, parameters = newest.conditions(known=known, level=level)
    found = _facts(
        f"SELECT DISTINCT ON (f.indicator) {_COLUMNS} {_FROM} WHERE f.set_code = %(set_code)s AND f.unit_id = %(unit)s"
        f" AND f.speaks_of <= %(at)s {extra} ORDER BY f.indicator, {newest.ORDER}",
        {"set_code": set_code, "unit": unit_id, "at": at, **parameters},
    )
    return {fact.indicator: fact for fact in found}


def judgements_of(
    unit_id: int, set_code: str, at: date, known: datetime | None = None
) -> dict[str, dict[Level, FigureFact]]:
    """The three judgements side by side: for each indicator the newest figure of each level."""
    return judgements_of_units([unit_id], set_code, at, known).get(unit_id, {})


def judgements_of_units(
    unit_ids: Sequence[int], set_code: str, at: date, known: datetime | None = None
) -> dict[int, dict[str, dict[Level, FigureFact]]]:
    """As `judgements_of`, for many units in one question."""
    extra, parameters = newest.conditions(known=known, level=None)
    found = _facts(
        f"SELECT DISTINCT ON (f.unit_id, f.indicator, f.level) {_COLUMNS} {_FROM} WHERE f.set_code = %(set_code)s"
        f" AND f.unit_id = ANY(%(units)s) AND f.speaks_of <= %(at)s {extra}"
        " ORDER BY f.unit_id, f.indicator, f.level, f.speaks_of DESC, f.recorded_at DESC, f.id DESC",
        {"set_code": set_code, "units": list(unit_ids), "at": at, **parameters},
    )
    judgements: dict[int, dict[str, dict[Level, FigureFact]]] = {}
    for fact in found:
        judgements.setdefault(fact.unit_id, {}).setdefault(fact.indicator, {})[fact.level] = fact
    return judgements


def history_of(unit_id: int, set_code: str, indicator: str, known: datetime | None = None) -> list[FigureFact]:
    """Every line ever recorded for one indicator of one unit, the newest recorded first."""
    extra, parameters = newest.conditions(known=known, level=None)
    return _facts(
        f"SELECT {_COLUMNS} {_FROM} WHERE f.set_code = %(set_code)s AND f.unit_id = %(unit)s"
        f" AND f.indicator = %(indicator)s {extra} ORDER BY f.recorded_at DESC, f.id DESC",
        {"set_code": set_code, "unit": unit_id, "indicator": indicator, **parameters},
    )


def lines_at(
    unit_id: int, set_code: str, speaks_of: date, level: Level, indicators: Iterable[str] | None = None
) -> dict[str, FigureFact]:
    """The newest line of each indicator that speaks of exactly this date at exactly this level."""
    found = _facts(
        f"SELECT DISTINCT ON (f.indicator) {_COLUMNS} {_FROM} WHERE f.set_code = %(set_code)s AND f.unit_id = %(unit)s"
        " AND f.speaks_of = %(on)s AND f.level = %(level)s"
        " ORDER BY f.indicator, f.recorded_at DESC, f.id DESC",
        {"set_code": set_code, "unit": unit_id, "on": speaks_of, "level": level.rank},
    )
    wanted = None if indicators is None else set(indicators)
    return {fact.indicator: fact for fact in found if wanted is None or fact.indicator in wanted}


def figures_of_units(
    unit_ids: Sequence[int], set_code: str, indicators: Iterable[str], *, at: date, known: datetime | None = None
) -> dict[tuple[int, str], FigureFact]:
    """As `figures_of` for some indicators of many units: by unit identity and indicator."""
    extra, parameters = newest.conditions(known=known, level=None)
    found = _facts(
        f"SELECT DISTINCT ON (f.unit_id, f.indicator) {_COLUMNS} {_FROM} WHERE f.set_code = %(set_code)s"
        " AND f.unit_id = ANY(%(units)s) AND f.indicator = ANY(%(indicators)s)"
        f" AND f.speaks_of <= %(at)s {extra} ORDER BY f.unit_id, f.indicator, {newest.ORDER}",
        {"set_code": set_code, "units": list(unit_ids), "indicators": list(indicators), "at": at, **parameters},
    )
    return {(fact.unit_id, fact.indicator): fact for fact in found}


def lines_of_units(
    unit_ids: Sequence[int], set_code: str, speaks_of: date, level: Level, indicators: Iterable[str]
) -> dict[tuple[int, str], FigureFact]:
    """As `lines_at` for many units: by unit identity and indicator."""
    found = _facts(
        f"SELECT DISTINCT ON (f.unit_id, f.indicator) {_COLUMNS} {_FROM} WHERE f.set_code = %(set_code)s"
        " AND f.unit_id = ANY(%(units)s) AND f.indicator = ANY(%(indicators)s)"
        " AND f.speaks_of = %(on)s AND f.level = %(level)s"
        " ORDER BY f.unit_id, f.indicator, f.recorded_at DESC, f.id DESC",
        {
            "set_code": set_code,
            "units": list(unit_ids),
            "on": speaks_of,
            "level": level.rank,
            "indicators": list(indicators),
        },
    )
    return {(fact.unit_id, fact.indicator): fact for fact in found}


def sent_counts(unit_ids: Sequence[int], set_code: str, speaks_of: date) -> dict[int, int]:
    """How many indicators have the unit's own figure of exactly this date, by unit identity; units without: absent."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT unit_id, count(DISTINCT indicator) FROM assessment_figure WHERE set_code = %s"
            " AND unit_id = ANY(%s) AND speaks_of = %s AND level = %s GROUP BY 1",
            [set_code, list(unit_ids), speaks_of, Level.SELF.rank],
        )
        return dict(cursor.fetchall())


def figure(figure_id: int) -> FigureFact | None:
    """One line by its number."""
    found = _facts(f"SELECT {_COLUMNS} {_FROM} WHERE f.id = %(id)s", {"id": figure_id})
    return found[0] if found else None


def _facts(sql: str, parameters: dict[str, Any]) -> list[FigureFact]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return [_fact(row) for row in cursor.fetchall()]


def _fact(row: tuple[Any, ...]) -> FigureFact:
    (
        key,
        unit,
        set_code,
        indicator,
        speaks_of,
        level,
        value,
        num,
        den,
        parts,
        *texts,
        source,
        author,
        reason,
        supersedes,
        recorded_at,
        batch,
        kind,
    ) = row
    return FigureFact(
        key,
        unit,
        set_code,
        indicator,
        speaks_of,
        Level.of_rank(level),
        _tidy(value),
        _tidy(num),
        _tidy(den),
        _parts(parts) if parts else {},
        *texts,
        source,
        author,
        reason,
        supersedes,
        recorded_at.astimezone(clock.VIETNAM),
        batch,
        BatchKind(kind),
    )


def _parts(stored: str) -> dict[str, Decimal | Share]:
    return {name: _part(part) for name, part in json.loads(stored).items()}


def _part(stored: Any) -> Decimal | Share:
    """A part as it was put in: a number, or a share with its counts."""
    if not isinstance(stored, dict):
        return Decimal(str(stored))
    return Share(
        *(None if stored.get(name) is None else Decimal(str(stored[name])) for name in ("value", "num", "den"))
    )


def _tidy(value: Decimal | None) -> Decimal | None:
    """The number without the zeros that the column's scale adds, never in exponent form."""
    if value is None:
        return None
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()
