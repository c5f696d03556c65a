"""Files that arrive in pieces: each upload two files of its own that survive restarts, until it is whole.

How far an upload is, is the size of its piece file on the disk: nothing else remembers it. A lock per upload
keeps two requests from writing the same piece; whoever finds it taken is told so instead of waiting for a dead line.
An upload is whole only when it was kept as evidence: one whose last step failed gives back its last byte, so that
the sender comes again with it.
"""

from __future__ import annotations

import fcntl
import json
import os
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol
from uuid import UUID

from django.conf import settings

from chungsuc.kit.errors import Reason, Refused, SystemFault
from chungsuc.kit.files.kinds import LIMIT
from chungsuc.kit.files.store import sync_folder

LARGEST = LIMIT
KEPT_DAYS = 7
AT_ONCE = 50
_PIECE = 64 * 1024
_WAIT, _TRIES = 0.05, 60


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


def begin(key: UUID, *, length: int, facts: Mapping[str, str], at: datetime) -> Upload:
    """Begin an upload, or find the one begun with the same id.

    What nobody went on with for a week before `at` is dropped. Refused when it was begun for something else
    (`upload.other_begun`), when the person of `facts["by"]` has too many begun and not finished
    (`upload.too_many`), when it is empty (`files.empty`).
    """
    if length < 1:
        raise Refused(Reason("files.empty", name=facts.get("filename", "")))
    begun = _sweep(facts.get("by"), at - timedelta(days=KEPT_DAYS))
    there = found(key)
    if there is not None:
        if (there.length, dict(there.facts)) != (length, dict(facts)):
            raise Refused(Reason("upload.other_begun", key=str(key)))
        return there
    if begun >= AT_ONCE:
        raise Refused(Reason("upload.too_many", most=AT_ONCE))
    upload = Upload(key, length, 0, dict(facts))
    try:
        _folder().mkdir(parents=True, exist_ok=True)
        _pieces(key).touch()
        _write(upload)
        sync_folder(_folder())
    except OSError as error:
        raise SystemFault(Reason("files.cannot_keep", folder=str(_folder()), said=error.strerror or "")) from error
    return upload


def found(key: UUID) -> Upload | None:
    """The upload, or None."""
    try:
        told = json.loads(_about(key).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    try:
        there = _pieces(key).stat().st_size
    except FileNotFoundError:
        there = told["length"] if told.get("evidence") else 0
    return Upload(key, told["length"], there, told["facts"], told.get("evidence"))


def given_back(key: UUID) -> Upload | None:
    """The upload as its sender should see it: whole and yet not kept, it gives back its last byte."""
    there = found(key)
    if there is None or there.evidence or there.offset < there.length:
        return there
    with locked(key) as held:
        if held.offset < held.length or held.evidence:
            return held
        os.truncate(_pieces(key), held.length - 1)
        return replace(held, offset=held.length - 1)


@contextmanager
def locked(key: UUID) -> Iterator[Upload]:
    """Hold the upload while a piece is written; `Refused` when it is gone or another request holds it."""
    try:
        with _lock(key).open("a") as file:
            _take(file.fileno(), key)
            upload = found(key)
            if upload is None:
                raise Refused(Reason("upload.gone", key=str(key)))
            yield upload
    except FileNotFoundError as error:
        raise Refused(Reason("upload.gone", key=str(key))) from error


def _take(descriptor: int, key: UUID) -> None:
    """The lock, waited for a moment only: a line that died may hold it until the server notices."""
    for _ in range(_TRIES):
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(_WAIT)
        else:
            return
    raise Refused(Reason("upload.busy", key=str(key)))


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
    """Drop an upload. Its lock stays for a week, so that two requests never hold two different ones."""
    for path in (_about(key), _pieces(key)):
        with suppress(OSError):
            path.unlink()


def _folder() -> Path:
    return Path(settings.CHUNGSUC_UPLOADS)


def _pieces(key: UUID) -> Path:
    return _folder() / f"{key}.part"


def _about(key: UUID) -> Path:
    return _folder() / f"{key}.json"


def _lock(key: UUID) -> Path:
    return _folder() / f"{key}.lock"


def _write(upload: Upload) -> None:
    """The facts, whole or not at all, on the disk before anything is acknowledged."""
    told = {"length": upload.length, "facts": dict(upload.facts), "evidence": upload.evidence}
    fresh = _about(upload.key).with_suffix(f".new-{os.getpid()}-{threading.get_ident()}")
    with fresh.open("w", encoding="utf-8") as file:
        json.dump(told, file, ensure_ascii=False)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(_about(upload.key))


def _sweep(by: str | None, before: datetime) -> int:
    """Drop what nobody went on with for a week; how many uploads of the person are begun and not finished."""
    limit, begun = before.timestamp(), 0
    with suppress(OSError, ValueError):
        for path in _folder().iterdir():
            if _touched(path) < limit and _touched(path.with_suffix(".part")) < limit:
                path.unlink(missing_ok=True)
            elif path.suffix == ".part" and path.exists():
                there = found(UUID(path.stem))
                begun += there is not None and there.facts.get("by") == by
    return begun


def _touched(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return 0
