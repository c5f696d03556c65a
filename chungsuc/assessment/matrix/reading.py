"""Reads a whole file as a matrix: which sheets, which mode, then every row, then the checks across rows."""

from __future__ import annotations

import re

from chungsuc.assessment.matrix.facts import Asked, MatrixRead, Under
from chungsuc.assessment.matrix.layout import find_layout
from chungsuc.assessment.matrix.marks import Mark, is_tick, read_count, read_mark, read_ratio
from chungsuc.assessment.matrix.names import communes_named, district_of
from chungsuc.assessment.matrix.rows import Walk
from chungsuc.assessment.matrix.shape import Layout
from chungsuc.assessment.matrix.totals import check_totals
from chungsuc.kit.errors import Reason, Refused, reasons, stop_if
from chungsuc.kit.sheets.delimited import stop_if_broken
from chungsuc.kit.sheets.grid import address
from chungsuc.kit.sheets.table import Book, Sheet
from chungsuc.kit.vietnamese import fold, legacy_encoding
from chungsuc.territory.rules import UnitFact


def read_matrix(book: Book, asked: Asked) -> MatrixRead:
    """Everything that can be read of a file, with every problem found and where."""
    result = MatrixRead()
    layouts = _choose(book, asked, result)
    walks = [_walk(layout, asked, result) for layout in layouts]
    if not layouts:
        if not any(problem.reason.code.startswith("sheet.") for problem in result.problems):
            result.error(Reason("matrix.not_found"), book.sheets[0].name if book.sheets else "")
        return result
    for walk in walks:
        check_totals(walk, alone=len(walks) == 1)
    _missing(walks, asked, result)
    return result


def _choose(book: Book, asked: Asked, result: MatrixRead) -> list[Layout]:
    """The sheets that hold a matrix; what is left out is said."""
    found: list[Layout] = []
    for sheet in book.sheets:
        if not sheet.kinds.any():
            continue
        if not sheet.visible:
            result.warn(Reason("matrix.hidden_sheet_left_out", sheet=sheet.name), sheet.name)
            continue
        if not _letters_whole(sheet, result):
            continue
        layout = find_layout(sheet, asked)
        if layout is None:
            if len(book.sheets) > 1:
                result.warn(Reason("matrix.sheet_left_out", sheet=sheet.name), sheet.name)
        else:
            found.append(layout)
    found = _with_marks(found, result)
    return _of_the_year(found, asked, result)


def _letters_whole(sheet: Sheet, result: MatrixRead) -> bool:
    """Refuse a sheet whose letters are in an old encoding or were lost, before anything is misread."""
    try:
        stop_if_broken("\n".join(sheet.words))
        stop_if(_spoilt_words(sheet))
    except Refused as refused:
        for reason in refused.reasons:
            result.error(reason, sheet.name)
        return False
    return True


def _spoilt_words(sheet: Sheet) -> tuple[Reason, ...]:
    """Old fonts in some columns only, or question marks where letters were lost: seen in many words, not in all."""
    words = [word for word in sheet.words if sum(letter.isalpha() for letter in word) > 2]
    old = [encoding for word in words if (encoding := legacy_encoding(word))]
    lost = sum(bool(re.search(r"[^\W\d_]\?+[^\W\d_]|\?+[^\W\d_]{2}", word)) for word in words)
    return reasons(
        (len(old) >= 3 and len(old) * 5 >= len(words), Reason("sheet.legacy_encoding", encoding=old[0] if old else "")),
        (lost >= 3 and lost * 5 >= len(words), Reason("sheet.broken_encoding")),
    )


def _with_marks(layouts: list[Layout], result: MatrixRead) -> list[Layout]:
    """Where some sheets carry marks, those with counts only merely repeat them."""
    marked = [layout for layout in layouts if layout.criteria or layout.unnamed_marks]
    if not marked:
        return layouts
    for layout in layouts:
        if not (layout.criteria or layout.unnamed_marks):
            result.warn(Reason("matrix.sheet_left_out", sheet=layout.sheet.name), layout.sheet.name)
    return marked


def _of_the_year(layouts: list[Layout], asked: Asked, result: MatrixRead) -> list[Layout]:
    """Sheets named by year: only the year asked for is read."""
    years = [_year(layout.sheet.name) for layout in layouts]
    if len(layouts) < 2 or None in years or len(set(years)) == 1 or asked.at.year not in years:
        return layouts
    for layout, year in zip(layouts, years, strict=True):
        if year != asked.at.year:
            result.warn(
                Reason("matrix.other_year_left_out", sheet=layout.sheet.name, year=asked.at.year), layout.sheet.name
            )
    return [layout for layout, year in zip(layouts, years, strict=True) if year == asked.at.year]


def _year(name: str) -> int | None:
    found = re.search(r"(?<!\d)(20\d\d)(?!\d)", name)
    return int(found[1]) if found else None


def _walk(layout: Layout, asked: Asked, result: MatrixRead) -> Walk:
    sheet = layout.sheet
    for reason, row, column in layout.faults:
        result.error(reason, sheet.name, address(row, column))
    _check_criteria(layout, asked, result)
    counts = bool(layout.criteria) and _holds_counts(layout, asked)
    if counts:
        result.warn(Reason("matrix.counts_read"), sheet.name)
    if not layout.criteria and layout.total is not None and not layout.unnamed_marks:
        result.warn(Reason("matrix.counts_only"), sheet.name, address(layout.first_row - 1, layout.total))
    _say_hidden(layout, result)
    _check_date(layout, asked, result)
    ticks = any(is_tick(word) for word in sheet.words)
    walk = Walk(layout, asked, result, counts, ticks, under=_district_of_sheet(layout, asked))
    walk.run()
    return walk


