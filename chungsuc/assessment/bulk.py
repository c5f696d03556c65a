"""The two shapes in which many figures come: a list of rows, or a grid of units by columns.

Both answer the same questions for `load_figures`: which units and levels, what stands against them,
what of it is new against what stands in the table, and write what is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, datetime

import numpy as np

from chungsuc.assessment import checking, newest, queries, storing
from chungsuc.assessment.rules import (
    FigureFact,
    FigureGrid,
    FigureRow,
    Level,
    same_content,
    why_not_act,
    why_not_rows,
)
from chungsuc.criteria import queries as criteria
from chungsuc.criteria.engine import CriteriaSet
from chungsuc.kit.errors import Reason
from chungsuc.territory import queries as territory


class RowLoad:
    """Figures as a list of rows."""

    def __init__(self, rows: list[FigureRow], set_code: str) -> None:
        self.rows, self.set_code = rows, set_code
        self.unit_ids = tuple(dict.fromkeys(row.unit_id for row in rows))
        self.levels = {row.level for row in rows}
        self.unchanged = self.changed = 0
        self.supersedes: dict[int, int] = {}

    @property
    def fresh(self) -> int:
        """How many rows would be written."""
        return len(self.rows)

    def why_not(self, rules: CriteriaSet, *, today: date, at: datetime, history: bool) -> tuple[Reason, ...]:
        """Everything wrong with the rows, each with its line."""
        found: list[Reason] = list(_why_not_dates(rules, {(row.speaks_of, row.level) for row in self.rows}, today))
        units = {day: territory.by_ids(ids, day) for day, ids in self.touched().items()}
        for row in self.rows:
            unit = units[row.speaks_of].get(row.unit_id)
            wrong = checking.why_not_row(rules, row) + (
                checking.why_not_unit(unit, rules, row.speaks_of, unit)
                if unit
                else (Reason("figure.unit_unknown_on", unit=row.unit_id, speaks_of=row.speaks_of),)
            )
            found += checking.placed(wrong, line=row.line, unit=unit.code if unit else None, indicator=row.indicator)
        found += why_not_rows(self.rows, at=at, history=history)
        return tuple(found[: checking.SHOWN])

    def compare(self, reason: str | None) -> set[str]:
        """Drop rows that say what stands already; return the indicators changed without any reason."""
        standing: dict[tuple[date, Level], Mapping[tuple[int, str], FigureFact]] = {
            key: queries.lines_of_units(self.unit_ids, self.set_code, *key, {row.indicator for row in self.rows})
            for key in {(row.speaks_of, row.level) for row in self.rows}
        }
        fresh, unexplained = [], set()
        for row in self.rows:
            before = standing[row.speaks_of, row.level].get((row.unit_id, row.indicator))
            if before is not None and same_content(row.entry, before):
                self.unchanged += 1
                continue
            if before is not None:
                self.supersedes[len(fresh)] = before.id
                if not (row.reason or reason or "").strip():
                    unexplained.add(row.indicator)
            fresh.append(row)
        self.rows, self.changed = fresh, len(self.supersedes)
        return unexplained

    def write(self, *, batch: int, at: datetime, reason: str | None = None) -> None:
        """Copy the rows into the table."""
        storing.copy_figures(
            storing.line_of(
                row.entry,
                batch=batch,
                unit_id=row.unit_id,
                set_code=self.set_code,
                indicator=row.indicator,
                speaks_of=row.speaks_of,
                level=row.level,
                recorded_at=row.recorded_at or at,
                author=row.author,
                supersedes=self.supersedes.get(place),
                reason=row.reason or (reason if place in self.supersedes else None),
            )
            for place, row in enumerate(self.rows)
        )

    def touched(self) -> dict[date, set[int]]:
        """The units spoken about, by date."""
        found: dict[date, set[int]] = defaultdict(set)
        for row in self.rows:
            found[row.speaks_of].add(row.unit_id)
        return found


class GridLoad:
    """Figures as a grid. Where figures of the date and level stand already, those cells are compared as rows."""

    def __init__(self, grid: FigureGrid, set_code: str) -> None:
        self.grid, self.set_code = grid, set_code
        self.unit_ids = tuple(int(unit) for unit in grid.unit_ids)
        self.levels = {grid.level}
        self.rules = criteria.criteria_set(set_code)
        self.columns = _columns(self.rules)
        self.given = self._given()
        self.worded = {*grid.not_applicable, *grid.nearly_met, *grid.notes}
        self.rows: RowLoad | None = None
        self.same = 0

    @property
    def fresh(self) -> int:
        """How many figures would be written."""
        return int(self.given.sum()) + (self.rows.fresh if self.rows else 0)

    @property
    def unchanged(self) -> int:
        """How many figures say what stands already."""
        return self.same + (self.rows.unchanged if self.rows else 0)

    @property
    def changed(self) -> int:
        """How many figures change what stands."""
        return self.rows.changed if self.rows else 0

    def why_not(self, rules: CriteriaSet, *, today: date, at: datetime, history: bool) -> tuple[Reason, ...]:
        """Everything wrong with the grid, each cell with its unit and indicator."""
        units = territory.by_ids(self.unit_ids, self.grid.speaks_of)
        return _why_not_dates(rules, {(self.grid.speaks_of, self.grid.level)}, today) + checking.why_not_grid(
            rules, self.grid, units
        )

    def compare(self, reason: str | None) -> set[str]:
        """Leave out plain cells that say what stands; compare every other cell that stands already one by one."""
        codes = list(self.columns)
        standing = newest.lines_that_count(
            units=np.asarray(self.grid.unit_ids, dtype=np.int64),
            indicators=codes,
            set_code=self.set_code,
            at=self.grid.speaks_of,
            known=None,
            on=self.grid.speaks_of,
            level=self.grid.level,
        )
        both = np.zeros_like(self.given)
        same = np.zeros_like(self.given)
        both[standing["row"], standing["column"]] = True
        places = np.array([columns[0] for columns in self.columns.values()], dtype=np.intp)[standing["column"]]
        same[standing["row"], standing["column"]] = (standing["flags"] == 0) & (
            self.grid.values[standing["row"], places] == standing["value"]
        )
        if self.grid.num is not None:
            same &= np.isnan(self.grid.num[:, [columns[0] for columns in self.columns.values()]])
        for row, code in self.worded:
            same[row, codes.index(code)] = False
        both &= self.given
        same &= both
        self.same = int(same.sum())
        self.given &= ~both
        self.rows = RowLoad(
            [
                FigureRow(
                    self.unit_ids[row],
                    self.grid.speaks_of,
                    self.grid.level,
                    codes[column],
                    checking.entry_of(self.rules, self.grid, row, codes[column]),
                )
                for row, column in np.argwhere(both & ~same).tolist()
            ],
            self.set_code,
        )
        return self.rows.compare(reason)

    def write(self, *, batch: int, at: datetime, reason: str | None = None) -> None:
        """Copy the grid into the table as text, a column at a time."""
        storing.copy_text(self._chunks(batch, at))
        if self.rows:
            self.rows.write(batch=batch, at=at, reason=reason)

    def touched(self) -> dict[date, set[int]]:
        """The units that have a new figure."""
        rows = np.flatnonzero(self.given.any(axis=1)).tolist()
        found = {self.unit_ids[row] for row in rows}
        return {
            self.grid.speaks_of: found | (self.rows.touched().get(self.grid.speaks_of, set()) if self.rows else set())
        }

    def _given(self) -> np.ndarray:
        """bool[n, indicators]: cells that hold a figure or a reason why there is none."""
        values = ~np.isnan(self.grid.values)
        if self.grid.num is not None:
            values |= ~np.isnan(self.grid.num)
        given = np.stack([values[:, places].any(axis=1) for places in self.columns.values()], axis=1)
        codes = {code: place for place, code in enumerate(self.columns)}
        for row, code in self.grid.not_applicable:
            given[row, codes[code]] = True
        return given

    def _chunks(self, batch: int, at: datetime) -> Iterator[str]:
        """Rows in the order of the index (unit, then indicator), so that the index grows at its edge."""
        columns = [self._column(place, code, batch, at) for place, code in enumerate(self.columns)]
        for row in zip(*columns, strict=True):
            yield "".join(row)

    def _column(self, column: int, code: str, batch: int, at: datetime) -> list[str]:
        """One indicator's lines, by row of the grid; empty where there is nothing to write."""
        places = self.columns[code]
        lines = [""] * len(self.unit_ids)
        rows = np.flatnonzero(self.given[:, column]).tolist()
        plain = len(places) == 1 and self.rules.leaves[places[0]].part is None
        worded = {row for row, other in self.worded if other == code}
        fast = [row for row in rows if row not in worded] if plain else []
        self._fast_lines(lines, code, places[0], fast, batch, at)
        for row in sorted(set(rows) - set(fast)):
            lines[row] = self._slow_line(code, row, batch, at)
        return lines

    def _fast_lines(self, lines: list[str], code: str, place: int, rows: list[int], batch: int, at: datetime) -> None:
        middle = f"\t\\N\t{at.isoformat()}\t{self.grid.speaks_of}\t{self.grid.level.rank}\t{self.set_code}\t{code}\t"
        tail = "\t" + "\t".join(["\\N"] * 7) + "\n"
        num, den = self.grid.num, self.grid.den
        if num is None or den is None:
            counts = ["\\N\t\\N"] * len(rows)
        else:
            pairs = zip(num[rows, place].tolist(), den[rows, place].tolist(), strict=True)
            counts = [f"{_text(a)}\t{_text(b)}" for a, b in pairs]
        for row, value, pair in zip(rows, self._values(rows, place), counts, strict=True):
            lines[row] = f"{batch}\t{self.unit_ids[row]}{middle}{_text(value)}\t{pair}{tail}"

    def _values(self, rows: list[int], place: int) -> list[float]:
        """The values given; where there are only counts, their quotient."""
        values = self.grid.values[rows, place]
        if self.grid.num is not None and self.grid.den is not None:
            num, den = self.grid.num[rows, place], self.grid.den[rows, place]
            values = np.where(np.isnan(values), num * 100 / den, values)
        return values.tolist()

    def _slow_line(self, code: str, row: int, batch: int, at: datetime) -> str:
        line = storing.line_of(
            checking.entry_of(self.rules, self.grid, row, code),
            batch=batch,
            unit_id=self.unit_ids[row],
            set_code=self.set_code,
            indicator=code,
            speaks_of=self.grid.speaks_of,
            level=self.grid.level,
            recorded_at=at,
            author=None,
            supersedes=None,
            reason=None,
        )
        return "\t".join(_escaped(cell) for cell in line) + "\n"


def _columns(rules: CriteriaSet) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for place, leaf in enumerate(rules.leaves):
        found.setdefault(leaf.indicator, []).append(place)
    return found


def _text(number: float) -> str:
    return "\\N" if number != number else repr(number)


def _escaped(cell: object) -> str:
    if cell is None:
        return "\\N"
    return str(cell).replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")


def _why_not_dates(rules: CriteriaSet, acts: set[tuple[date, Level]], today: date) -> tuple[Reason, ...]:
    return tuple(
        reason
        for speaks_of, level in sorted(acts)
        for reason in why_not_act(
            speaks_of=speaks_of,
            today=today,
            in_force_from=rules.judges_from,
            level=level,
            levels=queries.levels_on(speaks_of),
        )
    )
