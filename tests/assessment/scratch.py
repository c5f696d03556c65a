"""A database of its own for tests that need several processes: made, migrated, given the toy province, dropped."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import psycopg
from django.db import connection

from chungsuc.config import places

PREPARE = """
from chungsuc.config import startup
startup.prepare()
from tests.assessment.conftest import load_land
load_land()
"""


@dataclass(frozen=True)
class Scratch:
    """The address of the database, the environment for processes on it, and a way to ask it."""

    url: str
    environment: dict[str, str]

    def start(
        self, code: str, *, before: str = "from chungsuc.config import startup\nstartup.prepare(schema=False)\n"
    ) -> subprocess.Popen:
        """A Python process on this database."""
        return subprocess.Popen(
            [sys.executable, "-c", before + code],
            env=self.environment,
            cwd=places.ROOT,
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def run(self, code: str, **more: str) -> str:
        """Run to the end and return what was printed."""
        out, error = (process := self.start(code, **more)).communicate()
        assert process.returncode == 0, error
        return out

    def ask(self, question: str) -> list[tuple]:
        """All rows of a question."""
        with psycopg.connect(self.url) as asking:
            return asking.execute(question).fetchall()


@contextmanager
def scratch(folder: Path) -> Iterator[Scratch]:
    """The database, for as long as the block lasts."""
    settings = connection.settings_dict
    name = f"chungsuc_scratch_{os.getpid()}"

    def address(database: str) -> str:
        facts = {
            "host": settings["HOST"],
            "port": settings["PORT"],
            "user": settings["USER"],
            "password": settings["PASSWORD"],
            **settings["OPTIONS"],
        }
        facts = {
            key: value for key, value in facts.items() if isinstance(value, (str, int)) and value not in ("", None)
        }
        return f"postgresql:///{database}?{urlencode(facts)}"

    with psycopg.connect(address("postgres"), autocommit=True) as admin:
        admin.execute(f'CREATE DATABASE "{name}"')
    environment = {
        **os.environ,
        "CHUNGSUC_DATABASE_URL": address(name),
        "CHUNGSUC_HOME": str(folder),
        "PYTHONPATH": str(places.ROOT),
    }
    made = Scratch(address(name), environment)
    try:
        made.run(PREPARE, before="")
        yield made
    finally:
        with psycopg.connect(address("postgres"), autocommit=True) as admin:
            admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
