"""A small store of answers in this process, for questions whose answer cannot have changed.

The caller puts into the key what the answer depends on; `journal.head()` stands for "nothing was recorded since".
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Answer = TypeVar("Answer")
_ALL: list[Memory] = []


class Memory(Generic[Answer]):
    """Keeps the newest `limit` answers, each for at most `seconds`; safe for many threads."""

    def __init__(self, *, limit: int, seconds: float) -> None:
        self.limit, self.seconds = limit, seconds
        self._kept: OrderedDict[Hashable, tuple[float, Answer]] = OrderedDict()
        self._lock = threading.Lock()
        _ALL.append(self)

    def get(self, key: Hashable, make: Callable[[], Answer]) -> Answer:
        """The kept answer, or the one that `make` gives, which is kept from then on."""
        now = time.monotonic()
        with self._lock:
            found = self._kept.get(key)
            if found is not None and now - found[0] < self.seconds:
                self._kept.move_to_end(key)
                return found[1]
        answer = make()
        with self._lock:
            self._kept[key] = (now, answer)
            self._kept.move_to_end(key)
            while len(self._kept) > self.limit:
                self._kept.popitem(last=False)
        return answer

    def forget(self, key: Hashable) -> None:
        """Do not keep this answer."""
        with self._lock:
            self._kept.pop(key, None)

    def clear(self) -> None:
        """Keep nothing."""
        with self._lock:
            self._kept.clear()


def clear_all() -> None:
    """Empty every store of this process: between tests, whose databases go back in time."""
    for one in _ALL:
        one.clear()
