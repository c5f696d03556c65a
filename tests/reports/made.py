"""Small grounds and situations made by hand, for tests without a database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import numpy as np

from chungsuc.criteria.engine import Verdict
from chungsuc.recognition.rules import Provenance, Status, TitleFact
from chungsuc.reports.rules import (
    Bands,
    Basis,
    CriterionName,
    DayCount,
    DistrictLine,
    Ground,
    Made,
    Situation,
    mean,
    percent,
    situation,
)
from chungsuc.territory.rules import Kind, UnitFact

NINETEEN = Bands(19, 10, ((19, 19), (15, 18), (10, 14), (5, 9), (0, 4)))
MET, NOT_MET = Verdict.MET.rank, Verdict.NOT_MET.rank


def unit(number: int, name: str, kind: Kind, parent: UnitFact | None = None) -> UnitFact:
    words = {Kind.PROVINCE: "Tỉnh", Kind.DISTRICT: "Huyện", Kind.CITY: "Thành phố", Kind.COMMUNE: "Xã"}
    return UnitFact(
        id=number,
        code=f"{number:05d}" if kind is Kind.COMMUNE else f"{number:03d}",
        name=f"{words[kind]} {name}",
        short_name=name,
        kind=kind,
        parent_id=parent.id if parent else None,
        parent_code=parent.code if parent else None,
        parent_name=parent.name if parent else None,
    )


def title(holder: UnitFact, year: int) -> TitleFact:
    return TitleFact(
        id=holder.id,
        kind="xa_ntm",
        set_code="xa-ntm-2016-2020",
        year=year,
        decision_number="1/QĐ-THU",
        decision_date=date(year + 1, 1, 20),
        authority="UBND tỉnh Thử",
        source="test",
        provenance=Provenance.DEMO,
        note="",
        status=Status.HELD,
        unit_id=holder.id,
        unit_code=holder.code,
        unit_name=holder.name,
        parent_code=holder.parent_code,
        parent_name=holder.parent_name,
        given_id=holder.id,
        given_code=holder.code,
        given_name=holder.name,
        turns=(),
    )


def ground(
    counts: Sequence[Sequence[int]], *, at: date = date(2019, 12, 31), titles: Sequence[tuple[int, int, int]] = ()
) -> Ground:
    """Districts of communes that meet so many of 19 criteria; `titles`: (district, commune, year)."""
    province = unit(4, "Thử", Kind.PROVINCE)
    names = ("Đông", "Ái", "Bình", "Ân", "Cao")
    districts = tuple(unit(40 + place, names[place], Kind.DISTRICT, province) for place in range(len(counts)))
    communes, met, of = [], [], []
    for place, row in enumerate(counts):
        for number, count in enumerate(row):
            communes.append(unit(1000 * (place + 1) + number, f"Xã số {number}", Kind.COMMUNE, districts[place]))
            met.append(count)
            of.append(place)
    verdicts = np.full((len(met), 19), NOT_MET, dtype=np.int8)
    for row, count in enumerate(met):
        verdicts[row, :count] = MET
    held = {}
    for district, number, year in titles:
        holder = next(one for one in communes if one.id == 1000 * (district + 1) + number)
        held[holder.id] = title(holder, year)
    return Ground(
        unit=province,
        at=at,
        known=None,
        set_code="xa-ntm-2016-2020",
        set_name="Bộ tiêu chí thử",
        set_name_en="A test set",
        criteria=tuple(CriterionName(number, f"Tiêu chí {number}", f"Criterion {number}") for number in range(1, 20)),
        bands=NINETEEN,
        communes=tuple(communes),
        districts=districts,
        district_of=np.array(of, dtype=np.int32),
        verdicts=verdicts,
        met=np.array(met, dtype=np.int32),
        basis=np.full(len(met), Basis.FIGURES, dtype=np.int8),
        speaks_of=np.full(len(met), np.datetime64(at), dtype="datetime64[D]"),
        titles=held,
        made=Made.REAL,
    )


def the_letter() -> Situation:
    """The numbers of the founding letter, province and districts by name."""
    lines = tuple(
        DistrictLine(f"04{place}", f"Huyện {name}", name, 10, held, Decimal(10), 3, {})
        for place, (name, held) in enumerate((("Bảo Lạc", 0), ("Bảo Lâm", 0), ("Hạ Lang", 0), ("Hòa An", 4)))
    )
    found = situation(ground([[10]]), districts_recognised=0)
    province = replace(found.unit, name="Tỉnh Cao Bằng", short_name="Cao Bằng")
    return replace(
        found,
        unit=province,
        communes=177,
        recognised=20,
        recognised_in_year=5,
        total_met=1880,
        mean_met=mean(1880, 177),
        below_10=86,
        below_10_percent=percent(86, 177),
        districts_without_recognised=("Bảo Lạc", "Bảo Lâm", "Hạ Lang"),
        by_district=lines,
        basis={"nothing": 0, "figures": 177, "marks": 0, "count": 0},
        speaks_of=(DayCount(found.at, 177),),
    )
