"""How the rows of the matrix are chosen and ordered: by the address, the same with and without script."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.http import QueryDict

from chungsuc.kit.errors import Reason, Refused
from chungsuc.kit.vietnamese import fold, sort_key
from chungsuc.reports.rules import COUNTS_AS_MET, Ground

NEAR = 2
FILTERS = ("", "near", "slipped", "untitled", "open")


@dataclass(frozen=True, slots=True)
class Order:
    """`sort`: "" by district, "name", "met", "short", "cN" (those that lack criterion N first); `only`: a filter."""

    sort: str = ""
    only: str = ""
    district: str = ""
    text: str = ""

    @property
    def grouped(self) -> bool:
        """Whether rows stand under their districts."""
        return not self.sort

    @property
    def plain(self) -> bool:
        """Whether nothing was chosen."""
        return self == Order()


PLAIN = Order()


def order_of(query: QueryDict | Mapping[str, str]) -> Order:
    """Read `sort`, `only`, `district`, `q`; `Refused` for a sort or filter that does not exist."""
    sort, only = query.get("sort", "").strip(), query.get("only", "").strip()
    known = sort in ("", "name", "met", "short") or (sort.startswith("c") and sort[1:].isdecimal() and len(sort) < 5)
    if not known:
        raise Refused(Reason("desk.matrix.bad_sort", sort=sort[:20]))
    if only not in FILTERS:
        raise Refused(Reason("desk.matrix.bad_filter", only=only[:20]))
    return Order(sort, only, query.get("district", "").strip()[:20], query.get("q", "").strip()[:60])


def chosen_rows(ground: Ground, order: Order, slipped: frozenset[int]) -> list[int]:
    """The rows that are shown, in the order asked for."""
    rows = [row for row in range(len(ground.communes)) if _passes(ground, row, order, slipped)]
    return rows if order.grouped else _sorted(ground, rows, order.sort)


def _passes(ground: Ground, row: int, order: Order, slipped: frozenset[int]) -> bool:
    unit, met, of = ground.communes[row], ground.met_of(row), len(ground.criteria)
    if order.district and unit.parent_code != order.district:
        return False
    if order.text and fold(order.text) not in fold(unit.name):
        return False
    if order.only == "near":
        return met is not None and 1 <= of - met <= NEAR
    if order.only == "slipped":
        return unit.id in slipped
    if order.only == "untitled":
        return unit.id not in ground.titles
    return order.only != "open" or met is None


def _sorted(ground: Ground, rows: Iterable[int], sort: str) -> list[int]:
    def name(row: int) -> object:
        return sort_key(ground.communes[row].short_name)

    def met(row: int) -> int:
        found = ground.met_of(row)
        return -1 if found is None else found

    if sort == "name":
        return sorted(rows, key=name)
    if sort in ("met", "short"):
        sign = -1 if sort == "met" else 1
        return sorted(rows, key=lambda row: (met(row) < 0, sign * met(row), name(row)))
    number = int(sort[1:])
    places = {one.number: place for place, one in enumerate(ground.criteria)}
    if number not in places:
        raise Refused(Reason("desk.matrix.bad_sort", sort=sort))
    place = places[number]
    return sorted(rows, key=lambda row: (int(ground.verdicts[row, place]) in COUNTS_AS_MET, -met(row), name(row)))
