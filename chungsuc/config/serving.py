"""Commands about the process itself: serve the pages, start and stop the database."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys

import click

from chungsuc.config import embedded, places
from chungsuc.config.startup import prepare
from chungsuc.doors.cli.output import language
from chungsuc.kit.catalogue import text

__all__ = ["database", "prepare", "serve"]


@click.command("serve", help=text("cli.serve.help", language()))
@click.option("--host", default="127.0.0.1", show_default=True, help=text("cli.serve.host", language()))
@click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help=text("cli.serve.port", language())
)
@click.option(
    "--workers", default=2, show_default=True, type=click.IntRange(1, 64), help=text("cli.serve.workers", language())
)
def serve(host: str, port: int, workers: int) -> None:
    """Serve the pages with granian until stopped."""
    prepare()
    _collect()
    click.echo(text("cli.serve.ready", language(), address=f"http://{host}:{port}/{_where_to_begin()}"))
    sys.stdout.flush()
    command = [
        sys.executable,
        "-m",
        "granian",
        "--interface",
        "wsgi",
        "--host",
        host,
        "--port",
        str(port),
        "--workers",
        str(workers),
        "--blocking-threads",
        "4",
        "--backpressure",
        "64",
        "--log-level",
        "warning",
        "chungsuc.config.wsgi:application",
    ]
    os.execv(sys.executable, command)


def _collect() -> None:
    """Put scripts, styles and fonts under hashed names, compressed, so that browsers keep them for good.

    Only where they changed: a stamp of names, sizes and times lies beside the collected files.
    """
    from django.contrib.staticfiles import finders

    found = sorted(
        (path, storage.size(path), storage.get_modified_time(path).timestamp())
        for finder in finders.get_finders()
        for path, storage in finder.list([])
    )
    stamp = hashlib.sha256(repr(found).encode()).hexdigest()
    mark = places.home() / "static" / ".stamp"
    os.environ["CHUNGSUC_STATIC"] = "collected"
    if not mark.exists() or mark.read_text() != stamp:
        command = [sys.executable, "-m", "django", "collectstatic", "--noinput", "--clear", "--verbosity", "0"]
        subprocess.run(command, check=True)
        mark.write_text(stamp)


def _where_to_begin() -> str:
    """The demo opens on the day of the founding letter's figures; real data opens on its newest day."""
    from chungsuc.assessment import queries

    return "?at=2019-12-31" if queries.is_demo() else ""


@click.group("db", help=text("cli.db.help", language()))
def database() -> None:
    """Start and stop the embedded database."""


@database.command("start", help=text("cli.db.start.help", language()))
def start() -> None:
    """Start it and bring its schema up to date."""
    prepare()
    click.echo(text("cli.db.started", language(), folder=str(places.home())))


@database.command("stop", help=text("cli.db.stop.help", language()))
def stop() -> None:
    """Stop it."""
    key = "cli.db.stopped" if embedded.stop(places.home()) else "cli.db.was_not_running"
    click.echo(text(key, language()))
