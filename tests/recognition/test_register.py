"""Reading lists of titles and fates as people keep them."""

from __future__ import annotations

from datetime import date

import pytest

from chungsuc.kit.errors import Refused
from chungsuc.recognition import register
from chungsuc.recognition.rules import Fate, Provenance

HEAD = "unit,year,decision,decision_date,source,provenance\n"


def refusal(content: bytes, read=register.read_titles):
    with pytest.raises(Refused) as caught:
        read(content, "thu.csv")
    return caught.value.reasons


def test_a_plain_list():
    (entry,) = register.read_titles((HEAD + "99001,2019,46/QĐ-UBND,20/01/2020,trang,real\n").encode(), "thu.csv")
    assert (entry.unit_code, entry.year, entry.decision_date) == ("99001", 2019, date(2020, 1, 20))
    assert (entry.kind, entry.set_code, entry.provenance) == ("xa_ntm", "xa-ntm-2016-2020", Provenance.REAL)
    assert entry.line == 2


def test_vietnamese_headers_semicolons_and_a_byte_order_mark():
    head = "\ufeffMã đơn vị;Năm;Số quyết định;Ngày quyết định;Nguồn;Loại nguồn\n"
    text = head + "99001;2019;46/QĐ-UBND;2020-01-20;trang;demo\n"
    (entry,) = register.read_titles(text.encode(), "thu.csv")
    assert (entry.unit_code, entry.decision_number, entry.provenance) == ("99001", "46/QĐ-UBND", Provenance.DEMO)


def test_every_bad_cell_is_named_by_line_and_column():
    bad = "99001,hai,46/QĐ,32/01/2020,trang,real\n99002,2019,46/QĐ,2020-01-20,trang,that\n"
    reasons = refusal((HEAD + bad).encode())
    assert [(reason.code, reason.facts["line"], reason.facts["column"]) for reason in reasons] == [
        ("title.cell_unreadable", 2, "year"),
        ("title.cell_unreadable", 2, "decision_date"),
        ("title.cell_unreadable", 3, "provenance"),
    ]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"unit,year\n99001,2019\n", "title.column_missing"),
        (HEAD.encode(), "title.file_empty"),
        (b"", "title.file_empty"),
        (HEAD.encode() + b'99001,"2019\n', "title.file_unreadable"),
        (HEAD.encode() + b"99001,2019,46,2020-01-20,\x81\x8d,real\n", "title.file_unreadable"),
        (HEAD.encode() + "99001,2019,46,2020-01-20,C«ng b¸o §iÖn,real\n".encode(), "title.file_encoding"),
        (HEAD.encode() + "99001,2019,46,2020-01-20,X· §a Th«ng,real\n".encode("latin-1"), "title.file_encoding"),
    ],
)
def test_what_cannot_be_read_is_refused(content, code):
    assert [reason.code for reason in refusal(content)] == [code]


def test_fates():
    text = (
        "unit,year,effective,fate,onto,decided_on,why,source,provenance\n"
        "99001,2018,2020-03-01,kept,99001,2020-03-01,rà soát đạt,trang,demo\n"
    )
    (entry,) = register.read_fates(text.encode(), "thu.csv")
    assert (entry.fate, entry.onto_code, entry.effective) == (Fate.KEPT, "99001", date(2020, 3, 1))
    reasons = refusal(text.replace("kept", "giữ").encode(), register.read_fates)
    assert reasons[0].facts["column"] == "fate"
