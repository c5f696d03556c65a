"""`chungsuc doctor`: what is in use, what is wrong, and how to mend it."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import click

from chungsuc.config import embedded, places
from chungsuc.doors.cli.output import FAULT, format_option, language, show_json
from chungsuc.kit.catalogue import text
from chungsuc.kit.errors import SystemFault

LOW_DISK = 2 * 1024**3


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: whether it is well, and what was seen."""

    check: str
    well: bool
    seen: str

    def as_json(self, lang: str) -> dict[str, object]:
        """The machine's shape; `mend` only where something is wrong."""
        mend = None if self.well else text(f"doctor.{self.check}.mend", lang)
        return {
            "check": self.check,
            "ok": self.well,
            "seen": self.seen,
            "text": text(f"doctor.{self.check}", lang),
            "mend": mend,
        }


@click.command("doctor", help=text("doctor.help", language()))
@format_option("table", "json")
def doctor(form: str) -> None:
    """Look at the machine, the data folder and the database."""
    lang = language()
    findings = list(examine())
    if form == "json":
        show_json(
            {"ok": all(found.well for found in findings), "findings": [found.as_json(lang) for found in findings]}
        )
    else:
        for found in findings:
            click.echo(f"{'✓' if found.well else '✗'} {text(f'doctor.{found.check}', lang)}: {found.seen}")
            if not found.well:
                click.echo(f"  → {text(f'doctor.{found.check}.mend', lang)}")
    if not all(found.well for found in findings):
        raise click.exceptions.Exit(FAULT)


def examine() -> Iterator[Finding]:
    """Every check, in the order in which to mend them."""
    version = ".".join(map(str, sys.version_info[:3]))
    yield Finding("python", sys.version_info >= (3, 11), version)
    yield _pillow()
    home = places.home()
    yield Finding("home", _writable(), str(home))
    free = shutil.disk_usage(home if home.exists() else home.parent).free
    yield Finding("disk", free > LOW_DISK, f"{free / 1024**3:.1f} GiB")
    url = os.environ.get("CHUNGSUC_DATABASE_URL")
    yield Finding(
        "database_choice",
        True,
        "CHUNGSUC_DATABASE_URL" if url else text("doctor.embedded", language(), folder=str(embedded.binaries())),
    )
    try:
        from chungsuc.config.startup import prepare

        prepare(schema=False)
        yield from _database()
    except Exception as error:
        said = error.reason.facts.get("said", error.reason.code) if isinstance(error, SystemFault) else error
        yield Finding("database", False, str(said).strip())


def _pillow() -> Finding:
    import PIL

    return Finding("pillow", int(PIL.__version__.split(".")[0]) >= 13, PIL.__version__)


def _writable() -> bool:
    home = places.home()
    try:
        home.mkdir(parents=True, exist_ok=True)
        probe = home / ".probe"
        probe.write_text("x")
        probe.unlink()
    except OSError:
        return False
    return True


def _database() -> Iterator[Finding]:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    def setting(name: str) -> str:
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting(%s)", [name])
            return str(cursor.fetchone()[0])

    yield Finding("database", connection.pg_version >= 150000, f"PostgreSQL {setting('server_version')}")
    yield _durability(setting)
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    yield Finding(
        "schema",
        not waiting,
        text("doctor.waiting", language(), count=len(waiting)) if waiting else text("doctor.current", language()),
    )


def _durability(setting: Callable[[str], str]) -> Finding:
    wanted = {**embedded.DURABLE, "data_checksums": "on"}
    seen = {name: setting(name) for name in wanted}
    # remote_apply and the like promise more than `on`, never less.
    weak = [name for name, value in seen.items() if value in ("off", "local")]
    return Finding("durability", not weak, ", ".join(f"{name}={value}" for name, value in seen.items()))
