"""Tables of the room. Figures, marks, evidence, batches and verdicts only grow: the database refuses the rest.

`unit` columns name unit identities. They carry no row-level foreign key, because the check of half a
million rows of a bulk load would cost more than the load; a statement-level trigger
(`assessment_figure_unit_known`) refuses unknown units instead, and units are never deleted.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now


def _unit() -> models.ForeignKey:
    return models.ForeignKey(
        "territory.Unit", on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )


class Batch(models.Model):
    """One act of recording: one person, one moment, one source, perhaps one file."""

    kind = models.CharField(max_length=10)
    set_code = models.CharField(max_length=40)
    source = models.TextField()
    by = models.CharField(max_length=80)
    at = models.DateTimeField()
    stored_at = models.DateTimeField(db_default=Now())
    sha256 = models.CharField(max_length=64, null=True)
    history = models.BooleanField(default=False)
    reason = models.TextField(null=True)
    notes = models.JSONField(default=list)
    lines = models.IntegerField(default=0)

    class Meta:
        db_table = "assessment_batch"
        indexes = [models.Index(fields=["sha256"], name="assessment_batch_sha256")]


class Figure(models.Model):
    """One value of one indicator for one unit on one date, as one level judged it."""

    batch = models.ForeignKey(Batch, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False)
    unit = _unit()
    supersedes = models.ForeignKey("self", on_delete=models.DO_NOTHING, null=True, db_constraint=False, db_index=False)
    recorded_at = models.DateTimeField()
    stored_at = models.DateTimeField(db_default=Now())
    speaks_of = models.DateField()
    level = models.SmallIntegerField(db_comment="1 self, 2 verified, 3 appraised")
    set_code = models.CharField(max_length=40)
    indicator = models.CharField(max_length=16)
    value = models.DecimalField(max_digits=24, decimal_places=10, null=True)
    num = models.DecimalField(max_digits=24, decimal_places=10, null=True)
    den = models.DecimalField(max_digits=24, decimal_places=10, null=True)
    parts = models.JSONField(null=True)
    not_applicable = models.TextField(null=True)
    nearly_met = models.TextField(null=True)
    note = models.TextField(null=True)
    source = models.TextField(null=True, db_comment="null: the source of the batch")
    author = models.CharField(max_length=80, null=True, db_comment="null: the person of the batch")
    reason = models.TextField(null=True)

    class Meta:
        db_table = "assessment_figure"


class CriterionMarks(models.Model):
    """What a summary matrix says of one unit on one date: criteria met, without indicator figures."""

    batch = models.ForeignKey(Batch, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False)
    unit = _unit()
    recorded_at = models.DateTimeField()
    stored_at = models.DateTimeField(db_default=Now())
    speaks_of = models.DateField()
    level = models.SmallIntegerField()
    set_code = models.CharField(max_length=40)
    marks = models.JSONField(null=True, db_comment="{criterion number: met}; null: only the count is known")
    count = models.SmallIntegerField()

    class Meta:
        db_table = "assessment_marks"


class Evidence(models.Model):
    """A file behind a figure. The bytes lie outside the database under their hash."""

    sha256 = models.CharField(max_length=64)
    name = models.TextField()
    kind = models.CharField(max_length=10)
    size = models.IntegerField()
    unit = _unit()
    set_code = models.CharField(max_length=40)
    indicator = models.CharField(max_length=16)
    speaks_of = models.DateField()
    figure = models.ForeignKey(Figure, on_delete=models.DO_NOTHING, null=True, db_constraint=False, db_index=False)
    taken_at = models.DateTimeField(null=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    by = models.CharField(max_length=80)
    at = models.DateTimeField()
    stored_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "assessment_evidence"
        indexes = [models.Index(fields=["unit", "set_code", "indicator"], name="assessment_evidence_of")]


class Draft(models.Model):
    """What stands in a field of a form that was not sent yet. The newest row counts; rows only grow.

    `field` holds the texts as typed (null: emptied, or sent with `batch`). `command`: the request that brought it.
    """

    unit = _unit()
    set_code = models.CharField(max_length=40)
    speaks_of = models.DateField()
    indicator = models.CharField(max_length=16)
    field = models.JSONField(null=True)
    batch = models.ForeignKey(Batch, on_delete=models.DO_NOTHING, null=True, db_constraint=False, db_index=False)
    command = models.UUIDField(null=True)
    by = models.CharField(max_length=80)
    at = models.DateTimeField()
    stored_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "assessment_draft"
        indexes = [
            models.Index(fields=["unit", "set_code", "speaks_of", "indicator", "-id"], name="assessment_draft_newest")
        ]


class Frame(models.Model):
    """What the law asked of all units of one context when they were judged: kept once, under its hash."""

    digest = models.CharField(max_length=64, unique=True)
    rulings = models.JSONField(db_comment="by indicator: threshold, article, provenance")

    class Meta:
        db_table = "assessment_frame"


class Verdict(models.Model):
    """What the engine said of one unit on one date, with its trace. Later verdicts do not touch it."""

    unit = _unit()
    set_code = models.CharField(max_length=40)
    speaks_of = models.DateField()
    recorded_at = models.DateTimeField()
    stored_at = models.DateTimeField(db_default=Now())
    rule = models.CharField(max_length=10, db_comment="which levels count: highest")
    criteria = models.CharField(max_length=60, db_comment="one letter per criterion, see rules.LETTERS")
    met = models.SmallIntegerField()
    set_version = models.CharField(max_length=64)
    frame = models.ForeignKey(Frame, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False)
    trace = models.JSONField(db_comment="by indicator: [value, margin, letter, figure]")

    class Meta:
        db_table = "assessment_verdict"


class Standing(models.Model):
    """Derived: the newest verdict per unit and set. `path`: the units whose tallies count this one."""

    unit = _unit()
    set_code = models.CharField(max_length=40)
    speaks_of = models.DateField()
    basis = models.CharField(max_length=10, db_comment="figures or marks")
    criteria = models.CharField(max_length=60)
    met = models.SmallIntegerField()
    set_version = models.CharField(max_length=64)
    judged_at = models.DateTimeField()
    path = ArrayField(models.BigIntegerField(), default=list)

    class Meta:
        db_table = "assessment_standing"
        constraints = [models.UniqueConstraint(fields=["set_code", "unit"], name="assessment_standing_one")]


class Tally(models.Model):
    """Derived: the totals of a district or province under a set, kept up by differences."""

    unit = _unit()
    set_code = models.CharField(max_length=40)
    communes = models.IntegerField()
    met = models.IntegerField()
    by_met = ArrayField(models.IntegerField())
    by_criterion = ArrayField(models.IntegerField())

    class Meta:
        db_table = "assessment_tally"
        constraints = [models.UniqueConstraint(fields=["set_code", "unit"], name="assessment_tally_one")]
