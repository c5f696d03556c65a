"""How the rows of the matrix are chosen and ordered: by the address, the same with and without script."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict

from chungsuc.criteria.engine import Verdict
from chungsuc.kit.errors import Reason, Refused
from chungsuc.kit.vietnamese import fold, sort_key
from chungsuc.reports.rules import VERDICTS, Ground

NEAR = 2
FILTERS = ("", "near", "slipped", "unverified", "untitled", "open")
VIEWS = ("", "overview")
# A column that is sorted begins with the communes that need the least to meet it; those that meet it come last.
LACKING = (
    Verdict.NEARLY_MET,
    Verdict.NOT_MET,
    Verdict.NO_FIGURE,
    Verdict.NO_THRESHOLD,
    Verdict.MET,
    Verdict.NOT_APPLICABLE,
)
_RANK = tuple(LACKING.index(one) for one in VERDICTS)
Key = Callable[[int], object]


@dataclass(frozen=True, slots=True)
class Order:
    """What the address asks for.

    `sort`: "" by district, "name", "met" (most first), "title" (earliest first), "cN" (those that lack criterion N
    first); a "-" before it turns it round. `only`: a filter. `view`: "overview" shows every row a few pixels high.
    """

    sort: str = ""
    only: str = ""
    district: str = ""
    text: str = ""
    view: str = ""

    @property
    def grouped(self) -> bool:
        """Whether rows stand under their districts."""
        return not self.sort

    @property
    def chosen(self) -> bool:
        """Whether only some rows are asked for."""
        return bool(self.only or self.district or self.text)

    @property
    def query(self) -> str:
        """The choice as an address asks for it."""
        asked = {"sort": self.sort, "only": self.only, "district": self.district, "q": self.text}
        return urlencode({name: value for name, value in asked.items() if value})

    def next(self, sort: str) -> str:
        """What a press on the head of a column asks for: the order, then turned round, then by district again."""
        return f"-{sort}" if self.sort == sort else "" if self.sort == f"-{sort}" else sort

    def way(self, sort: str) -> str:
        """`aria-sort` of a column: which way it is sorted now, "" where it is not."""
        falls = sort == "met"
        if self.sort not in (sort, f"-{sort}"):
            return ""
        return "descending" if falls != self.sort.startswith("-") else "ascending"


PLAIN = Order()


def order_of(query: QueryDict | Mapping[str, str]) -> Order:
    """Read `sort`, `only`, `district`, `q`, `view`; `Refused` for a sort, filter or view that does not exist."""
    sort, only, view = (query.get(name, "").strip() for name in ("sort", "only", "view"))
    bare = sort.removeprefix("-")
    known = bare in ("name", "met", "title") or (bare[:1] == "c" and bare[1:].isdecimal() and len(bare) < 5)
    if sort and not known:
        raise Refused(Reason("desk.matrix.bad_sort", sort=sort[:20]))
    if only not in FILTERS:
        raise Refused(Reason("desk.matrix.bad_filter", only=only[:20]))
    if view not in VIEWS:
        raise Refused(Reason("desk.matrix.bad_view", view=view[:20]))
    return Order(sort, only, query.get("district", "").strip()[:20], query.get("q", "").strip()[:60], view)


def rows_in_order(ground: Ground, order: Order) -> list[int]:
    """Every row in the order asked for; by district: as the ground has them. Rows without a value come last."""
    rows = list(range(len(ground.communes)))
    if order.grouped:
        return rows
    rows.sort(key=lambda row: sort_key(ground.communes[row].short_name))
    key = _key(ground, order.sort.removeprefix("-"))
    valued, empty = [row for row in rows if key(row) is not None], [row for row in rows if key(row) is None]
    return sorted(valued, key=key, reverse=order.sort.startswith("-")) + empty  # type: ignore[arg-type,type-var]


def chosen_rows(ground: Ground, order: Order, slipped: frozenset[int]) -> frozenset[int]:
    """The rows that pass the filters."""
    return frozenset(row for row in range(len(ground.communes)) if _passes(ground, row, order, slipped))


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
    if order.only == "unverified":
        return unit.id in ground.unverified
    if order.only == "untitled":
        return unit.id not in ground.titles
    return order.only != "open" or met is None


def _key(ground: Ground, sort: str) -> Key:
    def met(row: int) -> int | None:
        found = ground.met_of(row)
        return None if found is None else -found

    def year(row: int) -> int | None:
        title = ground.titles.get(ground.communes[row].id)
        return title.year if title else None

    if sort in ("name", "met", "title"):
        return {"name": lambda row: sort_key(ground.communes[row].short_name), "met": met, "title": year}[sort]
    places = {f"c{one.number}": place for place, one in enumerate(ground.criteria)}
    if sort not in places:
        raise Refused(Reason("desk.matrix.bad_sort", sort=sort))
    place = places[sort]
    return lambda row: (_RANK[int(ground.verdicts[row, place])], met(row) or 0)
