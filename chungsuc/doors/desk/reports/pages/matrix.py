"""The matrix page: communes down, criteria across, grouped by district, sums below."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

import numpy as np

from chungsuc.doors.desk.reports.forms import Asked, Choice
from chungsuc.doors.desk.reports.pages.frame import Frame, decimal, frame
from chungsuc.doors.desk.reports.pages.matrix_order import FILTERS, PLAIN, Order, chosen_rows, rows_in_order
from chungsuc.kit.catalogue import text
from chungsuc.reports.rules import VERDICTS, Ground, mean, met_cells

TOGETHER = 20  # rows of one body of a sorted table: the browser skips bodies that are out of sight
LEGEND = ("met", "nearly_met", "not_met", "not_applicable", "no_figure", "no_threshold")


@dataclass(frozen=True, slots=True)
class Column:
    """A column that can be sorted: its number (a criterion), its name, how many meet it.

    `sort`: how the address asks for it; `press`: what a press on its head asks for next; `way`: how it is sorted now.
    """

    number: int
    name: str
    met: int
    sort: str
    press: str
    way: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One mark: the verdict as a word of the code, and as people say it."""

    verdict: str
    said: str


@dataclass(frozen=True, slots=True)
class Row:
    """One commune. `width`: its count as a share of all criteria, in percent; `shown`: it passes the filters."""

    code: str
    name: str
    cells: tuple[Cell, ...]
    met: int | None
    width: str
    title: int | None
    district: str
    slipped: bool
    unverified: bool
    shown: bool


@dataclass(frozen=True, slots=True)
class Group:
    """The communes of one district with the sums of all of them; `name` empty where rows stand in one list."""

    code: str
    name: str
    rows: tuple[Row, ...]
    sums: tuple[int, ...]
    mean: str
    recognised: int
    shown: int


@dataclass(frozen=True)
class MatrixPage:
    """Everything the template needs."""

    frame: Frame
    columns: tuple[Column, ...]
    by_name: Column
    by_met: Column
    by_title: Column
    groups: tuple[Group, ...]
    of: int
    communes: int
    mean: str
    recognised: int
    legend: tuple[Cell, ...]
    order: Order
    filters: tuple[Choice, ...]
    sorts: tuple[Choice, ...]
    districts: tuple[Choice, ...]
    shown: int
    count: str


def matrix_page(
    ground: Ground, asked: Asked, lang: str, order: Order = PLAIN, slipped: frozenset[int] = frozenset()
) -> MatrixPage:
    """The page of one ground; `slipped` are the units that lost criteria since the end of last year."""
    cells = {verdict.value: Cell(verdict.value, text(f"verdict.{verdict.value}", lang)) for verdict in VERDICTS}
    used = {VERDICTS[code].value for code in np.unique(ground.verdicts).tolist()}
    shown = chosen_rows(ground, order, slipped)
    return MatrixPage(
        frame=frame(
            asked, ground.made, place="matrix", unit=ground.unit, lang=lang, notes=ground.notes, above=ground.above
        ),
        columns=_columns(ground, order, lang),
        by_name=_column(order, "name", text("xlsx.commune", lang)),
        by_met=_column(order, "met", text("desk.matrix.met", lang)),
        by_title=_column(order, "title", text("xlsx.title_held", lang)),
        groups=tuple(_groups(ground, tuple(cells.values()), lang, order, shown, slipped)),
        of=len(ground.criteria),
        communes=len(ground.communes),
        mean=decimal(mean(int(ground.met.sum()), int(ground.counted.sum())), lang, 2),
        recognised=int(ground.recognised.sum()),
        legend=tuple(cells[name] for name in LEGEND if name in used or name in LEGEND[:3]),
        order=order,
        filters=_filters(ground, order, slipped, lang),
        sorts=_sorts(ground, order, lang),
        districts=tuple(Choice(one.code, one.name, one.code == order.district) for one in ground.districts),
        shown=len(shown),
        count=_count(len(shown), len(ground.communes), lang),
    )


