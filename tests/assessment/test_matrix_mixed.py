"""Habits mixed at random: header, order of columns, extra columns, heads, names, marks and file kind of a matrix.

Each seed makes one file; what it says must be read exactly, without errors and without false alarms about sums.
"""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from chungsuc.assessment.matrix import read_matrix
from chungsuc.kit.sheets.precheck import Kind
from chungsuc.kit.sheets.reading import read_here
from chungsuc.kit.vietnamese import fold
from chungsuc.territory.rules import UnitFact
from tests.assessment.matrix_files import ROMAN
from tests.assessment.matrix_land import NAMES, asked, communes, districts, truth
from tests.assessment.sheet_files import Page, Rows, write_csv, write_xlsx

LABELS: dict[str, Callable[[int], Any]] = {
    "tc": lambda n: f"TC{n}",
    "tc dot": lambda n: f"TC.{n:02d}",
    "tieu chi so": lambda n: f"Tiêu chí số {n}",
    "tieu chi": lambda n: f"TIÊU CHÍ {n}",
    "lines": lambda n: f"Tiêu chí {n}\n({NAMES[n]})",
    "number": lambda n: n,
    "number text": lambda n: f"{n}",
    "brackets": lambda n: f"({n})",
    "numbered": lambda n: f"{n}. {NAMES[n]}",
    "dash": lambda n: f"{n} - {NAMES[n].upper()}",
    "name": lambda n: NAMES[n],
    "upper name": lambda n: NAMES[n].upper(),
    "bare name": lambda n: fold(NAMES[n]).capitalize(),
    "english": lambda n: f"Criterion {n}",
}
MARKS: list[tuple[list[Any], list[Any]]] = [
    (["x"], [None]),
    (["x", "X", "x ", "X*"], [None, "-", " "]),
    ([1], [0]),
    (["1"], ["0"]),
    (["Đạt", "đạt", "ĐẠT"], ["Chưa đạt", "CĐ", "chưa"]),
    (["Đ"], ["K"]),
    (["✓", "✔"], ["✗", None]),
    (["+"], ["–", "-"]),
    (["có", "Có"], ["không", "Không có"]),
    (["v"], ["o", "0"]),
    ([True], [False]),
    (["dat"], ["khong dat"]),
]
WRITTEN: list[Callable[[UnitFact], str]] = [
    lambda unit: unit.name,
    lambda unit: unit.short_name,
    lambda unit: unit.name.upper(),
    lambda unit: f"xã  {unit.short_name} ",
    lambda unit: unicodedata.normalize("NFD", unit.name),
    lambda unit: f"X. {unit.short_name}",
    lambda unit: f"{unit.short_name} (xã)",
    lambda unit: unit.short_name.replace("Đ", "\u00d0"),
    lambda unit: f"- {unit.short_name}*",
    lambda unit: f"{unit.short_name}\u00a0",
]
HEADS: list[Callable[[int, UnitFact], list[Any]]] = [
    lambda i, d: [ROMAN[i], d.name],
    lambda i, d: [f"{ROMAN[i]}. {d.name}"],
    lambda i, d: [ROMAN[i], d.short_name],
    lambda i, d: [None, d.name.upper()],
    lambda i, d: [d.name.replace("Huyện ", "H. ").replace("Thành phố ", "TP. ")],
    lambda i, d: [i + 1, f"{d.name} ({len(communes(d.code))} xã)"],
    lambda i, d: [chr(65 + i), f"{d.name}:"],
]
EXTRAS = [("Dân số", 1234), ("Diện tích (ha)", 56.7), ("Ghi chú", "đang rà soát"), ("Số thôn", 7), ("Khu vực", "III")]


def made(seed: int, folder: Path) -> Path:
    """One file in a mixture of habits."""
    chance = random.Random(seed)
    order = list(NAMES)
    if chance.random() < 0.4:
        chance.shuffle(order)
    label = LABELS[chance.choice(sorted(LABELS))]
    extras = chance.sample(EXTRAS, chance.randint(0, 2))
    total = chance.choice([None, "Tổng", "Tổng số TC đạt", "Số tiêu chí đạt", "Cộng"])
    head = ["STT", chance.choice(["Xã", "Tên xã", "Đơn vị", "Xã, thị trấn"])]
    head += (
        [name for name, _ in extras[:1]] + [label(n) for n in order] + [total or ""] + [name for name, _ in extras[1:]]
    )
    rows: Rows = [["UBND TỈNH CAO BẰNG"], ["Biểu tổng hợp đến 31/12/2019"], []][: chance.randint(0, 3)] + [head]
    if chance.random() < 0.3:
        rows.append([f"({n})" for n in range(1, len(head) + 1)])
    rows += _body(chance, order, extras, total is not None)
    kind = chance.choice(["xlsx", "xlsx", "csv"])
    if kind == "xlsx":
        return write_xlsx(folder / "m.xlsx", Page(rows, hidden_rows=range(30, chance.choice([30, 35]))))
    encoding = chance.choice(["utf-8", "utf-8-sig", "utf-16"])
    return write_csv(folder / "m.csv", rows, chance.choice([",", ";", "\t"]), encoding)


def _body(chance: random.Random, order: list[int], extras: list[tuple[str, Any]], total: bool) -> Rows:
    yes, no = chance.choice(MARKS)
    write, heading = chance.choice(WRITTEN), chance.choice(HEADS)
    sums = chance.choice(["none", "below", "head"])
    rows: Rows = []

    def line(start: list[Any], cells: list[Any], count: int | None) -> list[Any]:
        before = [value for _, value in extras[:1]] if count is not None else [None] * len(extras[:1])
        return [*start, *before, *cells, count if total else None, *(value for _, value in extras[1:])]

    def summed(codes: list[str]) -> tuple[list[Any], int]:
        return [sum(n in truth()[c] for c in codes) for n in order], sum(len(truth()[c]) for c in codes)

    for place, district in enumerate(districts()):
        codes = [unit.code for unit in communes(district.code)]
        start = heading(place, district)
        wide = [*start, *[None] * (2 - len(start))]
        rows.append(line(wide, *summed(codes)) if sums == "head" and len(start) == 2 else start)
        for number, unit in enumerate(communes(district.code), start=1):
            met = truth()[unit.code]
            rows.append(line([number, write(unit)], [chance.choice(yes if n in met else no) for n in order], len(met)))
        if sums == "below":
            rows.append(line([None, "Cộng"], *summed(codes)))
    if chance.random() < 0.5:
        rows.append(line([None, "Toàn tỉnh"], *summed(list(truth()))))
    if chance.random() < 0.5:
        rows += [
            [],
            ["Ghi chú: theo báo cáo của các huyện"],
            [None, None, None, "NGƯỜI LẬP BIỂU"],
            [None, None, None, "Hoàng Văn An"],
        ]
    return rows


@pytest.mark.parametrize("seed", range(24))
def test_mixed_habits_say_the_same_truth(seed, tmp_path):
    result = read_matrix(read_here(str(made(seed, tmp_path)), [kind.value for kind in Kind]), asked())
    assert [problem.as_json("vi") for problem in result.problems if problem.severity == "error"] == []
    assert {code: set(read.numbers) for code, read in result.units.items()} == truth()
    alarms = {"matrix.total_differs", "matrix.sum_differs", "matrix.unit_missing", "matrix.read_as"}
    assert {problem.reason.code for problem in result.problems} & alarms == set()
