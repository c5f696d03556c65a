"""The Django app of the room."""

from __future__ import annotations

from django.apps import AppConfig


class Assessment(AppConfig):
    """Figures, marks, evidence, verdicts and their tallies."""

    name = "chungsuc.assessment"
    label = "assessment"
    default_auto_field = "django.db.models.BigAutoField"
