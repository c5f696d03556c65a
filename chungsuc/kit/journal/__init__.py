"""The journal: one append-only line per act, written in the transaction of the act itself.

`record(event, subject=, by=, at=, facts=)` is the only way in. `lines()` reads,
`head()` tells whether anything was recorded since.
"""

from chungsuc.kit.journal.lines import head, lines, record

__all__ = ["head", "lines", "record"]