def _count(shown: int, communes: int, lang: str) -> str:
    key = "desk.matrix.shown" if shown < communes else "desk.matrix.shown.all"
    return text(key, lang, shown=shown, communes=communes)


def _column(order: Order, sort: str, name: str, number: int = 0, met: int = 0) -> Column:
    return Column(number, name, met, sort, order.next(sort), order.way(sort))


def _columns(ground: Ground, order: Order, lang: str) -> tuple[Column, ...]:
    sums = met_cells(ground.verdicts).sum(axis=0).tolist() if len(ground.communes) else [0] * len(ground.criteria)
    return tuple(
        _column(order, f"c{one.number}", one.name(lang), one.number, count)
        for one, count in zip(ground.criteria, sums, strict=True)
    )


def _filters(ground: Ground, order: Order, slipped: frozenset[int], lang: str) -> tuple[Choice, ...]:
    """The filters, each with how many communes it would leave."""
    counts = {name: len(chosen_rows(ground, Order(only=name), slipped)) for name in FILTERS}
    said = {name: text(f"desk.matrix.only.{name or 'all'}", lang) for name in FILTERS}
    return tuple(Choice(name, f"{said[name]} ({counts[name]})", name == order.only) for name in FILTERS)


def _sorts(ground: Ground, order: Order, lang: str) -> tuple[Choice, ...]:
    choices = [("", text("desk.matrix.sort.district", lang))]
    for key in ("name", "met", "title"):
        choices.append((key, text(f"desk.matrix.sort.{key}", lang)))
        choices.append((f"-{key}", text(f"desk.matrix.sort.{key}.back", lang)))
    for way, key in (("lacking", ""), ("meeting", "-")):
        choices += [
            (f"{key}c{one.number}", text(f"desk.matrix.sort.{way}", lang, criterion=f"{one.number}. {one.name(lang)}"))
            for one in ground.criteria
        ]
    return tuple(Choice(key, name, key == order.sort) for key, name in choices)


def _groups(
    ground: Ground,
    cells: tuple[Cell, ...],
    lang: str,
    order: Order,
    shown: frozenset[int],
    slipped: frozenset[int],
) -> list[Group]:
    in_order = rows_in_order(ground, order)
    rows = {place: _row(ground, place, cells, slipped, place in shown) for place in in_order}
    if not order.grouped:
        return [
            Group("", "", some, (), "", 0, sum(one.shown for one in some)) for some in batched(rows.values(), TOGETHER)
        ]
    met, groups = met_cells(ground.verdicts), []
    for district in (-1, *range(len(ground.districts))):
        places = np.flatnonzero(ground.district_of == district)
        if not len(places):
            continue
        unit = ground.districts[district] if district >= 0 else None
        inside = tuple(rows[place] for place in places.tolist())
        groups.append(
            Group(
                code=unit.code if unit else "",
                name=unit.name if unit else "",
                rows=inside,
                sums=tuple(met[places].sum(axis=0).tolist()),
                mean=decimal(mean(int(ground.met[places].sum()), int(ground.counted[places].sum())), lang, 2),
                recognised=int(ground.recognised[places].sum()),
                shown=sum(one.shown for one in inside),
            )
        )
    return groups


def batched(rows: Iterable[Row], size: int) -> Iterator[tuple[Row, ...]]:
    """The rows, so many at a time."""
    left = iter(rows)
    while some := tuple(islice(left, size)):
        yield some


def _row(ground: Ground, place: int, cells: tuple[Cell, ...], slipped: frozenset[int], shown: bool) -> Row:
    unit, met, of = ground.communes[place], ground.met_of(place), len(ground.criteria) or 1
    title = ground.titles.get(unit.id)
    return Row(
        code=unit.code,
        name=unit.name,
        cells=tuple(cells[code] for code in ground.verdicts[place].tolist()),
        met=met,
        width=f"{(met or 0) * 100 / of:.2f}%",
        title=title.year if title else None,
        district=unit.parent_code or "",
        slipped=unit.id in slipped,
        unverified=unit.id in ground.unverified,
        shown=shown,
    )
