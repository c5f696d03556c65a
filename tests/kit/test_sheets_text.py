"""Text tables in and out: encodings and delimiters are found out, and no cell going out is ever a formula."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chungsuc.kit.errors import Refused
from chungsuc.kit.sheets import delimited
from chungsuc.kit.sheets.reading import read_here
from chungsuc.kit.sheets.table import Book, from_rows, pack, unpack
from chungsuc.kit.sheets.writing import Streamed, clean, csv_text, guarded, stream_xlsx

ROWS = [["Mã", "Tên; xã", "Ghi chú"], ["01375", 'Đa "Thông"', "dòng một\ndòng hai"], ["01378", "Bình, Lãng", ""]]
cells = st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\x00\r\ufeff"), max_size=30)
risky = st.builds(str.__add__, st.sampled_from(["=", "+", "-", "@", "\t", "'", "'=", "''", "\n"]), cells)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_every_unicode_table_is_read(tmp_path, delimiter, encoding):
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(ROWS)
    (tmp_path / "a.csv").write_bytes(out.getvalue().encode(encoding))
    sheet = read_here(str(tmp_path / "a.csv"), ["csv"]).sheets[0]
    assert [sheet.row_texts(row) for row in range(3)] == ROWS


def test_excels_own_first_line_names_the_delimiter_and_keeps_row_numbers(tmp_path):
    (tmp_path / "a.csv").write_text("sep=|\na|b,c\n", encoding="utf-8")
    assert read_here(str(tmp_path / "a.csv"), ["csv"]).sheets[0].row_texts(1) == ["a", "b,c"]


@pytest.mark.parametrize(
    ("text", "encoding", "name"),
    [
        ("X· §a Th«ng;HuyÖn Th«ng N«ng", "cp1252", "TCVN3"),
        ("Xaõ Ña Thoâng;Huyeän Thoâng Noâng", "cp1252", "VNI"),
        ("Xa\u0303 Đa Thông;Huyê\u0323n Ha\u0300 Qua\u0309ng", "cp1258", "Windows-1258"),
    ],
)
def test_old_encodings_are_named(tmp_path, text, encoding, name):
    (tmp_path / "a.csv").write_bytes(text.encode(encoding))
    with pytest.raises(Refused) as refused:
        read_here(str(tmp_path / "a.csv"), ["csv"])
    reason = refused.value.reasons[0]
    assert (reason.code, reason.facts["encoding"]) == ("sheet.legacy_encoding", name)


@pytest.mark.parametrize("text", ["XÃ£ Ä\x90a ThÃ´ng", "Huyá»‡n HÃ\xa0 Quáº£ng", "X\ufffd \ufffda Th\ufffdng"])
def test_spoilt_letters_are_found(tmp_path, text):
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    with pytest.raises(Refused) as refused:
        read_here(str(tmp_path / "a.csv"), ["csv"])
    assert refused.value.reasons[0].code == "sheet.broken_encoding"


@pytest.mark.parametrize(
    "text", ["Xã Đa Thông", "Lê Lai, Hoà An, Quý Quân", "Xa Da Thong", "PHƯỜNG SÔNG HIẾN", "TỔNG Á ÂU"]
)
def test_honest_vietnamese_is_not_taken_for_spoilt(text):
    delimited.stop_if_broken(text)
    assert delimited.decode(text.encode()) == text


@given(st.lists(st.lists(cells | risky, min_size=1, max_size=4), min_size=1, max_size=4))
def test_csv_never_starts_a_formula_and_comes_back_exactly(rows):
    text = csv_text(rows)
    assert text.startswith("\ufeff")
    back = list(csv.reader(io.StringIO(text[1:], newline="")))
    assert all(cell[:1] not in ("=", "+", "-", "@", "\t") for row in back for cell in row)
    assert [[delimited._bare(cell) for cell in row] for row in back] == rows


def test_numbers_stay_numbers_in_csv():
    assert csv_text([[-1, Decimal("-2.5"), "-3", None]]) == "\ufeff-1,-2.5,'-3,\r\n"
    assert guarded("bình thường") == "bình thường"


@settings(max_examples=20, deadline=None)
@given(texts=st.lists(cells | risky, min_size=1, max_size=20))
def test_excel_cells_are_text_and_come_back_exactly(texts, tmp_path_factory):
    path = tmp_path_factory.mktemp("x") / "a.xlsx"
    stream_xlsx(path, [Streamed("Trang", [["đầu"]], ([text] for text in texts))])
    sheet = openpyxl.load_workbook(path).active
    written = [sheet.cell(row, 1) for row in range(2, len(texts) + 2)]
    assert all(cell.data_type != "f" for cell in written)
    assert [cell.value or "" for cell in written] == [clean(text) for text in texts]


def test_tables_cross_the_border_whole():
    sheet = from_rows(
        "a", [["x", 1.5, True, None], [2, "x", "", "y"]], percent=frozenset({(0, 1)}), merged=((0, 0, 1, 1),)
    )
    back = unpack(pack(Book("xlsx", (sheet,), {"n": 1})))
    one = back.sheets[0]
    assert (back.kind, back.notes, one.name, one.words, one.percent, one.merged) == (
        "xlsx", {"n": 1}, "a", ("x", "y"), {(0, 1)}, ((0, 0, 1, 1),)
    )  # fmt: skip
    assert [[one.value(r, c) for c in range(4)] for r in range(2)] == [["x", 1.5, True, None], [2.0, "x", None, "y"]]
