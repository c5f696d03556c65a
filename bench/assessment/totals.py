"""One figure changed: commune, district and province totals show it, under 100 ms at 8,200 communes.

Cost must grow with depth, not with siblings: the same change is made in districts of 200, 2,000 and
8,200 communes. Rivals in the same run, on the same rows: a roll-up that fetches all siblings through
the ORM and adds them up anew, level by level (the shape of Akvo RSR), and a rebuild of the totals
table by one SQL statement over all communes (the shape of DHIS2's analytics tables).
"""

from __future__ import annotations

import statistics
import sys
import time
from datetime import date
from decimal import Decimal
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from bench.assessment._nation import AT, SET, lay_out, load, scratch, table

SIZES = (200, 2000, 8200)
LIMIT = 0.100
REBUILD = """
CREATE TABLE {name} AS
WITH RECURSIVE above AS (
    SELECT s.unit_id AS commune, v.parent_id AS scope FROM assessment_standing s
    JOIN territory_unit_version v ON v.unit_id = s.unit_id AND v.valid_to IS NULL WHERE s.set_code = '{set}'
    UNION ALL
    SELECT above.commune, v.parent_id FROM above
    JOIN territory_unit_version v ON v.unit_id = above.scope AND v.valid_to IS NULL WHERE v.parent_id IS NOT NULL
)
SELECT above.scope, count(DISTINCT s.unit_id) AS communes, sum((letter IN ('m', 'a'))::int) AS met, criterion,
       count(*) FILTER (WHERE letter IN ('m', 'a')) AS by_criterion
FROM above JOIN assessment_standing s ON s.unit_id = above.commune AND s.set_code = '{set}'
CROSS JOIN LATERAL regexp_split_to_table(s.criteria, '') WITH ORDINALITY l (letter, criterion)
WHERE above.scope IS NOT NULL GROUP BY above.scope, criterion
"""


def main() -> str | None:
    """Measure and print; a sentence when the limit is missed."""
    with scratch():
        from django.db import connection

        communes = lay_out([(1, size) for size in SIZES])
        for units in communes:
            load(units, judge=True)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
        rows = []
        for size, units in zip(SIZES, communes, strict=True):
            ours = statistics.median(_change(units[turn], turn) for turn in range(15))
            rows.append((size, ours, _siblings(units[0]), _rebuild()))
    table(
        f"one figure changed, {sum(SIZES)} communes in all ({SET}); median of 15",
        ("siblings", "ours, ms", "RSR-like roll-up, ms", "ratio", "DHIS2-like rebuild, ms", "ratio"),
        [
            (size, *(f"{cell:.1f}" for cell in (ours * 1000, rsr * 1000, rsr / ours, dhis * 1000, dhis / ours)))
            for size, ours, rsr, dhis in rows
        ],
    )
    worst = rows[-1][1]
    print(f"\n  growth of our cost from {SIZES[0]} to {SIZES[-1]} siblings: {worst / rows[0][1]:.2f}×")
    return None if worst < LIMIT else f"{worst * 1000:.0f} ms, the limit is {LIMIT * 1000:.0f} ms"


def _change(unit_id: int, turn: int) -> float:
    """Record one figure and read the three totals."""
    from chungsuc.accounts.rules import OPERATOR
    from chungsuc.assessment import actions, queries
    from chungsuc.assessment.rules import FigureEntry
    from chungsuc.kit import clock
    from chungsuc.territory import queries as territory

    on = date.fromisoformat(AT)
    unit = territory.by_ids([unit_id], on)[unit_id]
    before = queries.history_of(unit_id, SET, "11")
    value = Decimal(3 if not before or before[0].value != 3 else 90)
    started = time.perf_counter()
    actions.record_figures(
        unit=unit,
        set_code=SET,
        speaks_of=on,
        level="self",
        source="bench",
        by=OPERATOR,
        at=clock.now(),
        entries={"11": FigureEntry(value)},
        reason="bench",
    )
    standing = queries.standing_of(unit_id, SET)
    totals = [queries.tally_of(scope, SET) for scope in standing.path]
    spent = time.perf_counter() - started
    assert len(totals) == 2 and all(one.communes > 1 for one in totals)
    return spent


def _siblings(unit_id: int) -> float:
    """Fetch every sibling as an object and add up, for the district and again for the province."""
    from django.db import transaction

    from chungsuc.assessment import queries
    from chungsuc.assessment.models import Standing, Tally
    from chungsuc.assessment.rules import Totals

    path = queries.standing_of(unit_id, SET).path
    started = time.perf_counter()
    with transaction.atomic():
        for scope in path:
            total = Totals(19)
            for one in Standing.objects.filter(set_code=SET, path__contains=[scope]):
                total.add(one.criteria, one.met)
            Tally.objects.filter(set_code=SET, unit_id=scope).update(
                communes=total.communes, met=total.met, by_met=total.by_met, by_criterion=total.by_criterion
            )
    return time.perf_counter() - started


def _rebuild() -> float:
    """Make the totals table anew from all communes."""
    from django.db import connection

    started = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute(REBUILD.format(name="bench_totals", set=SET))
        spent = time.perf_counter() - started
        cursor.execute("DROP TABLE bench_totals")
    return spent


if __name__ == "__main__":
    sys.exit(main())
