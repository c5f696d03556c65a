"""Runs one function on an uploaded file in a fresh child process with hard limits.

The child has its own interpreter, no environment of ours (no database address, no secret), a ceiling on
memory, processor time and open files, and answers with packed plain data. Whatever kills it, the parent
only learns "not readable": a sheet can take the child down, never the server.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import resource
import subprocess
import sys
from typing import Any

from chungsuc.kit.errors import Reason, Refused
from chungsuc.kit.sheets import limits
from chungsuc.kit.sheets.table import pack, unpack

_OK, _NO = b"+", b"-"


def run(
    function: str,
    *arguments: Any,
    memory: int = limits.JAIL_MEMORY,
    seconds: int = limits.JAIL_SECONDS,
) -> Any:
    """Call `function` ("chungsuc.module:name") with JSON-plain arguments in the child.

    `memory` in bytes of address space, `seconds` of processor time (half as much again of waiting).
    Refused with the child's reasons, or `sheet.unreadable` when it died or was stopped.
    """
    task = json.dumps({"function": function, "arguments": arguments, "memory": memory, "seconds": seconds})
    try:
        # A pipe, not a file: its end is noticed at once, where waiting for a process polls.
        ended = subprocess.run(
            [sys.executable, "-I", "-c", "from chungsuc.kit.sheets.jail import inside; inside()"],
            input=task.encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
            timeout=seconds * 1.5 + 5,
            check=False,
            close_fds=True,
        )
    except subprocess.TimeoutExpired as error:
        raise Refused(Reason("sheet.unreadable", why="time")) from error
    raw = ended.stdout
    if ended.returncode != 0 or not raw:
        raise Refused(Reason("sheet.unreadable", why=f"exit {ended.returncode}"))
    if raw[:1] == _NO:
        raise Refused([Reason(code, **facts) for code, facts in unpack(raw[1:])])
    return unpack(raw[1:])


def _environment() -> dict[str, str]:
    """Almost nothing: one thread for numpy (threads reserve address space), UTF-8."""
    kept = {name: os.environ[name] for name in ("SYSTEMROOT", "TMPDIR") if name in os.environ}
    return kept | {"PATH": "/usr/bin:/bin", "PYTHONUTF8": "1", "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


def inside() -> None:
    """The child's whole life: limits first, then the one call, then the answer."""
    gc.disable()  # a short life: nothing it makes is worth looking for cycles in
    task = json.loads(sys.stdin.buffer.read())
    for what, most in (
        (resource.RLIMIT_AS, task["memory"]),
        (resource.RLIMIT_CPU, task["seconds"]),
        (resource.RLIMIT_NOFILE, 64),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
    module, name = task["function"].split(":")
    if not module.startswith("chungsuc."):
        raise SystemExit(2)
    call = getattr(importlib.import_module(module), name)
    try:
        answer = _OK + pack(call(*task["arguments"]))
    except Refused as refused:
        answer = _NO + pack([[reason.code, dict(reason.facts)] for reason in refused.reasons])
    except MemoryError:
        answer = _NO + pack([["sheet.unreadable", {"why": "memory"}]])
    sys.stdout.buffer.write(answer)
    sys.stdout.buffer.flush()
    os._exit(0)
