"""CSV files as offices keep them: what is read, and what is refused with its line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from chungsuc.kit.errors import Refused
from chungsuc.territory import lists
from chungsuc.territory.rules import ChangeKind
from chungsuc.territory.rules.draft import acts_named
from tests import cast

PLAIN = lists.read_tables({"units_2019.csv": cast.UNITS.encode()})


def refused(**tables: bytes) -> list[tuple[str, object]]:
    named = {f"{name}.csv": data for name, data in tables.items()}
    with pytest.raises(Refused) as caught:
        lists.read_tables(named)
    return [(reason.code, reason.facts.get("line") or reason.facts.get("encoding")) for reason in caught.value.reasons]


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbf" + cast.UNITS.encode(),
        cast.UNITS.replace(",", ";").encode(),
        cast.UNITS.replace(",", "\t").encode(),
        cast.UNITS.replace("\n", "\r\n").encode(),
        ("\ufeff" + cast.UNITS).encode("utf-16-le"),
        ("\ufeff" + cast.UNITS).encode("utf-16-be"),
        ("\ufeff" + cast.UNITS).encode("utf-16"),
        cast.UNITS.encode("utf-16-le"),
        cast.UNITS.encode("utf-16-be"),
        cast.UNITS.replace(",Huyện Tây,\n", ",Huyện Tây,\n,,,,,\n").encode(),
    ],
    ids=[
        "bom",
        "semicolons",
        "tabs",
        "crlf",
        "utf-16",
        "utf-16-be",
        "two marks",
        "utf-16-le bare",
        "utf-16-be bare",
        "blank lines",
    ],
)
def test_ways_of_writing_csv(data: bytes) -> None:
    (read,) = lists.read_tables({"units_2019.csv": data})
    assert [(u.code, u.name, u.kind, u.parent_code, u.alt_names) for u in read.units] == [
        (u.code, u.name, u.kind, u.parent_code, u.alt_names) for u in PLAIN[0].units
    ]


def test_the_first_list() -> None:
    (draft,) = PLAIN
    assert draft.label == "2019" and len(draft.units) == 9 and draft.changes == ()
    assert draft.units[5].alt_names == ("Xã Hòa Bình",)


def test_changes_and_their_acts() -> None:
    acts = "number,signed,title\n1/NQ-THU,2020-02-01,Thử\n2/NQ-THU,2020-02-01,Khác\n"
    (draft,) = lists.read_tables({"changes_2020.csv": cast.CHANGES.encode(), "acts.csv": acts.encode()})
    assert [act.title for act in draft.acts] == ["Thử"]
    assert draft.changes[3].kinds == (ChangeKind.ABSORB,)
    assert draft.changes[0].effective == date(2020, 3, 1)


def test_a_legal_basis_names_its_acts() -> None:
    first, second = acts_named("203/2025/QH15; 72/2025/QH15 (16/06/2025)")
    assert (first.number, first.signed) == ("203/2025/QH15", None)
    assert (second.number, second.signed) == ("72/2025/QH15", date(2025, 6, 16))


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("code,name,type,parent_code\n99,TØnh §a Th«ng,TØnh,\n", "TCVN3"),
        ("code,name,type,parent_code\n99,Xaõ Ña Thoâng,Xaõ,\n", "VNI"),
    ],
)
def test_legacy_encodings_are_refused_by_name(text: str, encoding: str) -> None:
    assert refused(units_2019=text.encode()) == [("lists.not_utf8", encoding)]
    assert refused(units_2019=text.encode("cp1252")) == [("lists.not_utf8", encoding)]


def test_other_bytes_are_refused() -> None:
    assert refused(units_2019=cast.UNITS.encode("utf-16-le")[:-1]) == [("lists.not_utf8", "UTF-16LE")]
    assert refused(units_2019=b"code,name\x81\x9d\n")[0][0] == "lists.unknown_encoding"


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("99002,Xã", "9,Xã", "lists.bad_code", 6),
        ("99002,Xã", ",Xã", "lists.bad_code", 6),
        ("99002,Xã", "=99002,Xã", "lists.bad_code", 6),
        ("Bãi Cát,Xã,991", "Bãi Cát,Trại,991", "lists.unknown_kind", 6),
        ("Bãi Cát,Xã,991", "Bãi Cát,Phường,991", "lists.kind_against_name", 6),
        ("Xã Bãi Cát,Xã", ",Xã", "lists.no_name", 6),
        ("Xã Bãi Cát,Xã", "Xã,Xã", "lists.only_kind", 6),
        ("Xã Bãi Cát,Xã", "Bãi Cát,Xã", "lists.kind_not_in_name", 6),
        ("Cát,Xã,991,Huyện Đông,", "Cát,Xã,991,Huyện Đông,,,thừa", "lists.too_many_cells", 6),
    ],
)
def test_a_bad_line_is_named(old: str, new: str, code: str, line: int) -> None:
    assert (code, line) in refused(units_2019=cast.UNITS.replace(old, new, 1).encode())


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("2020-03-01,1", "2020-13-01,1", "lists.bad_date"),
        ("2020-03-01,1", ",1", "lists.bad_date"),
        ("(01/02/2020)", "(31/02/2020)", "lists.bad_date"),
        ("1/NQ-THU (01/02/2020)", "", "lists.no_act"),
        ("merge", "sáp nhập", "lists.unknown_event"),
        (",full,", ",half,", "lists.full_or_part"),
        ("Xã Ao Cát", "Ao Cát", "lists.unknown_kind"),
    ],
)
def test_a_bad_change_is_named(old: str, new: str, code: str) -> None:
    assert old in cast.CHANGES
    assert (code, 2) in refused(changes_2020=cast.CHANGES.replace(old, new, 1).encode())


def test_all_problems_are_told_at_once() -> None:
    wrong = cast.UNITS.replace("99002,", "x,").replace("99003,", "y,")
    assert refused(units_2019=wrong.encode()) == [("lists.bad_code", 6), ("lists.bad_code", 7)]


def test_missing_columns_empty_files_and_names() -> None:
    assert refused(units_2019=b"code,name\n99,x\n")[0][0] == "lists.columns_missing"
    assert refused(units_2019=cast.UNITS.splitlines()[0].encode())[0][0] == "lists.empty"
    assert refused(units_2019=b"")[0][0] == "lists.columns_missing"
    assert refused(don_vi=b"")[0][0] == "lists.unknown_name"
    assert refused(units_2019=b'code,name,type,parent_code\n"99,x')[0][0] == "lists.not_csv"
    assert refused(classes_2026=b"code,scheme,value,valid_from\n99,,,01/01/2026\n") == [
        ("lists.empty_cell", 2),
        ("lists.empty_cell", 2),
    ]


def test_folders(tmp_path: Path) -> None:
    for path, code in ((tmp_path / "none", "lists.no_folder"), (tmp_path, "lists.no_files")):
        with pytest.raises(Refused) as caught:
            lists.read_folder(path)
        assert [reason.code for reason in caught.value.reasons] == [code]
    (tmp_path / "units_2019.csv").write_text(cast.UNITS)
    (tmp_path / "changes_2020.csv").write_text(cast.CHANGES)
    (tmp_path / "README.md").write_text("x")
    first, second = lists.read_folder(tmp_path, date(2016, 1, 1))
    assert (first.label, first.since, second.label, second.since) == ("2019", date(2016, 1, 1), "2020", None)
    assert [draft.label for draft in lists.read_paths([tmp_path])] == ["2019", "2020"]
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "units_2019.csv").write_text(cast.UNITS)
    for paths, code in (
        (["none"], "lists.no_path"),
        (["units_2030.csv"], "lists.no_path"),
        (["README.md"], "lists.unknown_name"),
        ([".", "more"], "lists.name_twice"),
    ):
        with pytest.raises(Refused) as caught:
            lists.read_paths([tmp_path / path for path in paths])
        assert [reason.code for reason in caught.value.reasons] == [code]
    with pytest.raises(Refused) as caught:
        lists.read_files([tmp_path / "units_2030.csv"])
    assert [reason.code for reason in caught.value.reasons] == ["lists.no_file"]
