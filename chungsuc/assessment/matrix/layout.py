"""Finds the table in a sheet: where its rows begin and which column says what, by content before by wording."""

from __future__ import annotations

from collections.abc import Callable

from chungsuc.assessment.matrix import headings
from chungsuc.assessment.matrix.assignment import LOOK_COLUMNS, Assignment
from chungsuc.assessment.matrix.facts import Asked
from chungsuc.assessment.matrix.names import communes_named, district_of, is_summary
from chungsuc.assessment.matrix.shape import Layout, Said, own
from chungsuc.kit.sheets.table import Sheet
from chungsuc.territory.rules import Kind, UnitFact

_ROWS_LIMIT = 1500


def find_layout(sheet: Sheet, asked: Asked) -> Layout | None:
    """The layout, or None when the sheet holds no matrix of communes."""
    fill = {
        (row, column): (top, left)
        for top, left, bottom, right in sheet.merged
        for row in range(top, min(bottom + 1, sheet.rows))
        for column in range(left, min(right + 1, sheet.columns))
    }
    name, rows_named = _best_column(sheet, lambda text: bool(communes_named(text, asked)))
    code, rows_coded = _code_column(sheet, asked, fill, name if rows_named else None, rows_named)
    if not rows_named and len(rows_coded) < 2:
        name, rows_named = _by_header(sheet, fill)
        if not rows_named:
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


def _by_header(sheet: Sheet, fill: dict[tuple[int, int], tuple[int, int]]) -> tuple[int | None, list[int]]:
    """Where no name is known: the column that the header calls the commune's, and the first row below the header."""
    bare = Layout(sheet, 0, None, fill=fill)
    for row in range(min(sheet.rows, 30)):
        for column, text in enumerate(sheet.row_texts(row)[:LOOK_COLUMNS]):
            if headings.role_of(text) is not headings.NAME:
                continue
            rows = range(row, min(row + 3, sheet.rows))
            heads = [at for at in rows if _heads([own(bare, at, other) for other in range(sheet.columns)])]
            if heads and heads[-1] + 1 < sheet.rows:
                return column, [heads[-1] + 1]
    return None, []


def _best_column(sheet: Sheet, says: Callable[[str], bool]) -> tuple[int | None, list[int]]:
    best: tuple[int | None, list[int]] = (None, [])
    most = 0
    for column in range(min(sheet.columns, LOOK_COLUMNS)):
        rows = [row for row in range(min(sheet.rows, _ROWS_LIMIT)) if says(sheet.text(row, column))]
        # A district's name repeated on every row may be a township's name too: different texts count.
        different = len({sheet.text(row, column) for row in rows})
        if different > most:
            best, most = (column, rows), different
    return best


def _code_column(
    sheet: Sheet, asked: Asked, fill: dict[tuple[int, int], tuple[int, int]], name: int | None, named: list[int]
) -> tuple[int | None, list[int]]:
    """The column of unit codes. Four digits may be people or hectares: the header or the names beside must bear out."""
    best: tuple[int | None, list[int]] = (None, [])
    bare = Layout(sheet, 0, name, fill=fill)
    for column in (at for at in range(min(sheet.columns, LOOK_COLUMNS)) if at != name):
        texts = {row: sheet.text(row, column) for row in range(min(sheet.rows, _ROWS_LIMIT))}
        rows = [row for row, text in texts.items() if _coded(text, asked) is not None]
        if len(rows) <= len(best[1]):
            continue
        top = min(named or rows)
        above = [own(bare, row, column) for row in range(max(0, top - 14), top)]
        roles = [headings.role_of(said.text) for said in above if said.text and said.width <= 3]
        if headings.CODE in roles or _borne_out(sheet, asked, texts, name, named, rows):
            best = (column, rows)
    return best


def _borne_out(
    sheet: Sheet,
    asked: Asked,
    texts: dict[int, str],
    name: int | None,
    named: list[int],
    rows: list[int],
) -> bool:
    """Whether numbers are codes by what they say: those of the named units, or nearly all of them communes' codes."""
    if name is None:
        numbers = [text for text in texts.values() if _digits(text)]
        return len({texts[row] for row in rows}) == len(rows) and len(rows) * 5 >= len(numbers) * 4
    filled = [row for row in named if texts.get(row)]
    agree = sum(_coded(texts[row], asked) in communes_named(sheet.text(row, name), asked) for row in filled)
    return agree * 2 > len(filled)


def _digits(text: str) -> str:
    """The five digits of a code, a lost zero put back; empty where it cannot be one."""
    bare = text.strip().lstrip("'").removesuffix(".0")
    return bare.zfill(5) if bare.isdecimal() and 4 <= len(bare) <= 5 else ""


def _coded(text: str, asked: Asked) -> UnitFact | None:
    unit = asked.by_code.get(_digits(text))
    return unit if unit is not None and unit.kind is Kind.COMMUNE else None


def _read_header(layout: Layout, asked: Asked, first_unit: int) -> None:
    """Classify every column by the texts above the first unit, then find where the body begins."""
    sheet = layout.sheet
    top = max(0, first_unit - 14)
    texts: dict[int, list[Said]] = {}
    for row in range(top, first_unit):
        said = [own(layout, row, column) for column in range(sheet.columns)]
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
