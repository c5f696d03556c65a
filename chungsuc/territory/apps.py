"""Django's view of the territory."""

from django.apps import AppConfig


class TerritoryConfig(AppConfig):
    """The tables of units, label `territory`."""

    name = "chungsuc.territory"
    label = "territory"
    default_auto_field = "django.db.models.BigAutoField"
