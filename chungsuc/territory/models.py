"""The tables of units through time. Nothing in them is deleted; only the end of an open period is ever set."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now


class Act(models.Model):
    """A legal act that changes or classifies units."""

    number = models.CharField(max_length=80)
    signed = models.DateField(null=True)
    title = models.TextField(default="")
    source = models.TextField(default="")
    provenance = models.TextField(default="")

    class Meta:
        db_table = "territory_act"
        constraints = [
            models.UniqueConstraint(fields=["number", "signed"], name="territory_act_once", nulls_distinct=False)
        ]


class Generation(models.Model):
    """A set of lists and changes, as handed in. What happened to it since is in its moves."""

    label = models.CharField(max_length=80)
    province_code = models.CharField(max_length=10)
    digest = models.CharField(max_length=64)
    content = models.JSONField()
    stored_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "territory_generation"


class GenerationMove(models.Model):
    """A generation was loaded, checked, activated or discarded: when and by whom."""

    generation = models.ForeignKey(Generation, models.PROTECT, related_name="moves")
    step = models.CharField(max_length=20)
    by = models.CharField(max_length=80)
    at = models.DateTimeField()
    facts = models.JSONField(default=dict)

    class Meta:
        db_table = "territory_generation_move"
        constraints = [
            models.UniqueConstraint(
                fields=["generation"], condition=models.Q(step="activated"), name="territory_generation_activated_once"
            ),
        ]


class Unit(models.Model):
    """An identity: what stays the same when name, parent or code change."""

    generation = models.ForeignKey(Generation, models.PROTECT, related_name="+")

    class Meta:
        db_table = "territory_unit"


class UnitVersion(models.Model):
    """A unit as it is from `valid_from` until the day before `valid_to` (each may be open)."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="versions")
    code = models.CharField(max_length=10)
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=200)
    alt_names = models.JSONField(default=list)
    kind = models.CharField(max_length=20)
    parent = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    search = models.TextField()
    sort_key = models.TextField()
    generation = models.ForeignKey(Generation, models.PROTECT, related_name="+")

    class Meta:
        db_table = "territory_unit_version"


class UnitClass(models.Model):
    """A classification of a unit for a period: scheme ("khu_vuc", "nhom_51", "region") and value."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="classes")
    scheme = models.CharField(max_length=40)
    value = models.CharField(max_length=80)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    decision = models.TextField(default="")
    provenance = models.TextField(default="")
    note = models.TextField(default="")
    generation = models.ForeignKey(Generation, models.PROTECT, related_name="+")

    class Meta:
        db_table = "territory_unit_class"


class Change(models.Model):
    """One line of a legal act: what one unit became, wholly or in part. `to_unit` is null where it ended."""

    generation = models.ForeignKey(Generation, models.PROTECT, related_name="+")
    change = models.CharField(max_length=60)
    from_unit = models.ForeignKey(Unit, models.PROTECT, related_name="steps_on")
    to_unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="steps_back")
    effective = models.DateField()
    part = models.BooleanField(default=False)
    note = models.TextField(default="")

    class Meta:
        db_table = "territory_change"
        indexes = [
            models.Index(fields=["from_unit", "effective"], name="territory_change_on"),
            models.Index(fields=["to_unit", "effective"], name="territory_change_back"),
        ]


class ChangeAct(models.Model):
    """The acts that a change rests on, in the order cited."""

    change = models.ForeignKey(Change, models.PROTECT, related_name="cited")
    act = models.ForeignKey(Act, models.PROTECT, related_name="+")

    class Meta:
        db_table = "territory_change_act"
        constraints = [models.UniqueConstraint(fields=["change", "act"], name="territory_change_act_once")]


class BoundaryLayer(models.Model):
    """One file of boundaries as it was handed in: of which day, from where, under which rights."""

    label = models.CharField(max_length=120)
    province_code = models.CharField(max_length=10)
    kind = models.CharField(max_length=20)
    on = models.DateField(db_comment="a day on which these boundaries hold")
    source = models.TextField()
    licence = models.TextField()
    note = models.TextField(default="", db_default="")
    digest = models.CharField(max_length=64)
    by = models.CharField(max_length=80)
    at = models.DateTimeField()
    stored_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "territory_boundary_layer"


class Boundary(models.Model):
    """The boundary of one unit: GeoJSON in degrees, simplified together with its neighbours."""

    layer = models.ForeignKey(BoundaryLayer, models.PROTECT, related_name="boundaries")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    geometry = models.JSONField()

    class Meta:
        db_table = "territory_boundary"
        constraints = [models.UniqueConstraint(fields=["layer", "unit"], name="territory_boundary_once")]
