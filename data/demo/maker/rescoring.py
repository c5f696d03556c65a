"""The end of 2022 under both sets: 17 communes meet all of 2016–2020, none all of 2021–2025 (best 17 of 19).

Published: 17, 0, best 17/19, mean 9.19 (1,277 over 139). The new set asks more; a criterion is met under
it only where it is met under the old one, and 15 and 17 cannot be met while thresholds are unknown.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from maker.dice import Dice
from maker.filings import SELF, VERIFIED, WHEN, Book, file_all
from maker.law import NEW, OLD, Need
from maker.places import Place, kept_titles, recognised_2020
from maker.plan import CRITERIA, Plan
from maker.shapes import SAME
from maker.values import Value, holds, value_at
from maker.years import moments_of, truth_at

END_2022 = date(2022, 12, 31)
TOTAL_NEW = 1277
CANNOT = (15, 17)
# How gladly a criterion is lost under the new set: high first. 2, 6, 7 and 10 ask for the same figures, so they
# stay as they are.
LOST_FIRST = {
    12: 2.6, 13: 2.2, 11: 1.9, 18: 1.3, 5: 1.0, 1: 0.9, 14: 0.8, 16: 0.5, 9: 0.4, 3: 0.3, 4: -0.2, 8: -0.4, 19: -0.8,
}  # fmt: skip
SHARED_WHOLE = (2, 6, 7, 10)
# Criteria met under the new set by the 17 that meet all of the old one.
BEST = (17, 17, 16, 16, 16, 15, 15, 15, 15, 15, 14, 14, 14, 14, 14, 13, 13)


def make_2022(
    book: Book, plan: Plan, after: Mapping[str, Place], old: Mapping[str, Need], new: Mapping[str, Need]
) -> None:
    """Both re-scorings, self-assessed and verified."""
    moments = moments_of(after, old, plan.after)
    truths = {code: truth_at(place, old, moments[code], WHEN[END_2022]) for code, place in after.items()}
    met_new = met_under_new(plan, after, truths, new)
    for code, place in after.items():
        truth = truths[code]
        met = {indicator: moments[code][indicator] <= WHEN[END_2022] for indicator in truth}
        for set_code, asked, figures, verdicts in (
            (OLD, old, truth, met),
            (NEW, new, *_under_new(place, new, truth, met_new[code])),
        ):
            file_all(
                book, place=place, set_code=set_code, at=END_2022, truth=figures, asked=asked, met=verdicts,
                levels=(SELF, VERIFIED),
            )  # fmt: skip


def met_under_new(
    plan: Plan, after: Mapping[str, Place], truths: Mapping[str, Mapping[str, Value]], new: Mapping[str, Need]
) -> dict[str, set[int]]:
    """The criteria each commune meets under the new set; the total is the published one."""
    titled = [*kept_titles(), *recognised_2020()]
    ranked = sorted(titled, key=lambda code: (-after[code].strength, code))
    found, losable = {}, {}
    for code in after:
        possible = {number for number in CRITERIA if plan.after[code][number] <= 6.0 and number not in CANNOT}
        possible -= {number for number in SHARED_WHOLE if not _still_holds(number, truths[code], new)}
        order = sorted(
            (number for number in possible if number in LOST_FIRST),
            key=lambda number: LOST_FIRST[number] + Dice(code, "lost", number).bell(0.9),
        )
        found[code], losable[code] = possible, order
    for code, count in zip(ranked, BEST, strict=True):
        _lose(found[code], losable[code], len(found[code]) - count)
    _settle(found, losable, [code for code in sorted(after) if code not in titled])
    return found


def _still_holds(number: int, truth: Mapping[str, Value], new: Mapping[str, Need]) -> bool:
    """Whether the very figures of the old set meet the new thresholds of a criterion."""
    return all(holds(need, truth[SAME[code]]) for code, need in new.items() if need.criterion == number)


def _lose(met: set[int], order: list[int], count: int) -> None:
    for _ in range(max(0, count)):
        met.discard(order.pop())


def _settle(found: Mapping[str, set[int]], losable: Mapping[str, list[int]], free: list[str]) -> None:
    """Let the others lose criteria, those with most first, until the total is reached."""
    wish = {code: Dice(code, "wish").between(0.55, 0.85) for code in free}
    start = {code: len(found[code]) for code in free}
    while sum(map(len, found.values())) > TOTAL_NEW:
        code = max(
            (code for code in free if losable[code] and len(found[code]) > 3),
            key=lambda one: (len(found[one]) / (start[one] * wish[one]), one),
        )
        _lose(found[code], losable[code], 1)
    if sum(map(len, found.values())) != TOTAL_NEW:
        raise ValueError("the communes meet too little under the new set for the published total")


def _under_new(
    place: Place, new: Mapping[str, Need], truth: Mapping[str, Value], met: set[int]
) -> tuple[dict[str, Value], dict[str, bool]]:
    figures: dict[str, Value] = {}
    verdicts: dict[str, bool] = {}
    for number in CRITERIA:
        codes = [code for code, need in new.items() if need.criterion == number]
        wanted = number in met
        shared = {code: truth[SAME[code]] for code in codes if code in SAME}
        fails = {code: value for code, value in shared.items() if not holds(new[code], value)}
        # A criterion that fails needs one indicator that fails: a shared one, or one that the new set asks anew.
        last = None if wanted or fails else _asked_anew(place, codes, number)
        for code in codes:
            keep = code in shared and code != last and not (wanted and code in fails)
            goal = wanted or (code != last and code not in fails)
            own = Dice(place.code, "new", code)
            moment = WHEN[END_2022] + (-own.between(0.2, 3.0) if goal else own.between(0.4, 5.0))
            figures[code] = shared[code] if keep else value_at(place, NEW, new[code], moment, WHEN[END_2022])
            verdicts[code] = holds(new[code], figures[code])
    if "13.4" in figures and Dice(place.code, "craft").chance(0.7) and verdicts["13.4"]:
        figures["13.4"] = Value(set_aside="Xã không có làng nghề (số liệu mẫu)")
    return figures, verdicts


def _asked_anew(place: Place, codes: list[str], number: int) -> str:
    anew = [code for code in codes if code not in SAME] or [code for code in codes if code not in ("1.2", "8.1")]
    return Dice(place.code, "anew", number).pick(anew)
