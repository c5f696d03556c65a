"""A paper as a Word file that a clerk goes on writing in: real styles, real headings, real tables, page fields."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.section import Section as WordSection
from docx.shared import Mm

from chungsuc.kit.paper.layout import measure
from chungsuc.kit.paper.model import Annex, Paper
from chungsuc.kit.paper.tying import tidy
from chungsuc.kit.paper.word.blocks import Place, write_block
from chungsuc.kit.paper.word.head import write_closing, write_kind, write_letterhead
from chungsuc.kit.paper.word.styles import set_styles
from chungsuc.kit.paper.word.xml import PAGE_FIELD, add, named, paragraph

FOOT = 7  # mm from the lower edge to the notices
LONGEST = 255  # letters that a property of a Word file may have


def as_word(paper: Paper) -> bytes:
    """The paper as .docx. The same paper gives the same bytes."""
    document = Document()
    document._body.clear_content()
    set_styles(document, paper.lang)
    _properties(document, paper)
    first = document.sections[0]
    _page(first, landscape=bool(paper.body) and paper.body[0].landscape)
    _foot_and_number(first, paper)
    if paper.letterhead:
        write_letterhead(document, paper.letterhead, paper.lang)
    if paper.kind:
        write_kind(document, paper)
    for number, part in enumerate(paper.body):
        if number:
            _page(_next_section(document), landscape=part.landscape)
        for block in part.blocks:
            write_block(Place(document, part.landscape), block)
    if paper.closing:
        write_closing(document, paper.closing)
    for number, annex in enumerate(paper.annexes):
        _annex(document, annex, first=not (number or paper.body))
    out = io.BytesIO()
    document.save(out)
    return _settled(out.getvalue(), paper.made_at)


def _properties(document: WordDocument, paper: Paper) -> None:
    told, moment = document.core_properties, paper.made_at.replace(tzinfo=None)
    told.title, told.subject, told.author = (tidy(one)[:LONGEST] for one in (paper.title, paper.subject, paper.author))
    told.language, told.last_modified_by, told.comments, told.keywords = paper.lang, told.author, "", ""
    told.created = told.modified = moment
    told.revision = 1


def _page(section: WordSection, *, landscape: bool) -> None:
    wide, high = Mm(measure("page.width")), Mm(measure("page.height"))
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (high, wide) if landscape else (wide, high)
    section.top_margin, section.bottom_margin = Mm(measure("margin.top")), Mm(measure("margin.bottom"))
    section.left_margin, section.right_margin = Mm(measure("margin.left")), Mm(measure("margin.right"))
    section.header_distance, section.footer_distance = Mm(measure("page_number.from_top")), Mm(FOOT)
    section.different_first_page_header_footer = False


def _next_section(document: WordDocument) -> WordSection:
    """A new section on a new page; the paragraph that ends the old one is small, so that it never fills a page."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    document.paragraphs[-1].style = document.styles["Khoảng cách"]
    return section


def _foot_and_number(section: WordSection, paper: Paper) -> None:
    """The number in the middle of the top margin, not on the first page; the notices at the foot of every page."""
    section.different_first_page_header_footer = True
    for header, words in ((section.header, PAGE_FIELD), (section.first_page_header, "")):
        header.is_linked_to_previous = False
        _only(header, paragraph("Số trang", words))
    for footer in (section.footer, section.first_page_footer):
        footer.is_linked_to_previous = False
        _only(footer, *(paragraph("Chân trang", one, bold=True) for one in paper.notices))


def _only(part: object, *paragraphs: str) -> None:
    element = part._element  # type: ignore[attr-defined]
    for child in list(element):
        element.remove(child)
    add(element, *(paragraphs or (paragraph("Chân trang", ""),)))


def _annex(document: WordDocument, annex: Annex, *, first: bool) -> None:
    """An annex begins on a page of its own; its pages are numbered anew."""
    section = document.sections[0] if first else _next_section(document)
    _page(section, landscape=annex.section.landscape)
    section.different_first_page_header_footer = True
    properties = section._sectPr
    for old in properties.findall(named("pgNumType")):
        properties.remove(old)
    add(properties, '<w:pgNumType w:start="1"/>')
    body = document.element.body
    add(body, paragraph("Phụ lục", annex.label), paragraph("Tên phụ lục", annex.title), before=body.sectPr)
    if annex.belongs_to:
        add(body, paragraph("Kèm theo", annex.belongs_to), before=body.sectPr)
    for block in annex.section.blocks:
        write_block(Place(document, annex.section.landscape), block)


def _settled(content: bytes, moment: datetime) -> bytes:
    """The same file with every entry dated alike."""
    out = io.BytesIO()
    when = max(moment, datetime(1980, 1, 1, tzinfo=moment.tzinfo)).timetuple()[:6]
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, when)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return out.getvalue()
