"""Django's view of the journal."""

from django.apps import AppConfig


class JournalConfig(AppConfig):
    """The journal's table, label `journal`."""

    name = "chungsuc.kit.journal"
    label = "journal"
    default_auto_field = "django.db.models.BigAutoField"
