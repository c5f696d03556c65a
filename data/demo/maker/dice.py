"""Chance that falls the same way on every machine: each throw is named, so no throw depends on another."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")
SEED = "chungsuc-demo-1"


class Dice:
    """A stream of numbers that its name decides. Only `random()` is used: its sequence is promised to stay."""

    def __init__(self, *name: object) -> None:
        self._random = random.Random("|".join([SEED, *map(str, name)]))

    def share(self) -> float:
        """A number in [0, 1)."""
        return self._random.random()

    def between(self, low: float, high: float) -> float:
        """A number in [low, high)."""
        return low + (high - low) * self.share()

    def whole(self, low: int, high: int) -> int:
        """A whole number from low to high, both included."""
        return low + int(self.share() * (high - low + 1))

    def bell(self, spread: float = 1.0) -> float:
        """A number around 0, nearly normal, with this standard deviation."""
        return (sum(self.share() for _ in range(12)) - 6.0) * spread

    def chance(self, likelihood: float) -> bool:
        """True with this likelihood."""
        return self.share() < likelihood

    def pick(self, some: Sequence[T]) -> T:
        """One of them."""
        return some[int(self.share() * len(some))]

    def shuffled(self, some: Sequence[T]) -> list[T]:
        """All of them in another order."""
        return [item for _, _, item in sorted((self.share(), place, item) for place, item in enumerate(some))]
