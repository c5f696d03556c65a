"""Walks the rows below the header: districts head groups, communes are read, sums are kept for checking."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from chungsuc.assessment.matrix import headings
from chungsuc.assessment.matrix.facts import Asked, MatrixRead, Under, UnitRead
from chungsuc.assessment.matrix.marks import Mark, read_count, read_mark, read_ratio
from chungsuc.assessment.matrix.names import (
    bare_heading,
    communes_named,
    district_of,
    is_foot,
    is_province,
    is_remark,
    is_section,
    is_summary,
    looks_like_name,
    says_district,
    tidy,
)
from chungsuc.assessment.matrix.shape import Layout
from chungsuc.assessment.matrix.units import Resolved, resolve
from chungsuc.kit.errors import Reason
from chungsuc.kit.sheets.grid import address
from chungsuc.kit.sheets.table import CellError, Value
from chungsuc.territory.rules import Kind, UnitFact


@dataclass(frozen=True)
class Summary:
    """A row that sums others up: where, in which group it stands, whether it heads it, what it is called."""

    row: int
    group: int
    heads: bool
    text: str


@dataclass
class Walk:
    """One pass over a sheet's body. `groups[i]` are the rows read under the i-th heading (0: before any)."""

    layout: Layout
    asked: Asked
    result: MatrixRead
    counts_mode: bool
    ticks: bool = False
    under: Under | None = None
    groups: list[list[UnitRead]] = field(default_factory=lambda: [[]])
    spoilt: set[int] = field(default_factory=set)
    summaries: list[Summary] = field(default_factory=list)
    pending: list[tuple[int, str]] = field(default_factory=list)
    rows: dict[str, int] = field(default_factory=dict)

    def run(self) -> None:
        """Read every row; problems go to the result."""
        for row in range(self.layout.first_row, self.layout.sheet.rows):
            self._row(row)

    def _where(self, row: int, column: int | None) -> tuple[str, str]:
        return self.layout.sheet.name, address(row, column or 0)

    def _row(self, row: int) -> None:
        layout = self.layout
        name, code = layout.text(row, layout.name), layout.text(row, layout.code).lstrip("'")
        code = re.sub(r"\.0$", "", code)
        code = code.zfill(5) if code.isdecimal() and 4 <= len(code) <= 5 else ""
        lead = self._lead(row)
        if not (name or code) and not is_summary(lead) and self._nameless(row):
            return
        if not (name or code or lead):
            return
        if is_remark(name or lead) and row > self._last_unit() and not self._speaks(row):
            return
        if layout.source(row, layout.name or 0)[0] != row and not self._has_marks(row):
            return  # the lower half of a name's merged cell
        self._district_beside(row)
        found = resolve(name, code, self.asked, self.under)
        if found.unit is None and found.reason is None and self._repeats_header(row, name or lead):
            return
        if found.unit is not None and not self._heading_rather(found, name, lead, row):
            self._unit(row, found, name)
        elif self._is_heading(name or lead) or self._is_heading(lead):
            self._heading(row, name if self._is_heading(name) else lead)
        elif is_summary(name or lead) or is_summary(lead) or is_province(name or lead, self.asked):
            self._summary(row, name or lead, heads=False)
        elif is_section(name or lead):
            self._section(row, name or lead)
        elif name or code:
            self._unresolved(row, name, code, found)

    def _lead(self, row: int) -> str:
        """The first text at or left of the name's column: headings often stand in the numbering column."""
        layout = self.layout
        edge = max(column for column in (layout.name, layout.code, 0) if column is not None)
        beside = {layout.district, layout.code} if layout.text(row, layout.name) else set()
        for column in (at for at in range(edge + 1) if at not in beside):
            text = layout.text(row, column)
            if len(text) > 3 and not re.fullmatch(r"[\d\s.,]+", text):
                return text
        return layout.text(row, layout.name)

    def _district_beside(self, row: int) -> None:
        """The district of a column of its own, kept from the row above where the cell is empty."""
        text = self.layout.text(row, self.layout.district)
        if text and not is_summary(text):
            district = district_of(text, self.asked)
            self.under = Under(district.name, frozenset({district.code})) if district else self._former(text)

    def _former(self, text: str) -> Under | None:
        codes = self.asked.past.district(bare_heading(text))
        return Under(bare_heading(text), codes) if codes else None

    def _heading_rather(self, found: Resolved, name: str, lead: str, row: int) -> bool:
        """A district may bear the name of a township: it is a heading unless a commune is meant."""
        if found.by_code or found.unit is None:
            return False
        if says_district(name) or says_district(lead):
            return district_of(name, self.asked) is not None or district_of(lead, self.asked) is not None
        district = district_of(name, self.asked)
        if district is None or found.unit.kind is Kind.COMMUNE or found.kind_written:
            return False
        order = self.layout.text(row, self.layout.order)
        same = self.under is not None and district.code in self.under.codes
        return not same or bool(re.fullmatch(r"[IVXLC]+\.?|[A-Z]\.?", order))

    def _is_heading(self, text: str) -> bool:
        return bool(text) and (says_district(text) or district_of(text, self.asked) is not None)

    def _heading(self, row: int, text: str) -> None:
        district = district_of(text, self.asked)
        if district and self.under and self.under.codes == {district.code} and self.groups[-1] and self._has_marks(row):
            self._summary(row, text, heads=False)  # the district's name again, below its communes
            return
        self.under = Under(district.name, frozenset({district.code})) if district else self._former(text)
        if district is None:
            known = self.asked.past.district(bare_heading(text)) is not None
            where = self._where(row, self.layout.name)
            if known:
                self.result.warn(Reason("matrix.district_not_in_force", name=tidy(text), on=self.asked.at), *where)
            else:
                self.result.error(Reason("matrix.unknown_district", name=tidy(text), on=self.asked.at), *where)
        self.groups.append([])
        if any(self._number_at(row, column) is not None for column in self._counted_columns()):
            self._summary(row, text, heads=True)

    def _counted_columns(self) -> list[int]:
        layout = self.layout
        total = [layout.total] if layout.total is not None else []
        return [*layout.criteria.values(), *total]

    def _number_at(self, row: int, column: int) -> int | float | None:
        return read_count(self.layout.sheet.value(row, column))

    def _summary(self, row: int, text: str, *, heads: bool) -> None:
        self.summaries.append(Summary(row, len(self.groups) - 1, heads, tidy(text)))
        self.result.warn(
            Reason("matrix.summary_row_ignored", name=tidy(text)[:80], row=row + 1), *self._where(row, self.layout.name)
        )

    def _section(self, row: int, text: str) -> None:
        """The head of a section that is no district; with numbers in it, it is a sum."""
        if any(self._number_at(row, column) is not None for column in self._counted_columns()):
            self._summary(row, text, heads=False)

    def _repeats_header(self, row: int, name: str) -> bool:
        """The header printed again on each page, or the row that numbers the columns."""
        layout = self.layout
        if re.fullmatch(r"\(?(?:[A-Za-z]|\d{1,2})\)?", name) or headings.role_of(name) is headings.NAME:
            same = sum(
                headings.bare_number(layout.text(row, column)) is not None
                or headings.label_number(layout.text(row, column)) == number
                or headings.likeness(layout.text(row, column), self._names_of(number)) > 0.7
                for number, column in layout.criteria.items()
                if layout.text(row, column)
            )
            filled = sum(bool(layout.text(row, column)) for column in layout.criteria.values())
            return not layout.criteria or same * 2 >= filled
        return False

    def _names_of(self, number: int) -> tuple[str, ...]:
        return next(known.names for known in self.asked.criteria if known.number == number)

    def _has_marks(self, row: int) -> bool:
        """Whether anything stands in the columns of criteria or of the total."""
        return any(self.layout.text(row, column) for column in self._counted_columns())

    def _unresolved(self, row: int, name: str, code: str, found: Resolved) -> None:
        """A row with a name that no unit bears: an error where a unit was meant, else left aside."""
        order = self.layout.text(row, self.layout.order)
        numbered = bool(re.fullmatch(r"\d{1,4}\.?", order)) or bool(re.match(r"\d{1,3}\s*[.)]\s*\D", name))
        marked = self._speaks(row) if row > self._last_unit() else self._has_marks(row)
        meant = marked or numbered or bool(code) or found.kind_written
        if not meant and (is_foot(name) or not looks_like_name(name) or row > self._last_row()):
            return
        self.spoilt.add(len(self.groups) - 1)
        column = self.layout.name if name else self.layout.code
        reason = found.reason or self.asked.past.why_absent(tidy(name), code or None, self.under)
        self.result.error(reason, *self._where(row, column))

    def _nameless(self, row: int) -> bool:
        """Says that a row has marks but no name: somebody's work would be lost. Sums and legends are let be."""
        values = self._own_values(row)
        read = [read_mark(value) for value in values]
        words = sum(
            mark is Mark.MET and not isinstance(value, float) and not str(value).strip().isdecimal()
            for value, mark in zip(values, read, strict=True)
        )
        ones = sum(mark is Mark.MET for mark in read)
        total = self._number_at(row, self.layout.total) if self.layout.total is not None else None
        order = bool(re.fullmatch(r"\d{1,4}\.?", self.layout.text(row, self.layout.order)))
        few = 1 if order and row < self._last_unit() else 3
        numbers = len(values) * 2 > len(self.layout.criteria) and (order or (total == ones and not self._adds_up(row)))
        if Mark.UNREADABLE in read or self.layout.not_met or not (words >= few or (numbers and ones)):
            return False
        self.spoilt.add(len(self.groups) - 1)
        self.result.error(Reason("matrix.marks_without_name", count=ones), *self._where(row, self.layout.name))
        return True

    def _adds_up(self, row: int) -> bool:
        """Whether the numbers of a row are the sums of its group so far."""
        group = self.groups[-1]
        return not group or all(
            self._number_at(row, column) in (None, sum(read.met.get(number, False) for read in group))
            for number, column in self.layout.criteria.items()
        )

    def _own_values(self, row: int) -> list[Value]:
        """What stands in the row's own cells under the criteria; blanks left out."""
        columns = self.layout.criteria.values()
        values = [self.layout.sheet.value(row, column) for column in columns]
        return [value for value in values if value is not None and str(value).strip()]

    def _speaks(self, row: int) -> bool:
        """Whether a row below the last unit still means one: readable marks, or most columns filled."""
        values = self._own_values(row)
        readable = sum(read_mark(value) is not Mark.UNREADABLE or read_count(value) is not None for value in values)
        total = self.layout.total is not None and self._number_at(row, self.layout.total) is not None
        remark = is_remark(self.layout.text(row, self.layout.name))
        return total or readable > (2 if remark else 0) or len(values) * 2 > len(self.layout.criteria) > 0

    def _last_unit(self) -> int:
        """The last row that bears a unit's name or code, or sums others up."""
        if "unit" not in self.rows:
            layout = self.layout
            last = layout.first_row
            for row in range(layout.first_row, layout.sheet.rows):
                name = layout.text(row, layout.name)
                known = communes_named(name, self.asked) and not is_remark(name)
                if known or layout.text(row, layout.code) or (is_summary(name) and self._has_marks(row)):
                    last = row
            self.rows["unit"] = last
        return self.rows["unit"]

    def _last_row(self) -> int:
        """The last row that says anything by marks or numbers."""
        if "last" not in self.rows:
            rows = range(self.layout.sheet.rows - 1, self.layout.first_row - 1, -1)
            self.rows["last"] = next((row for row in rows if self._speaks(row)), self.layout.sheet.rows)
        return self.rows["last"]

    def _unit(self, row: int, found: Resolved, name: str) -> None:
        unit = found.unit
        assert unit is not None
        where = self._where(row, self.layout.name if name else self.layout.code)
        for reason in found.warnings:
            self.result.warn(reason, *where)
        if found.reason is not None:
            self.spoilt.add(len(self.groups) - 1)
            self.result.spoilt.add(unit.code)
            self.result.error(found.reason, *where)
            return
        counts = unit.kind is Kind.COMMUNE
        if not counts:
            self.result.warn(Reason("matrix.not_in_programme", name=unit.name, code=unit.code), *where)
        read = self._marks(row, unit, counts)
        twice = counts and self._stood_before(unit, where)
        if read is None:
            self.spoilt.add(len(self.groups) - 1)
            self.result.spoilt.add(unit.code)
            return
        self.groups[-1].append(read)
        if counts and not twice:
            self.result.units[unit.code] = read

    def _stood_before(self, unit: UnitFact, where: tuple[str, str]) -> bool:
        """Says that a unit stands a second time, whether or not its marks could be read."""
        first = self.result.places.setdefault(unit.code, here := f"{where[0]}!{where[1]}".lstrip("!"))
        if first == here:
            return False
        self.spoilt.add(len(self.groups) - 1)
        self.result.error(Reason("matrix.unit_twice", name=unit.name, code=unit.code, first=first), *where)
        return True

    def _marks(self, row: int, unit: UnitFact, counts: bool) -> UnitRead | None:
        layout = self.layout
        met: dict[int, bool] = {}
        wrong = False
        for number, column in sorted(layout.criteria.items()):
            answer = self._mark(row, number, column, loud=counts)
            if answer is None:
                wrong = True
            else:
                met[number] = answer
        cell = address(row, layout.name if layout.name is not None else layout.code or 0)
        if layout.criteria:
            count = sum(met.values())
            if counts and not wrong and not self._has_marks(row):
                self.result.warn(Reason("matrix.empty_row", name=unit.name), layout.sheet.name, cell)
            return None if wrong else UnitRead(unit, met, count, layout.sheet.name, row, cell, counts)
        return self._count_only(row, unit, cell, counts)

    def _count_only(self, row: int, unit: UnitFact, cell: str, counts: bool) -> UnitRead | None:
        layout = self.layout
        assert layout.total is not None
        count = self._number_at(row, layout.total)
        if not isinstance(count, int) or not 0 <= count <= len(self.asked.numbers):
            if counts:
                shown = layout.text(row, layout.total) or "∅"
                reason = Reason("matrix.unreadable_count", name=unit.name, found=shown, most=len(self.asked.numbers))
                self.result.error(reason, *self._where(row, layout.total))
            return None
        return UnitRead(unit, {}, count, layout.sheet.name, row, cell, counts)

    def _mark(self, row: int, number: int, column: int, *, loud: bool) -> bool | None:
        """One mark; None when unreadable (said aloud only for units that count)."""
        place = self.layout.source(row, column)
        value = self.layout.sheet.value(*place)
        mark = self._counted_mark(value, number) if self.counts_mode else read_mark(value)
        mark = Mark.UNREADABLE if mark is Mark.CROSS and not self.ticks else mark
        against = self.layout.not_met.get(number)
        if against is not None and mark is not Mark.UNREADABLE:
            other = read_mark(self.layout.sheet.value(row, against))
            if other is Mark.UNREADABLE or (other is Mark.MET and mark is Mark.MET):
                mark, place = Mark.UNREADABLE, (row, against)
        if self._formula_like(place) or mark is Mark.UNREADABLE:
            if loud:
                self._unreadable(value, number, place)
            return None
        if mark is Mark.NEARLY and loud:
            self.result.warn(Reason("matrix.nearly_met", number=number), self.layout.sheet.name, address(*place))
        return mark is Mark.MET

    def _formula_like(self, place: tuple[int, int]) -> bool:
        return place in self.layout.sheet.percent

    def _unreadable(self, value: object, number: int, place: tuple[int, int]) -> None:
        sheet = self.layout.sheet
        if isinstance(value, CellError):
            code = "matrix.formula_error" if value.text else "matrix.formula_without_value"
            self.result.error(Reason(code, number=number, found=value.text), sheet.name, address(*place))
            return
        shown = (
            f"{float(value) * 100:g}%" if place in sheet.percent and isinstance(value, float) else sheet.text(*place)
        )
        self.result.error(
            Reason("matrix.unreadable_mark", number=number, found=shown[:40]), sheet.name, address(*place)
        )

    def _counted_mark(self, value: object, number: int) -> Mark:
        """In a matrix of counts: met when all indicators of the criterion are met."""
        ratio = read_ratio(value) if isinstance(value, str) else None
        if ratio:
            return Mark.MET if ratio[0] == ratio[1] else Mark.NOT_MET
        count = read_count(value)  # type: ignore[arg-type]
        if value is None or count == 0:
            return Mark.NOT_MET
        most = next(known.indicators for known in self.asked.criteria if known.number == number)
        if not isinstance(count, int) or count > most:
            return Mark.UNREADABLE
        return Mark.MET if count == most else Mark.NOT_MET
