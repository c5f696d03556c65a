"""Files that arrive in pieces: each upload a folder entry of its own that survives restarts, until it is whole.

How far an upload is, is the size of its piece file on the disk: nothing else remembers it. A lock per upload
keeps two requests from writing the same piece.
"""

from __future__ import annotations

import fcntl
import json
import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol
from uuid import UUID

from django.conf import settings

from chungsuc.kit.errors import Reason, Refused, SystemFault
from chungsuc.kit.files.kinds import LIMIT

LARGEST = LIMIT
KEPT_DAYS = 7
_PIECE = 64 * 1024


class Readable(Protocol):
    """What a piece is read from."""

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes; empty at the end."""
        ...


@dataclass(frozen=True, slots=True)
class Upload:
    """One upload: its id, how long it will be, how much is there, what it is for; `evidence` once it is kept."""

    key: UUID
    length: int
    offset: int
    facts: Mapping[str, str]
    evidence: int | None = None


def begin(key: UUID, *, length: int, facts: Mapping[str, str]) -> Upload:
    """Begin an upload, or find the one begun with the same id; `Refused` when it was begun for something else."""
    _sweep()
    there = found(key)
    if there is not None:
        if (there.length, dict(there.facts)) != (length, dict(facts)):
            raise Refused(Reason("upload.other_begun", key=str(key)))
        return there
    upload = Upload(key, length, 0, dict(facts))
    try:
        _folder().mkdir(parents=True, exist_ok=True)
        _pieces(key).touch()
        _write(upload)
    except OSError as error:
        raise SystemFault(Reason("files.cannot_keep", folder=str(_folder()), said=error.strerror or "")) from error
    return upload


def found(key: UUID) -> Upload | None:
    """The upload, or None."""
    try:
        told = json.loads(_about(key).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    there = _pieces(key).stat().st_size if _pieces(key).exists() else told["length"]
    return Upload(key, told["length"], there, told["facts"], told.get("evidence"))


@contextmanager
def locked(key: UUID) -> Iterator[Upload]:
    """Hold the upload while a piece is written; `Refused` when it is gone."""
    try:
        with _about(key).open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            upload = found(key)
            if upload is None:
                raise Refused(Reason("upload.gone", key=str(key)))
            yield upload
    except FileNotFoundError as error:
        raise Refused(Reason("upload.gone", key=str(key))) from error


def append(upload: Upload, source: Readable) -> Upload:
    """Add what the source holds, not past the length; what came before a line broke stays."""
    room = upload.length - upload.offset
    try:
        with _pieces(upload.key).open("ab") as file:
            try:
                while room > 0 and (piece := source.read(min(_PIECE, room))):
                    file.write(piece)
                    room -= len(piece)
            finally:
                file.flush()
                os.fsync(file.fileno())
    except OSError as error:
        if error.errno is None:  # the line broke: the server's stream raised, not the disk
            return replace(upload, offset=upload.length - room)
        raise SystemFault(Reason("files.cannot_keep", folder=str(_folder()), said=error.strerror or "")) from error
    return replace(upload, offset=upload.length - room)


def content(upload: Upload) -> bytes:
    """Everything that has come."""
    return _pieces(upload.key).read_bytes()


def done(upload: Upload, evidence: int) -> Upload:
    """The whole is kept elsewhere now: drop the pieces, remember as what it was kept."""
    ready = replace(upload, evidence=evidence)
    _write(ready)
    with suppress(OSError):
        _pieces(upload.key).unlink()
    return ready


def forget(key: UUID) -> None:
    """Drop an upload."""
    for path in (_pieces(key), _about(key)):
        with suppress(OSError):
            path.unlink()


def _folder() -> Path:
    return Path(settings.CHUNGSUC_UPLOADS)


def _pieces(key: UUID) -> Path:
    return _folder() / f"{key}.part"


def _about(key: UUID) -> Path:
    return _folder() / f"{key}.json"


def _write(upload: Upload) -> None:
    told = {"length": upload.length, "facts": dict(upload.facts), "evidence": upload.evidence}
    path = _about(upload.key)
    if path.exists():  # in place, so that a lock on the file still means this upload
        path.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
        return
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    fresh.replace(path)


def _sweep() -> None:
    """Uploads that nobody went on with for a week are dropped when another begins."""
    limit = time.time() - KEPT_DAYS * 86_400
    with suppress(OSError):
        for path in list(_folder().glob("*.json"))[:1000]:
            newest = max(one.stat().st_mtime for one in (path, path.with_suffix(".part")) if one.exists())
            if newest < limit:
                forget(UUID(path.stem))
