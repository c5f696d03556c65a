"""Matrices as provinces keep them, made on the spot: each maker writes one file in a habit of its own.

A maker takes a folder and gives the path; every file says the same truth unless it says otherwise.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from tests.assessment.matrix_land import NAMES, Truth, communes, districts, truth
from tests.assessment.sheet_files import Page, Rows, write_csv, write_xlsx

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV")


def marks(met: frozenset[int], yes: Any = "x", no: Any = None, order: Sequence[int] = tuple(NAMES)) -> list[Any]:
    """The cells of one commune."""
    return [yes if number in met else no for number in order]


def grouped(
    facts: Truth,
    cells: Callable[[frozenset[int]], list[Any]],
    *,
    heading: Callable[[int, Any], list[Any]],
    after: Callable[[Any, Truth], list[Any] | None] = lambda district, facts: None,
    name: Callable[[Any], str] = lambda unit: unit.short_name,
) -> Rows:
    """Communes under their districts, numbered within each."""
    rows: Rows = []
    for place, district in enumerate(districts()):
        rows.append(heading(place, district))
        for number, unit in enumerate(communes(district.code), start=1):
            rows.append([number, name(unit), *cells(facts[unit.code])])
        last = after(district, facts)
        if last:
            rows.append(last)
    return rows


def sums(facts: Truth, codes: Sequence[str]) -> list[int]:
    """How many of these communes meet each criterion, then how many criteria they meet together."""
    return [sum(number in facts[code] for code in codes) for number in NAMES] + [sum(len(facts[c]) for c in codes)]


def plain_tc(folder: Path) -> Path:
    """TC1…TC19, x, official names with "Xã", district rows."""
    rows = [["STT", "Tên xã", *(f"TC{n}" for n in NAMES), "Tổng"]]
    rows += grouped(
        truth(), lambda met: [*marks(met), len(met)], heading=lambda i, d: [ROMAN[i], d.name], name=lambda u: u.name
    )
    return write_xlsx(folder / "tc.xlsx", Page(rows))


def three_row_header(folder: Path) -> Path:
    """Titles above, group row, number row, name row, all merged; subtotals below; signature at the foot."""
    top = [
        ["UBND TỈNH CAO BẰNG"],
        ["BIỂU TỔNG HỢP KẾT QUẢ THỰC HIỆN BỘ TIÊU CHÍ ĐẾN 31/12/2019"],
        [],
        ["STT", "Đơn vị", "I. Quy hoạch", "II. Hạ tầng KT-XH", *[None] * 7, "III. Kinh tế và TCSX", *[None] * 3]
        + ["IV. Văn hóa - Xã hội - Môi trường", *[None] * 3, "V. Hệ thống chính trị", None, "Số TC đạt", "Ghi chú"],
        [None, None, *NAMES],
        [None, None, *NAMES.values()],
    ]
    body = grouped(
        truth(),
        lambda met: [*marks(met, "Đ", "CĐ"), f"{len(met)}/19"],
        heading=lambda i, d: [f"{ROMAN[i]}. {d.name.upper()}"],
        after=lambda d, facts: [None, "Cộng huyện", *sums(facts, [u.code for u in communes(d.code)])],
    )
    foot = [[None, "Toàn tỉnh", *sums(truth(), list(truth()))], [], ["Ghi chú: Đ là đạt, CĐ là chưa đạt"]]
    foot += [[None] * 12 + ["Người lập biểu"], [None] * 12 + ["Nguyễn Văn A"]]
    merges = [(3, 3, 3, 10), (3, 11, 3, 14), (3, 15, 3, 18), (3, 19, 3, 20), (3, 0, 5, 0), (3, 1, 5, 1)]
    rows = top + body + foot
    merges += [(row, 0, row, 1) for row in range(6, len(rows)) if len(rows[row]) == 1 and row < len(top + body)]
    return write_xlsx(folder / "ba_hang.xlsx", Page(rows, merges=merges))


def names_only_permuted(folder: Path) -> Path:
    """Criteria by name in another order, extra columns between, 1 and 0."""
    order = [19, 1, 5, 2, 3, 17, 4, 6, 8, 7, 9, 11, 10, 12, 13, 18, 14, 16, 15]
    header = ["TT", "Xã, thị trấn", "Dân số", *(NAMES[n] for n in order), "Đạt %", "Tổng số tiêu chí đạt", "Ghi chú"]
    rows: Rows = [["Kết quả năm 2019"], header]
    for place, district in enumerate(districts()):
        rows.append([ROMAN[place], district.name.upper()])
        for number, unit in enumerate(communes(district.code), start=1):
            met = truth()[unit.code]
            rows.append([number, f"xã {unit.short_name}", 1234 + number, *marks(met, 1, 0, order)])
            rows[-1] += [round(len(met) / 19 * 100, 1), len(met), "x"]
    return write_xlsx(folder / "ten.xlsx", Page(rows))


def abbreviations(folder: Path) -> Path:
    """Short header words, a row that counts the columns, ✓ and dashes, district column merged."""
    short = ["QH", "GT", "TL", "Điện", "Trường học", "CSVC VH", "CSHT TM NT", "TT&TT", "Nhà ở", "TN", "Hộ nghèo"]
    short += ["LĐ có VL", "TCSX", "GD&ĐT", "Y tế", "Văn hoá", "MT&ATTP", "HTCT & TCPL", "QP&AN"]
    rows: Rows = [["TT", "Huyện", "Xã", *short, "Cộng"], [f"({n})" for n in range(1, 24)]]
    merges = []
    for district in districts():
        start = len(rows)
        for unit in communes(district.code):
            met = truth()[unit.code]
            shown = district.short_name if len(rows) == start else None
            rows.append([len(rows) - 1, shown, unit.short_name, *marks(met, "✓", "-"), len(met)])
        if len(rows) - start > 1:
            merges.append((start, 1, len(rows) - 1, 1))
    return write_xlsx(folder / "viet_tat.xlsx", Page(rows, merges=merges))


def codes_without_zero(folder: Path) -> Path:
    """A column of codes as numbers (the zero lost), names without marks, "Đạt" and "Chưa đạt"."""
    rows: Rows = [["Mã xã", "Tên xã", *(f"Tiêu chí {n}" for n in NAMES)]]
    for unit in communes():
        rows.append([int(unit.code), unit.short_name, *marks(truth()[unit.code], "Đạt", "Chưa đạt")])
    return write_xlsx(folder / "ma.xlsx", Page(rows))


def csv_semicolon_bom(folder: Path) -> Path:
    """Semicolons, byte order mark, codes with their zero."""
    rows: Rows = [["mã;", "đơn vị", *(f"{n}. {name}" for n, name in NAMES.items()), "tổng"]]
    rows[0][0] = "Mã ĐVHC"
    for unit in communes():
        met = truth()[unit.code]
        rows.append([unit.code, unit.name, *marks(met, "x", ""), len(met)])
    return write_csv(folder / "cham_phay.csv", rows, ";", "utf-8-sig")


def csv_tab_utf16(folder: Path) -> Path:
    """What Excel calls Unicode text: UTF-16 and tabs; names decomposed (NFD) under district rows."""
    rows: Rows = [["STT", "Xã", *(f"Tiêu chí số {n}" for n in NAMES)]]
    rows += grouped(
        truth(),
        lambda met: marks(met, "có", "không"),
        heading=lambda i, d: [ROMAN[i], d.name],
        name=lambda u: unicodedata.normalize("NFD", u.name),
    )
    return write_csv(folder / "utf16.csv", rows, "\t", "utf-16")


def csv_comma_titles(folder: Path) -> Path:
    """Plain commas, title lines of other lengths, 1 and empty."""
    rows: Rows = [["TỈNH CAO BẰNG", ""], ["Năm 2019"], [], ["STT", "Đơn vị", *NAMES, "Tổng cộng"]]
    rows += grouped(truth(), lambda met: [*marks(met, 1, ""), len(met)], heading=lambda i, d: ["", d.name])
    return write_csv(folder / "phay.csv", rows)


def sheet_per_district(folder: Path) -> Path:
    """One sheet for each district, named after it; a hidden sheet and a sheet of instructions besides."""
    pages = [Page([["Hướng dẫn", "Ghi x vào ô đạt"]], "Hướng dẫn"), Page([["cũ"], ["x"]], "Nháp", hidden=True)]
    for district in districts():
        rows: Rows = [[f"Kết quả {district.name}"], ["Xã", *(f"TC {n:02d}" for n in NAMES)]]
        rows += [[unit.short_name, *marks(truth()[unit.code], "X")] for unit in communes(district.code)]
        pages.append(Page(rows, district.short_name))
    return write_xlsx(folder / "moi_huyen.xlsx", *pages)


def counts_only(folder: Path) -> Path:
    """Only how many criteria each commune meets, with district means."""
    rows: Rows = [["STT", "Xã", "Số tiêu chí đạt", "Ghi chú"]]
    rows += grouped(
        truth(),
        lambda met: [f"{len(met)}/19"],
        heading=lambda i, d: [ROMAN[i], d.name],
        after=lambda d, facts: [
            None,
            "Bình quân",
            round(sum(len(facts[u.code]) for u in communes(d.code)) / len(communes(d.code)), 2),
        ],
    )
    return write_xlsx(folder / "tong.xlsx", Page(rows))


def hidden_rows_and_formulas(folder: Path) -> Path:
    """Filtered rows are hidden but belong; totals are formulas with worked-out values."""
    rows: Rows = [["STT", "Tên đơn vị", *(f"TC{n}" for n in NAMES), "Tổng số TC đạt"]]
    rows += grouped(truth(), lambda met: marks(met, "đạt", "chưa"), heading=lambda i, d: [None, d.name])
    formulas = {}
    for place, row in enumerate(rows):
        if len(row) > 3 and place:
            formulas[(place, 21)] = (f'=COUNTIF(C{place + 1}:U{place + 1},"đạt")', row.count("đạt"))
    return write_xlsx(folder / "an.xlsx", Page(rows, hidden_rows=range(20, 60), formulas=formulas))


def district_beside_name(folder: Path) -> Path:
    """No headings: the district stands behind the name, other habits in front, + and K."""
    rows: Rows = [["Xã", *(f"{n}" for n in NAMES)]]
    for number, unit in enumerate(communes(), start=1):
        district = (unit.parent_name or "").replace("Huyện", "huyện")
        rows.append([f"{number}. Xã {unit.short_name}, {district}", *marks(truth()[unit.code], "+", "K")])
    return write_xlsx(folder / "ben_canh.xlsx", Page(rows))


def two_columns_each(folder: Path) -> Path:
    """Each criterion has a column "Đạt" and a column "Chưa đạt" under a merged label."""
    top: list[Any] = ["STT", "Xã"]
    below: list[Any] = [None, None]
    merges = [(0, 0, 1, 0), (0, 1, 1, 1)]
    for number in NAMES:
        merges.append((0, len(top), 0, len(top) + 1))
        top += [f"Tiêu chí {number}", None]
        below += ["Đạt", "Chưa đạt"]
    rows = [top, below]
    rows += grouped(
        truth(),
        lambda met: [cell for n in NAMES for cell in (("x", None) if n in met else (None, "x"))],
        heading=lambda i, d: [ROMAN[i], d.name],
    )
    return write_xlsx(folder / "hai_cot.xlsx", Page(rows, merges=merges))


def repeated_header(folder: Path) -> Path:
    """The header comes again on every page; townships are listed too; remarks behind names."""
    header = ["TT", "Xã/Thị trấn", *NAMES.values(), "Tổng số tiêu chí"]
    rows: Rows = [header]
    for place, district in enumerate(districts()):
        rows += [header] if place % 3 == 2 else []
        rows.append([ROMAN[place], f"{district.name} ({len(communes(district.code))} xã)"])
        for number, unit in enumerate(communes(district.code), start=1):
            met = truth()[unit.code]
            rows.append([number, f"{unit.short_name} (xã điểm)*", *marks(met, "x*"), len(met)])
    return write_xlsx(folder / "lap_lai.xlsx", Page(rows))


def footnoted(folder: Path) -> Path:
    """Total row first, dashes of every length, "x (2018)", spaces around names and marks."""
    rows: Rows = [["STT", "Đơn vị", *(f"TC.{n}" for n in NAMES), "Tổng số"]]
    rows.append([None, "TỔNG TOÀN TỈNH", *sums(truth(), list(truth()))])
    rows += grouped(
        truth(),
        lambda met: [*marks(met, " x (2018) ", "–"), len(met)],
        heading=lambda i, d: [ROMAN[i], f"  {d.name}  "],
        name=lambda u: f"  - {u.name.upper()}  ",
    )
    return write_xlsx(folder / "chu_thich.xlsx", Page(rows))


def counts_of_indicators(folder: Path) -> Path:
    """Cells say how many indicators of the criterion are met, `3/4`."""
    from tests.assessment.matrix_land import INDICATORS

    rows: Rows = [["STT", "Xã", *(f"TC{n}" for n in NAMES)]]
    rows += grouped(
        truth(),
        lambda met: [f"{INDICATORS[n] if n in met else INDICATORS[n] - 1}/{INDICATORS[n]}" for n in NAMES],
        heading=lambda i, d: [ROMAN[i], d.name],
    )
    return write_xlsx(folder / "chi_tieu.xlsx", Page(rows))


def years_side_by_side(folder: Path) -> Path:
    """A sheet per year: only the year asked for counts."""
    pages = []
    for year in (2017, 2018, 2019):
        rows: Rows = [["STT", "Xã", *(f"TC{n}" for n in NAMES)]]
        rows += grouped(truth(year), marks, heading=lambda i, d: [ROMAN[i], d.name])
        pages.append(Page(rows, f"Năm {year}"))
    return write_xlsx(folder / "cac_nam.xlsx", *pages)


def loose_words(folder: Path) -> Path:
    """Roman numbers over the criteria, bare district names as heads, the province's own row, sections, old habits."""
    rows: Rows = [["TT", "Tên xã", *ROMAN, "XV", "XVI", "XVII", "XVIII", "XIX", "Tổng cộng"]]
    rows.append(["", "Tỉnh Cao Bằng", *sums(truth(), list(truth()))])
    for place, district in enumerate(districts()):
        codes = [unit.code for unit in communes(district.code)]
        rows.append([ROMAN[place], district.short_name.upper(), *sums(truth(), codes)])
        rows.append([None, "Các xã phấn đấu đạt chuẩn"])
        for number, unit in enumerate(communes(district.code), start=1):
            met = truth()[unit.code]
            rows.append(
                [number, f"Xã {unit.short_name}, {district.name}, tỉnh Cao Bằng", *marks(met, "Х", "o"), len(met)]
            )
    return write_xlsx(folder / "la_ma.xlsx", Page(rows))


