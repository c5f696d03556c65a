"""Taking in a file behind a figure: bytes first, safely on the disk; only then the row."""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.db import transaction

from chungsuc.accounts import guard
from chungsuc.accounts.rules import MAY, Permission, Person
from chungsuc.assessment import checking
from chungsuc.assessment.models import Evidence, Figure
from chungsuc.assessment.queries.evidence import evidence_of
from chungsuc.assessment.queries.forms import day_of_right
from chungsuc.assessment.rules import PERMISSION, EvidenceFact
from chungsuc.criteria import queries as criteria
from chungsuc.kit import clock, files, journal
from chungsuc.kit.errors import Reason, reasons, stop_if
from chungsuc.territory import queries as territory
from chungsuc.territory.rules import UnitFact


def add_evidence(
    *, name: str, content: bytes, unit: UnitFact, set_code: str, indicator: str, speaks_of: date, by: Person,
    at: datetime, figure_id: int | None = None,
) -> EvidenceFact:
    """Keep a file as evidence for an indicator of a unit on a date (and for one figure, if named).

    Refused when the file is empty, too large, of a kind that is not taken or not what it is called.
    The bytes are on the disk before the row exists; when the disk is full nothing is recorded.
    """
    day, name = at.astimezone(clock.VIETNAM).date(), files.safe_name(name)
    guard.require(by, _permission(by), unit=unit.id, on=day_of_right(unit, day, speaks_of))
    stop_if(_why_not(unit, set_code, indicator, speaks_of, day, figure_id))
    kind = files.kind_of(name, content)
    shot = files.shot_of(content) if kind in files.IMAGES else files.Shot(None, None)
    kept = files.keep(content, folder=settings.CHUNGSUC_EVIDENCE)
    latitude, longitude = shot.taken_where or (None, None)
    with transaction.atomic():
        row = Evidence.objects.create(
            sha256=kept.sha256, name=name, kind=kind.value, size=kept.size, unit_id=unit.id, set_code=set_code,
            indicator=indicator, speaks_of=speaks_of, figure_id=figure_id, taken_at=shot.taken_at,
            latitude=latitude, longitude=longitude, by=by.code, at=at)
        journal.record("evidence.added", subject=f"unit:{unit.code}", by=by.code, at=at, facts={
            "evidence": row.pk, "sha256": kept.sha256, "name": name, "indicator": indicator,
            "speaks_of": speaks_of.isoformat()})
    return next(fact for fact in evidence_of(unit.id, set_code, at=speaks_of, indicator=indicator) if fact.id == row.pk)


def _permission(by: Person) -> Permission:
    """Whoever may judge at any level may bring evidence."""
    return next((one for one in PERMISSION.values() if one in MAY[by.role]), Permission.RECORD_FIGURES)


def _why_not(
    unit: UnitFact, set_code: str, indicator: str, speaks_of: date, today: date, figure_id: int | None
) -> tuple[Reason, ...]:
    rules = criteria.criteria_set(set_code)
    strange = figure_id is not None and not _belongs(figure_id, unit.id, set_code, indicator)
    there = territory.by_ids([unit.id], speaks_of).get(unit.id)
    return checking.why_not_unit(unit, rules, speaks_of, there) + reasons(
        (indicator not in rules.by_code, Reason("figure.indicator_unknown", indicator=indicator, set=set_code)),
        (speaks_of > today, Reason("figure.date_in_future", speaks_of=speaks_of, today=today)),
        (strange, Reason("evidence.other_figure", figure=figure_id)),
    )


def _belongs(figure_id: int, unit_id: int, set_code: str, indicator: str) -> bool:
    return Figure.objects.filter(pk=figure_id, unit_id=unit_id, set_code=set_code, indicator=indicator).exists()
