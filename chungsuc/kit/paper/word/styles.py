"""The styles of the Word file, one per element of the paper, sized by the layout: clerks change them once for all."""

from __future__ import annotations

from dataclasses import dataclass

from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from chungsuc.kit.paper.layout import WORD_FONT, measure

LEFT, CENTRE, JUSTIFIED = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY
LANGUAGES = {"vi": "vi-VN", "en": "en-GB"}


@dataclass(frozen=True, slots=True)
class Look:
    """How a style looks; `size` in points or the name of a measure."""

    size: str | float
    align: WD_ALIGN_PARAGRAPH = CENTRE
    bold: bool = False
    italic: bool = False
    before: float = 0
    after: float = 0
    indent: float = 0
    lines: float = 1
    next: bool = False


STYLES = {
    "Quốc hiệu": Look("motto.nation.size", bold=True),
    "Tiêu ngữ": Look("motto.size", bold=True),
    "Cơ quan chủ quản": Look("superior.size"),
    "Cơ quan ban hành": Look("issuer.size", bold=True),
    "Số ký hiệu": Look("number.size", before=3),
    "Địa danh và thời gian": Look("place.size", italic=True, before=3),
    "Kẻ ngang": Look(2),
    "Tên loại": Look("kind.size", bold=True, before=16),
    "Trích yếu": Look("abstract.size", bold=True),
    "Cảnh báo": Look(12, bold=True, before=8, after=4),
    "Hình": Look("body.size", before=8, next=True),
    "Tên hình": Look("caption.size", italic=True, before=2, after=8),
    "Tên bảng": Look("caption.size", bold=True, before=5, after=3, next=True),
    "Chữ trong bảng": Look(12, align=LEFT),
    "Ghi chú": Look("notes.size", align=JUSTIFIED, before=2),
    "Nơi nhận": Look("recipients.title.size", align=LEFT, bold=True, italic=True),
    "Danh sách nơi nhận": Look("recipients.size", align=LEFT),
    "Chức vụ người ký": Look("office.size", bold=True),
    "Họ tên người ký": Look("office.size", bold=True),
    "Tên phụ lục": Look("abstract.size", bold=True, before=4, after=2, next=True),
    "Kèm theo": Look("annex.belongs.size", italic=True, after=8, next=True),
    "Số trang": Look("page_number.size"),
    "Chân trang": Look("notice.size"),
    "Khoảng cách": Look(6, align=LEFT),
}


def set_styles(document: WordDocument, lang: str) -> None:
    """Give the document its styles, its font and its language."""
    _defaults(document, lang)
    _of_our_time(document, lang)
    body = document.styles["Normal"]
    _dress(
        body,
        Look(
            "body.size",
            align=JUSTIFIED,
            before=measure("body.before"),
            indent=measure("body.indent"),
            lines=measure("body.lines"),
        ),
    )
    for level in (1, 2):
        heading = document.styles[f"Heading {level}"]
        _dress(heading, Look("body.size", LEFT, bold=True, before=8, after=2, indent=measure("body.indent"), next=True))
    for name, look in STYLES.items():
        _dress(document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH), look)
    annex = document.styles.add_style("Phụ lục", WD_STYLE_TYPE.PARAGRAPH)
    annex.base_style = document.styles["Heading 1"]
    _dress(annex, Look("annex.label.size", bold=True, next=True))


def _dress(style: ParagraphStyle, look: Look) -> None:
    font, shape = style.font, style.paragraph_format
    font.name, font.bold, font.italic = WORD_FONT, look.bold, look.italic
    font.size = Pt(measure(look.size) if isinstance(look.size, str) else look.size)
    font.color.rgb = RGBColor(0, 0, 0)
    _one_font(style.element.get_or_add_rPr())
    shape.alignment, shape.keep_with_next, shape.widow_control = look.align, look.next, True
    shape.space_before, shape.space_after = Pt(look.before), Pt(look.after)
    shape.first_line_indent, shape.line_spacing = Mm(look.indent), look.lines
    style.hidden, style.quick_style = False, True


def _one_font(properties: OxmlElement) -> None:
    """Every script in the one font: the template's theme fonts have no say."""
    fonts = properties.find(qn("w:rFonts"))
    if fonts is None:
        fonts = OxmlElement("w:rFonts")
        properties.insert(0, fonts)
    fonts.attrib.clear()
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), WORD_FONT)


def _defaults(document: WordDocument, lang: str) -> None:
    defaults = document.styles.element.find(qn("w:docDefaults"))
    properties = defaults.find(qn("w:rPrDefault")).find(qn("w:rPr"))
    _one_font(properties)
    told = properties.find(qn("w:lang"))
    if told is None:
        told = OxmlElement("w:lang")
        properties.append(told)
    for name in ("val", "eastAsia"):
        told.set(qn(f"w:{name}"), LANGUAGES[lang])


def _of_our_time(document: WordDocument, lang: str) -> None:
    """Word 2013 and later: no "compatibility mode", and tables end at the margins."""
    settings = document.settings.element
    compat = settings.find(qn("w:compat"))
    for old in list(compat):
        compat.remove(old)
    setting = OxmlElement("w:compatSetting")
    setting.set(qn("w:name"), "compatibilityMode")
    setting.set(qn("w:uri"), "http://schemas.microsoft.com/office/word")
    setting.set(qn("w:val"), "15")
    compat.append(setting)
    settings.find(qn("w:themeFontLang")).set(qn("w:val"), LANGUAGES[lang])
