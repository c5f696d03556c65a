"""Every table of a page as csv and xlsx: the same rows, safe against formulas, streamed, in the reader's language."""

from __future__ import annotations

import csv
import io
import re

import openpyxl
import pytest
from django.test import Client

from chungsuc.assessment.rules import FigureEntry, FigureRow, Level
from chungsuc.doors.desk.tables.making import Table
from chungsuc.doors.desk.tables.registry import MAKERS
from chungsuc.doors.desk.tables.views import _lines
from tests.reports import land

AT = "at=2019-12-31&unit=99"
ADDRESSES = {
    "matrix": AT,
    "districts": AT,
    "criteria": AT,
    "bands": AT,
    "changes": AT,
    "trend": AT,
    "compare": "at=2022-12-31&unit=99",
    "commune": "at=2019-12-31&unit=99005",
    "history": "at=2019-12-31&unit=99005&indicator=4.2",
    "criterion": f"{AT}&criterion=4",
    "set": f"set={land.SET}&region=tdmnpb",
    "map": AT,
}
EVIL = '=HYPERLINK("http://x","bấm vào đây")'


@pytest.fixture
def reader(settled) -> Client:
    return Client()


def body(response) -> bytes:
    return b"".join(response.streaming_content)


def rows_of(reader: Client, name: str, asked: str) -> list[list[str]]:
    response = reader.get(f"/tables/{name}.csv?{asked}")
    assert response.status_code == 200
    return list(csv.reader(io.StringIO(body(response).decode("utf-8-sig"))))


def test_every_table_has_an_address_here():
    assert set(MAKERS) == set(ADDRESSES)


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("name", ADDRESSES)
def test_csv_has_a_mark_at_its_head_one_width_and_is_streamed(reader, name, lang):
    response = reader.get(f"/tables/{name}.csv?{ADDRESSES[name]}&lang={lang}")
    assert response.status_code == 200 and response.streaming
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert re.fullmatch(rf'attachment; filename="{name}-[\w.-]+\.csv"', response.headers["Content-Disposition"])
    content = body(response)
    assert content.startswith(b"\xef\xbb\xbf") and content.count(b"\xef\xbb\xbf") == 1 and b"\r\n" in content
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert len({len(row) for row in rows}) == 1 and all(rows[0])
    assert len(rows) > 1 or name in ("changes", "trend")


@pytest.mark.parametrize("name", ADDRESSES)
def test_xlsx_holds_the_same_rows_under_a_title(reader, name):
    plain = rows_of(reader, name, ADDRESSES[name])
    response = reader.get(f"/tables/{name}.xlsx?{ADDRESSES[name]}")
    assert response.status_code == 200 and response.streaming
    sheet = openpyxl.load_workbook(io.BytesIO(body(response))).active
    cells = [["" if value is None else str(value) for value in row] for row in sheet.iter_rows(values_only=True)]
    head = next(number for number, row in enumerate(cells) if row == plain[0])
    assert head == 2 and cells[0][0] and cells[1][0]
    assert len(cells) - head == len(plain)
    assert sheet.freeze_panes is not None


def test_the_numbers_are_those_of_the_page(reader):
    rows = {row[1]: row for row in rows_of(reader, "matrix", AT)}
    assert rows["Xã Hoà Bình"][-2:] == ["12", "2019"] and rows["Xã Bãi Cát"][-2:] == ["", ""]
    assert rows["Xã Đồi Chè"][3 + 3] == "Chưa đạt" and rows["Xã Đồi Chè"][-2] == "16"
    assert [row[1] for row in rows_of(reader, "matrix", AT + "&sort=met&only=untitled")[1:]] == [
        "Xã Ao Sen", "Xã Đồi Chè", "Xã Đá Bạc", "Xã Bãi Cát",
    ]  # fmt: skip
    short = rows_of(reader, "criterion", f"{AT}&criterion=4")
    assert short[1][:4] == ["99005", "Xã Đồi Chè", short[1][2], "4.2"] and "còn thiếu 1 hộ" in short[1]


