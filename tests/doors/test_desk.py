"""The pages of the desk on the toy province: status, content, language, safety, bad input."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from django.db import InternalError, connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from chungsuc.assessment import actions
from chungsuc.assessment.rules import FigureEntry
from chungsuc.criteria.engine import Share
from chungsuc.doors.desk.reading import reading
from chungsuc.kit import clock
from chungsuc.territory import queries as territory
from tests import cast
from tests.reports import land

AT = "at=2019-12-31"
PAGES = [
    f"/?{AT}",
    f"/?{AT}&unit=991",
    f"/matrix?{AT}",
    f"/units/99?{AT}",
    f"/units/991?{AT}",
    f"/units/99004?{AT}",
    f"/units/99005?{AT}",
    f"/units/99002?{AT}",
    f"/units/99005/indicators/4.2?{AT}",
    "/compare?at=2022-12-31",
    "/units/99005/compare?at=2022-12-31",
    "/criteria",
    "/criteria/xa-ntm-2016-2020?region=dbsh",
    "/criteria/xa-ntm-2021-2025",
    "/criteria/xa-ntm-2026-2030",
]


@pytest.fixture
def reader(settled) -> Client:
    return Client()


def text(response) -> str:
    return response.content.decode()


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("address", PAGES)
def test_every_page_answers_in_both_languages(reader, address, lang):
    response = reader.get(f"{address}{'&' if '?' in address else '?'}lang={lang}")
    assert response.status_code == 200
    assert f'<html lang="{lang}">' in text(response)
    assert response.headers["Content-Language"] == lang


@pytest.mark.parametrize("address", PAGES)
def test_no_page_carries_script_or_style_of_its_own(reader, address):
    page = text(reader.get(address))
    scripts = re.findall(r"<script\b([^>]*)>([^<]*)</script>", page)
    assert all("src=" in attributes or 'type="application/json"' in attributes for attributes, _ in scripts)
    assert all(not body.strip() for attributes, body in scripts if "src=" in attributes)
    assert "<style" not in page
    assert not re.search(r"\sstyle=|\son[a-z]+=", page)


def test_strict_headers(reader):
    headers = reader.get(f"/?{AT}").headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy and "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff" and headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"


def test_the_situation_says_its_numbers_first(reader):
    page = text(reader.get(f"/?{AT}"))
    assert "<strong>1</strong> trong <strong>5</strong> xã" in page
    assert "Huyện Tây" in page and "Huyện Đông" in page
    assert "1 xã chưa có số liệu" in page
    assert "Số liệu mẫu" not in page


def test_communes_without_figures_and_old_figures_stand_with_the_first_sentence(reader):
    page = text(reader.get("/?at=2020-02-15"))
    head = page[: page.index('<dl class="cards">')]
    assert "1 xã chưa có số liệu" in head and "Theo số liệu đến 31/12/2019: 4 xã" in head
    assert "Chưa có số liệu: 1 xã" in page and "1 trong 4 xã đạt dưới 10 tiêu chí" in page
    assert "so với cuối" not in page


def test_without_figures_is_a_dash_not_a_nought(reader):
    matrix = text(reader.get(f"/matrix?{AT}&unit=991"))
    assert "<b>–</b>" in matrix and "<b>0</b>" not in matrix
    both = text(reader.get("/compare?at=2022-12-31"))
    assert ">0/19" not in both
    assert "chưa có số liệu để biết xã nào đạt đủ theo bộ 2021–2025" in both
    assert "và –/19 theo bộ 2021–2025" in text(reader.get("/units/99005/compare?at=2022-12-31"))


def test_the_commune_shows_what_is_missing_first(reader):
    page = text(reader.get(f"/units/99005?{AT}"))
    assert page.index("Còn thiếu") < page.index("Đã đạt")
    assert "94,9%" in page and "949/1.000" in page and "95%" in page
    assert "chưa đối chiếu văn bản" in page
    assert "Uỷ ban nhân dân" in page  # who judges at each level


def test_parts_are_shown_with_their_counts_worked_out(reader):
    parts = {"hygienic": Share(None, Decimal(182), Decimal(200)), "clean": Decimal("52.5")}
    land.record("99005", {"17.1": FigureEntry(parts=parts)}, recorded=cast.MERGED_ON)
    for address in (f"/units/99005?{AT}", f"/units/99005/indicators/17.1?{AT}"):
        page = text(reader.get(address))
        assert "91%" in page and "52,5%" in page, address


def test_a_title_shows_its_decision(reader):
    page = text(reader.get(f"/units/99003?{AT}"))
    assert "Đạt chuẩn NTM 2019" in page and "46/QĐ-THU" in page and "20/01/2020" in page


def test_the_matrix_has_a_word_for_every_mark(reader):
    page = text(reader.get(f"/matrix?{AT}"))
    assert page.count('<td class="v met">Đạt</td>') == page.count('<td class="v met">') > 12
    assert page.index("Xã Đá Bạc") < page.index("Xã Đồi Chè")


def test_demo_is_said_on_every_page(reader):
    land.record("99002", land.good_figures(), source="demo: thử")
    for address in PAGES:
        assert "Số liệu mẫu, không phải số liệu thật" in text(reader.get(address)), address


def test_the_choice_of_language_is_kept(reader):
    assert "Situation" in text(reader.get(f"/?{AT}&lang=en"))
    assert "Situation" in text(reader.get(f"/?{AT}"))
    assert "Tình hình" in text(reader.get(f"/?{AT}&lang=vi"))
    assert "Tình hình" in text(reader.get(f"/?{AT}&lang=xx"))


def test_the_question_travels_along(reader):
    page = text(reader.get(f"/?{AT}&known=2020-01-15&set=xa-ntm-2016-2020"))
    assert "/units/991?at=2019-12-31&amp;known=2020-01-15&amp;set=xa-ntm-2016-2020" in page


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("/units/77777", 404, "77777"),
        ("/units/99006?at=2020-01-01&known=3019", 400, "3019"),
        ("/units/991/indicators/4.2?at=2019-12-31", 404, "không phải là xã"),
        ("/units/99005/indicators/99.9?at=2019-12-31", 404, "99.9"),
        ("/units/<script>", 404, "&lt;script&gt;"),
        ("/?at=hom-qua", 400, "hom-qua"),
        ("/?at=2019-02-30", 400, "2019-02-30"),
        ("/?at=3019-12-31", 400, "chưa đến"),
        ("/?at=2019-12-31&known=3019-12-31", 400, "chưa đến"),
        ("/?at=2010-12-31&set=xa-ntm-2016-2020", 400, "hiệu lực từ"),
        ("/?at=2019-12-31&set=x", 404, "x"),
        ("/?at=2019-12-31&set=%00", 400, ""),
        ("/?at=2019-12-31&unit=" + "9" * 200, 400, ""),
        ("/compare?at=2022-12-31&with=xa-ntm-2016-2020", 400, "đều là"),
        ("/criteria/khong-co", 404, "khong-co"),
        ("/evidence/999999", 404, ""),
        ("/evidence/99999999999999999999999", 404, ""),
        ("/khong-co-trang", 404, "/khong-co-trang"),
    ],
)
def test_bad_questions_get_a_clear_page(reader, address, status, said):
    response = reader.get(address)
    assert response.status_code == status, text(response)[:500]
    assert said in text(response) and "Về trang đầu" in text(response)
    assert "Traceback" not in text(response)


def test_refusals_speak_english_too(reader):
    page = text(reader.get("/?at=hom-qua&lang=en"))
    assert "is not a date" in page and '<html lang="en">' in page


@pytest.mark.parametrize("address", PAGES)
def test_pages_only_read(reader, address):
    assert reader.post(address).status_code in (403, 405)


def test_a_view_cannot_write(django_db_setup, django_db_blocker):
    @reading
    def writes(request):
        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE sneaky (id int)")

    with django_db_blocker.unblock(), pytest.raises(InternalError, match="read-only"):
        writes(RequestFactory().get("/"))


def test_healthz(reader):
    response = reader.get("/healthz")
    assert response.status_code == 200 and response.json() == {"status": "up", "database": "up"}


def test_papers_download(reader):
    paper = reader.get(f"/situation.md?{AT}")
    assert paper.headers["Content-Disposition"].startswith("attachment") and "# Tình hình" in text(paper)
    sheet = reader.get(f"/matrix.xlsx?{AT}&unit=991")
    assert sheet.content[:2] == b"PK" and "matrix-991-2019-12-31.xlsx" in sheet.headers["Content-Disposition"]


def test_evidence_leaves_as_an_attachment(reader):
    unit = territory.unit_at("99005", cast.END_2019)
    kept = actions.add_evidence(
        content=b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n",
        name="bien ban.pdf",
        unit=unit,
        set_code=land.SET,
        indicator="4.2",
        speaks_of=cast.END_2019,
        by=cast.OPERATOR,
        at=clock.now(),
    )
    page = text(reader.get(f"/units/99005/indicators/4.2?{AT}"))
    assert f"/evidence/{kept.id}" in page and "bien ban.pdf" in page
    response = reader.get(f"/evidence/{kept.id}")
    assert response.content.startswith(b"%PDF")
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in response.headers["Content-Security-Policy"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("address", [f"/?{AT}", f"/matrix?{AT}", f"/units/99005?{AT}"])
def test_the_number_of_queries_does_not_grow_with_the_communes(reader, address):
    with CaptureQueriesContext(connection) as few:
        reader.get(address)
    for code in ("99002", "99003", "99006"):
        land.record(code, land.good_figures() | {"4.2": FigureEntry(Decimal(99))}, speaks_of=cast.END_2019)
    with CaptureQueriesContext(connection) as many:
        reader.get(address)
    assert len(many) <= len(few) + 2
    assert len(many) < 60


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("99003", "đạt 12/19 tiêu chí (các tiêu chí 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12)"),
        ("99006", "đạt 7/19 tiêu chí (bảng chỉ có tổng số)"),
    ],
)
def test_a_commune_counted_by_a_summary_table_says_the_same_number_as_the_province(reader, code, said):
    answer = reader.get(f"/units/{code}", {"at": "2019-12-31"}).content.decode()
    assert f"Theo bảng tổng hợp ngày 31/12/2019: {said}." in answer
    by_figures = reader.get("/units/99001", {"at": "2019-12-31"}).content.decode()
    assert "Theo bảng tổng hợp" not in by_figures


@pytest.mark.parametrize("typed", ["2019-12-31", "31/12/2019", "31.12.2019", "31-12-2019"])
def test_a_day_may_be_typed_as_people_do(reader, typed):
    assert "31/12/2019" in reader.get("/", {"at": typed, "set": ""}).content.decode()


def test_the_form_keeps_to_the_set_of_the_day_unless_one_was_chosen(reader):
    free = reader.get("/", {"at": "2019-12-31"}).content.decode()
    chosen = reader.get("/", {"at": "2019-12-31", "set": "xa-ntm-2016-2020"}).content.decode()
    assert '<option value="" selected>' in free
    assert '<option value="" selected>' not in chosen
    assert '<option value="xa-ntm-2016-2020" selected>' in chosen
