"""One paper, two writers: nine elements, margins, page numbers, fonts, tags, every Vietnamese letter, hostile text."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from dataclasses import replace
from datetime import datetime

import pytest
from docx import Document
from docx.oxml.ns import qn
from pypdf import PdfReader

from chungsuc.kit.clock import VIETNAM
from chungsuc.kit.paper import (
    Annex,
    Area,
    Box,
    Closing,
    Column,
    Drawing,
    Figure,
    Heading,
    Label,
    Letterhead,
    Notes,
    Paper,
    Paragraph,
    Row,
    Run,
    Section,
    Stroke,
    Table,
    as_pdf,
    as_png,
    as_word,
    layout,
    tidy,
)
from chungsuc.kit.paper.glyphs import FONTS, letters, printable

pytestmark = pytest.mark.skipif(not FONTS.exists(), reason="the front end has not been built: no fonts (make front)")

VOWELS = "aăâeêioôơuưy"
TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
LETTERS = [unicodedata.normalize("NFC", vowel + tone) for vowel in VOWELS for tone in TONES]
LETTERS = [one for letter in [*LETTERS, "đ"] for one in (letter, letter.upper())]
MM = 72 / 25.4
HOSTILE = "#pagebreak() $x^2$ *đậm* `mã` <w:br/> &amp; ]]> </w:t> \\ \u202e đảo \u0000 \u200b =1+1 @a @b"

DRAWING = Drawing(
    100,
    30,
    "Hai cột",
    (Area(((0, 0), (40, 0), (40, 10), (0, 10)), "#2f7d54"),),
    (Stroke((0, 0), (0, 30)),),
    (Label((45, 5), "Quy hoạch", anchor="start"),),
)
MATRIX = Table(
    (
        Column("TT", 1, "middle"),
        Column("Xã", 5),
        *(Column(f"{n}. Tiêu chí", 1, "middle", turned=True) for n in range(19)),
    ),
    tuple(Row((str(n), f"Xã {n}", *"x" * 19)) for n in range(120)),
    size=9,
)
TABLE = Table(
    (
        Column("TT", 1, "middle"),
        Column("Đơn vị", 4),
        Column("19", 1, "end", group="Số tiêu chí"),
        Column("Bình quân", 2, "end"),
    ),
    (Row(("1", "Huyện Đông", "3", "10,62")), Row(("Tổng cộng", "3", "10,62"), "total", 2)),
    "Bảng 1. Kết quả",
)


@pytest.fixture(scope="module")
def paper() -> Paper:
    blocks = (
        Box("SỐ LIỆU MẪU"),
        Paragraph((Run("Đến hết năm 2019, đã có thêm 05 xã. " * 40), Run("1", raised=True))),
        Heading("I. KẾT QUẢ"),
        TABLE,
        Figure(DRAWING, "Hình 1. Thử"),
        Notes((("1", "Ghi chú một"), ("", "hai")), "Ghi chú:"),
    )
    return Paper(
        lang="vi",
        title="Báo cáo thử",
        kind="BÁO CÁO",
        abstract=("Tình hình thực hiện Chương trình", "trên địa bàn tỉnh Thử"),
        body=(Section(blocks),),
        made_at=datetime(2020, 1, 20, 9, 30, 1, 5, tzinfo=VIETNAM),
        author="Ủy ban nhân dân tỉnh Thử",
        letterhead=Letterhead(
            ("ỦY BAN NHÂN DÂN", "TỈNH THỬ"), ("CƠ QUAN TRÊN",), "Số:      /BC-UBND", "Thử, ngày      tháng      năm"
        ),
        closing=Closing(
            ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), "", "Nơi nhận:", ("- Như trên;", "- Lưu: VT.")
        ),
        annexes=(Annex("Phụ lục", "TỔNG HỢP", "(Kèm theo Báo cáo)", Section((MATRIX,), landscape=True)),),
        notices=("SỐ LIỆU MẪU, KHÔNG PHẢI SỐ LIỆU THẬT",),
    )


@pytest.fixture(scope="module")
def pdf(paper) -> PdfReader:
    return PdfReader(io.BytesIO(as_pdf(paper)))


@pytest.fixture(scope="module")
def word(paper):
    return Document(io.BytesIO(as_word(paper)))


def words(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\u00a0", " ")).strip()


def all_words(document) -> str:
    return words(" ".join(one.text or "" for one in document.element.body.iter(qn("w:t"))))


def styles_used(document) -> dict[str, list[str]]:
    """The words of each style, by the name of the style."""
    names = {style.style_id: style.name for style in document.styles}
    found: dict[str, list[str]] = {}
    for one in document.element.body.iter(qn("w:p")):
        style = one.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        said = words("".join(piece.text or "" for piece in one.iter(qn("w:t"))))
        found.setdefault(names[style.get(qn("w:val"))] if style is not None else "Normal", []).append(said)
    return found


ELEMENTS = {
    "Quốc hiệu": "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Tiêu ngữ": "Độc lập - Tự do - Hạnh phúc",
    "Cơ quan chủ quản": "CƠ QUAN TRÊN",
    "Cơ quan ban hành": "TỈNH THỬ",
    "Số ký hiệu": "Số: /BC-UBND",
    "Địa danh và thời gian": "Thử, ngày tháng năm",
    "Tên loại": "BÁO CÁO",
    "Trích yếu": "Tình hình thực hiện Chương trình",
    "Chức vụ người ký": "TM. ỦY BAN NHÂN DÂN",
    "Nơi nhận": "Nơi nhận:",
    "Danh sách nơi nhận": "- Lưu: VT.",
}


@pytest.mark.parametrize(("style", "said"), ELEMENTS.items(), ids=str)
def test_every_element_is_there_in_its_own_style(word, pdf, style, said):
    found = styles_used(word)
    assert any(said in one for one in found[style]), found.get(style)
    assert said in words(" ".join(page.extract_text() for page in pdf.pages))


def test_sizes_and_margins_are_those_of_the_decree(word):
    for name, one in layout().items():
        assert one.lowest <= one.value <= one.highest, name
        assert one.provenance in ("verified", "memory", "house") and (one.provenance == "house" or one.source), name
    first, last = word.sections[0], word.sections[-1]
    assert [round(first.page_width.mm), round(first.page_height.mm)] == [210, 297]
    for section in word.sections:
        assert 20 <= round(section.top_margin.mm, 1) <= 25 and 20 <= round(section.bottom_margin.mm, 1) <= 25
        assert 30 <= round(section.left_margin.mm, 1) <= 35 and 15 <= round(section.right_margin.mm, 1) <= 20
    assert [round(last.page_width.mm), round(last.page_height.mm)] == [297, 210]
    normal = word.styles["Normal"]
    assert normal.font.name == "Times New Roman" and 13 <= normal.font.size.pt <= 14
    assert 10 <= round(normal.paragraph_format.first_line_indent.mm, 1) <= 12.7


def test_the_word_file_names_one_font_only(paper):
    with zipfile.ZipFile(io.BytesIO(as_word(paper))) as archive:
        said = archive.read("word/document.xml").decode() + archive.read("word/styles.xml").decode()
        assert 'w:lang w:val="vi-VN"' in archive.read("word/styles.xml").decode()
    used = styles_used(Document(io.BytesIO(as_word(paper))))
    document = Document(io.BytesIO(as_word(paper)))
    for name in used:
        fonts = document.styles[name].element.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
        assert fonts is None or set(fonts.attrib.values()) == {"Times New Roman"}, name
    assert 'w:ascii="Calibri"' not in said


def test_page_numbers_stand_in_the_top_margin_but_not_on_the_first_page(word, pdf):
    for section in (word.sections[0], word.sections[-1]):
        assert section.different_first_page_header_footer
        assert " PAGE " in section.header._element.xml and " PAGE " not in section.first_page_header._element.xml
        assert section.header.paragraphs[0].style.paragraph_format.alignment == 1  # centred
    start = word.sections[-1]._sectPr.find(qn("w:pgNumType"))
    assert start.get(qn("w:start")) == "1"
    numbers = []
    for page in pdf.pages:
        top, wide, seen = float(page.mediabox.height), float(page.mediabox.width), []

        def look(text, cm, tm, _font, size, top=top, wide=wide, seen=seen):
            x, y = tm[4] * cm[0] + tm[5] * cm[2] + cm[4], tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
            if text.strip() and y > top - 20 * MM and abs(x - (wide / 2 + 7.5 * MM)) < 12:
                seen.append((text.strip(), size))

        page.extract_text(visitor_text=look)
        numbers.append(seen[0][0] if seen else "")
        assert all(13 <= size <= 14 for _, size in seen)
    body = len([page for page in pdf.pages if page.mediabox.width < page.mediabox.height])
    assert numbers[:body] == ["", *(str(n) for n in range(2, body + 1))]
    assert numbers[body:] == ["", *(str(n) for n in range(2, len(pdf.pages) - body + 1))]


def fonts_of(pdf: PdfReader) -> set[str]:
    found = set()
    for page in pdf.pages:
        for font in page["/Resources"].get("/Font", {}).values():
            told = font.get_object()
            found.add(told["/BaseFont"])
            descriptor = told["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
            assert "/FontFile2" in descriptor or "/FontFile3" in descriptor, "not embedded"
    return found


def test_the_pdf_is_archivable_tagged_and_has_the_shipped_font_only(pdf):
    root = pdf.trailer["/Root"]
    xmp = root["/Metadata"].get_object().get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in xmp and "<pdfaid:conformance>A</pdfaid:conformance>" in xmp
    assert "<pdfuaid:part>1</pdfuaid:part>" in xmp
    assert root["/MarkInfo"]["/Marked"] and "/StructTreeRoot" in root and root["/Lang"].startswith("vi")
    names = fonts_of(pdf)
    assert names and all(re.fullmatch(r"/[A-Z]{6}\+Tinos(-\w+)?", name) for name in names), names
    assert pdf.metadata.title == "Báo cáo thử"


def structure(pdf: PdfReader) -> list[tuple[str, str]]:
    """(kind, alternative text) of every element of the structure tree."""
    found, open_ = [], [pdf.trailer["/Root"]["/StructTreeRoot"]]
    while open_:
        one = open_.pop().get_object()
        if isinstance(one, list):
            open_ += list(one)
        elif hasattr(one, "get"):
            if "/S" in one:
                found.append((one["/S"], one.get("/Alt", "")))
            if "/K" in one:
                open_.append(one["/K"])
    return found


def test_headings_tables_and_figures_are_told_to_who_cannot_see(pdf, word):
    kinds = [kind for kind, _ in structure(pdf)]
    assert {"/H1", "/Table", "/TH", "/TD", "/Figure"} <= set(kinds)
    assert "Hai cột" in [alt for _, alt in structure(pdf)]
    pictures = [one for one in word.element.body.iter() if one.tag.endswith("}docPr")]
    assert [one.get("descr") for one in pictures] == ["Hai cột"]


def test_tables_repeat_their_head_and_align_numbers(word, pdf):
    small, large = [one for one in word.tables if one.style and one.style.name == "Table Grid"]
    assert len(small._tbl.findall(f".//{qn('w:tblHeader')}")) == 2  # the common head and the one below
    assert len(large._tbl.findall(f".//{qn('w:tblHeader')}")) == 1
    assert all(row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in large._tbl.findall(qn("w:tr")))
    assert small._tbl.findall(qn("w:tr"))[2].findall(f".//{qn('w:jc')}")[3].get(qn("w:val")) == "right"
    widths = [int(one.get(qn("w:w"))) for one in large._tbl.find(qn("w:tblGrid"))]
    assert abs(sum(widths) - (297 - 45) * 1440 / 25.4) < 30
    wide = [page for page in pdf.pages if page.mediabox.width > page.mediabox.height]
    assert len(wide) > 2 and all("18. Tiêu chí" in words(page.extract_text()) for page in wide)


def test_the_notice_is_on_every_page(pdf, word):
    assert all("KHÔNG PHẢI SỐ LIỆU THẬT" in words(page.extract_text()) for page in pdf.pages)
    for section in word.sections:
        for footer in (section.footer, section.first_page_footer):
            assert "KHÔNG PHẢI SỐ LIỆU THẬT" in footer.paragraphs[0].text


def with_text(paper: Paper, text: str) -> Paper:
    table = Table((Column(text, 1), Column("b", 1)), (Row((text, "1")),), text)
    blocks = (
        Heading(text),
        Paragraph(text),
        Box(text),
        table,
        Figure(replace(DRAWING, labels=(Label((50, 5), text),)), text),
        Notes(((text, text),), text),
    )
    return replace(paper, title=text, abstract=(text,), body=(Section(blocks),), notices=(text,), annexes=())


def test_every_vietnamese_letter_survives_both_writers(paper):
    assert len(set(LETTERS)) == 146 and set(map(ord, LETTERS)) <= letters()
    made = with_text(paper, " ".join(LETTERS))
    said = words(PdfReader(io.BytesIO(as_pdf(made))).pages[0].extract_text())
    assert [one for one in LETTERS if one not in said] == []
    assert " ".join(LETTERS) in all_words(Document(io.BytesIO(as_word(made))))


def test_decomposed_letters_come_out_composed(paper):
    made = with_text(paper, unicodedata.normalize("NFD", "Thủy lợi ở Quảng Uyên"))
    assert "Thủy lợi ở Quảng Uyên" in words(PdfReader(io.BytesIO(as_pdf(made))).pages[0].extract_text())
    assert "Thủy lợi ở Quảng Uyên" in all_words(Document(io.BytesIO(as_word(made))))


def test_text_is_never_read_as_markup(paper):
    made = with_text(paper, HOSTILE)
    reader = PdfReader(io.BytesIO(as_pdf(made)))
    said = words(" ".join(page.extract_text() for page in reader.pages))
    assert len(reader.pages) < 4  # no page break came out of it
    for piece in ("#pagebreak()", "$x^2$", "*đậm*", "`mã`", "<w:br/>", "&amp;", "]]>", "=1+1"):
        assert piece in said, piece
        assert piece in all_words(Document(io.BytesIO(as_word(made)))), piece
    assert "\u202e" not in said and "\x00" not in said


@pytest.mark.parametrize("text", ["你好 😀 عربى", "\ud800 nửa chữ", "\ufeffđầu", "", " ", "x" * 3000])
def test_no_text_brings_a_writer_down(paper, text):
    made = with_text(paper, text)
    assert as_pdf(made).startswith(b"%PDF") and as_word(made).startswith(b"PK")
    assert not set(map(ord, printable(text))) - letters()


def test_lines_do_not_break_where_vietnamese_may_not():
    assert (
        tidy("đã có thêm 05 xã, ngày 31 tháng 12 năm 2019")
        == "đã có thêm 05\u00a0xã, ngày\u00a031\u00a0tháng\u00a012\u00a0năm\u00a02019"
    )
    assert tidy("TM. ỦY BAN") == "TM.\u00a0ỦY BAN" and tidy("≥ 95 %") == "≥\u00a095\u00a0%"
    assert tidy("hai\ndòng\r\n\tnữa") == "hai dòng nữa"


def test_the_same_paper_gives_the_same_bytes(paper):
    assert as_pdf(paper) == as_pdf(paper) and as_word(paper) == as_word(paper)
    assert as_png(DRAWING) == as_png(DRAWING) and as_png(DRAWING).startswith(b"\x89PNG")


def test_a_paper_in_english_speaks_english(paper):
    made = replace(paper, lang="en")
    reader = PdfReader(io.BytesIO(as_pdf(made)))
    assert "SOCIALIST REPUBLIC OF VIET NAM" in words(reader.pages[0].extract_text())
    assert reader.trailer["/Root"]["/Lang"].startswith("en")
    assert "SOCIALIST REPUBLIC OF VIET NAM" in all_words(Document(io.BytesIO(as_word(made))))
