"""Two tables that only grow: titles, and the fate of a title at an alteration of its holder."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now


class Title(models.Model):
    """A title given to a unit's identity for a year by a decision."""

    unit = models.ForeignKey("territory.Unit", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    set_code = models.CharField(max_length=40)
    year = models.SmallIntegerField()
    decision_number = models.CharField(max_length=60)
    decision_date = models.DateField()
    authority = models.CharField(max_length=200)
    source = models.TextField()
    provenance = models.CharField(max_length=10)
    note = models.TextField(default="", blank=True)
    by = models.CharField(max_length=80)
    history = models.BooleanField(default=False)
    recorded_at = models.DateTimeField()
    stored_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "recognition_title"
        constraints = [
            models.UniqueConstraint(fields=["unit", "kind", "year"], name="recognition_title_once_a_year"),
        ]


class TitleFate(models.Model):
    """What became of a title on the day its holder was altered. The newest line per day stands."""

    title = models.ForeignKey(Title, on_delete=models.PROTECT, related_name="fates")
    effective = models.DateField()
    fate = models.CharField(max_length=10)
    onto = models.ForeignKey("territory.Unit", on_delete=models.PROTECT, null=True, related_name="+")
    decided_on = models.DateField()
    decision = models.CharField(max_length=200, default="", blank=True)
    why = models.TextField()
    source = models.TextField()
    provenance = models.CharField(max_length=10)
    by = models.CharField(max_length=80)
    history = models.BooleanField(default=False)
    recorded_at = models.DateTimeField()
    stored_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "recognition_title_fate"
        indexes = [models.Index(fields=["title", "effective", "-recorded_at"], name="recognition_fate_newest")]
