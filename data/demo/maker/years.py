"""The figures of 2016 to 2020 under the set of 2016–2020."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from maker.filings import APPRAISED, SELF, VERIFIED, WHEN, Book, file_all, left_out, not_filed, set_aside
from maker.law import OLD, Need
from maker.places import Place, recognised, recognised_2020
from maker.plan import Plan
from maker.values import Value, indicator_moments, value_at

Moments = Mapping[str, float]
YEAR_ENDS = tuple(date(year, 12, 31) for year in (2016, 2017, 2018, 2019))
QUARTERS = (date(2020, 3, 31), date(2020, 6, 30), date(2020, 9, 30), date(2020, 12, 31))
MAY_2019 = date(2019, 5, 31)


def moments_of(places: Mapping[str, Place], asked: Mapping[str, Need], criteria: Mapping[str, Mapping[int, float]]):
    """The moment of every indicator of every place, by code."""
    return {code: indicator_moments(place, asked, criteria[code]) for code, place in places.items()}


def truth_at(place: Place, asked: Mapping[str, Need], moments: Moments, when: float) -> dict[str, Value]:
    """Every figure of a commune at a time."""
    found = {}
    for code, need in asked.items():
        why = set_aside(place, need, moments[code])
        found[code] = Value(set_aside=why) if why else value_at(place, OLD, need, moments[code], when)
    return found


def make_years(book: Book, plan: Plan, before: Mapping[str, Place], asked: Mapping[str, Need]) -> None:
    """Yearly figures of the 177 communes, and the extra filing of Vĩnh Quang in May 2019."""
    moments = moments_of(before, asked, plan.before)
    titled = recognised()
    for code, place in before.items():
        for at in YEAR_ENDS:
            levels = (SELF, VERIFIED, APPRAISED) if titled.get(code) == at.year else (SELF, VERIFIED)
            truth = truth_at(place, asked, moments[code], WHEN[at])
            if code not in titled:
                truth = _with_gaps(place, asked, plan.before[code], truth, at)
            _file(book, place, asked, moments[code], truth, at, levels)
    place = before["01693"]
    truth = truth_at(place, asked, moments[place.code], WHEN[MAY_2019])
    _file(book, place, asked, moments[place.code], truth, MAY_2019, (SELF,))


def make_quarters(
    book: Book, plan: Plan, before: Mapping[str, Place], after: Mapping[str, Place], asked: Mapping[str, Need]
) -> None:
    """Quarterly figures of the 139 communes of 2020; verified at the end of the year."""
    moments = moments_of(after, asked, plan.after)
    new, titled = set(recognised_2020()), recognised()
    for code, place in after.items():
        earliest = {
            number: min([moment, *(plan.before[parent][number] for parent in place.parents)])
            for number, moment in plan.after[code].items()
        }
        for at in QUARTERS:
            if not_filed(place, at) and code not in titled and code not in new:
                continue
            levels = (SELF,) if at.month != 12 else (SELF, VERIFIED, APPRAISED) if code in new else (SELF, VERIFIED)
            truth = truth_at(place, asked, moments[code], WHEN[at])
            if code not in titled and code not in new:
                truth = _with_gaps(place, asked, earliest, truth, at)
            _file(book, place, asked, moments[code], truth, at, levels)


def _with_gaps(
    place: Place, asked: Mapping[str, Need], criteria: Mapping[int, float], truth: dict[str, Value], at: date
) -> dict[str, Value]:
    """Leave some figures out, but never where an older figure would then count as met."""
    return {
        code: value
        for code, value in truth.items()
        if criteria[asked[code].criterion] <= WHEN[at] or not left_out(place, asked[code], at)
    }


def _file(
    book: Book,
    place: Place,
    asked: Mapping[str, Need],
    moments: Moments,
    truth: Mapping[str, Value],
    at: date,
    levels: tuple[str, ...],
) -> None:
    met = {code: moments[code] <= WHEN[at] for code in truth}
    file_all(
        book, place=place, set_code=OLD, at=at, truth=truth, asked=asked, met=met, levels=levels
    )
