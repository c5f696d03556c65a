"""Django's view of the accounts."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Label `accounts`."""

    name = "chungsuc.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"
