"""The embedded database: starts, survives a kill, is shared by starters, and says what is wrong."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from chungsuc.config import embedded
from chungsuc.kit.errors import SystemFault

pytestmark = pytest.mark.skipif(bool(os.environ.get("CHUNGSUC_DATABASE_URL")), reason="another server is in use")


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    folder = tmp_path_factory.mktemp("home")
    yield folder
    embedded.stop(folder)


def ask(home: Path, question: str):
    entry = embedded.django_settings(home)
    with psycopg.connect(
        host=entry["HOST"], port=entry["PORT"], user=entry["USER"], dbname=entry["NAME"]
    ) as connection:
        return connection.execute(question).fetchone()[0]


def test_six_starters_at_once_share_one_server(home):
    code = (
        f"from pathlib import Path; from chungsuc.config import embedded; embedded.ensure_running(Path({str(home)!r}))"
    )
    starters = [subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.PIPE) for _ in range(6)]
    assert [(starter.communicate()[1], starter.returncode) for starter in starters] == [(b"", 0)] * 6
    assert ask(home, "SELECT 1") == 1


def test_acknowledged_means_durable(home):
    embedded.ensure_running(home)
    for name in ("fsync", "full_page_writes", "synchronous_commit", "data_checksums"):
        assert ask(home, f"SHOW {name}") == "on"


def test_there_is_no_tcp_port_and_the_socket_folder_is_closed(home):
    embedded.ensure_running(home)
    assert ask(home, "SHOW listen_addresses") == ""
    assert embedded.socket_folder(home).stat().st_mode & 0o077 == 0


def test_a_killed_server_comes_back_with_what_it_had(home):
    embedded.ensure_running(home)
    entry = embedded.django_settings(home)
    with psycopg.connect(
        host=entry["HOST"], port=entry["PORT"], user=entry["USER"], dbname=entry["NAME"]
    ) as connection:
        connection.execute("CREATE TABLE kept (n int)")
        connection.execute("INSERT INTO kept SELECT generate_series(1, 1000)")
    postmaster = int((home / "pg-data" / "postmaster.pid").read_text().split()[0])
    os.kill(postmaster, signal.SIGKILL)
    embedded.ensure_running(home)
    assert ask(home, "SELECT count(*) FROM kept") == 1000


def test_a_server_whose_socket_was_taken_away_comes_back(home):
    embedded.ensure_running(home)
    (embedded.socket_folder(home) / f".s.PGSQL.{embedded.PORT}").unlink()
    embedded.ensure_running(home)
    assert ask(home, "SELECT 1") == 1


def test_doctor_speaks_json_and_finds_the_database(home):
    environment = {**os.environ, "CHUNGSUC_HOME": str(home)}
    run = subprocess.run(
        [sys.executable, "-c", "from chungsuc.config.command import main; main()", "doctor", "--format", "json"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    found = {finding["check"]: finding for finding in json.loads(run.stdout)["findings"]}
    assert found["database"]["ok"] and found["durability"]["ok"] and found["home"]["seen"] == str(home)
    assert not found["schema"]["ok"] and found["schema"]["mend"]  # nothing has been migrated in this folder
    assert run.returncode == 3


def test_doctor_names_a_server_that_is_away():
    environment = {**os.environ, "CHUNGSUC_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"}
    run = subprocess.run(
        [sys.executable, "-c", "from chungsuc.config.command import main; main()", "doctor", "--format", "json"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    found = {finding["check"]: finding for finding in json.loads(run.stdout)["findings"]}
    assert run.returncode == 3
    assert not found["database"]["ok"] and found["database"]["mend"]


def test_a_folder_that_cannot_be_made_is_a_clear_fault(tmp_path):
    blocker = tmp_path / "file"
    blocker.write_text("in the way")
    with pytest.raises((SystemFault, OSError)):
        embedded.ensure_running(blocker / "home")
