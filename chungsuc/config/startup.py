"""Bring a process up: the database runs, Django is ready, the schema is current."""

from __future__ import annotations

import io
import os

import django
from django.core.management import call_command

from chungsuc.config import embedded, places
from chungsuc.kit.errors import Reason, SystemFault


def prepare(*, database: bool = True, schema: bool = True) -> None:
    """Start the embedded database if it is the one in use, set Django up, apply new migrations.

    With `database=False` only Django is set up: help and checks of files need no server.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chungsuc.config.settings")
    if database and not os.environ.get("CHUNGSUC_DATABASE_URL"):
        embedded.ensure_running(places.home())
    django.setup()
    if database and schema:
        _migrate()


def _migrate() -> None:
    from django.db import OperationalError, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
        if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return
        with connection.cursor() as cursor:  # two processes starting at once must not both migrate
            cursor.execute("SELECT pg_advisory_lock(20191231)")
            try:
                call_command("migrate", interactive=False, stdout=io.StringIO())
            finally:
                cursor.execute("SELECT pg_advisory_unlock(20191231)")
    except OperationalError as error:
        raise SystemFault(Reason("database.away", said=str(error).strip())) from error
