"""Find the unit that a name means, the way officers write names.

The strength of a match, best first: the same spelling as Vietnamese has it (Hoà = Hòa, Sĩ = Sỹ, any
case, any spaces, composed or not), then the name with its marks taken off. Bình Lãng and Bình Lăng are two
communes: who writes the marks means them, so a bare match counts only where no marked one exists.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from chungsuc.kit.vietnamese import fold, nfc, same_name
from chungsuc.territory.rules.facts import UnitFact
from chungsuc.territory.rules.kinds import Kind, short_name, split


class Gazetteer:
    """All names in force on one day, ready for many look-ups."""

    def __init__(self, units: Iterable[UnitFact]) -> None:
        self._exact: dict[str, list[UnitFact]] = defaultdict(list)
        self._bare: dict[str, list[UnitFact]] = defaultdict(list)
        self._by_code: dict[str, UnitFact] = {}
        for unit in sorted(units, key=lambda one: one.code):
            self._by_code[unit.code] = unit
            self._add(unit)

    def _add(self, unit: UnitFact) -> None:
        names = {unit.short_name, *(short_name(name) for name in unit.alt_names)}
        for key in {same_name(name) for name in names}:
            self._exact[key].append(unit)
        for key in {bare(name) for name in names}:
            self._bare[key].append(unit)

    def match(self, name: str, kind: Kind | None = None, district: str | None = None) -> list[UnitFact]:
        """The units that `name` may mean, by code; empty when none, several when ambiguous.

        A word of kind in the name ("Xã", "TT.") must agree with the unit. `kind` narrows further.
        `district` is the code or the name of a unit above; it narrows, and never makes a weaker spelling win.
        """
        found = self._spelled(name)
        if kind is not None:
            found = [unit for unit in found if unit.kind is kind]
        if district:
            above = self._above(district)
            found = [unit for unit in found if above & self._chain(unit)]
        return found

    def _spelled(self, name: str) -> list[UnitFact]:
        readings: list[tuple[Kind | None, str]] = [(None, nfc(name))]
        prefixed = split(name)
        if prefixed:
            readings.append(prefixed)
        for table, key_of in ((self._exact, same_name), (self._bare, bare)):
            hits = {
                unit.code: unit
                for kind, text in readings
                for unit in table.get(key_of(text), ())
                if kind is None or unit.kind is kind
            }
            if hits:
                return [hits[code] for code in sorted(hits)]
        return []

    def _above(self, district: str) -> frozenset[str]:
        if district in self._by_code:
            return frozenset({district})
        return frozenset(unit.code for unit in self._spelled(district) if unit.kind is not Kind.VILLAGE)

    def _chain(self, unit: UnitFact) -> frozenset[str]:
        codes: set[str] = set()
        above = unit.parent_code
        while above is not None and above not in codes:
            codes.add(above)
            parent = self._by_code.get(above)
            above = parent.parent_code if parent else None
        return frozenset(codes)


def bare(text: str) -> str:
    """The name without marks, case, punctuation; final i and y are one letter."""
    words = re.sub(r"[-–_.,'’]", " ", fold(text)).split()
    return " ".join(re.sub(r"(?<![au])y$|(?<=qu)y$", "i", word) for word in words)
