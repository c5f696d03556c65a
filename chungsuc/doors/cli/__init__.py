"""The `chungsuc` command: one group, a file per topic, exit codes 0 done, 1 refused, 2 usage, 3 fault."""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Callable, Sequence

import click

from chungsuc.doors.cli.output import DONE, FAULT, REFUSED, USAGE, language, show_fault, show_refusal
from chungsuc.kit.catalogue import text
from chungsuc.kit.errors import Reason, Refused, SystemFault

# topic module -> its commands, in the order in which a newcomer meets them.
TOPICS = {
    "demo": ("demo",),
    "situation": ("situation",),
    "territory": ("units", "lineage"),
    "criteria": ("criteria",),
    "judge": ("judge",),
    "figures": ("figures", "evidence"),
    "workbook": ("workbook",),
    "titles": ("titles",),
    "people": ("people", "keys"),
}
# Commands that answer without a database.
OFFLINE = {"doctor", "serve", "db", "criteria"}


class Root(click.Group):
    """Loads a topic's file only when one of its commands is asked for: `--help` stays quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Own commands last; topics in reading order."""
        named = [name for topic, names in TOPICS.items() if _exists(topic) for name in names]
        return named + sorted(self.commands)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, imported on demand."""
        for topic, names in TOPICS.items():
            if cmd_name in names and _exists(topic):
                return getattr(importlib.import_module(f"chungsuc.doors.cli.{topic}"), cmd_name)
        return super().get_command(ctx, cmd_name)


def _exists(topic: str) -> bool:
    return importlib.util.find_spec(f"chungsuc.doors.cli.{topic}") is not None


SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


@click.group(cls=Root, help=text("cli.help", language()), context_settings=SETTINGS)
@click.option("--lang", type=click.Choice(["vi", "en"]), default=language, help=text("cli.lang.help", language()))
@click.version_option("0.1.0", prog_name="chungsuc")
def root(lang: str) -> None:
    """The whole command."""


def run(arguments: Sequence[str], *, prepare: Callable[..., None]) -> int:
    """Run one command line and return its exit code; every error is printed once, here."""
    as_machine = _wants_json(arguments)
    try:
        prepare(database=_needs_database(arguments))
        # Without standalone mode click hands a command's own exit code back as the value.
        code = root.main(args=list(arguments), prog_name="chungsuc", standalone_mode=False)
        return code if isinstance(code, int) else DONE
    except click.Abort:
        return USAGE
    except click.ClickException as error:
        error.show()
        return USAGE
    except Refused as refused:
        show_refusal(refused, as_machine)
        return REFUSED
    except SystemFault as fault:
        show_fault(fault.reason, as_machine)
        return FAULT
    except BrokenPipeError:
        sys.stderr.close()
        return FAULT
    except Exception as error:
        show_fault(Reason("cli.fault", kind=type(error).__name__, said=str(error)[:500]), as_machine)
        if os.environ.get("CHUNGSUC_TRACE"):
            raise
        return FAULT


def _wants_json(arguments: Sequence[str]) -> bool:
    return any(
        word == "--format=json" or (word == "--format" and arguments[place + 1 : place + 2] == ["json"])
        for place, word in enumerate(arguments)
    )


def _needs_database(arguments: Sequence[str]) -> bool:
    if not arguments or {"-h", "--help", "--version"} & set(arguments):
        return False
    words = [
        word
        for place, word in enumerate(arguments)
        if not word.startswith("-") and (place == 0 or arguments[place - 1] != "--lang")
    ]
    return bool(words) and words[0] not in OFFLINE
