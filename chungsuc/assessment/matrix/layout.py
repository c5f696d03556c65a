"""Finds the table in a sheet: where its rows begin and which column says what, by content before by wording."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

from chungsuc.assessment.matrix import headings
from chungsuc.assessment.matrix.facts import Asked
from chungsuc.assessment.matrix.marks import Mark, read_mark
from chungsuc.assessment.matrix.names import communes_named, district_of, is_summary
from chungsuc.kit.errors import Reason
from chungsuc.kit.sheets.table import CellError, Sheet
from chungsuc.territory.rules import Kind

_LOOK_COLUMNS = 8  # names stand near the left edge, but not always in the first column
_ROWS_LIMIT = 1500


@dataclass
class Layout:
    """Where things stand. Rows and columns from 0; `criteria` maps a criterion to its column."""

    sheet: Sheet
    first_row: int
    name: int | None
    code: int | None = None
    district: int | None = None
    order: int | None = None
    criteria: dict[int, int] = field(default_factory=dict)
    not_met: dict[int, int] = field(default_factory=dict)
    total: int | None = None
    not_met_total: int | None = None
    title: str = ""
    guessed: dict[int, tuple[int, str]] = field(default_factory=dict)
    faults: list[tuple[Reason, int, int]] = field(default_factory=list)
    fill: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)

    def source(self, row: int, column: int) -> tuple[int, int]:
        """The cell that holds the value: the top left one of a merged block, else the cell itself."""
        return self.fill.get((row, column), (row, column))

    def text(self, row: int, column: int | None) -> str:
        """The text of a cell, merged blocks filled."""
        return "" if column is None else self.sheet.text(*self.source(row, column)).strip()


def find_layout(sheet: Sheet, asked: Asked) -> Layout | None:
    """The layout, or None when the sheet holds no matrix of communes."""
    fill = {
        (row, column): (top, left)
        for top, left, bottom, right in sheet.merged
        for row in range(top, min(bottom + 1, sheet.rows))
        for column in range(left, min(right + 1, sheet.columns))
    }
    name, rows_named = _best_column(sheet, lambda text: bool(communes_named(text, asked)))
    code, rows_coded = _best_column(sheet, lambda text: _is_code(text, asked))
    if not rows_named and len(rows_coded) < 2:
        return None
    if not rows_named:
        name = None
    if len(rows_coded) < 2 and not (rows_coded and len(rows_named) < 2):
        code = None
    first_unit = min(rows_named + (rows_coded if code is not None else []))
    layout = Layout(sheet, first_unit, name, code, fill=fill)
    _read_header(layout, asked, first_unit)
    if not layout.criteria and layout.total is None:
        return None
    return layout


def _best_column(sheet: Sheet, says: Callable[[str], bool]) -> tuple[int | None, list[int]]:
    best: tuple[int | None, list[int]] = (None, [])
    most = 0
    for column in range(min(sheet.columns, _LOOK_COLUMNS)):
        rows = [row for row in range(min(sheet.rows, _ROWS_LIMIT)) if says(sheet.text(row, column))]
        # A district's name repeated on every row may be a township's name too: different texts count.
        different = len({sheet.text(row, column) for row in rows})
        if different > most:
            best, most = (column, rows), different
    return best


def _is_code(text: str, asked: Asked) -> bool:
    bare = text.strip().lstrip("'")
    if not (bare.isdecimal() and 4 <= len(bare) <= 5):
        return False
    unit = asked.by_code.get(bare.zfill(5))
    return unit is not None and unit.kind is Kind.COMMUNE


def _read_header(layout: Layout, asked: Asked, first_unit: int) -> None:
    """Classify every column by the texts above the first unit, then find where the body begins."""
    sheet = layout.sheet
    top = max(0, first_unit - 14)
    texts: dict[int, list[Said]] = {}
    for row in range(top, first_unit):
        said = [_own(layout, row, column) for column in range(sheet.columns)]
        if any(_heads(above) for above in texts.values()) and _begins_body(layout, row, asked):
            break
        texts[row] = said
    assign = Assignment(layout, asked, texts)
    assign.run()
    last_header = max((row for row in assign.header_rows if row < first_unit), default=first_unit - 1)
    layout.first_row = last_header + 1
    first_header = min(assign.header_rows, default=first_unit)
    layout.title = " ".join(
        text for row in range(0, first_header) for text in dict.fromkeys(sheet.row_texts(row)) if text
    )


def _heads(said: list[Said]) -> bool:
    """Whether a row looks like part of the header: it names or numbers columns."""
    own = [one for one in said if one.text and one.width <= 3]
    known = sum(
        headings.label_number(one.text) is not None
        or headings.bare_number(one.text) is not None
        or headings.role_of(one.text) is not None
        for one in own
    )
    return known >= 2


def _begins_body(layout: Layout, row: int, asked: Asked) -> bool:
    """Whether the row above the first commune is a district's heading or a sum already."""
    edge = layout.name if layout.name is not None else layout.code
    texts = [layout.text(row, column) for column in range((edge or 0) + 1)]
    return any(text and (is_summary(text) or district_of(text, asked) is not None) for text in texts)


