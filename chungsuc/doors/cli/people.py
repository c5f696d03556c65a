"""`chungsuc people`, `chungsuc keys`: who may sign in, and the API keys given in their names."""

from __future__ import annotations

import sys

import click

from chungsuc.accounts import actions, queries
from chungsuc.accounts.rules import OPERATOR, Person, Role
from chungsuc.doors.cli.output import format_option, language, now, show_json, show_table
from chungsuc.kit.catalogue import text

ROLES = click.Choice([one.value for one in Role if one not in (Role.VISITOR, Role.OPERATOR)])


def phrase(key: str, **facts: object) -> str:
    """A sentence of this topic in the language of the command."""
    return text(f"cli.people.{key}", language(), **facts)


@click.group(help=text("cli.people.help", language()))
def people() -> None:
    """Who may sign in."""


@people.command("list", help=text("cli.people.list.help", language()))
@format_option("table", "json")
def list_people(form: str) -> None:
    """Everybody who may sign in."""
    found = queries.people()
    if form == "json":
        show_json([{"code": one.code, "name": one.name, "role": one.role, "unit": one.unit_code} for one in found])
        return
    rows = [[one.code, one.name, text(f"role.{one.role.value}", language()), one.unit_code or ""] for one in found]
    show_table(rows, [phrase(name) for name in ("code", "name", "role", "unit")])


@people.command("add", help=text("cli.people.add.help", language()))
@click.argument("code")
@click.argument("name")
@click.option("--role", type=ROLES, required=True, help=text("cli.people.role.help", language()))
@click.option("--unit", default=None, metavar="CODE", help=text("cli.people.unit.help", language()))
def add(code: str, name: str, role: str, unit: str | None) -> None:
    """Add one person, without a password yet."""
    actions.add_people(people=[Person(code, name, Role(role), unit)], by=OPERATOR, at=now())
    click.echo(phrase("added", code=code))


@people.command("password", help=text("cli.people.password.help", language()))
@click.argument("code")
def password(code: str) -> None:
    """Set a password, read from the terminal (or the first line of standard input)."""
    asked = click.prompt(phrase("ask"), hide_input=True, confirmation_prompt=True) if sys.stdin.isatty() else input()
    actions.set_password(code=code, password=asked, by=OPERATOR, at=now())
    click.echo(phrase("set", code=code))


@click.group(help=text("cli.keys.help", language()))
def keys() -> None:
    """Keys of the API."""


@keys.command("issue", help=text("cli.keys.issue.help", language()))
@click.argument("person")
@click.option("--label", required=True, help=text("cli.keys.label.help", language()))
@click.option("--days", default=actions.KEY_DAYS, show_default=True, help=text("cli.keys.days.help", language()))
@format_option("table", "json")
def issue(person: str, label: str, days: int, form: str) -> None:
    """Give a person a key; it is shown once."""
    key = actions.issue_key(code=person, label=label, days=days, by=OPERATOR, at=now())
    if form == "json":
        show_json({"person": person, "label": label, "days": days, "key": key})
        return
    click.echo(key)
    click.echo(phrase("key_once"), err=True)


@keys.command("list", help=text("cli.keys.list.help", language()))
@click.option("--person", default=None, help=text("cli.keys.person.help", language()))
@format_option("table", "json")
def list_keys(person: str | None, form: str) -> None:
    """Every key, never the key itself."""
    found = queries.keys(person)
    told = [
        {
            "number": one.id,
            "person": one.person,
            "label": one.label,
            "prefix": one.prefix,
            "created_at": one.created_at,
            "expires_at": one.expires_at,
            "revoked_at": one.revoked_at,
        }
        for one in found
    ]
    if form == "json":
        show_json(told)
        return
    show_table([[str(value or "") for value in one.values()] for one in told], list(told[0]) if told else ["number"])


@keys.command("revoke", help=text("cli.keys.revoke.help", language()))
@click.argument("number", type=int)
def revoke(number: int) -> None:
    """Withdraw a key at once."""
    actions.revoke_key(number=number, by=OPERATOR, at=now())
    click.echo(phrase("revoked", number=number))
