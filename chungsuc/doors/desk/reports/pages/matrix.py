"""The matrix page: communes down, criteria across, grouped by district, sums below."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from chungsuc.doors.desk.reports.forms import Asked, Choice
from chungsuc.doors.desk.reports.pages.frame import Frame, decimal, frame
from chungsuc.doors.desk.reports.pages.matrix_order import FILTERS, PLAIN, Order, chosen_rows
from chungsuc.kit.catalogue import text
from chungsuc.reports.rules import VERDICTS, Basis, Ground, mean, met_cells


@dataclass(frozen=True, slots=True)
class Column:
    """A criterion as a column: its number, its name, how many communes meet it."""

    number: int
    name: str
    met: int

    @property
    def sort(self) -> str:
        """How the address asks for communes that lack it first."""
        return f"c{self.number}"


@dataclass(frozen=True, slots=True)
class Cell:
    """One mark: the verdict as a word of the code, and as people say it."""

    verdict: str
    said: str


@dataclass(frozen=True, slots=True)
class Row:
    """One commune. `width`: its count as a share of all criteria, in percent, for the bar."""

    code: str
    name: str
    cells: tuple[Cell, ...]
    met: int | None
    width: str
    title: int | None
    counted_only: bool
    district: str = ""
    parent: str = ""
    slipped: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """The communes of one district with its sums; `name` empty where communes stand under the province."""

    code: str
    name: str
    rows: tuple[Row, ...]
    sums: tuple[int, ...]
    mean: str
    recognised: int


@dataclass(frozen=True)
class MatrixPage:
    """Everything the template needs."""

    frame: Frame
    columns: tuple[Column, ...]
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


def matrix_page(
    ground: Ground, asked: Asked, lang: str, order: Order = PLAIN, slipped: frozenset[int] = frozenset()
) -> MatrixPage:
    """The page of one ground; `slipped` are the units that lost criteria since the end of last year."""
    met = met_cells(ground.verdicts)
    cells = tuple(Cell(verdict.value, text(f"verdict.{verdict.value}", lang)) for verdict in VERDICTS)
    sums = met.sum(axis=0).tolist() if len(ground.communes) else [0] * len(ground.criteria)
    rows = chosen_rows(ground, order, slipped)
    return MatrixPage(
        frame=frame(
            asked, ground.made, place="matrix", unit=ground.unit, lang=lang, notes=ground.notes, above=ground.above
        ),
        columns=tuple(
            Column(one.number, one.name(lang), count) for one, count in zip(ground.criteria, sums, strict=True)
        ),
        groups=tuple(_groups(ground, met, cells, lang, rows, order, slipped)),
        of=len(ground.criteria),
        communes=len(ground.communes),
        mean=decimal(mean(int(ground.met.sum()), int(ground.counted.sum())), lang, 2),
        recognised=int(ground.recognised.sum()),
        legend=tuple(cells[code] for code in _legend_order()),
        order=order,
        filters=tuple(
            Choice(name, text(f"desk.matrix.only.{name or 'all'}", lang), name == order.only) for name in FILTERS
        ),
        sorts=_sorts(ground, order, lang),
        districts=tuple(Choice(one.code, one.name, one.code == order.district) for one in ground.districts),
        shown=len(rows),
    )


def _sorts(ground: Ground, order: Order, lang: str) -> tuple[Choice, ...]:
    plain = [("", "desk.matrix.sort.district"), ("name", "desk.matrix.sort.name"), ("met", "desk.matrix.sort.met")]
    choices = [Choice(key, text(word, lang), key == order.sort) for key, word in plain]
    choices.append(Choice("short", text("desk.matrix.sort.short", lang), order.sort == "short"))
    choices += [
        Choice(f"c{one.number}", f"{one.number}. {one.name(lang)}", order.sort == f"c{one.number}")
        for one in ground.criteria
    ]
    return tuple(choices)


def _legend_order() -> list[int]:
    order = ("met", "nearly_met", "not_met", "not_applicable", "no_figure", "no_threshold")
    return [next(code for code, verdict in enumerate(VERDICTS) if verdict.value == name) for name in order]


def _groups(
    ground: Ground,
    met: np.ndarray,
    cells: tuple[Cell, ...],
    lang: str,
    rows: list[int],
    order: Order,
    slipped: frozenset[int],
) -> list[Group]:
    if not order.grouped:
        flat = tuple(_row(ground, row, cells, slipped) for row in rows)
        return [Group(code="", name="", rows=flat, sums=(), mean="", recognised=0)] if flat else []
    groups = []
    wanted = np.array(rows, dtype=np.int64)
    for district in (-1, *range(len(ground.districts))):
        places = wanted[ground.district_of[wanted] == district] if len(wanted) else wanted
        if not len(places):
            continue
        unit = ground.districts[district] if district >= 0 else None
        groups.append(
            Group(
                code=unit.code if unit else "",
                name=unit.name if unit else "",
                rows=tuple(_row(ground, int(place), cells, slipped) for place in places),
                sums=tuple(met[places].sum(axis=0).tolist()),
                mean=decimal(mean(int(ground.met[places].sum()), int(ground.counted[places].sum())), lang, 2),
                recognised=int(ground.recognised[places].sum()),
            )
        )
    return groups


def _row(ground: Ground, place: int, cells: tuple[Cell, ...], slipped: frozenset[int]) -> Row:
    unit, met, of = ground.communes[place], ground.met_of(place), len(ground.criteria) or 1
    title = ground.titles.get(unit.id)
    return Row(
        code=unit.code,
        name=unit.name,
        cells=tuple(cells[code] for code in ground.verdicts[place].tolist()),
        met=met,
        width=f"{(met or 0) * 100 / of:.2f}%",
        title=title.year if title else None,
        counted_only=bool(ground.basis[place] == Basis.COUNT),
        district=unit.parent_code or "",
        parent=unit.parent_name or "",
        slipped=unit.id in slipped,
    )
