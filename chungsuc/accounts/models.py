"""Who can sign in, and the keys that other systems use in a person's name."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Now

from chungsuc.accounts.rules import Role


class Accounts(BaseUserManager["Account"]):
    """Looks accounts up by their code, as Django's sign-in asks."""

    def get_by_natural_key(self, username: str | None) -> Account:
        """The account of a code."""
        return self.get(code=username)


class Account(AbstractBaseUser):
    """One person who can sign in: a code, a name, a role, and the unit where the role holds (empty: all)."""

    code = models.CharField(max_length=80, unique=True)
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=40, choices=[(one.value, one.value) for one in Role])
    unit_code = models.CharField(max_length=20, blank=True, default="")
    is_active = models.BooleanField(default=True)
    demo = models.BooleanField(default=False)
    created_at = models.DateTimeField(db_default=Now())

    objects: ClassVar[Accounts] = Accounts()
    USERNAME_FIELD = "code"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name", "role"]

    class Meta:
        db_table = "accounts_account"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(role__in=[one.value for one in Role]), name="accounts_account_role_known"
            )
        ]


class ApiKey(models.Model):
    """A key of the API, given to one person; only its hash is kept. Withdrawing it sets `revoked_at`."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="keys")
    label = models.CharField(max_length=120)
    prefix = models.CharField(max_length=12)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "accounts_api_key"


class Attempt(models.Model):
    """One attempt to sign in: the code that was typed, whether it went well, when."""

    code = models.CharField(max_length=80)
    done = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        db_table = "accounts_attempt"
        indexes = [models.Index(fields=["code", "-at"], name="accounts_attempt_newest")]
