"""Evidence: what is kept, its bytes, and how it may leave the house."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.conf import settings

from chungsuc.assessment.models import Evidence
from chungsuc.assessment.rules import EvidenceFact
from chungsuc.kit import clock, files
from chungsuc.kit.errors import Reason, Refused


def evidence_of(unit_id: int, set_code: str, *, at: date, indicator: str | None = None) -> list[EvidenceFact]:
    """Evidence kept for a unit (and one indicator) that speaks of a date not after `at`, newest first."""
    found = Evidence.objects.filter(unit_id=unit_id, set_code=set_code, speaks_of__lte=at)
    if indicator is not None:
        found = found.filter(indicator=indicator)
    return [_fact(row) for row in found.order_by("-speaks_of", "-pk")]


def evidence_file(evidence_id: int) -> tuple[EvidenceFact, bytes]:
    """One kept file and its bytes, checked against their hash. Refused `evidence.unknown`."""
    row = Evidence.objects.filter(pk=evidence_id).first()
    if row is None:
        raise Refused(Reason("evidence.unknown", id=evidence_id))
    return _fact(row), files.read(row.sha256, folder=settings.CHUNGSUC_EVIDENCE)


def evidence_response_headers(fact: EvidenceFact) -> Mapping[str, str]:
    """The HTTP headers for a download of this file: an attachment, never a page."""
    return files.safe_headers(fact.name, fact.size)


def _fact(row: Evidence) -> EvidenceFact:
    where = None if row.latitude is None or row.longitude is None else (row.latitude, row.longitude)
    return EvidenceFact(
        row.pk,
        row.sha256,
        row.name,
        row.kind,
        row.size,
        row.unit_id,
        row.set_code,
        row.indicator,
        row.speaks_of,
        row.figure_id,
        row.taken_at and row.taken_at.astimezone(clock.VIETNAM),
        where,
        row.by,
        row.at.astimezone(clock.VIETNAM),
    )