def test_what_somebody_typed_never_becomes_a_formula(reader):
    from chungsuc.assessment import actions
    from chungsuc.territory import queries as territory
    from tests import cast

    unit = territory.unit_at("99005", cast.END_2019)
    entry = FigureEntry(True, note=EVIL)
    row = FigureRow(
        unit.id, cast.END_2019, Level.APPRAISED, "1.1", entry, recorded_at=land.NOW, author="@cán bộ", reason="+1+1"
    )
    actions.load_figures(
        rows=[row], set_code=land.SET, by=cast.OPERATOR, at=land.NOW, source="-2+3", kind="history", history=True
    )
    asked = "unit=99005&at=2019-12-31&indicator=1.1"
    cells = [cell for row in rows_of(reader, "history", asked) for cell in row]
    for evil in (EVIL, "@cán bộ", "+1+1", "-2+3"):
        assert f"'{evil}" in cells and evil not in cells
    sheet = openpyxl.load_workbook(io.BytesIO(body(reader.get(f"/tables/history.xlsx?{asked}")))).active
    typed = {cell.value: cell.data_type for row in sheet.iter_rows() for cell in row}
    assert typed[EVIL] == typed["@cán bộ"] == typed["+1+1"] == "s"


def test_rows_are_made_as_they_are_sent():
    made = []

    def rows():
        for number in range(1_000_000):
            made.append(number)
            yield [number, "=1"]

    lines = _lines(Table("lớn", "lớn", ("số", "chữ"), rows()))
    assert next(lines) == "\ufeffsố,chữ\r\n" and made == []
    assert next(lines) == "0,'=1\r\n" and made == [0]


def test_made_up_data_say_so_in_the_file(reader):
    land.record("99002", land.good_figures(), source="demo: thử")
    response = reader.get(f"/tables/bands.xlsx?{AT}")
    assert 'filename="MAU-bands-99-2019-12-31.xlsx"' in response.headers["Content-Disposition"]
    sheet = openpyxl.load_workbook(io.BytesIO(body(response))).active
    assert sheet["A3"].value == "Số liệu mẫu, không phải số liệu thật"
    assert "MAU-" in reader.get(f"/tables/bands.csv?{AT}").headers["Content-Disposition"]


@pytest.mark.parametrize(
    ("address", "status"),
    [
        (f"/tables/khong-co.csv?{AT}", 404),
        ("/tables/commune.csv?at=2019-12-31&unit=99", 404),
        (f"/tables/criterion.xlsx?{AT}&criterion=x", 400),
        (f"/tables/criterion.csv?{AT}&criterion=99", 404),
        (f"/tables/matrix.csv?{AT}&sort=x", 400),
        ("/tables/history.csv?at=2019-12-31&unit=99005&indicator=99.9", 404),
        ("/tables/bands.csv?at=2019-02-30", 400),
    ],
)
def test_a_table_that_does_not_exist_is_refused_as_a_page(reader, address, status):
    response = reader.get(address)
    assert response.status_code == status and "Về trang đầu" in response.content.decode()


@pytest.mark.parametrize(
    ("page", "tables"),
    [
        ("/?at=2019-12-31", {"bands", "criteria", "districts"}),
        ("/?at=2019-12-31&unit=991", {"matrix", "bands", "criteria"}),
        ("/matrix?at=2019-12-31&only=near", {"matrix"}),
        ("/units/99005?at=2019-12-31", {"commune"}),
        ("/units/99005/indicators/4.2?at=2019-12-31", {"history"}),
        ("/compare?at=2022-12-31", {"compare"}),
        (f"/criteria/{land.SET}/criteria/4?at=2019-12-31", {"criterion"}),
        (f"/criteria/{land.SET}?region=dbsh", {"set"}),
        ("/map?at=2019-12-31", {"map"}),
    ],
)
def test_every_page_offers_its_tables_and_each_link_answers(reader, page, tables):
    links = re.findall(r'href="(/tables/([a-z]+)\.(?:csv|xlsx)\?[^"]*)"', reader.get(page).content.decode())
    assert {name for _, name in links} >= tables
    for link, _ in links:
        response = reader.get(link.replace("&amp;", "&"))
        assert response.status_code == 200 and body(response), link
