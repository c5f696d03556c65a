"""Units with what stands above them on a day: whose totals count them, whose overlay applies to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from chungsuc.territory import queries as territory
from chungsuc.territory.rules import Kind, UnitFact

FEW = 5
ABOVE = (Kind.PROVINCE, Kind.CITY, Kind.DISTRICT)


@dataclass(frozen=True, slots=True)
class Placed:
    """A unit on a day, the identities above it (nearest first), the code of its province."""

    unit: UnitFact
    path: tuple[int, ...]
    province: str | None


def placed(unit_ids: Sequence[int], on: date) -> list[Placed]:
    """These units as they stand on the day; those not in force that day are left out."""
    if len(unit_ids) <= FEW:
        chains = [territory.ancestors(unit, on) for unit in unit_ids]
        return [_place(chain[0], {one.id: one for one in chain}) for chain in chains if chain]
    return _place_all(territory.by_ids(unit_ids, on).values(), on)


def placed_communes(on: date) -> list[Placed]:
    """Every commune in force on the day."""
    return _place_all(territory.units_at(on, kinds=[Kind.COMMUNE]), on)


def _place_all(units: Iterable[UnitFact], on: date) -> list[Placed]:
    above = {unit.id: unit for unit in territory.units_at(on, kinds=ABOVE)}
    return [_place(unit, above) for unit in units]


def _place(unit: UnitFact, above: Mapping[int, UnitFact]) -> Placed:
    path, province, parent = [], None, unit.parent_id
    while parent is not None and parent in above:
        path.append(parent)
        province = above[parent].code if above[parent].kind is Kind.PROVINCE else province
        parent = above[parent].parent_id
    return Placed(unit, tuple(path), province)
