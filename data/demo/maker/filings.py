"""Who filed what, at which level, when: self-assessments, verifications, appraisals, with gaps and late ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone

from maker.dice import Dice
from maker.law import Need
from maker.places import Place
from maker.values import Value

VIETNAM = timezone(timedelta(hours=7))
SELF, VERIFIED, APPRAISED = "self", "verified", "appraised"
# The dates the figures speak of, in years from 31/12/2016.
WHEN = {
    date(2016, 12, 31): 0.0,
    date(2017, 12, 31): 1.0,
    date(2018, 12, 31): 2.0,
    date(2019, 5, 31): 2.41,
    date(2019, 12, 31): 3.0,
    date(2020, 3, 31): 3.25,
    date(2020, 6, 30): 3.5,
    date(2020, 9, 30): 3.75,
    date(2020, 12, 31): 4.0,
    date(2022, 12, 31): 6.0,
}
# Decisions of a year are signed in mid January: what they rest on is filed before.
NEARLY = "Cơ bản đạt theo ý kiến của tổ thẩm tra (số liệu mẫu)"
SET_ASIDE = {
    "2.4": "Xã không có đường trục chính nội đồng (số liệu mẫu)",
    "7": "Quy hoạch tỉnh không bố trí chợ ở xã này (số liệu mẫu)",
    "13.2": "Tỉnh chưa xét liên kết nông sản ở xã này (số liệu mẫu)",
    "17.2": "Xã không có cơ sở sản xuất, kinh doanh phải xét (số liệu mẫu)",
}
LIKELY_SET_ASIDE = {"2.4": 0.05, "7": 0.07, "13.2": 0.03, "17.2": 0.08}


@dataclass(frozen=True)
class Key:
    """Which figure: commune (its code on the day), set, date it speaks of, level, indicator."""

    code: str
    set_code: str
    at: date
    level: str
    indicator: str


@dataclass(frozen=True)
class Entry:
    """A figure and the moment at which it was recorded."""

    value: Value
    recorded_at: datetime


Book = dict[Key, Entry]


def set_aside(place: Place, need: Need, moment: float) -> str | None:
    """Why an indicator is not judged in this commune; only where it would have been met all along."""
    seed = max(place.parents, key=lambda code: (place.parents[code], code))
    likely = LIKELY_SET_ASIDE.get(need.code, 0.0)
    if need.may_set_aside and moment <= 0.0 and Dice(seed, "aside", need.code).chance(likely):
        return SET_ASIDE[need.code]
    return None


def file_all(
    book: Book,
    *,
    place: Place,
    set_code: str,
    at: date,
    truth: Mapping[str, Value],
    asked: Mapping[str, Need],
    met: Mapping[str, bool],
    levels: Iterable[str],
) -> None:
    """Enter one commune's filings of one date. `truth` is what verification finds."""
    levels = tuple(levels)
    times = filing_times(place.code, at, candidate=APPRAISED in levels)
    for level in levels:
        for indicator, value in truth.items():
            said = value
            if level == SELF and VERIFIED in levels:
                said = flattered(place, asked[indicator], at, value)
            elif level == VERIFIED and not met[indicator]:
                said = _nearly(place, asked[indicator], at, value)
            book[Key(place.code, set_code, at, level, indicator)] = Entry(said, times[level])


def filing_times(code: str, at: date, *, candidate: bool) -> dict[str, datetime]:
    """When each level's filing was recorded; candidates for a title hurry, some others are weeks late."""
    dice = Dice(code, at, "filing")
    if candidate:
        first, second, third = dice.whole(2, 3), dice.whole(5, 6), dice.whole(8, 11)
    else:
        late = dice.whole(14, 55) if dice.chance(0.045) else 0
        first = dice.whole(5, 20) + late
        second = first + dice.whole(8, 24)
        third = second + dice.whole(6, 20)
    return {
        level: datetime(at.year, at.month, at.day, dice.whole(8, 16), dice.whole(0, 59), tzinfo=VIETNAM)
        + timedelta(days=days)
        for level, days in ((SELF, first), (VERIFIED, second), (APPRAISED, third))
    }


def flattered(place: Place, need: Need, at: date, value: Value, *, always: bool = False) -> Value:
    """What the commune says of itself: mostly the same, now and then better than verification finds."""
    dice = Dice(place.code, need.code, at, "flatter")
    if value.set_aside or not (always or dice.chance(0.055)):
        return value
    if value.parts:
        part = sorted(value.parts)[0]
        better = _better(value.parts[part], need, need.limits[part], dice, always)
        return replace(value, parts={**value.parts, part: better})
    return _better(value, need, need.limits[None], dice, always)


def _better(value: Value, need: Need, limit: float | None, dice: Dice, over: bool) -> Value:
    if need.kind == "boolean":
        return replace(value, number=1.0)
    if value.num is None or value.den is None:
        if need.kind == "count":
            return replace(value, number=0.0 if over else float(round((value.number or 0) * 0.7)))
        more = (value.number or 0) * dice.between(1.02, 1.08)
        return replace(value, number=round(max(more, limit or 0) if over else more, 1))
    step = 1 if need.whole else 0.1
    top, place = round(value.den / step), round(value.num / step)
    more = max(1, round(top * dice.between(0.01, 0.06)))
    place = max(0, place - more) if need.lower else min(top, place + more)
    if over and limit is not None:
        edge = limit * top / 100
        place = min(place, int(edge)) if need.lower else max(place, -int(-edge // 1))
    percent = (2000 * place + top) // (2 * top) / 10
    return replace(value, number=percent, num=place if need.whole else round(place * step, 1))


def _nearly(place: Place, need: Need, at: date, value: Value) -> Value:
    limit = need.limits.get(None)
    close = (
        need.kind == "percent" and limit is not None and value.number is not None
        and abs(value.number - limit) <= 3.0 and not value.set_aside
    )  # fmt: skip
    return replace(value, nearly=NEARLY) if close and Dice(place.code, need.code, at, "nearly").chance(0.2) else value


def left_out(place: Place, need: Need, at: date) -> bool:
    """Whether a figure was simply not filed (asked only where the criterion was never met before)."""
    return Dice(place.code, need.code, at, "gap").chance(0.014 if at.month == 12 else 0.022)


def not_filed(place: Place, at: date) -> bool:
    """Whether a commune filed nothing at all for a quarter."""
    return at in (date(2020, 6, 30), date(2020, 9, 30)) and Dice(place.code, at, "absent").chance(0.035)
