"""From law to rule: what an indicator asks in one place and year, as a rule node with its citation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from chungsuc.criteria.engine.figures import Context
from chungsuc.criteria.engine.nodes import (
    AllParts,
    AtLeast,
    AtMost,
    BothSexes,
    IsTrue,
    Leaf,
    Node,
    WhereApplicable,
    leaves_of,
)
from chungsuc.criteria.engine.sets import (
    Cell,
    CriteriaSet,
    Indicator,
    Kind,
    Provenance,
    SetAside,
    Value,
    Words,
    pick,
)


@dataclass(frozen=True)
class Ruling:
    """What one indicator asks in one context. `node` None: no threshold is known for this place."""

    indicator: Indicator
    node: Node | None
    column: str
    place: Words
    citation: Words
    article: str
    source: Provenance
    overlay: str | None

    @property
    def checked(self) -> bool:
        """Whether the value used was read at a source (else it is shown as unchecked)."""
        return self.source.checked(self.column)

    @property
    def may_set_aside(self) -> bool:
        """Whether a human may set the indicator aside ("không xét")."""
        return self.indicator.set_aside is not SetAside.NEVER

    @cached_property
    def limits(self) -> tuple[tuple[str | None, Leaf], ...]:
        """The comparisons to make: (part or None, leaf)."""
        return leaves_of(self.node) if self.node else ()

    @cached_property
    def threshold(self) -> Value | Mapping[str, Value] | None:
        """The limit as plain data: a number, true, or one per part."""
        if not self.limits:
            return None
        if self.limits[0][0] is None:
            return self.limits[0][1].limit
        return {part: leaf.limit for part, leaf in self.limits if part is not None}


# One entry per set and context: a province of one region asks for the same rulings thousands of times.
_PLACED: dict[tuple[int, tuple[object, ...]], tuple[CriteriaSet, tuple[Ruling, ...]]] = {}


def place(criteria_set: CriteriaSet, context: Context) -> tuple[Ruling, ...]:
    """What every indicator of the set asks in this context, in the order of the law."""
    key = (id(criteria_set), context.key)
    found = _PLACED.get(key)
    if found is not None and found[0] is criteria_set:
        return found[1]
    if len(_PLACED) > 4096:
        _PLACED.clear()
    rulings = tuple(_ruling(criteria_set, indicator, context) for indicator in criteria_set.indicators)
    _PLACED[key] = (criteria_set, rulings)
    return rulings


def _ruling(criteria_set: CriteriaSet, indicator: Indicator, context: Context) -> Ruling:
    region = criteria_set.column_region(context)
    fill = indicator.fill
    node, trail = _node(indicator, region, context)
    names = [criteria_set.regions[region]] if region in criteria_set.regions else []
    names += [_class_name(criteria_set, step) for step in trail]
    citation = fill.citation if fill else criteria_set.citation
    return Ruling(
        indicator=indicator,
        node=node,
        column=region,
        place=Words(", ".join(name.vi for name in names), ", ".join(name.en for name in names)),
        citation=citation,
        article=_article(criteria_set, indicator),
        source=fill.provenance if fill else indicator.provenance,
        overlay=fill.overlay if fill else None,
    )


def _article(criteria_set: CriteriaSet, indicator: Indicator) -> str:
    own = indicator.article or f"{criteria_set.citation.vi}, tiêu chí {indicator.number}, chỉ tiêu {indicator.code}"
    return f"{own}; {indicator.fill.citation.vi}" if indicator.fill else own


def _class_name(criteria_set: CriteriaSet, step: str) -> Words:
    scheme, value = step.split(":", 1)
    known = criteria_set.classes.get(scheme)
    if known is None:
        return Words(f"{scheme} {value}", f"{scheme} {value}")
    return Words(f"{known.name.vi} {value}", f"{known.name.en} {value}")


def _cells(indicator: Indicator, region: str) -> dict[str | None, Cell | None]:
    if indicator.fill:
        cells = indicator.fill.cells
        if indicator.parts:
            return {part.key: cells.get(part.key) for part in indicator.parts}
        return {None: cells.get("")}
    if indicator.parts:
        return {part.key: part.thresholds.get(region, part.thresholds.get("all")) for part in indicator.parts}
    return {None: indicator.thresholds.get(region, indicator.thresholds.get("all"))}


def _node(indicator: Indicator, region: str, context: Context) -> tuple[Node | None, tuple[str, ...]]:
    found = {part: pick(cell, context) for part, cell in _cells(indicator, region).items()}
    trail = next((steps for _, steps in found.values() if steps), ())
    if any(value is None for value, _ in found.values()):
        return None, trail
    leaves = {part: leaf_for(indicator, value) for part, (value, _) in found.items() if value is not None}
    rule: Leaf | AllParts | BothSexes
    if indicator.parts:
        rule = AllParts(tuple((part.key, leaves[part.key]) for part in indicator.parts))
    elif indicator.both_sexes:
        rule = BothSexes(leaves[None])
    else:
        rule = leaves[None]
    return (rule if indicator.set_aside is SetAside.NEVER else WhereApplicable(rule)), trail


def leaf_for(indicator: Indicator, value: Value) -> Leaf:
    """The comparison that a value of the law stands for."""
    if indicator.kind is Kind.BOOLEAN:
        return IsTrue(bool(value))
    limit = Decimal(value)
    return AtMost(limit) if indicator.better == "lower" else AtLeast(limit)
