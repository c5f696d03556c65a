"""How commands speak: JSON for machines, tables for people, dates and languages read one way."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

import click

from chungsuc.kit import clock
from chungsuc.kit.catalogue import LANGUAGES, as_json, mend, say, text
from chungsuc.kit.errors import Reason, Refused

DONE, REFUSED, USAGE, FAULT = 0, 1, 2, 3


def language() -> str:
    """The language of this process: `--lang` or CHUNGSUC_LANG, Vietnamese unless told otherwise."""
    arguments = sys.argv
    for place, word in enumerate(arguments):
        if word == "--lang" and place + 1 < len(arguments) and arguments[place + 1] in LANGUAGES:
            return arguments[place + 1]
        if word.startswith("--lang=") and word[7:] in LANGUAGES:
            return word[7:]
    chosen = os.environ.get("CHUNGSUC_LANG", "vi")
    return chosen if chosen in LANGUAGES else "vi"


class Day(click.ParamType):
    """A date on the command line: `2019-12-31`, also `31/12/2019`."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The date, or a usage error that shows the two accepted forms."""
        if isinstance(value, date):
            return value
        for form in ("%Y-%m-%d", "%d/%m/%Y"):
            try:
                return datetime.strptime(value, form).date()  # noqa: DTZ007
            except ValueError:
                continue
        return self.fail(text("cli.bad_date", language(), value=value), param, ctx)


DAY = Day()


def format_option(*forms: str) -> Callable[[Any], Any]:
    """`--format`, the same on every reading command; the first form is the default."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(forms),
        default=forms[0],
        show_default=True,
        help=text("cli.format.help", language()),
    )


def plain(value: Any) -> Any:
    """A value as JSON has it: Decimal as number, dates ISO, enums by value."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() and abs(value) < 1e15 else float(value)
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, (set, frozenset, tuple)):
        return list(value)
    return str(value)


def show_json(data: Any) -> None:
    """Print one JSON document, UTF-8, keys in the order given."""
    click.echo(json.dumps(data, ensure_ascii=False, indent=2, default=plain))


def show_table(rows: Iterable[Sequence[Any]], columns: Sequence[str], title: str | None = None) -> None:
    """Print a plain table for people; numbers to the right."""
    from rich import box
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    table = Table(*columns, title=title, box=box.SIMPLE_HEAD, title_justify="left")
    for row in rows:
        table.add_row(*("" if cell is None else escape(str(cell)) for cell in row))
    console = Console(width=None if sys.stdout.isatty() else 160, file=sys.stdout)
    console.print(table)


def show_refusal(refused: Refused, as_machine: bool) -> None:
    """Print why the input was refused: JSON on stdout for machines, sentences on stderr for people."""
    lang = language()
    if as_machine:
        show_json({"accepted": False, "problems": [as_json(reason, lang) for reason in refused.reasons]})
        return
    for reason in refused.reasons:
        show_reason(reason)


def show_fault(reason: Reason, as_machine: bool) -> None:
    """Say that the system is at fault: on stderr for people, also as JSON on stdout for machines."""
    if as_machine:
        show_json({"accepted": False, "fault": True, "problems": [as_json(reason, language())]})
    show_reason(reason)


def show_reason(reason: Reason) -> None:
    """One reason and its mend on stderr."""
    lang = language()
    click.echo(f"✗ {say(reason, lang)}  [{reason.code}]", err=True)
    how = mend(reason, lang)
    if how:
        click.echo(f"  → {how}", err=True)


def today() -> date:
    """The day this command was given: read once, at the door."""
    return clock.today()


def now() -> datetime:
    """The moment this command was given."""
    return clock.now()
