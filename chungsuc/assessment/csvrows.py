"""Cells of a CSV to rows of figures: codes to units on their dates, texts to numbers, parts to their indicator."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from chungsuc.assessment import csvfile
from chungsuc.assessment.csvfile import Cells
from chungsuc.assessment.rules import FigureEntry, FigureRow, Level
from chungsuc.criteria.engine import CriteriaSet, Kind, Share
from chungsuc.kit.errors import Reason, Refused
from chungsuc.kit.vietnamese import fold
from chungsuc.territory import queries as territory

LEVELS = {
    **{level.value: level for level in Level},
    "tu danh gia": Level.SELF,
    "xa": Level.SELF,
    "tham tra": Level.VERIFIED,
    "huyen": Level.VERIFIED,
    "tham dinh": Level.APPRAISED,
    "tinh": Level.APPRAISED,
}


def rows_of(lines: Iterable[Cells], rules: CriteriaSet) -> tuple[list[FigureRow], list[Reason]]:
    """The rows that can be read, and what is wrong with the others. A part on a line of its own joins its indicator."""
    reader = _Reader(rules)
    rows = [row for line in lines if (row := reader.row(line)) is not None]
    parts = {part.code: (one.code, part.key) for one in rules.indicators for part in one.parts if part.code}
    return _joined(rows, parts, reader.problems), reader.problems


class _Reader:
    """Reads line after line and gathers what is wrong."""

    def __init__(self, rules: CriteriaSet) -> None:
        self.rules = rules
        self.problems: list[Reason] = []
        self.units: dict[date, Mapping[str, int]] = {}
        self.absent: dict[tuple[str, date], tuple[Reason, ...]] = {}

    def row(self, line: Cells) -> FigureRow | None:
        """One line as a row, or None with the problems noted."""
        before = len(self.problems)
        speaks_of = self._day(line)
        unit = self._unit(line, speaks_of) if speaks_of else None
        indicator = line.cells.get("indicator", "")
        if not indicator:
            self._say("csv.cell_missing", line, "indicator")
        level = self._level(line)
        entry = self._entry(line, indicator)
        recorded_at = self._moment(line)
        if len(self.problems) > before or unit is None or speaks_of is None or level is None:
            return None
        return FigureRow(
            unit,
            speaks_of,
            level,
            indicator,
            entry,
            recorded_at,
            line.cells.get("author"),
            line.cells.get("reason"),
            line.line,
        )

    def _say(self, code: str, line: Cells, column: str, given: str | None = None) -> None:
        self.problems.append(Reason(code, line=line.line, column=column, given=(given or "")[:60]))

    def _day(self, line: Cells) -> date | None:
        given = line.cells.get("at")
        if given is None:
            self._say("csv.cell_missing", line, "at")
            return None
        found = csvfile.day(given)
        if found is None:
            self._say("csv.not_a_date", line, "at", given)
        return found

    def _moment(self, line: Cells) -> object | None:
        given = line.cells.get("recorded_at")
        if given is None:
            return None
        found = csvfile.moment(given)
        if found is None:
            self._say("csv.not_a_date", line, "recorded_at", given)
        return found

    def _level(self, line: Cells) -> Level | None:
        given = line.cells.get("level", Level.SELF.value)
        found = LEVELS.get(fold(given))
        if found is None:
            self._say("csv.not_a_level", line, "level", given)
        return found

    def _unit(self, line: Cells, on: date) -> int | None:
        code = line.cells.get("unit")
        if code is None:
            self._say("csv.cell_missing", line, "unit")
            return None
        if on not in self.units:
            self.units[on] = {unit.code: unit.id for unit in territory.units_at(on)}
        known = self.units[on]
        found = known.get(code) or known.get(code.zfill(5))  # a spreadsheet eats leading zeros
        if found is None:
            self.problems += [
                Reason(reason.code, **{**reason.facts, "line": line.line, "column": "unit"})
                for reason in self._why_absent(code, on)
            ]
        return found

    def _why_absent(self, code: str, on: date) -> tuple[Reason, ...]:
        if (code, on) not in self.absent:
            try:
                territory.unit_at(code, on)
            except Refused as refused:
                self.absent[code, on] = refused.reasons
        return self.absent[code, on]

    def _entry(self, line: Cells, indicator: str) -> FigureEntry:
        known = self.rules.by_code.get(indicator)
        boolean = known is not None and known.kind is Kind.BOOLEAN
        value = self._truth(line) if boolean else self._number(line, "value", line.cells.get("value"))
        num, den = (self._number(line, name, line.cells.get(name)) for name in ("num", "den"))
        parts = {
            key: number
            for key, text in line.parts.items()
            if (number := self._number(line, f"part.{key}", text)) is not None
        }
        return FigureEntry(
            value,
            num,
            den,
            parts,
            line.cells.get("not_applicable"),
            line.cells.get("nearly_met"),
            line.cells.get("note"),
            line.cells.get("source"),
        )

    def _truth(self, line: Cells) -> bool | None:
        given = line.cells.get("value")
        found = csvfile.truth(given) if given is not None else None
        if given is not None and found is None:
            self._say("csv.not_a_mark", line, "value", given)
        return found

    def _number(self, line: Cells, column: str, given: str | None) -> Decimal | None:
        if given is None:
            return None
        found = csvfile.number(given)
        if found is None:
            self._say("csv.not_a_number", line, column, given)
        return found


def _joined(rows: list[FigureRow], parts: Mapping[str, tuple[str, str]], problems: list[Reason]) -> list[FigureRow]:
    """Lines about 17.1a and 17.1b become one row about 17.1; a part that stands twice is a problem."""
    whole: dict[tuple[object, ...], int] = {}
    found: list[FigureRow] = []
    for row in rows:
        if row.indicator not in parts:
            found.append(row)
            continue
        code, key = parts[row.indicator]
        entry = row.entry
        share = Share(entry.value, entry.num, entry.den)
        mine = (row.unit_id, row.speaks_of, row.level, code, row.recorded_at)
        place = whole.setdefault(mine, len(found))
        if place == len(found):
            found.append(_renamed(row, code, {key: share}))
        else:
            held = found[place].entry.parts
            if key in held:
                problems.append(Reason("figure.twice", line=row.line, indicator=row.indicator, speaks_of=row.speaks_of))
            found[place] = _renamed(found[place], code, {**held, key: share})
    return found


def _renamed(row: FigureRow, code: str, parts: Mapping[str, Share | Decimal]) -> FigureRow:
    entry = FigureEntry(
        parts=parts,
        not_applicable=row.entry.not_applicable,
        nearly_met=row.entry.nearly_met,
        note=row.entry.note,
        source=row.entry.source,
    )
    return FigureRow(
        row.unit_id, row.speaks_of, row.level, code, entry, row.recorded_at, row.author, row.reason, row.line
    )
