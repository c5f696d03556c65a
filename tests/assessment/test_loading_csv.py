"""CSV as people and systems write it; what is refused is named with line and column."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chungsuc.assessment import actions, csvfile, queries
from chungsuc.assessment.models import Batch, Figure
from chungsuc.criteria.engine import Share
from chungsuc.kit.clock import VIETNAM
from chungsuc.kit.errors import Refused
from tests.assessment.conftest import SET, unit
from tests.cast import COORDINATOR, END_2019, OPERATOR

PLAIN = (
    "unit,at,level,indicator,value,num,den\n99001,2019-12-31,self,4.2,94.9,949,1000\n99003,2019-12-31,self,1.1,true,,\n"
)


def load(text, now, *, commit=True, by=COORDINATOR, **more):
    content = text if isinstance(text, bytes) else text.encode()
    return actions.load_csv(content=content, name="so-lieu.csv", set_code=SET, by=by, at=now, commit=commit, **more)


def problems(text, now, **more):
    before = Figure.objects.count()
    with pytest.raises(Refused) as refused:
        load(text, now, **more)
    assert Figure.objects.count() == before
    return [(reason.code, reason.facts.get("line"), reason.facts.get("column")) for reason in refused.value.reasons]


def value(code, indicator):
    return queries.figures_of(unit(code).id, SET, END_2019)[indicator].value


@pytest.mark.django_db
@pytest.mark.parametrize(
    "content",
    [
        PLAIN.encode(),
        b"\xef\xbb\xbf" + PLAIN.encode(),
        PLAIN.encode("utf-16"),
        PLAIN.replace("\n", "\r\n").encode(),
        PLAIN.replace(",", "\t").encode(),
        "Mã đơn vị;Ngày;Cấp đánh giá;Chỉ tiêu;Giá trị;Tử số;Mẫu số\n"
        "99001;31/12/2019;Tự đánh giá;4.2;94,9 %;949;1.000,0\n"
        "99003;31/12/2019;xã;1.1;Đạt;;\n".encode(),
        (
            'Giá trị;Chỉ tiêu;Mã xã;Ngày;Số đạt;Tổng số\n"94,9";4.2;99001;31/12/2019;949;1000\n'
            ";;;;;\nx;1.1;99003;2019-12-31;;\n"
        ).encode(),
    ],
)
def test_ways_of_writing_the_same_file(land, now, content):
    receipt = load(content, now)
    assert (receipt.recorded, len(receipt.units)) == (2, 2)
    assert (value("99001", "4.2"), value("99003", "1.1")) == (Decimal("94.9"), 1)


@pytest.mark.django_db
def test_the_bytes_are_kept_with_the_batch(land, now, evidence_folder):
    receipt = load(PLAIN, now)
    sha256 = queries.batch(receipt.batch_id).sha256
    assert (evidence_folder / sha256[:2] / sha256).read_bytes() == PLAIN.encode()
    assert queries.batch(receipt.batch_id).source == "so-lieu.csv"


@pytest.mark.django_db
def test_without_commit_nothing_is_written_but_the_answer_is_the_same(land, now):
    receipt = load(PLAIN, now, commit=False)
    assert (receipt.recorded, receipt.batch_id) == (2, None)
    assert not Figure.objects.exists() and not Batch.objects.exists()


@pytest.mark.django_db
def test_parts_in_columns_or_on_lines_of_their_own(land, now):
    load('unit,at,indicator,part.hygienic,part.clean\n99001,2019-12-31,17.1,91,"52,5"\n', now)
    load("unit,at,indicator,value,num,den\n99003,2019-12-31,17.1a,91,,\n99003,2019-12-31,17.1b,,26,50\n", now)
    assert queries.figures_of(unit("99001").id, SET, END_2019)["17.1"].parts == {
        "hygienic": 91,
        "clean": Decimal("52.5"),
    }
    assert queries.figures_of(unit("99003").id, SET, END_2019)["17.1"].parts == {
        "hygienic": 91,
        "clean": Share(None, Decimal(26), Decimal(50)),
    }


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("unit,at,indicator,value\n99001,2019-12-31,4.2,nhiều\n", [("csv.not_a_number", 2, "value")]),
        ("unit,at,indicator,value\n99001,2019-12-31,1.1,94\n", [("csv.not_a_mark", 2, "value")]),
        ("unit,at,indicator,value\n99001,31/02/2019,4.2,94\n", [("csv.not_a_date", 2, "at")]),
        (
            "unit,at,indicator,value\n99001,,4.2,94\n,2019-12-31,4.2,94\n99001,2019-12-31,,94\n",
            [("csv.cell_missing", 2, "at"), ("csv.cell_missing", 3, "unit"), ("csv.cell_missing", 4, "indicator")],
        ),
        ("unit,at,indicator,value,level\n99001,2019-12-31,4.2,94,bộ\n", [("csv.not_a_level", 2, "level")]),
        ("unit,at,indicator,value\n99777,2019-12-31,4.2,94\n", [("unit.unknown", 2, "unit")]),
        ("unit,at,indicator,value\n99001,2019-12-31,4.2,120\n", [("criteria.over_100", 2, None)]),
        ("unit,at,indicator,value\n99001,2019-12-31,4.2,NaN\n", [("csv.not_a_number", 2, "value")]),
        ("unit,at,indicator,value\n99001,2019-12-31,4.2,=1+1\n", [("csv.not_a_number", 2, "value")]),
        ("unit,at,indicator,value\n99001,2019-12-31,4.2,94\n99001,2019-12-31,4.2,95\n", [("figure.twice", 3, None)]),
        ("unit,at,indicator,value\n99001,2019-12-31,4.2,94,9\n", [("csv.too_many_cells", 2, None)]),
        ("unit,at,indicator,value\n", [("csv.empty", None, None)]),
        ("", [("csv.columns_missing", None, None)]),
        ("unit,at,value\n99001,2019-12-31,94\n", [("csv.columns_missing", None, None)]),
        ("unit,unit,at,indicator\n1,1,2019-12-31,4.2\n", [("csv.columns_twice", None, None)]),
        ("unit,at,indicator,colour\n1,2019-12-31,4.2,red\n", [("csv.columns_unknown", None, None)]),
        ('unit,at,indicator,value\n"99001,2019-12-31,4.2,9\n', [("csv.broken", 2, None)]),
        (b"unit,at,indicator,value\n99001,2019-12-31,4.2,\x00\n", [("csv.not_utf8", None, None)]),
        (b"PK\x03\x04\x14\x00\xb5\x61\xa8\x9d" * 50, [("csv.not_text", None, None)]),
        (b"unit,at,indicator,note\n99001,2019-12-31,4.2,caf\xe9\n", [("csv.not_utf8", None, None)]),
    ],
)
def test_what_is_wrong_is_named(land, now, text, expected):
    assert problems(text, now) == expected


@pytest.mark.django_db
@pytest.mark.parametrize(("note", "encoding"), [("§¹i héi x· §a Th«ng", "TCVN3"), ("Huyeän Thoâng Noâng", "VNI")])
@pytest.mark.parametrize("written", ["utf-8", "latin-1"])
def test_old_fonts_are_detected_and_refused_with_the_mend(land, now, note, encoding, written):
    text = f"unit,at,indicator,value,note\n99001,2019-12-31,4.2,94,{note}\n".encode(written)
    with pytest.raises(Refused) as refused:
        load(text, now)
    (reason,) = refused.value.reasons
    assert (reason.code, reason.facts["encoding"]) == ("csv.legacy_encoding", encoding)


@pytest.mark.django_db
def test_history_lines_carry_moment_author_and_reason(land, now):
    text = (
        "unit,at,indicator,value,recorded_at,author,reason\n"
        "99001,2019-12-31,4.2,94,2020-01-10T08:00:00+07:00,xa.99001,\n"
        "99001,2019-12-31,4.2,95,20/01/2020,huyen.991,đếm lại\n"
    )
    assert problems(text, now)[0][0] == "figure.recorded_at_not_asked"
    load(text, now, by=OPERATOR, history=True)
    newest, oldest = queries.history_of(unit("99001").id, SET, "4.2")
    assert (newest.value, newest.author, newest.reason) == (95, "huyen.991", "đếm lại")
    assert oldest.recorded_at == datetime(2020, 1, 10, 8, tzinfo=VIETNAM)
    assert problems(text, now, by=OPERATOR, history=True)[0][0] == "figure.history_loaded_before"


def test_a_file_too_large_is_not_read():
    with pytest.raises(Refused, match="too_large"):
        csvfile.read(b"x" * (csvfile.LIMIT + 1))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("94,9", "94.9"),
        ("94.9%", "94.9"),
        (" 94,9 % ", "94.9"),
        ("1.234,5", "1234.5"),
        ("1,234.5", "1234.5"),
        ("-3", "-3"),
        ("1 000", "1000"),
        ("12,34.5", None),
        ("1e5", None),
        ("", None),
        ("%", None),
        ("94,9,1", None),
        ("٣", None),
        ("x", None),
    ],
)
def test_numbers_as_people_write_them(text, number):
    assert csvfile.number(text) == (None if number is None else Decimal(number))


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(content):
    try:
        lines = csvfile.read(content)
    except Refused as refused:
        assert all(reason.code.startswith("csv.") for reason in refused.reasons)
    else:
        assert lines
