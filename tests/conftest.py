"""What every test gets: a real PostgreSQL, an evidence folder of its own, no network."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from chungsuc.config import embedded, places


def pytest_configure(config: pytest.Config) -> None:
    """Start the embedded database before Django asks for it."""
    if not os.environ.get("CHUNGSUC_DATABASE_URL"):
        embedded.ensure_running(places.home())


@pytest.fixture(autouse=True)
def evidence_folder(tmp_path: Path, settings: object) -> Iterator[Path]:
    """Evidence goes to a folder of the test's own."""
    folder = tmp_path / "evidence"
    settings.CHUNGSUC_EVIDENCE = folder  # type: ignore[attr-defined]
    yield folder


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    """Answers kept in the process belong to the test before, whose database is gone."""
    from chungsuc.kit import memory

    memory.clear_all()


@pytest.fixture(autouse=True)
def no_network() -> Iterator[None]:
    """Nothing leaves the machine: only unix sockets and the loopback are open."""
    import pytest_socket

    pytest_socket.socket_allow_hosts(["127.0.0.1", "::1", "localhost"], allow_unix_socket=True)
    yield
    pytest_socket._remove_restrictions()
