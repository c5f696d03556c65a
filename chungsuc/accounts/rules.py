"""Who acts, and what a role may do. Roles are code; grants on units for a period come as data later."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from chungsuc.kit.errors import Reason, reasons

MIN_PASSWORD, MAX_PASSWORD = 14, 200


class Permission(StrEnum):
    """One right, named by the act it allows."""

    READ = "read"
    LOAD_UNITS = "load_units"
    RECORD_FIGURES = "record_figures"
    VERIFY_FIGURES = "verify_figures"
    APPRAISE_FIGURES = "appraise_figures"
    LOAD_TITLES = "load_titles"
    LOAD_HISTORY = "load_history"
    MANAGE_PEOPLE = "manage_people"


class Role(StrEnum):
    """What a person is, in the words of the programme."""

    VISITOR = "visitor"
    COMMUNE_OFFICER = "commune_officer"
    VERIFIER = "verifier"
    DEPARTMENT_OFFICER = "department_officer"
    COORDINATOR = "coordinator"
    LEADER = "leader"
    OPERATOR = "operator"


MAY: dict[Role, frozenset[Permission]] = {
    Role.VISITOR: frozenset({Permission.READ}),
    Role.COMMUNE_OFFICER: frozenset({Permission.READ, Permission.RECORD_FIGURES}),
    Role.VERIFIER: frozenset({Permission.READ, Permission.VERIFY_FIGURES}),
    Role.DEPARTMENT_OFFICER: frozenset({Permission.READ, Permission.APPRAISE_FIGURES}),
    Role.LEADER: frozenset({Permission.READ}),
    Role.COORDINATOR: frozenset(Permission) - {Permission.LOAD_HISTORY, Permission.MANAGE_PEOPLE},
    Role.OPERATOR: frozenset(Permission),
}


@dataclass(frozen=True, slots=True)
class Person:
    """Who acts: a code that the journal keeps, a name to show, a role, and the unit where it holds.

    `unit_code` None means the whole province.
    """

    code: str
    name: str
    role: Role
    unit_code: str | None = None


def why_not_password(password: str, code: str) -> tuple[Reason, ...]:
    """What is wrong with a password: too short without a second factor, or the person's own code in it."""
    return reasons(
        (len(password) < MIN_PASSWORD, Reason("accounts.password_short", least=MIN_PASSWORD)),
        (len(password) > MAX_PASSWORD, Reason("accounts.password_long", most=MAX_PASSWORD)),
        (code.lower() in password.lower(), Reason("accounts.password_has_code")),
    )


VISITOR = Person("visitor", "Khách", Role.VISITOR)
OPERATOR = Person("operator", "Người vận hành máy", Role.OPERATOR)


def why_not(person: Person, permission: Permission, unit_codes: frozenset[str] | None) -> tuple[Reason, ...]:
    """What stands between this person and the act on the unit.

    `unit_codes` is the unit and all units above it on the day (None: the act is on no unit).
    """
    bound = permission is not Permission.READ  # what is not personal, everybody in the province may read
    outside = bound and person.unit_code is not None and unit_codes is not None and person.unit_code not in unit_codes
    return reasons(
        (
            permission not in MAY[person.role],
            Reason("accounts.not_allowed", permission=permission.value, role=person.role.value),
        ),
        (outside, Reason("accounts.other_unit", unit=person.unit_code)),
    )