def everyday_names(folder: Path) -> Path:
    """Criteria in everyday words, names with the district in brackets, no heads, counts of several years behind."""
    words = [
        "Quy hoạch",
        "Giao thông nông thôn",
        "Thuỷ lợi",
        "Điện nông thôn",
        "Trường",
        "CSVC văn hoá",
        "Chợ",
        "Bưu điện",
    ]
    words += ["Nhà ở", "Thu nhập", "Tỷ lệ hộ nghèo", "Cơ cấu lao động", "Hình thức TCSX", "Giáo dục", "Y tế", "Văn hoá"]
    words += ["Môi trường", "Hệ thống chính trị", "An ninh trật tự"]
    head = ["Đơn vị", *words, "Số tiêu chí đạt", None, None, "Số hộ nghèo"]
    rows: Rows = [head, [None] * 20 + ["Năm 2017", "Năm 2018", "Năm 2019"]]
    for unit in communes():
        met = truth()[unit.code]
        district = (unit.parent_name or "").removeprefix("Huyện ")
        counts = [len(truth(2017)[unit.code]), len(truth(2018)[unit.code]), len(met)]
        rows.append([f"{unit.short_name} ({district})", *marks(met, "v", "0"), *counts, 37])
    return write_xlsx(folder / "doi_thuong.xlsx", Page(rows, merges=[(0, 20, 0, 22), (0, 0, 1, 0)]))


