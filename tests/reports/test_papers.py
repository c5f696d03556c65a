"""What stands in the papers: report, scorecard, annex; what stays open; what is left out; what is marked."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date, datetime

import numpy as np
import pytest
from click.testing import CliRunner
from docx import Document
from docx.oxml.ns import qn
from pypdf import PdfReader

from chungsuc.doors.cli.situation import situation as command
from chungsuc.kit.clock import VIETNAM
from chungsuc.kit.errors import Refused
from chungsuc.kit.paper import Figure, Heading, Paper, Table, as_pdf, as_word
from chungsuc.kit.paper.glyphs import FONTS
from chungsuc.kit.paper.model import plain
from chungsuc.reports import papers, queries
from chungsuc.reports.papers import Issuer
from chungsuc.reports.rules import Basis, Made, Report, situation
from chungsuc.territory.rules import Kind
from tests import cast
from tests.reports import made

pytestmark = pytest.mark.skipif(not FONTS.exists(), reason="the front end has not been built: no fonts (make front)")
MADE_AT = datetime(2020, 1, 20, 9, 0, tzinfo=VIETNAM)


def report(here=None, before=None) -> Report:
    here = here or made.ground([[19, 12, 3], [16, 8]], titles=[(0, 0, 2019)])
    was = before and situation(before, districts_recognised=0)
    return Report(here, situation(here, districts_recognised=0), was, ())


@pytest.fixture
def paper() -> Paper:
    return papers.situation_paper(report(), made_at=MADE_AT)


def blocks(paper: Paper, kind: type) -> list:
    return [one for part in paper.body for one in part.blocks if isinstance(one, kind)]


def cells(table: Table) -> list[list[str]]:
    return [[plain(one) for one in row.cells] for row in table.rows]


def words_of(paper: Paper) -> str:
    pages = PdfReader(io.BytesIO(as_pdf(paper))).pages
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages).replace("\u00a0", " "))


def word_words(paper: Paper) -> str:
    document = Document(io.BytesIO(as_word(paper)))
    said = " ".join(one.text or "" for one in document.element.body.iter(qn("w:t")))
    return re.sub(r"\s+", " ", said.replace("\u00a0", " "))


def test_head_and_closing_name_bodies_and_leave_open_what_is_not_known(paper):
    head, closing = paper.letterhead, paper.closing
    assert head.issuer == ("ỦY BAN NHÂN DÂN", "TỈNH THỬ") and head.superior == ()
    assert re.fullmatch(r"Số:\s+/BC-UBND", head.number)
    assert re.fullmatch(r"Thử, ngày\s+tháng\s+năm\s+", head.place_and_date)
    assert closing.office == ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH") and closing.name == ""
    assert closing.recipients[-1].startswith("- Lưu: VT")
    assert paper.kind == "BÁO CÁO" and paper.abstract[1] == "trên địa bàn tỉnh Thử đến hết năm 2019"


@pytest.mark.parametrize(
    ("issuer", "symbol", "office"),
    [
        (Issuer("committee", "deputy"), "/BC-UBND", ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")),
        (Issuer("coordination"), "/BC-VPĐP", ("CHÁNH VĂN PHÒNG",)),
    ],
)
def test_other_bodies_and_signers(issuer, symbol, office):
    paper = papers.situation_paper(report(), made_at=MADE_AT, issuer=issuer)
    assert paper.letterhead.number.endswith(symbol) and paper.closing.office == office
    assert symbol[1:] in paper.annexes[0].belongs_to


def test_a_district_has_its_superior_body_and_no_coordination_office(db):
    here = made.ground([[19, 12]])
    here = replace(here, unit=here.districts[0], above=(here.unit,), districts=(), district_of=np.full(2, -1))
    paper = papers.situation_paper(report(here), made_at=MADE_AT)
    assert paper.letterhead.superior == ("UBND TỈNH THỬ",) and paper.letterhead.issuer[1] == "HUYỆN ĐÔNG"
    with pytest.raises(Refused) as caught:
        papers.situation_paper(report(here), made_at=MADE_AT, issuer=Issuer("coordination"))
    assert caught.value.reasons[0].code == "papers.no_such_body"
    assert [one.text for one in blocks(paper, Heading)] == ["I. TÌNH HÌNH CHUNG", "II. KẾT QUẢ THEO TỪNG TIÊU CHÍ"]


def test_tables_say_what_the_situation_says(paper):
    headline, bands, districts, criteria = blocks(paper, Table)
    assert [row[3] for row in cells(headline)] == ["5", "1", "1", "11,60", "2", "40,0", "0"]
    assert cells(bands)[0] == ["19 tiêu chí", "1", "20,0%"] and cells(bands)[-1] == ["Cộng", "5", "100,0%"]
    assert cells(districts)[0][:5] == ["1", "Huyện Đông", "3", "1", "11,33"]
    assert cells(districts)[-1] == ["Tổng cộng", "5", "1", "11,60", "2", "1", "1", "1", "1", "1"]
    assert cells(criteria)[0] == ["1", "Tiêu chí 1", "5", "100,0%"] and len(criteria.rows) == 19
    said = words_of(paper)
    for table in (headline, bands, districts, criteria):
        assert table.caption in said and table.caption in word_words(paper)


def test_changes_only_between_days_that_may_be_compared():
    before = made.ground([[18, 12, 3], [16, 8]], at=date(2018, 12, 31))
    now = made.ground([[19, 12, 3], [16, 8]], titles=[(0, 0, 2019)])
    rows = cells(blocks(papers.situation_paper(report(now, before), made_at=MADE_AT), Table)[0])
    assert rows[3][3:] == ["11,40", "11,60", "+0,20"] and rows[1][3:] == ["0", "1", "+1"]
    fewer = made.ground([[18, 12, 3], [16]], at=date(2018, 12, 31))
    rows = cells(blocks(papers.situation_paper(report(now, fewer), made_at=MADE_AT), Table)[0])
    assert rows[3][5] == "–" and rows[4][5] == "–" and rows[0][5] == "+1"


def test_chart_and_map_say_their_numbers(paper):
    tiles, chart = [one.drawing for one in blocks(paper, Figure)]
    assert sorted(one.text for one in tiles.labels if one.text.isdigit()) == ["12", "16", "19", "3", "8"]
    assert {"Đông", "Ái"} <= {one.text for one in tiles.labels} and "15–18: 1 xã" in tiles.alt
    assert "1. Tiêu chí 1: 5" in chart.alt and any(one.text == "5 (100,0%)" for one in chart.labels)
    for drawing in (tiles, chart):
        points = [point for one in drawing.areas for point in one.points]
        assert all(-0.01 <= x <= drawing.width and -0.01 <= y <= drawing.height for x, y in points)


def test_the_annex_is_the_matrix_on_landscape_pages(paper):
    (annex,) = paper.annexes
    table = annex.section.blocks[0]
    assert annex.section.landscape and len(table.columns) == 23
    rows = cells(table)
    assert rows[0][0] == "Huyện Đông: 3 xã" and rows[0][1] == "3" and rows[0][-2:] == ["11,33", "1"]
    assert rows[1][:3] == ["1", "Xã Xã số 0", "x"] and rows[1][-2:] == ["19", "2019"]
    assert rows[-1][0] == "Tổng cộng: 5 xã"
    wide = [page for page in PdfReader(io.BytesIO(as_pdf(paper))).pages if page.mediabox.width > page.mediabox.height]
    assert wide and "Phụ lục" in wide[0].extract_text()


def test_made_up_data_say_so_on_every_page():
    here = replace(made.ground([[19, 3]]), made=Made.DEMO)
    for paper in (papers.situation_paper(report(here), made_at=MADE_AT), papers.matrix_paper(here, made_at=MADE_AT)):
        for page in PdfReader(io.BytesIO(as_pdf(paper))).pages:
            assert "KHÔNG PHẢI SỐ LIỆU THẬT" in page.extract_text().replace("\u00a0", " ")
        assert "SỐ LIỆU MẪU" in word_words(paper)
    assert papers.matrix_paper(made.ground([[1]]), made_at=MADE_AT).notices == ()


def test_without_figures_and_without_communes():
    here = made.ground([[0, 0]])
    empty = replace(
        here, basis=np.full(2, Basis.NOTHING, dtype=np.int8), speaks_of=np.full(2, np.datetime64("NaT"), "M8[D]")
    )
    paper = papers.situation_paper(report(empty), made_at=MADE_AT)
    assert len(blocks(paper, Table)) == 1 and not blocks(paper, Figure)
    assert cells(blocks(paper, Table)[0])[3][3] == "–"
    assert paper.annexes == ()
    part = replace(empty, basis=np.array([Basis.FIGURES, Basis.NOTHING], dtype=np.int8))
    rows = cells(papers.situation_paper(report(part), made_at=MADE_AT).annexes[0].section.blocks[0])
    assert [row[-2] for row in rows] == ["0,00", "0", "?", "0,00"]
    none = papers.situation_paper(report(made.ground([])), made_at=MADE_AT)
    assert not blocks(none, Table) and none.annexes == () and as_pdf(none) and as_word(none)


def test_english_is_a_translation_that_nobody_signs():
    paper = papers.situation_paper(report(), made_at=MADE_AT, lang="en")
    said = words_of(paper)
    assert "REPORT" in said and "Criterion 1" in said and "TABLE 1" in said.upper()
    pages = PdfReader(io.BytesIO(as_pdf(paper))).pages
    assert all("bản dịch, không có giá trị ký" in page.extract_text().replace("\u00a0", " ") for page in pages)


def test_names_are_text_whatever_they_are():
    here = made.ground([[19, 3]])
    risky = replace(here.communes[0], name='Xã #link("x")[*đậm*] <w:p/> & 你')
    here = replace(here, communes=(risky, here.communes[1]))
    paper = papers.matrix_paper(here, made_at=MADE_AT)
    assert 'Xã #link("x")[*đậm*] <w:p/> & □' in words_of(paper)
    assert 'Xã #link("x")[*đậm*] <w:p/> & 你' in word_words(paper)


def test_a_province_of_many_communes_stays_quick():
    here = made.ground([[n % 20 for n in range(40)] for _ in range(5)])
    paper = papers.situation_paper(report(here), made_at=MADE_AT)
    assert len(PdfReader(io.BytesIO(as_pdf(paper))).pages) < 20
    assert len(as_word(paper)) < 2_000_000


def test_no_signature_stands_alone_on_a_page(paper):
    page = next(one for one in PdfReader(io.BytesIO(as_pdf(paper))).pages if "Nơi nhận" in one.extract_text())
    assert "Trên đây là báo cáo" in page.extract_text().replace("\u00a0", " ")
    last = next(one for one in Document(io.BytesIO(as_word(paper))).paragraphs if one.text.startswith("Trên đây"))
    assert last.paragraph_format.keep_with_next


# With the toy province in the database.

ASKED = {"at": cast.END_2019, "set_code": "xa-ntm-2016-2020"}


def test_the_scorecard_says_what_is_missing_and_marks_what_was_not_checked(settled):
    card = queries.commune_card(**ASKED, unit_code="99005", today=date(2026, 1, 5))
    paper = papers.card_paper(card, made_at=MADE_AT)
    results, missing = blocks(paper, Table)
    found = {row[0]: row for row in cells(results)}
    assert found["4.2"][3] == "94,9%" and found["4.2"][4] == "Chưa đạt" and found["4.2"][2].startswith("≥ 95%")
    assert found["8.1"][4] == "Chưa có số liệu" and found["1"][1] == "Quy hoạch"
    lacking = {row[0]: row for row in cells(missing)}
    assert lacking["4.2"][2] == "thiếu 1 hộ" and lacking["8.1"][2] == "Chưa có số liệu" and "4.1" not in lacking
    unchecked = [one.code for line in card.verdict.criteria for one in line.indicators if not one.ruling.checked]
    assert all("†" in found[code][2] or "‡" in found[code][2] for code in unchecked)
    assert paper.letterhead.superior == ("UBND HUYỆN TÂY",) and "xã Đồi Chè, huyện Tây, tỉnh Thử" in paper.abstract[1]
    said = words_of(paper)
    assert "PHIẾU ĐÁNH GIÁ" in said and f"Xã đạt {card.verdict.met}/19 tiêu chí" in said and "4.2" in word_words(paper)


def run(*arguments: str):
    return CliRunner().invoke(command, list(arguments), catch_exceptions=False, standalone_mode=False)


@pytest.mark.parametrize(("form", "start"), [("pdf", b"%PDF"), ("docx", b"PK")])
def test_commands_write_files(settled, tmp_path, form, start):
    path = tmp_path / f"paper.{form}"
    for arguments in (("--unit", "991"), ("card", "99001"), ("matrix",)):
        rest = ("--at", "2019-12-31", "--format", form, "-o", str(path))
        run(*arguments, *rest) if arguments[0] != "--unit" else run(*rest, *arguments)
        assert path.read_bytes().startswith(start)
        path.unlink()
    with pytest.raises(Exception) as usage:
        run("--at", "2019-12-31", "--format", form)
    assert usage.type.__name__ == "UsageError"
    with pytest.raises(Refused) as caught:
        run("card", "991", "--at", "2019-12-31", "-o", str(path))
    assert caught.value.reasons[0].code == "card.not_a_commune"


ADDRESSES = {
    "/situation.pdf": "bao-cao-99-2019-12-31.pdf",
    "/situation.docx": "bao-cao-99-2019-12-31.docx",
    "/units/99001.pdf": "phieu-danh-gia-99001-2019-12-31.pdf",
    "/units/991.docx": "bao-cao-991-2019-12-31.docx",
    "/matrix.pdf": "bieu-tong-hop-99-2019-12-31.pdf",
}


@pytest.mark.parametrize(("address", "name"), ADDRESSES.items(), ids=list(ADDRESSES))
def test_addresses_of_papers(settled, client, address, name):
    answer = client.get(address, {"at": "31/12/2019"})
    assert answer.status_code == 200 and f'filename="{name}"' in answer.headers["Content-Disposition"]
    assert answer.content.startswith(b"%PDF" if name.endswith("pdf") else b"PK")
    again = client.get(address, {"at": "31/12/2019"}, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_addresses_refuse_clearly(settled, client):
    assert client.get("/units/12345.pdf", {"at": "2019-12-31"}).status_code == 404
    assert client.get("/units/99002.pdf", {"at": "2020-12-31"}).status_code == 410
    assert client.get("/situation.pdf", {"issuer": "ai đó"}).status_code == 400
    assert client.post("/situation.pdf").status_code == 405


def test_kinds_of_units_all_have_a_body():
    for kind in (Kind.PROVINCE, Kind.CITY, Kind.DISTRICT, Kind.COMMUNE):
        unit = replace(made.unit(4, "Thử", Kind.PROVINCE), kind=kind)
        here = replace(made.ground([[1]]), unit=unit)
        assert papers.situation_paper(report(here), made_at=MADE_AT).closing.office[0].startswith("TM. ")
