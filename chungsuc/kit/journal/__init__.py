"""The journal: one append-only line per act, written in the transaction of the act itself.

`record(event, subject=, by=, at=, facts=)` is the only way in. `lines()` reads.
"""

from chungsuc.kit.journal.lines import lines, record

__all__ = ["lines", "record"]