def csv_from_a_program(folder: Path) -> Path:
    """What a program writes: codes as 1375.0, 1.0 and 0.0, headers 1.0 to 19.0."""
    rows: Rows = [["code", "xã", *(f"{n}.0" for n in NAMES)]]
    rows += [[f"{int(unit.code)}.0", unit.name, *marks(truth()[unit.code], "1.0", "0.0")] for unit in communes()]
    return write_csv(folder / "chuong_trinh.csv", rows)


def blocks_with_heads_below(folder: Path) -> Path:
    """Each district is a block of its own with title and header; its name comes again below with the sums."""
    rows: Rows = []
    for district in districts():
        rows += [[], [district.name.upper()], ["STT", "Xã", *(f"TC {n}" for n in NAMES), "Tổng số"]]
        codes = [unit.code for unit in communes(district.code)]
        for number, unit in enumerate(communes(district.code), start=1):
            met = truth()[unit.code]
            rows.append([number, unit.short_name, *marks(met), len(met)])
        rows.append([None, district.name, *sums(truth(), codes)])
    return write_xlsx(folder / "khoi.xlsx", Page(rows))


def column_of_districts_anywhere(folder: Path) -> Path:
    """The district in a column without a telling header, repeated on every row, to the right of the name."""
    rows: Rows = [["Số TT", "Tên xã", "Thuộc", *(f"Tiêu chí {n}: {name}" for n, name in NAMES.items())]]
    for number, unit in enumerate(communes(), start=1):
        rows.append([number, unit.short_name, unit.parent_name, *marks(truth()[unit.code], "đ", "-")])
    return write_xlsx(folder / "thuoc.xlsx", Page(rows))


MAKERS = (
    plain_tc,
    three_row_header,
    names_only_permuted,
    abbreviations,
    codes_without_zero,
    csv_semicolon_bom,
    csv_tab_utf16,
    csv_comma_titles,
    sheet_per_district,
    hidden_rows_and_formulas,
    district_beside_name,
    two_columns_each,
    repeated_header,
    footnoted,
    counts_of_indicators,
    years_side_by_side,
    loose_words,
    everyday_names,
    csv_from_a_program,
    blocks_with_heads_below,
    column_of_districts_anywhere,
)
