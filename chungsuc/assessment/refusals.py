"""The database guards the truth with named constraints; here each name gets the reason a person reads."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError

from chungsuc.kit.errors import Reason, Refused

CONSTRAINTS = {
    "assessment_figure_recorded_now": "figure.not_recorded_now",
    "assessment_marks_recorded_now": "figure.not_recorded_now",
    "assessment_figure_unit_known": "figure.unit_unknown",
    "assessment_marks_unit_known": "figure.unit_unknown",
    "assessment_figure_finite": "figure.not_finite",
    "assessment_figure_precise": "figure.too_precise",
    "assessment_figure_counts": "figure.counts_broken",
    "assessment_figure_says_something": "figure.empty",
    "assessment_figure_reasons": "figure.reason_missing_text",
    "assessment_batch_source": "figure.source_missing",
    "assessment_figure_append_only": "figure.append_only",
}


@contextmanager
def named_refusals() -> Iterator[None]:
    """Turn a refusal by a named constraint into `Refused`. Wrap the transaction in it, not the reverse."""
    try:
        yield
    except IntegrityError as error:
        diagnosis = getattr(error.__cause__, "diag", None)
        code = CONSTRAINTS.get(getattr(diagnosis, "constraint_name", None) or "")
        if code is None:
            raise
        raise Refused(Reason(code)) from error
