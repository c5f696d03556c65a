"""The units of Cao Bằng at the end of 2019 and a made-up truth about their criteria, for the matrix tests."""

from __future__ import annotations

import csv
import random
from datetime import date
from functools import cache
from pathlib import Path

from chungsuc.assessment.matrix import Asked, CriterionName, Under
from chungsuc.assessment.matrix.headings import also
from chungsuc.kit.errors import Reason
from chungsuc.territory.rules import Kind, UnitFact, kind_of_name, short_name

LIST = Path(__file__).resolve().parents[2] / "data" / "units" / "cao-bang" / "units_2019.csv"
END_2019 = date(2019, 12, 31)
NAMES = {
    1: "Quy hoạch",
    2: "Giao thông",
    3: "Thủy lợi",
    4: "Điện",
    5: "Trường học",
    6: "Cơ sở vật chất văn hóa",
    7: "Cơ sở hạ tầng thương mại nông thôn",
    8: "Thông tin và Truyền thông",
    9: "Nhà ở dân cư",
    10: "Thu nhập",
    11: "Hộ nghèo",
    12: "Lao động có việc làm",
    13: "Tổ chức sản xuất",
    14: "Giáo dục và Đào tạo",
    15: "Y tế",
    16: "Văn hóa",
    17: "Môi trường và an toàn thực phẩm",
    18: "Hệ thống chính trị và tiếp cận pháp luật",
    19: "Quốc phòng và An ninh",
}
INDICATORS = {1: 2, 2: 4, 3: 2, 4: 2, 5: 1, 6: 3, 7: 1, 8: 4, 9: 2, 10: 1, 11: 1, 12: 1, 13: 2, 14: 3, 15: 3, 16: 1}
INDICATORS |= {17: 8, 18: 6, 19: 2}
Truth = dict[str, frozenset[int]]


@cache
def units() -> tuple[UnitFact, ...]:
    """All units in force on 31/12/2019, as facts."""
    with LIST.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return tuple(
        UnitFact(
            id=place,
            code=row["code"],
            name=row["name"],
            short_name=short_name(row["name"]),
            kind=Kind.PROVINCE if row["type"] == "Tỉnh" else kind_of_name(row["name"]) or Kind.COMMUNE,
            parent_id=None,
            parent_code=row["parent_code"] or None,
            parent_name=row["parent_name"] or None,
            region="tdmnpb",
            alt_names=tuple(name for name in row["alt_name"].split("|") if name),
        )
        for place, row in enumerate(rows, start=1)
    )


def communes(district: str | None = None) -> list[UnitFact]:
    """The communes, of one district's code where given, in the order of the list."""
    return [unit for unit in units() if unit.kind is Kind.COMMUNE and district in (None, unit.parent_code)]


def districts() -> list[UnitFact]:
    """The districts and the city."""
    return [unit for unit in units() if unit.kind in (Kind.DISTRICT, Kind.CITY)]


class Stub:
    """Knows no other day."""

    def why_absent(self, name: str, code: str | None, under: Under | None) -> Reason:
        """Every name is unknown."""
        return Reason("matrix.unknown_name", name=name or code, on=END_2019, hint="")

    def district(self, name: str) -> frozenset[str] | None:
        """No district ever ended."""
        return None


def asked() -> Asked:
    """The question that the tests put: these units, nineteen criteria."""
    criteria = tuple(CriterionName(number, (name, *also(name)), INDICATORS[number]) for number, name in NAMES.items())
    return Asked(END_2019, criteria, units(), Stub())


@cache
def truth(seed: int = 2019) -> Truth:
    """For each commune the criteria it meets, made up."""
    chance = random.Random(seed)
    return {
        unit.code: frozenset(number for number in NAMES if chance.random() < chance.choice((0.3, 0.6, 0.95)))
        for unit in communes()
    }
