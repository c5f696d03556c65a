"""The one table of commands that were carried out. The database refuses to change or remove a row."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now


class Command(models.Model):
    """One request that took effect: its id, who sent it to where, the hash of its body, what was answered."""

    key = models.UUIDField(primary_key=True)
    actor = models.CharField(max_length=80)
    route = models.CharField(max_length=80)
    body = models.CharField(max_length=64)
    status = models.SmallIntegerField()
    answer = models.JSONField()
    at = models.DateTimeField()
    stored_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "command"
