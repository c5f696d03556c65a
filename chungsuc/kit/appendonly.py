"""Tables that only grow: a trigger refuses UPDATE, DELETE and TRUNCATE, whoever asks.

Use in a migration: `migrations.RunSQL(*refuse_changes("assessment_figure"))`. The refusal is a
named database error (`<table>_append_only`), so that code can map it to a reason.
"""

from __future__ import annotations

GUARD_FUNCTION = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_TABLE_NAME || '_append_only';
END $$;
"""


def refuse_changes(table: str) -> tuple[str, str]:
    """SQL forward and back that makes `table` append-only."""
    forward = f"""
{GUARD_FUNCTION}
CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
"""
    back = f"DROP TRIGGER {table}_no_change ON {table}; DROP TRIGGER {table}_no_truncate ON {table};"
    return forward, back
