"""What is judged: a figure and the place it comes from. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

HUNDRED = Decimal(100)


class Share(NamedTuple):
    """One value with the counts behind it. `value` is in the indicator's unit; a share is in percent."""

    value: Decimal | bool | None
    num: Decimal | None = None
    den: Decimal | None = None

    @property
    def counted(self) -> bool:
        """Whether both counts are known, so that comparisons can be made exactly on them."""
        return self.num is not None and self.den is not None and self.den > 0


@dataclass(frozen=True, slots=True)
class Figure:
    """What a unit says of one indicator on one date.

    `value` is Decimal, or bool for a boolean indicator. `num` and `den` are the counts behind a
    share; where they are given they decide (exactly) and `value` may be left out. `parts` maps the
    name of a part ("hygienic", "male") to its value or to a `Share`. `not_applicable` and
    `nearly_met` are reasons that a human gave.
    """

    value: Decimal | bool | None = None
    num: Decimal | None = None
    den: Decimal | None = None
    parts: Mapping[str, Decimal | Share] = field(default_factory=dict)
    not_applicable: str | None = None
    nearly_met: str | None = None

    def written(self, part: str | None = None) -> Decimal | bool | None:
        """The value as it was written, whatever the counts beside it say."""
        if part is None:
            return self.value
        found = self.parts.get(part)
        return found.value if isinstance(found, Share) else found

    def share(self, part: str | None = None) -> Share:
        """The value judged for the whole indicator or for one of its parts; value None: no figure."""
        if part is None:
            given = Share(self.value, self.num, self.den)
        else:
            found = self.parts.get(part)
            given = found if isinstance(found, Share) else Share(found)
        if given.counted:
            return given._replace(value=given.num * HUNDRED / given.den)  # type: ignore[operator]
        return given


@dataclass(frozen=True, slots=True)
class Context:
    """On what a threshold depends: region key, year of the judgement, area classes (scheme -> value)."""

    region: str
    year: int
    classes: Mapping[str, str] = field(default_factory=dict)

    @property
    def key(self) -> tuple[str, int, tuple[tuple[str, str], ...]]:
        """The same for contexts that ask for the same thresholds."""
        return (self.region, self.year, tuple(sorted(self.classes.items())))
