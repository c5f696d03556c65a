"""Django's view of the room."""

from __future__ import annotations

from django.apps import AppConfig


class Recognition(AppConfig):
    """Titles and their fates, label `recognition`."""

    name = "chungsuc.recognition"
    label = "recognition"
    default_auto_field = "django.db.models.BigAutoField"
