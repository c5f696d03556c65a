"""How much may be asked: a fixed window of one minute, counted in this process.

With several worker processes each counts for itself, so that the limit of the installation is the limit times
the number of workers; a limit that must be exact is laid in the proxy in front.
"""

from __future__ import annotations

import os
import threading
import time
from dataclasses import dataclass, field

from django.conf import settings

from chungsuc.kit.errors import Reason, stop_if

WINDOW = 60
LARGEST_BODY = 2 * 1024 * 1024
MOST_CALLERS = 20_000
PER_MINUTE = {"key": 600, "address": 120, "failed": 30}


def allowed(kind: str) -> int:
    """How many requests a minute: of a `key`, of an `address` without one, with wrong keys (`failed`)."""
    name = f"CHUNGSUC_API_{kind.upper()}_PER_MINUTE"
    return int(getattr(settings, name, None) or os.environ.get(name) or PER_MINUTE[kind])


@dataclass
class Window:
    """Counts of the minute that runs; the counts of the minute before are dropped whole."""

    began: int = 0
    counts: dict[tuple[str, str], int] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def count(self, kind: str, caller: str, *, step: int = 1) -> None:
        """Count one request (`step` 0: only look), or `Refused` with the seconds until the next window."""
        now = time.monotonic()
        minute = int(now // WINDOW)
        with self.lock:
            if minute != self.began or len(self.counts) > MOST_CALLERS:
                self.began, self.counts = minute, {}
            done = self.counts.get((kind, caller), 0)
            if done < allowed(kind):
                self.counts[kind, caller] = done + step
                return
        seconds = max(1, int(WINDOW - now % WINDOW))
        stop_if([Reason("api.too_many_requests", limit=allowed(kind), seconds=seconds)])

    def clear(self) -> None:
        """Forget every count: for tests."""
        with self.lock:
            self.counts = {}


WINDOWS = Window()