@dataclass(frozen=True, slots=True)
class Said:
    """A header text above a column; `width` is how many columns its merged block spans."""

    row: int
    text: str
    width: int
    left: int


def _own(layout: Layout, row: int, column: int) -> Said:
    top, left = layout.source(row, column)
    value = layout.sheet.value(top, left)
    text = "" if isinstance(value, CellError) else layout.sheet.text(top, left).strip()
    width = sum(1 for at in range(layout.sheet.columns) if layout.source(row, at) == (top, left)) if text else 1
    return Said(row, text, width, left)


_RESULT = {"dat", "d", "ket qua", "kq", "danh gia", "ket luan", "ket qua danh gia", "tieu chi"}
_AGAINST = {"chua dat", "chua", "khong dat", "cd", "k dat"}


class Assignment:
    """Gives each column its role. Explicit labels win over names, names over bare numbers."""

    def __init__(self, layout: Layout, asked: Asked, texts: dict[int, list[Said]]) -> None:
        self.layout, self.asked, self.texts = layout, asked, texts
        self.header_rows: set[int] = set()
        self.columns: dict[int, list[Said]] = defaultdict(list)
        for row in sorted(texts):
            for column, said in enumerate(texts[row]):
                if said.text and (not self.columns[column] or self.columns[column][-1].text != said.text):
                    self.columns[column].append(said)

    def run(self) -> None:
        """All steps, strongest evidence first."""
        taken = {self.layout.name, self.layout.code}
        self._labels(taken)
        self._names(headings.STRONG)
        self._numbers(taken)
        self._names(headings.WEAK)
        self._roles(taken)
        self._gaps()

    def _claim(self, number: int, column: int, said: Said) -> None:
        criteria = self.layout.criteria
        if number in criteria or column in criteria.values():
            return
        criteria[number] = column
        self.header_rows.add(said.row)

    def _labels(self, taken: set[int | None]) -> None:
        claims: dict[int, list[tuple[int, Said]]] = defaultdict(list)
        for column, all_said in self.columns.items():
            if column in taken:
                continue
            for said in reversed(all_said):
                number = self._label(said)
                if number is not None:
                    claims[number].append((column, said))
                    break
        for number, places in sorted(claims.items()):
            if number not in self.asked.numbers:
                column, said = places[0]
                reason = Reason("matrix.criterion_unknown", number=number, numbers=len(self.asked.numbers))
                self.layout.faults.append((reason, said.row, column))
                continue
            self._choose(number, places)

    def _label(self, said: Said) -> int | None:
        number = headings.label_number(said.text)
        if number is not None:
            return number
        pair = headings.numbered(said.text)
        if pair is None or headings.is_group(said.text):
            return None
        named = headings.best_criteria(pair[1], self.asked.criteria)
        if named and named[0][0] >= headings.STRONG and named[0][1] != pair[0]:
            return named[0][1]
        same = [known for known in self.asked.criteria if known.number == pair[0]]
        return pair[0] if same and headings.likeness(pair[1], same[0].names) >= 0.3 else None

    def _choose(self, number: int, places: list[tuple[int, Said]]) -> None:
        """One column for a criterion; under a wide label, the one that gives the result."""
        if len({said.left for _, said in places}) > 1:
            column, said = places[1]
            self.layout.faults.append((Reason("matrix.criterion_twice", number=number), said.row, column))
        result, against = None, None
        for column, said in places:
            below = headings.plain(self.columns[column][-1].text)
            if below in _RESULT:
                result = (column, said)
            elif below in _AGAINST:
                against = column
        column, said = result or places[0]
        self._claim(number, column, said)
        if result and against is not None:
            self.layout.not_met[number] = against
            self.header_rows.add(self.columns[against][-1].row)

    def _names(self, least: float) -> None:
        """Criteria by their names. Texts that span several columns name groups, unless results stand below."""
        offers: list[tuple[float, int, int, int, Said]] = []
        open_criteria = [known for known in self.asked.criteria if known.number not in self.layout.criteria]
        for column, all_said in self.columns.items():
            if column in (self.layout.name, self.layout.code) or column in self.layout.criteria.values():
                continue
            for depth, said in enumerate(reversed(all_said)):
                if said.width > 3 or (headings.is_group(said.text) and len(all_said) > 1):
                    continue
                if headings.bare_number(said.text) is not None or headings.role_of(said.text) not in (
                    None,
                    headings.OTHER,
                ):
                    continue
                for score, number in headings.best_criteria(said.text, open_criteria):
                    if score >= least:
                        offers.append((score - depth * 0.05, -said.width, -column, number, said))
        by_block: dict[tuple[int, int], list[tuple[int, Said]]] = defaultdict(list)
        for _, _, column, number, said in sorted(offers, key=lambda offer: offer[:4], reverse=True):
            if -column in self.layout.criteria.values() or not self._marklike(-column):
                continue
            if number in self.layout.criteria:
                continue
            if said.width > 1:
                by_block[(number, said.left)].append((-column, said))
            else:
                self._claim(number, -column, said)
        for (number, _), places in by_block.items():
            below = {headings.plain(self.columns[column][-1].text) for column, _ in places}
            if number not in self.layout.criteria and below & _RESULT:
                self._choose(number, sorted(places, key=lambda place: place[0]))

    def _numbers(self, taken: set[int | None]) -> None:
        """Bare numbers 1…19, unless they only count the columns of the table."""
        for row in sorted(self.texts, reverse=True):
            found = {
                column: headings.bare_number(said.text)
                for column, said in enumerate(self.texts[row])
                if said.width == 1 and headings.bare_number(said.text) is not None
            }
            if not found or self._counts_columns(found, taken):
                if found and len(found) > 3:
                    self.header_rows.add(row)
                continue
            for column, number in found.items():
                if column not in taken and number in self.asked.numbers:
                    self._claim(number, column, self.texts[row][column])

    def _counts_columns(self, found: dict[int, int | None], taken: set[int | None]) -> bool:
        if len(found) == 1 or any(column in taken for column in found):
            return True
        if len(set(found.values())) < len(found):
            return True
        known = {column: number for number, column in self.layout.criteria.items()}
        agree = sum(known[column] == number for column, number in found.items() if column in known)
        return sum(column in known for column in found) > 2 * agree

    def _roles(self, taken: set[int | None]) -> None:
        layout = self.layout
        for column, all_said in sorted(self.columns.items()):
            if column in taken or column in layout.criteria.values() or column in layout.not_met.values():
                continue
            for said in reversed(all_said):
                role = headings.role_of(said.text) if said.width <= 2 else None
                if role is headings.TOTAL and layout.total is None and self._counted(column):
                    layout.total = column
                elif role is headings.NOT_MET_TOTAL and layout.not_met_total is None:
                    layout.not_met_total = column
                elif role is headings.ORDER and layout.order is None:
                    layout.order = column
                elif role is headings.DISTRICT and layout.district is None:
                    layout.district = column
                elif role is None:
                    continue
                self.header_rows.add(said.row)
                break
        if layout.name is not None:
            self.header_rows.update(
                said.row for said in self.columns[layout.name] if headings.role_of(said.text) is headings.NAME
            )

    def _gaps(self) -> None:
        """Criteria without a column, where exactly as many marked columns stand between their neighbours."""
        criteria, numbers = self.layout.criteria, self.asked.numbers
        if len(criteria) < len(numbers) / 2:
            return
        used = set(criteria.values()) | {self.layout.total, self.layout.not_met_total, self.layout.order}
        missing = [number for number in numbers if number not in criteria]
        for run in _runs(missing):
            before, after = criteria.get(run[0] - 1), criteria.get(run[-1] + 1)
            if before is None and after is None:
                continue
            low = before + 1 if before is not None else after - len(run)  # type: ignore[operator]
            high = after if after is not None else low + len(run)
            between = list(range(low, high))
            if len(between) == len(run) and all(self._open(c, used) for c in between):
                for number, column in zip(run, between, strict=True):
                    criteria[number] = column
                    said = self.columns[column][-1].text if self.columns[column] else ""
                    self.layout.guessed[number] = (column, said)

    def _open(self, column: int, used: set[int | None]) -> bool:
        """Whether a column of the table is still without a role and holds marks."""
        there = 0 <= column < self.layout.sheet.columns and column not in used
        return there and bool(self.columns[column]) and self._marklike(column)

    def _marklike(self, column: int) -> bool:
        """Whether most cells of the column below the header read as marks."""
        sheet = self.layout.sheet
        start = self.layout.first_row
        cells = [sheet.value(row, column) for row in range(start, min(sheet.rows, start + 400))]
        filled = [value for value in cells if value is not None]
        good = sum(
            read_mark(value) is not Mark.UNREADABLE or (isinstance(value, float) and value == int(value))
            for value in filled
        )
        return good * 2 >= len(filled)

    def _counted(self, column: int) -> bool:
        """Whether the cells below are counts of criteria (0…19, `14/19`)."""
        from chungsuc.assessment.matrix.marks import read_count

        sheet = self.layout.sheet
        start = self.layout.first_row
        cells = [sheet.value(row, column) for row in range(start, min(sheet.rows, start + 400))]
        counts = [read_count(value) for value in cells if value is not None]
        return sum(count is not None for count in counts) * 2 >= len(counts) > 0


def _runs(numbers: list[int]) -> list[list[int]]:
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return runs
