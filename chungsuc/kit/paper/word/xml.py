"""WordprocessingML by hand: paragraphs, runs and cells as strings, parsed once. Quick also for thousands of cells."""

from __future__ import annotations

from xml.sax.saxutils import escape

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement

from chungsuc.kit.paper.model import Run, Words, runs
from chungsuc.kit.paper.tying import tidy

PAGE_FIELD = "\x00page"  # no text has a NUL: `tidy` takes it away
_PAGE = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>2</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
)


def named(name: str) -> str:
    """The full name of an element of the `w` namespace."""
    return qn(f"w:{name}")


def add(parent: BaseOxmlElement, *pieces: str, before: BaseOxmlElement | None = None) -> None:
    """Parse pieces of XML and put them at the end of `parent`, or before one of its children.

    Each piece names the namespace itself: moving a tree that leans on another root costs seconds.
    """
    for piece in pieces:
        for one in _parsed(piece):
            if before is None:
                parent.append(one)
            else:
                before.addprevious(one)


def _parsed(piece: str) -> list[BaseOxmlElement]:
    """The elements of a piece: one, or several paragraphs side by side."""
    if piece.startswith("<w:tbl>"):
        return [parse_xml(f"<w:tbl {nsdecls('w')}>{piece[7:]}")]
    return list(parse_xml(f"<w:body {nsdecls('w')}>{piece}</w:body>"))


def style_id(name: str) -> str:
    """The identifier of a style as Word keeps it: its name without spaces."""
    return name.replace(" ", "")


def sized(size: float | None) -> str:
    """The size of letters in points as a property of a run; "" leaves it to the style."""
    return f'<w:sz w:val="{round(size * 2)}"/><w:szCs w:val="{round(size * 2)}"/>' if size else ""


def run(one: Run, *, bold: bool = False, size: float | None = None) -> str:
    """One run; text is escaped, never read as markup."""
    how = ("<w:b/>" if one.bold or bold else "") + ("<w:i/>" if one.italic else "")
    how += sized(size)
    how += '<w:vertAlign w:val="superscript"/>' if one.raised else ""
    setting = f"<w:rPr>{how}</w:rPr>" if how else ""
    return f'<w:r>{setting}<w:t xml:space="preserve">{escape(tidy(one.text))}</w:t></w:r>'


def paragraph(style: str, words: Words, *, bold: bool = False, more: str = "") -> str:
    """One paragraph in a style; `more` are further properties of it."""
    inner = _PAGE if words == PAGE_FIELD else "".join(run(one, bold=bold) for one in runs(words) if one.text)
    return f'<w:p><w:pPr><w:pStyle w:val="{style_id(style)}"/>{more}</w:pPr>{inner}</w:p>'


def lined(style: str, texts: tuple[str, ...]) -> str:
    """Lines of one paragraph, broken where the model says."""
    inner = "<w:r><w:br/></w:r>".join(run(Run(one)) for one in texts)
    return f'<w:p><w:pPr><w:pStyle w:val="{style_id(style)}"/></w:pPr>{inner}</w:p>'


def twips(millimetres: float) -> int:
    """Millimetres as twentieths of a point."""
    return round(millimetres * 1440 / 25.4)


def cell(width: float, content: str, *, span: int = 1, more: str = "") -> str:
    """A table cell of a width in mm."""
    spanned = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{twips(width)}" w:type="dxa"/>{spanned}{more}</w:tcPr>{content}</w:tc>'


def plain_table(widths: list[float], *rows: list[str]) -> str:
    """A table without lines that only holds things side by side; it does not break over pages."""
    grid = "".join(f'<w:gridCol w:w="{twips(one)}"/>' for one in widths)
    lines = ["".join(cell(width, one) for width, one in zip(widths, row, strict=True)) for row in rows]
    body = "".join(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{one}</w:tr>" for one in lines)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{twips(sum(widths))}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>"
    )
