"""Tables of the Word file: fixed widths, a head that every page repeats, rows that do not break."""

from __future__ import annotations

from xml.sax.saxutils import quoteattr

from chungsuc.kit.paper.data import first_align, head_groups, widths
from chungsuc.kit.paper.model import Row, Table, Words, runs
from chungsuc.kit.paper.tying import tidy
from chungsuc.kit.paper.word.xml import cell, run, sized, style_id, twips

ALIGN = {"start": "left", "middle": "center", "end": "right"}
SHADE = {"plain": "", "group": "F0F0F0", "total": "E2E2E2"}
MIDDLE = '<w:vAlign w:val="center"/>'
LAST_KEPT = 2  # so many rows before the last one stay with it
SMALL = 10  # below this size cells have narrow margins


def table_xml(table: Table, *, landscape: bool) -> str:
    """The table as XML."""
    wide = widths(table.columns, landscape=landscape)
    margin = twips(0.6 if table.size < SMALL else 1.3)
    grid = "".join(f'<w:gridCol w:w="{twips(one)}"/>' for one in wide)
    told = f"<w:tblDescription w:val={quoteattr(tidy(table.alt or table.caption))}/>"
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="{twips(sum(wide))}" w:type="dxa"/>'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar>'
        f'<w:left w:w="{margin}" w:type="dxa"/><w:right w:w="{margin}" w:type="dxa"/></w:tblCellMar>'
        f'<w:tblLook w:val="0020" w:firstRow="1" w:noHBand="1" w:noVBand="1"/>{told}</w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{_head(table, wide)}{_rows(table, wide)}</w:tbl>"
    )


def _head(table: Table, wide: list[float]) -> str:
    turned = any(one.turned for one in table.columns)
    height = f'<w:trHeight w:val="{twips(table.head_height)}" w:hRule="exact"/>' if turned else ""
    shape = f"<w:trPr><w:cantSplit/>{height}<w:tblHeader/></w:trPr>"
    groups = head_groups(table.columns)
    if not any(name for name, _ in groups):
        cells = "".join(_head_cell(table, place, wide) for place in range(len(wide)))
        return f"<w:tr>{shape}{cells}</w:tr>"
    first, place = "", 0
    for name, count in groups:
        if name:
            words = _cell_words(table.size, name, "middle", bold=True, together=True)
            first += cell(sum(wide[place : place + count]), words, span=count, more=MIDDLE)
        else:
            first += _head_cell(table, place, wide, more='<w:vMerge w:val="restart"/>')
        place += count
    empty = _cell_words(table.size, "", "middle", together=True)
    second = "".join(
        _head_cell(table, at, wide) if one.group else cell(wide[at], empty, more="<w:vMerge/>")
        for at, one in enumerate(table.columns)
    )
    return f"<w:tr>{shape}{first}</w:tr><w:tr>{shape}{second}</w:tr>"


def _head_cell(table: Table, place: int, wide: list[float], more: str = "") -> str:
    column = table.columns[place]
    how = '<w:textDirection w:val="btLr"/>' + MIDDLE if column.turned else MIDDLE
    align = "start" if column.turned else "middle"
    return cell(wide[place], _cell_words(table.size, column.head, align, bold=True, together=True), more=more + how)


def _rows(table: Table, wide: list[float]) -> str:
    """A short table stays whole, the head of a group with what follows, the last rows together."""
    last = len(table.rows) - 1
    said = []
    for number, row in enumerate(table.rows):
        together = number < last and (table.whole or row.kind == "group" or number >= last - LAST_KEPT)
        said.append(_row(table, wide, row, together=together))
    return "".join(said)


def _row(table: Table, wide: list[float], row: Row, *, together: bool) -> str:
    shade = SHADE[row.kind]
    fill = f'<w:shd w:val="clear" w:color="auto" w:fill="{shade}"/>' if shade else ""
    cells = []
    for number, words in enumerate(row.cells):
        first = number == 0
        column = 0 if first else number + row.span - 1
        span = row.span if first else 1
        align = first_align(row, table) if first else table.columns[column].align
        said = _cell_words(table.size, words, align, bold=row.kind != "plain", together=together)
        cells.append(cell(sum(wide[column : column + span]), said, span=span, more=fill + MIDDLE))
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr>"


def _cell_words(size: float, words: Words, align: str, *, bold: bool = False, together: bool = False) -> str:
    """The paragraph of a cell; the size stands at the runs, because tables of one paper differ in it."""
    inner = "".join(run(one, bold=bold, size=size) for one in runs(words) if one.text)
    around = 10 if size < SMALL else 40
    keep = "<w:keepNext/>" if together else ""
    how = f'{keep}<w:spacing w:before="{around}" w:after="{around}"/><w:jc w:val="{ALIGN[align]}"/>'
    mark = f"<w:rPr>{sized(size)}</w:rPr>"
    style = style_id("Chữ trong bảng")
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{how}{mark}</w:pPr>{inner}</w:p>'
