"""When each commune meets each criterion. The published totals at 31/12/2019 are met exactly, by design.

Time runs in years from 31/12/2016: 3.0 is 31/12/2019. A criterion is met from its moment on; a moment
never reached lies in the future and still says how far off the commune is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from maker.dice import Dice
from maker.places import Place, kept_titles, recognised, recognised_2020

CRITERIA = tuple(range(1, 20))
YEAR_ENDS = (0.0, 1.0, 2.0, 3.0)
# How late a criterion is usually met: low is early. Made up, after what mountain provinces report.
LATENESS = {
    1: -3.0, 19: -2.6, 12: -2.2, 8: -1.9, 7: -1.5, 4: -1.2, 3: -1.2, 18: -0.9, 16: -0.8, 14: -0.6,
    13: 0.0, 15: 0.1, 5: 1.2, 9: 1.5, 2: 1.6, 6: 1.7, 11: 2.0, 10: 2.2, 17: 2.2,
}  # fmt: skip
# Criteria met at 31/12/2019 -> how many of the 157 communes without a title. With the 20 recognised (19 each)
# this gives 1,880 over 177 (mean 10.62), 86 under 10, nobody under 5.
COUNTS_2019 = {
    5: 6, 6: 12, 7: 19, 8: 25, 9: 24,
    10: 20, 11: 16, 12: 13, 13: 8, 14: 5, 15: 4, 16: 3, 17: 1, 18: 1,
}  # fmt: skip
# The six that are recognised for 2020 were close at the end of 2019.
COUNT_OF_NEXT = (18, 17, 16, 16, 15, 15)
TOTAL_2020 = 1605  # over 139 communes at 31/12/2020: mean 11.55; not published, chosen

Moments = dict[int, float]


@dataclass(frozen=True)
class Plan:
    """Moments of every criterion: of the communes of 2019 and of those of 2020."""

    before: Mapping[str, Moments]
    after: Mapping[str, Moments]


def count_at(moments: Mapping[int, float], when: float) -> int:
    """How many criteria are met at a time."""
    return sum(moment <= when for moment in moments.values())


def make_plan(before: Mapping[str, Place], after: Mapping[str, Place]) -> Plan:
    """The whole plan."""
    goals = _goals(before)
    moments = {code: _moments(place, goals[code]) for code, place in before.items()}
    total = sum(count_at(one, 3.0) for one in moments.values())
    assert (total, len(moments)) == (1880, 177), total
    merged = {code: _merged(place, moments) for code, place in after.items()}
    _settle_titles(merged, after)
    _settle_total(merged)
    return Plan(moments, merged)


def _goals(before: Mapping[str, Place]) -> dict[str, tuple[int, ...]]:
    """Criteria met at the four year ends, per commune."""
    titled = recognised()
    next_ones = dict(zip(recognised_2020(), COUNT_OF_NEXT, strict=True))
    left = [count for count, times in COUNTS_2019.items() for _ in range(times)]
    for count in next_ones.values():
        left.remove(count)
    rest = sorted((code for code in before if code not in titled and code not in next_ones),
                  key=lambda code: before[code].strength)  # fmt: skip
    ends = dict(zip(rest, sorted(left), strict=True)) | next_ones
    goals = {code: _climb(code, end) for code, end in ends.items()}
    return goals | {code: _climb_to_title(code, year) for code, year in titled.items()}


def _climb(code: str, end: int) -> tuple[int, ...]:
    dice = Dice(code, "climb")
    gains = [0 if dice.chance(0.22) else 1 if dice.chance(0.7) else 2 for _ in range(3)]
    counts = [end - gains[2] - gains[1] - gains[0], end - gains[2] - gains[1], end - gains[2], end]
    floors = (3, 4, 5, 5)  # at the end of 2018 no commune was under five any more
    return tuple(min(end, max(count, floor)) for count, floor in zip(counts, floors, strict=True))


def _climb_to_title(code: str, year: int) -> tuple[int, ...]:
    dice = Dice(code, "climb")
    counts, left = [], 19
    for end in (2019, 2018, 2017, 2016):
        if end < year:
            left -= dice.whole(2, 3)
        counts.append(left)
    if code == "01693":  # Vĩnh Quang: 15 of 19 in May 2019 is published, 19 at the year's end
        counts = [19, 14, 12, 11]
    return tuple(reversed(counts))


def _moments(place: Place, goals: tuple[int, ...]) -> Moments:
    """Put the criteria in the commune's own order, and each into the year in which the count passes it."""
    dice = Dice(place.code, "moments")
    economy = Dice(place.code, "economy").bell(0.5)  # income and poverty move together
    noise = {number: Dice(place.code, "order", number).bell(0.75) for number in CRITERIA}
    order = sorted(CRITERIA, key=lambda c: LATENESS[c] + (economy + 0.4 * noise[c] if c in (10, 11) else noise[c]))
    found = {}
    for rank, number in enumerate(order, start=1):
        reached = next((end for end, goal in zip(YEAR_ENDS, goals, strict=True) if goal >= rank), None)
        if reached is None:
            found[number] = 3.0 + 0.25 + (rank - goals[-1] - 1) * 0.85 + dice.between(0.05, 0.9)
        elif reached == 0.0:
            found[number] = -dice.between(0.06, 0.4 + 0.28 * (goals[0] - rank + 1))
        else:
            found[number] = reached - dice.between(0.08, 0.92)
    return _may_2019(found) if place.code == "01693" else found


