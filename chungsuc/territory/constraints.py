"""Constraints and triggers that Django's own operations cannot say. Every constraint has a name."""

PERIODS = """
CREATE EXTENSION IF NOT EXISTS btree_gist;

ALTER TABLE territory_unit_version
    ADD CONSTRAINT territory_version_period CHECK (valid_to IS NULL OR valid_from IS NULL OR valid_from < valid_to),
    ADD CONSTRAINT territory_version_not_own_parent CHECK (parent_id IS NULL OR parent_id <> unit_id),
    ADD CONSTRAINT territory_version_kind CHECK
        (kind IN ('province', 'city', 'district', 'commune', 'township', 'ward', 'village')),
    ADD CONSTRAINT territory_version_root CHECK ((kind = 'province') = (parent_id IS NULL)),
    ADD CONSTRAINT territory_one_version_at_a_time EXCLUDE USING gist
        (unit_id WITH =, daterange(valid_from, valid_to) WITH &&),
    ADD CONSTRAINT territory_one_unit_per_code EXCLUDE USING gist
        (code WITH =, daterange(valid_from, valid_to) WITH &&);

CREATE INDEX territory_version_below ON territory_unit_version (parent_id, valid_from, valid_to);
CREATE INDEX territory_version_code ON territory_unit_version (code, valid_from, valid_to);

ALTER TABLE territory_unit_class
    ADD CONSTRAINT territory_class_period CHECK (valid_to IS NULL OR valid_from IS NULL OR valid_from < valid_to),
    ADD CONSTRAINT territory_one_class_at_a_time EXCLUDE USING gist
        (unit_id WITH =, scheme WITH =, daterange(valid_from, valid_to) WITH &&);

ALTER TABLE territory_change
    ADD CONSTRAINT territory_change_kind CHECK
        (change ~ '^(merge|split|absorb|part_transfer|rename|reparent|recode|abolish)(\\+(rename|reparent|recode))*$'),
    ADD CONSTRAINT territory_change_successor CHECK ((to_unit_id IS NULL) = (change = 'abolish'));

ALTER TABLE territory_generation_move
    ADD CONSTRAINT territory_generation_step CHECK (step IN ('loaded', 'checked', 'activated', 'discarded'));
"""

PERIODS_BACK = """
ALTER TABLE territory_unit_version
    DROP CONSTRAINT territory_version_period, DROP CONSTRAINT territory_version_not_own_parent,
    DROP CONSTRAINT territory_version_kind, DROP CONSTRAINT territory_version_root,
    DROP CONSTRAINT territory_one_version_at_a_time, DROP CONSTRAINT territory_one_unit_per_code;
DROP INDEX territory_version_below;
DROP INDEX territory_version_code;
ALTER TABLE territory_unit_class
    DROP CONSTRAINT territory_class_period, DROP CONSTRAINT territory_one_class_at_a_time;
ALTER TABLE territory_change DROP CONSTRAINT territory_change_kind, DROP CONSTRAINT territory_change_successor;
ALTER TABLE territory_generation_move DROP CONSTRAINT territory_generation_step;
"""

# An open period may be closed, once; nothing else of the row may change.
ONLY_CLOSING = """
CREATE FUNCTION territory_only_closing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.valid_to IS NULL AND NEW.valid_to IS NOT NULL
       AND to_jsonb(OLD) - 'valid_to' = to_jsonb(NEW) - 'valid_to' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% only closes open periods: % refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_TABLE_NAME || '_append_only';
END $$;

CREATE TRIGGER territory_unit_version_only_closing BEFORE UPDATE OR DELETE ON territory_unit_version
    FOR EACH ROW EXECUTE FUNCTION territory_only_closing();
CREATE TRIGGER territory_unit_version_no_truncate BEFORE TRUNCATE ON territory_unit_version
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER territory_unit_class_only_closing BEFORE UPDATE OR DELETE ON territory_unit_class
    FOR EACH ROW EXECUTE FUNCTION territory_only_closing();
CREATE TRIGGER territory_unit_class_no_truncate BEFORE TRUNCATE ON territory_unit_class
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
"""

ONLY_CLOSING_BACK = """
DROP TRIGGER territory_unit_version_only_closing ON territory_unit_version;
DROP TRIGGER territory_unit_version_no_truncate ON territory_unit_version;
DROP TRIGGER territory_unit_class_only_closing ON territory_unit_class;
DROP TRIGGER territory_unit_class_no_truncate ON territory_unit_class;
DROP FUNCTION territory_only_closing();
"""

# Every sentence of the law stands: these tables only grow.
ONLY_GROWING = (
    "territory_act",
    "territory_generation",
    "territory_generation_move",
    "territory_unit",
    "territory_change",
    "territory_change_act",
)
