"""The content of the paper, block by block."""

from __future__ import annotations

import io
from dataclasses import dataclass

from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.text.paragraph import Paragraph as WordParagraph

from chungsuc.kit.paper.model import Block, Box, Figure, Heading, Notes, Paragraph, Run, Table
from chungsuc.kit.paper.pdf import as_png
from chungsuc.kit.paper.tying import tidy
from chungsuc.kit.paper.word.tables import table_xml
from chungsuc.kit.paper.word.xml import add, paragraph

SIDES = ("top", "left", "bottom", "right")
FRAME = "".join(f'<w:{side} w:val="single" w:sz="8" w:space="6" w:color="000000"/>' for side in SIDES)
FRAMED = f'<w:pBdr>{FRAME}</w:pBdr><w:ind w:left="140" w:right="140" w:firstLine="0"/>'
FLUSH = '<w:ind w:firstLine="0"/>'


@dataclass(frozen=True, slots=True)
class Place:
    """Where blocks are written: the end of a document, on pages of one orientation."""

    document: WordDocument
    landscape: bool

    def put(self, *pieces: str) -> None:
        """Add pieces at the end."""
        body = self.document.element.body
        add(body, *pieces, before=body.sectPr)


def write_block(place: Place, block: Block) -> None:
    """Write one block at the end of the document."""
    match block:
        case Heading():
            place.put(paragraph(f"Heading {block.level}", block.text))
        case Paragraph():
            place.put(paragraph("Normal", block.words, more=FLUSH if block.flush else ""))
        case Box():
            place.put(paragraph("Cảnh báo", block.text, more=FRAMED))
        case Notes():
            _notes(place, block)
        case Figure():
            _figure(place, block)
        case Table():
            if block.caption:
                place.put(paragraph("Tên bảng", block.caption))
            place.put(table_xml(block, landscape=place.landscape), paragraph("Khoảng cách", ""))


def _notes(place: Place, notes: Notes) -> None:
    if notes.title:
        place.put(paragraph("Ghi chú", (Run(notes.title, bold=True, italic=True),), more="<w:keepNext/>"))
    for mark, words in notes.items:
        lead = (Run(mark, raised=True), Run(" ")) if mark else (Run("- "),)
        place.put(paragraph("Ghi chú", (*lead, Run(words))))


def _figure(place: Place, figure: Figure) -> None:
    place.put(paragraph("Hình", ""))
    holder = WordParagraph(place.document.element.body.findall(qn("w:p"))[-1], place.document._body)
    picture = holder.add_run().add_picture(io.BytesIO(as_png(figure.drawing)), width=Mm(figure.drawing.width))
    told = picture._inline.docPr
    told.set("descr", tidy(figure.drawing.alt))
    told.set("title", tidy(figure.caption))
    place.put(paragraph("Tên hình", figure.caption))
