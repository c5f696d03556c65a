"""Requests that write carry an id made before they are sent; the same id never takes effect twice.

`once(key, ...)` is the only way in. A lost reply, a double tap, a reloaded page: the first effect stands and
its answer is given again.
"""

from chungsuc.kit.commands.once import Answer, key_of, once

__all__ = ["Answer", "key_of", "once"]