def _check_criteria(layout: Layout, asked: Asked, result: MatrixRead) -> None:
    sheet = layout.sheet.name
    for number, (column, said) in layout.guessed.items():
        reason = Reason("matrix.header_guessed", number=number, header=said[:60])
        result.warn(reason, sheet, address(layout.first_row - 1, column))
    missing = [number for number in asked.numbers if number not in layout.criteria]
    if layout.criteria and len(layout.criteria) < 3 and layout.total is not None and not layout.unnamed_marks:
        layout.criteria.clear()
    elif missing and (layout.criteria or layout.unnamed_marks):
        result.error(
            Reason("matrix.criteria_missing", numbers=missing), sheet, address(max(layout.first_row - 1, 0), 0)
        )


def _holds_counts(layout: Layout, asked: Asked) -> bool:
    """Whether cells count indicators: numbers above 1 or fractions in most columns that have several, no ticks."""
    rows = [
        row
        for row in range(layout.first_row, layout.sheet.rows)
        if communes_named(layout.text(row, layout.name), asked)
    ]
    several = [known for known in asked.criteria if known.indicators > 1 and known.number in layout.criteria]
    counted = ticks = 0
    for known in several:
        column = layout.criteria[known.number]
        cells = [layout.sheet.value(row, column) for row in rows]
        fits = [
            value
            for value in cells
            if (isinstance(value, str) and read_ratio(value)) or _counts(value, known.indicators)
        ]
        counted += len(fits) * 4 >= sum(value is not None for value in cells) > 0
        ticks += sum(
            isinstance(value, str) and read_mark(value) is Mark.MET and not read_ratio(value) for value in cells
        )
    return bool(several) and counted * 2 >= len(several) and ticks == 0


def _counts(value: object, most: int) -> bool:
    number = read_count(value) if isinstance(value, (str, float)) else None
    return isinstance(number, int) and 2 <= number <= most


def _say_hidden(layout: Layout, result: MatrixRead) -> None:
    sheet = layout.sheet
    rows = sorted(row + 1 for row in sheet.hidden_rows if layout.first_row <= row < sheet.rows)
    if rows:
        result.warn(
            Reason("matrix.hidden_rows_read", rows=rows[:20], count=len(rows)), sheet.name, address(rows[0] - 1, 0)
        )
    columns = sorted(set(layout.criteria.values()) & sheet.hidden_columns)
    if columns:
        names = [address(0, column)[:-1] for column in columns]
        result.warn(Reason("matrix.hidden_columns_read", columns=names), sheet.name, address(0, columns[0]))


def _check_date(layout: Layout, asked: Asked, result: MatrixRead) -> None:
    """A title that speaks of another year than the one asked for is worth a word."""
    title = fold(layout.title)
    years = {int(year) for year in re.findall(r"(?:nam|/|-)\s*(20\d\d)\b", title)}
    if years and asked.at.year not in years and "giai doan" not in title:
        result.warn(Reason("matrix.date_differs", title=sorted(years), at=asked.at), layout.sheet.name, "A1")


def _district_of_sheet(layout: Layout, asked: Asked) -> Under | None:
    """A sheet or a title may name the one district that its rows belong to: believed when most of them do."""
    title = fold(layout.title)
    by_name = district_of(layout.sheet.name, asked)
    named = [by_name] if by_name else [one for one in asked.districts if re.search(rf"\b{fold(one.name)}\b", title)]
    if len(named) != 1 or layout.name is None:
        return None
    parents = []
    for row in range(layout.first_row, min(layout.sheet.rows, layout.first_row + 60)):
        text = layout.text(row, layout.name)
        hits = communes_named(text, asked)
        if not hits and district_of(text, asked):
            break  # from here on the table's own heads say which district it is
        if hits:
            parents.append({unit.parent_code for unit in hits})
    inside = sum(named[0].code in found for found in parents)
    return Under(named[0].name, frozenset({named[0].code})) if inside * 2 > len(parents) else None


def _missing(walks: list[Walk], asked: Asked, result: MatrixRead) -> None:
    """Communes in force that the file does not have: of the province, or of the one district it speaks of."""
    there = {read.unit.code for read in result.units.values()} | result.spoilt
    known = {unit.code: unit for unit in asked.units}
    provinces = {_province(known[code], known) for code in there if code in known}
    wanted = [unit for unit in asked.communes if not provinces or _province(unit, known) in provinces]
    districts = {known[code].parent_code for code in there if code in known}
    if len(districts) == 1 and len({unit.parent_code for unit in wanted}) > 1:
        count = len(wanted)
        wanted = [unit for unit in wanted if unit.parent_code in districts]
        told = Reason("matrix.one_district_only", name=wanted[0].parent_name or "", count=count)
        result.warn(told, walks[0].layout.sheet.name)
    for unit in wanted:
        if unit.code not in there:
            district = unit.parent_name or ""
            result.warn(
                Reason("matrix.unit_missing", name=unit.name, code=unit.code, district=district),
                walks[0].layout.sheet.name,
            )


def _province(unit: UnitFact, known: dict[str, UnitFact]) -> str:
    while unit.parent_code in known:
        unit = known[unit.parent_code]
    return unit.code
