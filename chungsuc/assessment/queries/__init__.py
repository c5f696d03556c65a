"""Every reading of the room. Each question says as of when (`at`) and as known when (`known`; None: by now)."""

from chungsuc.assessment.procedures import levels_on, procedure_on
from chungsuc.assessment.queries.acts import batch, batches, days_of, is_demo, late
from chungsuc.assessment.queries.evidence import evidence_file, evidence_of, evidence_response_headers
from chungsuc.assessment.queries.figures import (
    figure,
    figure_table,
    figures_of,
    history_of,
    judgements_of,
    known_at,
    lines_at,
    lines_of_units,
    table_of,
)
from chungsuc.assessment.queries.marks import marks_of, marks_table
from chungsuc.assessment.queries.places import Placed, placed, placed_communes
from chungsuc.assessment.queries.verdicts import (
    context_of,
    counted_today,
    drift,
    engine_figure,
    judge_units,
    recomputed_tallies,
    set_for,
    standing_of,
    standings,
    tallies,
    tally_of,
    verdict_of,
    verdicts_recorded,
)

__all__ = [
    "Placed",
    "placed",
    "placed_communes",
    "batch",
    "engine_figure",
    "judge_units",
    "table_of",
    "batches",
    "context_of",
    "counted_today",
    "drift",
    "days_of",
    "evidence_file",
    "evidence_of",
    "evidence_response_headers",
    "figure",
    "figure_table",
    "figures_of",
    "history_of",
    "is_demo",
    "judgements_of",
    "known_at",
    "late",
    "levels_on",
    "lines_at",
    "lines_of_units",
    "marks_of",
    "marks_table",
    "procedure_on",
    "recomputed_tallies",
    "set_for",
    "standing_of",
    "standings",
    "tallies",
    "tally_of",
    "verdict_of",
    "verdicts_recorded",
]
