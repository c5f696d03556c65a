"""The content-addressed store: a file's name is the SHA-256 of its bytes.

Writing is: temporary file in the same folder, write, fsync, rename, fsync of the folder. Only when
`keep` has returned may a row speak of the file: acknowledged means durable. The same bytes are
stored once, whoever brings them.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from chungsuc.kit.errors import Reason, SystemFault


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that lies safely on the disk."""

    sha256: str
    size: int
    path: Path


def path_of(sha256: str, *, folder: Path) -> Path:
    """Where the file with this hash lies (or would lie)."""
    if len(sha256) != 64 or not set(sha256) <= set("0123456789abcdef"):
        raise ValueError("not a SHA-256 in hexadecimal")
    return folder / sha256[:2] / sha256


def keep(content: bytes, *, folder: Path) -> Kept:
    """Store the bytes durably and return their address.

    Raises `SystemFault` when the disk is full or the folder cannot be written; then no temporary
    file is left behind and nothing has been acknowledged.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    path = path_of(sha256, folder=folder)
    try:
        if not _is_whole(path, len(content)):
            path.parent.mkdir(parents=True, exist_ok=True)
            _write_durably(path, content)
            sync_folder(path.parent)
            sync_folder(folder)
    except OSError as error:
        raise SystemFault(Reason("files.cannot_keep", folder=str(folder), said=error.strerror or str(error))) from error
    return Kept(sha256, len(content), path)


def read(sha256: str, *, folder: Path) -> bytes:
    """The bytes, checked against their hash. Raises `SystemFault` when they are gone or altered."""
    try:
        content = path_of(sha256, folder=folder).read_bytes()
    except OSError as error:
        raise SystemFault(Reason("files.gone", sha256=sha256)) from error
    if hashlib.sha256(content).hexdigest() != sha256:
        raise SystemFault(Reason("files.altered", sha256=sha256))
    return content


def safe_headers(name: str, size: int) -> Mapping[str, str]:
    """HTTP headers with which a kept file may leave the house: a download, never a page."""
    plain = "".join(char if char.isascii() and (char.isalnum() or char in "._-") else "_" for char in name)
    return {
        "Content-Type": "application/octet-stream",
        "Content-Length": str(size),
        "Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "private, no-store",
    }


def _is_whole(path: Path, size: int) -> bool:
    return path.is_file() and path.stat().st_size == size and _hash(path) == path.name


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _write_durably(path: Path, content: bytes) -> None:
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".coming-")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, 0o440)  # noqa: PTH101
        os.replace(name, path)  # noqa: PTH105
    except BaseException:
        with suppress(OSError):
            os.unlink(name)  # noqa: PTH108
        raise


def sync_folder(folder: Path) -> None:
    """Make the folder's own entries durable (a rename lives in the folder, not in the file)."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
