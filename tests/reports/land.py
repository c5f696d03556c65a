"""The toy province with figures, marks and a title, through the ordinary actions."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from chungsuc.assessment import actions as assessment
from chungsuc.assessment.rules import FigureEntry, FigureRow, Level, MarkRow
from chungsuc.criteria import queries as criteria
from chungsuc.criteria.engine import Context, place
from chungsuc.kit.clock import VIETNAM
from chungsuc.recognition import actions as recognition
from chungsuc.recognition.rules import Provenance, TitleEntry
from chungsuc.territory import actions as territory_actions
from chungsuc.territory import lists
from chungsuc.territory import queries as territory
from tests import cast

SET, NEXT_SET = "xa-ntm-2016-2020", "xa-ntm-2021-2025"
REGION = "code,scheme,value,valid_from,provenance\n99,region,tdmnpb,,example\n"
NOW = datetime(2026, 1, 5, 9, 0, tzinfo=VIETNAM)


def load_units(*, merged: bool = True) -> None:
    """The toy province in the northern mountains, with its mergers of 1/3/2020."""
    tables = {"units_2019.csv": cast.UNITS.encode(), "classes_2019.csv": REGION.encode()}
    if merged:
        tables["changes_2020.csv"] = cast.CHANGES.encode()
    territory_actions.load_generations(drafts=lists.read_tables(tables), by=cast.OPERATOR, at=cast.LONG_AGO)


def good_figures(set_code: str = SET) -> dict[str, FigureEntry]:
    """A figure exactly at the threshold for every indicator that has one in the northern mountains."""
    found = {}
    for ruling in place(criteria.criteria_set(set_code), Context(region="tdmnpb", year=2019)):
        limits = dict(ruling.limits)
        if None in limits:
            limit = limits[None].limit
            found[ruling.indicator.code] = FigureEntry(limit if isinstance(limit, bool) else Decimal(limit))
        elif limits:
            found[ruling.indicator.code] = FigureEntry(parts={part: leaf.limit for part, leaf in limits.items()})
    return found


def record(
    code: str,
    entries: dict[str, FigureEntry],
    *,
    speaks_of: date = cast.END_2019,
    level: Level = Level.APPRAISED,
    recorded: date | None = None,
    set_code: str = SET,
    source: str = "thử",
) -> None:
    """Figures of one commune, recorded on a day of the past."""
    unit = territory.unit_at(code, speaks_of)
    day = recorded or date(speaks_of.year + 1, 1, 10)
    when = datetime(day.year, day.month, day.day, 9, 0, tzinfo=VIETNAM)
    rows = [
        FigureRow(unit.id, speaks_of, level, indicator, entry, recorded_at=when, author="cán bộ xã", reason="sửa")
        for indicator, entry in entries.items()
    ]
    assessment.load_figures(
        rows=rows, set_code=set_code, by=cast.OPERATOR, at=NOW, source=source, kind="history", history=True
    )


def mark(code: str, met: dict[int, bool], *, count: int | None = None, speaks_of: date = cast.END_2019) -> None:
    """Marks of a summary matrix for one commune."""
    unit = territory.unit_at(code, speaks_of)
    assessment.record_marks(
        rows=[MarkRow(unit.id, met, count)],
        set_code=SET,
        speaks_of=speaks_of,
        source="thử",
        by=cast.OPERATOR,
        at=datetime(speaks_of.year + 1, 1, 10, 9, 0, tzinfo=VIETNAM),
        history=True,
    )


def give_title(code: str, year: int, provenance: Provenance = Provenance.REAL) -> None:
    """A title for a year."""
    entry = TitleEntry(
        unit_code=code,
        year=year,
        kind="xa_ntm",
        set_code=SET,
        decision_number="46/QĐ-THU",
        decision_date=date(year + 1, 1, 20),
        authority="UBND tỉnh Thử",
        source="test",
        provenance=provenance,
    )
    recognition.record_titles(entries=[entry], by=cast.OPERATOR, at=NOW, history=True)


def settle() -> None:
    """A province at the end of 2019: figures for Ao Sen and Đồi Chè, marks for Hoà Bình, a count for Đá Bạc.

    Bãi Cát has nothing. Đồi Chè fails 4.2 and lacks 8.1. Hoà Bình holds the title of 2019.
    """
    load_units()
    record("99001", good_figures())
    entries = good_figures() | {"4.2": FigureEntry(Decimal("94.9"), num=Decimal(949), den=Decimal(1000))}
    entries.pop("8.1")
    record("99005", entries)
    mark("99003", {number: number <= 12 for number in range(1, 20)})
    mark("99006", {}, count=7)
    give_title("99003", 2019)
