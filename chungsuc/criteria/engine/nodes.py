"""Rule nodes: small frozen pieces that say what a figure must do. Validated when built, never evaluated text.

A leaf (`AtLeast`, `AtMost`, `IsTrue`) judges one value; a compound (`AllParts`, `BothSexes`) judges
named parts by leaves; `WhereApplicable` lets a human set the whole rule aside.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from chungsuc.criteria.engine.figures import HUNDRED, Figure, Share

SEXES = ("male", "female")


class Verdict(StrEnum):
    """What a judgement says. `rank` orders them so that the smallest of several is the verdict on all."""

    NOT_MET = "not_met"
    NO_FIGURE = "no_figure"
    NO_THRESHOLD = "no_threshold"
    NEARLY_MET = "nearly_met"
    MET = "met"
    NOT_APPLICABLE = "not_applicable"

    @property
    def rank(self) -> int:
        """0 not met … 4 met, 5 not applicable: also the code used in columns."""
        return _RANKS[self]


_RANKS = {verdict: rank for rank, verdict in enumerate(Verdict)}
VERDICTS = tuple(Verdict)


def all_of(verdicts: tuple[Verdict, ...]) -> Verdict:
    """The verdict on a whole: the worst of its parts, what is not applicable left out unless all is."""
    return min(verdicts, key=_RANKS.__getitem__) if verdicts else Verdict.NO_THRESHOLD


class BadRule(ValueError):
    """A rule that cannot mean anything was built: the file it came from is wrong."""


class Piece(NamedTuple):
    """One comparison: which part, what was found, against which leaf, whether it holds (None: cannot say).

    `leaf` is None where the law has no threshold for the place.
    """

    part: str | None
    share: Share
    leaf: Leaf | None
    holds: bool | None


def _finite(limit: Decimal) -> None:
    if isinstance(limit, bool) or not isinstance(limit, Decimal) or not limit.is_finite():
        raise BadRule(f"a limit must be a finite Decimal, not {limit!r}")


@dataclass(frozen=True, slots=True)
class AtLeast:
    """The value must reach `limit`: v ≥ limit."""

    limit: Decimal

    def __post_init__(self) -> None:
        _finite(self.limit)

    def holds(self, share: Share) -> bool:
        """Exact at the edge; on the counts where they are known."""
        if share.counted:
            return share.num * HUNDRED >= self.limit * share.den  # type: ignore[operator]
        return share.value >= self.limit

    def margin(self, value: Decimal) -> Decimal:
        """How far on the met side (negative: how much is missing)."""
        return value - self.limit


@dataclass(frozen=True, slots=True)
class AtMost:
    """The value must stay within `limit`: v ≤ limit."""

    limit: Decimal

    def __post_init__(self) -> None:
        _finite(self.limit)

    def holds(self, share: Share) -> bool:
        """Exact at the edge; on the counts where they are known."""
        if share.counted:
            return share.num * HUNDRED <= self.limit * share.den  # type: ignore[operator]
        return share.value <= self.limit

    def margin(self, value: Decimal) -> Decimal:
        """How far on the met side (negative: how much too much)."""
        return self.limit - value


@dataclass(frozen=True, slots=True)
class IsTrue:
    """The requirement must be met ("Đạt")."""

    limit: bool = True

    def __post_init__(self) -> None:
        if self.limit is not True:
            raise BadRule("a boolean indicator asks for true")

    def holds(self, share: Share) -> bool:
        """Only a true value holds; figures kept as numbers say 1."""
        return share.value == 1

    def margin(self, value: bool) -> None:
        """A requirement has no distance."""


Leaf = AtLeast | AtMost | IsTrue


@dataclass(frozen=True, slots=True)
class AllParts:
    """Every named part must hold: 17.1 hygienic water and clean water."""

    parts: tuple[tuple[str, Leaf], ...]

    def __post_init__(self) -> None:
        names = [name for name, _ in self.parts]
        if len(names) < 2 or len(set(names)) != len(names):
            raise BadRule("a compound rule needs two or more parts with different names")
        for _, leaf in self.parts:
            _is_leaf(leaf)

    def leaves(self) -> tuple[tuple[str | None, Leaf], ...]:
        """The parts in the order of the law."""
        return self.parts


@dataclass(frozen=True, slots=True)
class BothSexes:
    """Men and women must each reach the same limit ("áp dụng đạt cho cả nam và nữ")."""

    leaf: Leaf

    def __post_init__(self) -> None:
        _is_leaf(self.leaf)

    def leaves(self) -> tuple[tuple[str | None, Leaf], ...]:
        """The one limit, asked of each."""
        return tuple((sex, self.leaf) for sex in SEXES)


@dataclass(frozen=True, slots=True)
class WhereApplicable:
    """The rule holds unless a human set it aside with a reason ("không xét", "nếu có")."""

    rule: Leaf | AllParts | BothSexes

    def __post_init__(self) -> None:
        if not isinstance(self.rule, (AtLeast, AtMost, IsTrue, AllParts, BothSexes)):
            raise BadRule("only a rule about figures can be set aside")


Node = AtLeast | AtMost | IsTrue | AllParts | BothSexes | WhereApplicable


def _is_leaf(leaf: object) -> None:
    if not isinstance(leaf, (AtLeast, AtMost, IsTrue)):
        raise BadRule(f"a part is judged by a leaf, not by {type(leaf).__name__}")


def leaves_of(node: Node) -> tuple[tuple[str | None, Leaf], ...]:
    """The comparisons a node makes, in order: (part or None, leaf)."""
    inner = node.rule if isinstance(node, WhereApplicable) else node
    return inner.leaves() if isinstance(inner, (AllParts, BothSexes)) else ((None, inner),)


def weigh(node: Node, figure: Figure) -> tuple[Verdict, tuple[Piece, ...]]:
    """What the node says of the figure, and the comparisons it made."""
    pieces = tuple(_piece(part, leaf, figure) for part, leaf in leaves_of(node))
    if figure.not_applicable is not None and isinstance(node, WhereApplicable):
        return Verdict.NOT_APPLICABLE, pieces
    if any(piece.holds is False for piece in pieces):
        return (Verdict.NEARLY_MET if figure.nearly_met is not None else Verdict.NOT_MET), pieces
    return (Verdict.MET if all(piece.holds for piece in pieces) else Verdict.NO_FIGURE), pieces


def _piece(part: str | None, leaf: Leaf, figure: Figure) -> Piece:
    share = figure.share(part)
    return Piece(part, share, leaf, None if share.value is None else leaf.holds(share))
