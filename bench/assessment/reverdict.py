"""Full re-verdict of 3,321 communes from the database, verdicts and traces stored: under 5 s.

Rival in the same run: the same figures read through the ORM and judged commune by commune with the
explaining engine, storing the same rows one by one (on a tenth of the communes, scaled).
"""

from __future__ import annotations

import sys
import time
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from bench.assessment._nation import AT, SET, lay_out, load, scratch, table

COMMUNES = 3321
LIMIT = 5.0


def main() -> str | None:
    """Measure and print; a sentence when the limit is missed."""
    with scratch():
        from django.db import connection, transaction

        from chungsuc.assessment import queries, tallying
        from chungsuc.kit import clock

        (units,) = lay_out([(27, 123)])
        started = time.perf_counter()
        receipt = load(units, judge=False)
        loading = time.perf_counter() - started
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE assessment_figure")
        on = date.fromisoformat(AT)
        started = time.perf_counter()
        found = queries.figure_table(units=list(_facts(units, on)), set_code=SET, at=on)
        reading = time.perf_counter() - started
        started = time.perf_counter()
        with transaction.atomic():
            stored = tallying.follow(touched={on: units}, set_code=SET, at=clock.now(), on=on)
        whole = time.perf_counter() - started
        rival = _one_by_one(units[: COMMUNES // 10], on) * 10
        assert stored == COMMUNES and (found.figure_ids > 0).sum() == receipt.recorded
    table(
        f"{COMMUNES} communes, {receipt.recorded} figures ({SET})",
        ("what", "seconds", "ratio"),
        [
            ("load by COPY with all checks", f"{loading:.2f}", ""),
            ("read the figures that count into columns", f"{reading:.2f}", ""),
            ("re-verdict, stored with traces, standings and totals", f"{whole:.2f}", "1"),
            ("rival: ORM and engine commune by commune", f"{rival:.1f}", f"{rival / whole:.1f}"),
        ],
    )
    return None if whole < LIMIT else f"re-verdict took {whole:.2f} s, the limit is {LIMIT} s"


def _facts(units, on):
    from chungsuc.territory import queries as territory

    return territory.by_ids(units, on).values()


def _one_by_one(units, on) -> float:
    from django.db import transaction

    from chungsuc.assessment import queries
    from chungsuc.assessment.models import Verdict
    from chungsuc.kit import clock

    started = time.perf_counter()
    with transaction.atomic():
        for unit in _facts(units, on):
            verdict = queries.verdict_of(unit, SET, on)
            trace = {
                one.code: {
                    "value": str(one.value),
                    "threshold": str(one.threshold),
                    "margin": str(one.margin),
                    "verdict": one.verdict.value,
                    "article": one.article,
                    "provenance": one.provenance["status"],
                }
                for criterion in verdict.criteria
                for one in criterion.indicators
            }
            Verdict.objects.create(
                unit_id=unit.id,
                set_code=SET,
                speaks_of=on,
                recorded_at=clock.now(),
                rule="rival",
                criteria="",
                met=verdict.met,
                set_version=verdict.version,
                frame_id=1,
                trace=trace,
            )
        transaction.set_rollback(True)
    return time.perf_counter() - started


if __name__ == "__main__":
    sys.exit(main())
