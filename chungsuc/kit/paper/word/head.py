"""The head of page one, the kind and abstract, and the closing: the elements that stand at fixed places."""

from __future__ import annotations

from docx.document import Document as WordDocument

from chungsuc.kit.catalogue import text
from chungsuc.kit.paper.layout import measure, text_width
from chungsuc.kit.paper.model import Closing, Letterhead, Paper
from chungsuc.kit.paper.word.widths import width_of
from chungsuc.kit.paper.word.xml import add, lined, paragraph, plain_table, twips

GUTTER = 2.0
ABSTRACT_RULE = 0.3


def write_letterhead(document: WordDocument, head: Letterhead, lang: str) -> None:
    """Bodies and number on the left, name and motto of the nation, place and date on the right."""
    left, right = _halves()
    issuer = max(width_of(one, measure("issuer.size")) for one in head.issuer)
    motto = text("paper.motto", lang)
    bodies = [paragraph("Cơ quan chủ quản", one) for one in head.superior]
    bodies += [paragraph("Cơ quan ban hành", one) for one in head.issuer]
    bodies += [rule(left - GUTTER, min(issuer, left) * measure("issuer.rule"))]
    nation = [
        paragraph("Quốc hiệu", text("paper.nation", lang)),
        paragraph("Tiêu ngữ", motto),
        rule(right, width_of(motto, measure("motto.size"))),
    ]
    last = [paragraph("Số ký hiệu", head.number), paragraph("Địa danh và thời gian", head.place_and_date)]
    _at_end(document, plain_table([left, right], ["".join(bodies), "".join(nation)], last))


def write_kind(document: WordDocument, paper: Paper) -> None:
    """The kind of paper and what it is about, with a short rule below."""
    pieces = [paragraph("Tên loại", paper.kind)]
    if paper.abstract:
        wide = max(width_of(one, measure("abstract.size")) for one in paper.abstract)
        pieces += [lined("Trích yếu", paper.abstract), rule(text_width(), min(wide, text_width()) * ABSTRACT_RULE)]
    _at_end(document, *pieces)


def write_closing(document: WordDocument, closing: Closing) -> None:
    """Recipients on the left, who signs on the right; they stay together on one page."""
    left, right = _halves()
    recipients = paragraph("Nơi nhận", closing.recipients_title)
    recipients += "".join(paragraph("Danh sách nơi nhận", one) for one in closing.recipients)
    gap = f'<w:spacing w:before="{round(measure("signature.height") * 56.7)}"/>'
    office = "".join(paragraph("Chức vụ người ký", one) for one in closing.office)
    office += paragraph("Họ tên người ký", closing.name, more=gap)
    _with_the_last_words(document)
    above = paragraph("Khoảng cách", "", more="<w:keepNext/>")
    _at_end(document, above, above, plain_table([left, right], [recipients, office]))


def _with_the_last_words(document: WordDocument) -> None:
    """The last paragraph stays with who signs: no signature stands alone on a page."""
    if document.paragraphs:
        document.paragraphs[-1].paragraph_format.keep_with_next = True


def rule(whole: float, length: float) -> str:
    """A thin line of `length` mm in the middle of `whole` mm: the upper border of an indented small paragraph."""
    side = twips(max(0.0, (whole - length) / 2))
    border = '<w:pBdr><w:top w:val="single" w:sz="6" w:space="1" w:color="000000"/></w:pBdr>'
    spacing = '<w:spacing w:before="50" w:after="0" w:line="60" w:lineRule="exact"/>'
    return paragraph("Kẻ ngang", "", more=f'{border}{spacing}<w:ind w:left="{side}" w:right="{side}" w:firstLine="0"/>')


def _halves() -> tuple[float, float]:
    left = text_width() * measure("head.left")
    return left, text_width() - left


def _at_end(document: WordDocument, *pieces: str) -> None:
    body = document.element.body
    add(body, *pieces, before=body.sectPr)
