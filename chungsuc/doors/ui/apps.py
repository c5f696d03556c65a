"""The Django application that carries templates, tags and styles of all pages."""

from django.apps import AppConfig


class Ui(AppConfig):
    """Templates, template tags and static files; no tables."""

    name = "chungsuc.doors.ui"
    label = "ui"
