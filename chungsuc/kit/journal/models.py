"""The journal's one table. The database itself refuses to change or remove a line."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now


class JournalLine(models.Model):
    """One act: what, on what, by whom, when, with which facts."""

    event = models.CharField(max_length=60)
    subject = models.CharField(max_length=200)
    by = models.CharField(max_length=80)
    at = models.DateTimeField()
    stored_at = models.DateTimeField(db_default=Now())
    facts = models.JSONField(default=dict)

    class Meta:
        db_table = "journal_line"
        indexes = [models.Index(fields=["subject", "-id"], name="journal_line_subject")]
