"""Kinds, short names, and the reading of names as people write them."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chungsuc.territory.rules import Gazetteer, Kind, UnitFact, kind_of_name, short_name
from chungsuc.territory.rules.kinds import kind_of_word


def unit(number: int, code: str, name: str, parent: str | None = None, *others: str) -> UnitFact:
    kind = kind_of_name(name)
    assert kind is not None
    return UnitFact(number, code, name, short_name(name), kind, None, parent, None, alt_names=others)


TOY = Gazetteer([
    unit(1, "99", "Tỉnh Thử"),
    unit(2, "991", "Huyện Đông", "99"),
    unit(3, "992", "Thành phố Thử", "99"),
    unit(4, "99001", "Xã Bản Xèo", "991"),
    unit(5, "99002", "Xã Hoà Bình", "991", "Xã Thanh Bình"),
    unit(6, "99003", "Xã Hoà Bình", "992"),
    unit(7, "99004", "Thị trấn Đông", "991"),
    unit(8, "99005", "Xã Sĩ Bình", "991"),
])  # fmt: skip


@pytest.mark.parametrize(
    ("name", "kind", "short"),
    [
        ("Tỉnh Cao Bằng", Kind.PROVINCE, "Cao Bằng"),
        ("Thành phố Cao Bằng", Kind.CITY, "Cao Bằng"),
        ("Thị xã Sa Pa", Kind.CITY, "Sa Pa"),
        ("Huyện Hà Quảng", Kind.DISTRICT, "Hà Quảng"),
        ("THỊ TRẤN NƯỚC HAI", Kind.TOWNSHIP, "NƯỚC HAI"),
        ("Xã Bản Xèo", Kind.COMMUNE, "Bản Xèo"),
        ("Phường Tân Giang", Kind.WARD, "Tân Giang"),
        ("Tổ dân phố 5", Kind.VILLAGE, "5"),
        ("Xóm Lũng Vài", Kind.VILLAGE, "Lũng Vài"),
    ],
)
def test_names_begin_with_their_kind(name: str, kind: Kind, short: str) -> None:
    assert (kind_of_name(name), short_name(name)) == (kind, short)


def test_words_of_kind() -> None:
    assert kind_of_word("xã") is Kind.COMMUNE and kind_of_word("commune") is Kind.COMMUNE
    assert kind_of_word("Thành phố", under_none=True) is Kind.PROVINCE
    assert kind_of_word("Đặc khu") is None and kind_of_word("") is None
    assert kind_of_name("Xà Phìn") is None, "a name that only looks like a word of kind"


@pytest.mark.parametrize(
    ("written", "codes"),
    [
        ("Bản Xèo", ["99001"]),
        ("xã bản xèo", ["99001"]),
        ("BAN XEO", ["99001"]),
        ("Hòa Bình", ["99002", "99003"]),
        ("Thanh Bình", ["99002"]),
        ("Sỹ Bình", ["99005"]),
        ("Đông", ["99004", "991"]),
        ("TT. Đông", ["99004"]),
        ("H. Đông", ["991"]),
        ("Tp Thử", ["992"]),
        ("Tỉnh Thử", ["99"]),
        ("Thử", ["99", "992"]),
        ("Huyện Bản Xèo", []),
        ("Không Có", []),
        ("", []),
    ],
)
def test_match(written: str, codes: list[str]) -> None:
    assert [found.code for found in TOY.match(written)] == codes


def test_kind_and_district_narrow() -> None:
    assert [found.code for found in TOY.match("Đông", kind=Kind.TOWNSHIP)] == ["99004"]
    assert [found.code for found in TOY.match("Hoà Bình", district="Huyện Đông")] == ["99002"]
    assert [found.code for found in TOY.match("Hoà Bình", district="992")] == ["99003"]
    assert [found.code for found in TOY.match("Hoà Bình", district="Tỉnh Thử")] == ["99002", "99003"]
    assert TOY.match("Hoà Bình", district="Huyện Không Có") == []


@given(
    st.sampled_from(["Xã Hoà Bình", "Xã Sĩ Bình", "Thị trấn Đông", "Xã Bản Xèo"]),
    st.sampled_from(["NFC", "NFD", "NFKC"]),
    st.sampled_from([str, str.upper, str.lower, str.title]),
    st.integers(1, 4),
)
def test_form_case_and_spaces_do_not_matter(name: str, form: str, case: object, spaces: int) -> None:
    written = (" " * spaces).join(case(unicodedata.normalize(form, name)).split(" "))  # type: ignore[operator]
    assert TOY.match(written) == TOY.match(name) != []
