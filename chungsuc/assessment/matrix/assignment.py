"""Gives each column of a table its role, by the words above it and by what stands below."""

from __future__ import annotations

import re
from collections import defaultdict

from chungsuc.assessment.matrix import headings
from chungsuc.assessment.matrix.facts import Asked
from chungsuc.assessment.matrix.marks import Mark, read_count, read_mark
from chungsuc.assessment.matrix.names import district_of
from chungsuc.assessment.matrix.shape import Layout, Said
from chungsuc.kit.errors import Reason

LOOK_COLUMNS = 8  # names stand near the left edge, but not always in the first column
_RESULT = {"dat", "d", "ket qua", "kq", "danh gia", "ket luan", "ket qua danh gia", "tieu chi"}
_AGAINST = {"chua dat", "chua", "khong dat", "cd", "k dat"}


class Assignment:
    """Gives each column its role. Explicit labels win over names, names over bare numbers."""

    def __init__(self, layout: Layout, asked: Asked, texts: dict[int, list[Said]]) -> None:
        self.layout, self.asked, self.texts = layout, asked, texts
        self.header_rows: set[int] = set()
        self.number_rows: set[int] = set()  # rows whose bare numbers are the criteria's
        self.columns: dict[int, list[Said]] = defaultdict(list)
        for row in sorted(texts):
            for column, said in enumerate(texts[row]):
                if said.text and (not self.columns[column] or self.columns[column][-1].text != said.text):
                    self.columns[column].append(said)

    def run(self) -> None:
        """All steps, strongest evidence first."""
        taken = {self.layout.name, self.layout.code}
        self._labels(taken)
        self._romans(taken)
        self._names(headings.STRONG)
        self._numbers(taken)
        self._names(headings.WEAK)
        self._roles(taken)
        self._contradictions(taken)
        self._gaps()
        self.layout.unnamed_marks = self._unnamed(taken)

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
                # Numbers that all differ count the columns of the table; marks 1 and 0 of a row do not.
                if len(found) > 3 and len(set(found.values())) == len(found):
                    self.header_rows.add(row)
                continue
            self.number_rows.add(row)
            for column, number in found.items():
                if column not in taken and number in self.asked.numbers:
                    self._claim(number, column, self.texts[row][column])

    def _romans(self, taken: set[int | None]) -> None:
        """Roman numbers I…XIX, where a row has too many of them to name groups."""
        for row, all_said in self.texts.items():
            found = {
                column: headings.roman_number(said.text) for column, said in enumerate(all_said) if said.width == 1
            }
            numbers = {column: number for column, number in found.items() if number and column not in taken}
            if len(numbers) * 2 > len(self.asked.numbers) and len(set(numbers.values())) == len(numbers):
                for column, number in numbers.items():
                    if number in self.asked.numbers:
                        self._claim(number, column, self.texts[row][column])

    def _counts_columns(self, found: dict[int, int | None], taken: set[int | None]) -> bool:
        if len(found) == 1 or any(column in taken for column in found):
            return True
        different = set(found.values())
        if len(different) < len(found) and len(different & set(self.asked.numbers)) * 2 <= len(self.asked.numbers):
            return True  # marks 1 and 0; a header that doubles one number still has most of them
        known = {column: number for number, column in self.layout.criteria.items()}
        agree = sum(known[column] == number for column, number in found.items() if column in known)
        return sum(column in known for column in found) > 2 * agree

    def _contradictions(self, taken: set[int | None]) -> None:
        """Columns of marks that say a criterion which has its column already, or one that the set does not have."""
        layout = self.layout
        used = {*taken, *layout.criteria.values(), *layout.not_met.values()}
        used |= {layout.total, layout.not_met_total, layout.order, layout.district}
        for column, all_said in self.columns.items():
            if column in used or not self._only_marks(column):
                continue
            told = {fault[0].facts["number"] for fault in layout.faults}
            number, said = self._says(all_said)
            if number is None or said is None or number in told:
                continue
            if number in layout.criteria:
                layout.faults.append((Reason("matrix.criterion_twice", number=number), said.row, column))
            elif number not in self.asked.numbers and len(self._close(all_said)) == 1:
                reason = Reason("matrix.criterion_unknown", number=number, numbers=len(self.asked.numbers))
                layout.faults.append((reason, said.row, column))

    def _close(self, all_said: list[Said]) -> list[Said]:
        """The texts that speak of the column itself, not of a block that it stands in."""
        return [said for said in all_said if said.width == 1]

    def _says(self, all_said: list[Said]) -> tuple[int | None, Said | None]:
        """The criterion that a header names beyond doubt: by a label, by its number, by its name."""
        for said in reversed(self._close(all_said)):
            number = self._label(said)
            if number is None and said.row in self.number_rows:
                number = headings.bare_number(said.text)
            if number is None and headings.role_of(said.text) is None and headings.bare_number(said.text) is None:
                named = headings.best_criteria(said.text, self.asked.criteria)
                number = named[0][1] if named and named[0][0] >= headings.STRONG else None
            if number is not None:
                return number, said
        return None, None

    def _unnamed(self, taken: set[int | None]) -> bool:
        """Whether many columns of marks stand without a criterion: then the table has more than totals."""
        layout = self.layout
        used = {*taken, layout.total, layout.not_met_total, layout.order, layout.district}
        free = [column for column in range(layout.sheet.columns) if column not in used and self._only_marks(column)]
        return len(layout.criteria) < 3 and len(free) * 3 > len(self.asked.numbers)

    def _roles(self, taken: set[int | None]) -> None:
        layout = self.layout
        totals: list[tuple[int, Said, bool]] = []
        for column, all_said in sorted(self.columns.items()):
            if column in taken or column in layout.criteria.values() or column in layout.not_met.values():
                continue
            for said in reversed(all_said):
                role = headings.role_of(said.text)
                if said.width > 2 and role not in (headings.TOTAL, None):
                    continue
                if role is headings.TOTAL and self._counted(column):
                    totals.append((column, said, said.width > 2))
                elif not self._other_role(role, column):
                    continue
                self.header_rows.add(said.row)
                break
        self._total(totals)
        if layout.name is not None:
            self.header_rows.update(
                said.row for said in self.columns[layout.name] if headings.role_of(said.text) is headings.NAME
            )
        if layout.district is None:
            layout.district = self._district_by_content(taken)

    def _other_role(self, role: headings.Role | None, column: int) -> bool:
        layout = self.layout
        if role is headings.NOT_MET_TOTAL and layout.not_met_total is None:
            layout.not_met_total = column
        elif role is headings.ORDER and layout.order is None:
            layout.order = column
        elif role is headings.DISTRICT and layout.district is None:
            layout.district = column
        return role is not None

    def _total(self, totals: list[tuple[int, Said, bool]]) -> None:
        """One column of totals. Where columns are named by year, that of the year asked for."""
        years = {column: self._year(column) for column, _, _ in totals}
        fitting = [column for column in years if years[column] == self.asked.at.year]
        plain = [column for column, _, wide in totals if years[column] is None and not wide]
        self.layout.total = next(iter(fitting or plain), None)
        for column in years:
            if years[column] is not None:
                self.header_rows.update(said.row for said in self.columns[column])

    def _year(self, column: int) -> int | None:
        texts = " ".join(said.text for said in self.columns[column] if said.width <= 2)
        found = re.findall(r"(?<!\d)20\d\d(?!\d)", texts)
        return int(found[-1]) if found else None

    def _district_by_content(self, taken: set[int | None]) -> int | None:
        """A column whose cells are districts, whatever its header."""
        sheet, start = self.layout.sheet, self.layout.first_row
        for column in range(min(sheet.columns, LOOK_COLUMNS)):
            if column in taken or column in (self.layout.order, self.layout.total):
                continue
            texts = [text for row in range(start, min(sheet.rows, start + 400)) if (text := sheet.text(row, column))]
            if texts and sum(district_of(text, self.asked) is not None for text in texts) * 5 >= len(texts) * 4:
                return column
        return None

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
            if len(between) == len(run) and all(map(self._open, between, [used] * len(run), run)):
                for number, column in zip(run, between, strict=True):
                    criteria[number] = column
                    said = self.columns[column][-1].text if self.columns[column] else ""
                    self.layout.guessed[number] = (column, said)

    def _open(self, column: int, used: set[int | None], missing: int) -> bool:
        """Whether a column is still without a role, holds marks and says nothing against being that criterion."""
        there = 0 <= column < self.layout.sheet.columns and column not in used
        if not there or not self.columns[column] or not self._marklike(column):
            return False
        number, _ = self._says(self.columns[column])
        return number is None or number == missing  # what has a meaning is never guessed into another

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

    def _only_marks(self, column: int) -> bool:
        """Whether marks stand below the header, and next to nothing else."""
        sheet = self.layout.sheet
        start = self.layout.first_row
        cells = [sheet.value(row, column) for row in range(start, min(sheet.rows, start + 400))]
        filled = [value for value in cells if value is not None and value != ""]
        read = [read_mark(value) for value in filled]
        return Mark.MET in read and sum(mark is not Mark.UNREADABLE for mark in read) * 10 >= len(read) * 9

    def _counted(self, column: int) -> bool:
        """Whether the cells below are counts of criteria (0…19, `14/19`)."""
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
