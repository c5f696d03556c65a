"""Django's view of the commands."""

from django.apps import AppConfig


class CommandsConfig(AppConfig):
    """The commands' table, label `commands`."""

    name = "chungsuc.kit.commands"
    label = "commands"
    default_auto_field = "django.db.models.BigAutoField"
