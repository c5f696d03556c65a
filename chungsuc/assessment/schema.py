"""SQL that the migrations add to the tables: constraints, the index of "the figure", and the clock's guard.

The guard of the clock: a line says when it was recorded, and answers "as known on" stand still only
if nobody can slip a line into the past. So `recorded_at` must be the moment of storing (give or take
five minutes for the way from the door to the table), unless the batch is a loaded history, which a
permission of its own guards.
"""

from __future__ import annotations

INDEXES = """
CREATE INDEX assessment_figure_newest ON assessment_figure
    (set_code, unit_id, indicator, speaks_of DESC, level DESC, recorded_at DESC, id DESC);
CREATE INDEX assessment_figure_batch ON assessment_figure USING brin (batch_id);
CREATE INDEX assessment_marks_newest ON assessment_marks
    (set_code, unit_id, speaks_of DESC, level DESC, recorded_at DESC, id DESC);
CREATE INDEX assessment_verdict_newest ON assessment_verdict (set_code, unit_id, speaks_of DESC, id DESC);
"""

CHECKS = """
ALTER TABLE assessment_batch
    ADD CONSTRAINT assessment_batch_kind CHECK (kind IN ('entry', 'workbook', 'matrix', 'csv', 'history')),
    ADD CONSTRAINT assessment_batch_source CHECK (source <> '');
-- Numbers are kept exactly as they were given: a rounded 94.99999999999 would pass for 95.
ALTER TABLE assessment_figure
    ALTER COLUMN value TYPE numeric, ALTER COLUMN num TYPE numeric, ALTER COLUMN den TYPE numeric;
ALTER TABLE assessment_figure
    ADD CONSTRAINT assessment_figure_precise CHECK (scale(value) <= 20 AND scale(num) <= 20 AND scale(den) <= 20),
    ADD CONSTRAINT assessment_figure_level CHECK (level BETWEEN 1 AND 3),
    ADD CONSTRAINT assessment_figure_says_something
        CHECK (value IS NOT NULL OR parts IS NOT NULL OR not_applicable IS NOT NULL),
    ADD CONSTRAINT assessment_figure_finite CHECK (abs(value) < 1e12 AND abs(num) < 1e12 AND abs(den) < 1e12),
    ADD CONSTRAINT assessment_figure_counts
        CHECK ((num IS NULL) = (den IS NULL) AND (num IS NULL OR (num >= 0 AND den > 0))),
    ADD CONSTRAINT assessment_figure_reasons CHECK (not_applicable <> '' AND nearly_met <> '' AND reason <> '');
ALTER TABLE assessment_marks
    ADD CONSTRAINT assessment_marks_level CHECK (level BETWEEN 1 AND 3),
    ADD CONSTRAINT assessment_marks_count CHECK (count >= 0);
ALTER TABLE assessment_evidence
    ADD CONSTRAINT assessment_evidence_hash CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    ADD CONSTRAINT assessment_evidence_size CHECK (size > 0);
ALTER TABLE assessment_tally
    ADD CONSTRAINT assessment_tally_not_negative CHECK (communes >= 0 AND met >= 0);
"""

_GUARD = """
CREATE FUNCTION {table}_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM (SELECT DISTINCT batch_id FROM fresh) f
               WHERE NOT EXISTS (SELECT 1 FROM assessment_batch b WHERE b.id = f.batch_id)) THEN
        RAISE EXCEPTION '{table}: unknown batch' USING ERRCODE = 'foreign_key_violation',
            CONSTRAINT = '{table}_batch_known';
    END IF;
    IF EXISTS (SELECT 1 FROM (SELECT DISTINCT unit_id FROM fresh) f
               WHERE NOT EXISTS (SELECT 1 FROM territory_unit u WHERE u.id = f.unit_id)) THEN
        RAISE EXCEPTION '{table}: unknown unit' USING ERRCODE = 'foreign_key_violation',
            CONSTRAINT = '{table}_unit_known';
    END IF;
    IF EXISTS (SELECT 1 FROM (SELECT batch_id, min(recorded_at) AS first, max(recorded_at) AS last
                              FROM fresh GROUP BY batch_id) f JOIN assessment_batch b ON b.id = f.batch_id
               WHERE f.last > now() + interval '5 minutes'
                  OR (NOT b.history AND f.first < now() - interval '5 minutes')) THEN
        RAISE EXCEPTION '{table}: recorded_at is not the moment of recording'
            USING ERRCODE = 'check_violation', CONSTRAINT = '{table}_recorded_now';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER {table}_guard AFTER INSERT ON {table} REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION {table}_guard();
"""


def guard(table: str) -> tuple[str, str]:
    """SQL forward and back: every line names a known batch and unit, and was recorded when it says."""
    return _GUARD.format(table=table), f"DROP TRIGGER {table}_guard ON {table}; DROP FUNCTION {table}_guard();"