def _may_2019(found: Moments) -> Moments:
    """Vĩnh Quang meets 15 criteria at 31/5/2019 (2.41 here) and the last four by the end of the year."""
    late = sorted((number for number, moment in found.items() if moment > 2.0), key=lambda number: found[number])
    for place, number in enumerate(late):
        found[number] = 2.1 + 0.2 * place if place < 1 else 2.5 + 0.1 * place
    return found


def _merged(place: Place, moments: Mapping[str, Moments]) -> Moments:
    """The moments of a commune of 2020: of its parents, weighted, towards the later one."""
    found = {}
    for number in CRITERIA:
        of_parents = {code: moments[code][number] for code in place.parents}
        mean = sum(of_parents[code] * weight for code, weight in place.parents.items())
        latest = max(of_parents.values())
        found[number] = mean if len(of_parents) == 1 else max(mean, min(latest, 3.2 + 0.3 * (latest - mean)))
    return found


def _settle_titles(merged: dict[str, Moments], after: Mapping[str, Place]) -> None:
    """Recognised communes meet all criteria in time; no other does, by the end of 2022."""
    kept, new = set(kept_titles()), set(recognised_2020())
    for code, moments in merged.items():
        dice = Dice(code, "settle")
        if code in kept or code in new:
            latest = 3.1 if code in kept else 3.95
            for number, moment in moments.items():
                if moment > latest:
                    moments[number] = dice.between(3.02, latest) if code in kept else dice.between(3.3, latest)
        else:
            while sum(moment > 6.0 for moment in moments.values()) < 1 or count_at(moments, 4.0) > 17:
                hardest = max((number for number in CRITERIA if moments[number] <= 6.0), key=LATENESS.__getitem__)
                moments[hardest] = dice.between(6.4, 7.5)


def _settle_total(merged: dict[str, Moments]) -> None:
    """Move the moments nearest to the end of 2020 across it until the total is the one chosen."""
    titled = set(kept_titles()) | set(recognised_2020())
    free = [code for code in sorted(merged) if code not in titled]
    while (total := sum(count_at(one, 4.0) for one in merged.values())) != TOTAL_2020:
        late = total < TOTAL_2020
        near = [
            (abs(moment - 4.0), code, number)
            for code in free
            for number, moment in merged[code].items()
            if (moment > 4.0 if late else 3.25 < moment <= 4.0)
            and (not late or count_at(merged[code], 4.0) < 17)
        ]
        _, code, number = min(near)
        merged[code][number] = Dice(code, "total", number).between(3.3, 3.95) if late else 4.0 + Dice(
            code, "total", number
        ).between(0.1, 0.9)
