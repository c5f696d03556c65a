"""The communes of 2019 and of 2020, who came of whom, how large they are, and which are recognised.

Units, mergers and ten of the titles are facts (`data/units`, `data/titles`); sizes are made up.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from maker.dice import Dice

DATA = Path(__file__).resolve().parents[2]
UNITS = DATA / "units" / "cao-bang"
# How well off a district is, made up; it moves everything in its communes together.
STRENGTH = {
    "040": 1.6, "042": -1.1, "043": -0.9, "044": -0.5, "045": 0.1, "046": 0.3, "047": 0.5,
    "048": -0.3, "049": 0.4, "050": 0.5, "051": 1.0, "052": -0.1, "053": 0.1,
}  # fmt: skip


@dataclass(frozen=True)
class Place:
    """One commune in one of the two lists. `parents`: communes of 2019 it came of, with weights that sum to 1.

    `size`: what shares are counted in, by name (households, km of roads, schools...).
    """

    code: str
    name: str
    district: str
    parents: Mapping[str, float]
    size: Mapping[str, float]
    identity: str
    strength: float = 0.0
    years: tuple[int, ...] = field(default=())


def rows(path: Path) -> Iterator[dict[str, str]]:
    """The lines of a CSV file by column."""
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def recognised() -> dict[str, int]:
    """Commune of 2019 -> the year for which it was recognised (real and made up)."""
    listed = [*rows(DATA / "titles" / "cao-bang-known.csv"), *rows(DATA / "demo" / "titles.csv")]
    return {row["unit"]: int(row["year"]) for row in listed if int(row["year"]) < 2020}


def recognised_2020() -> tuple[str, ...]:
    """The communes of 2020 recognised for 2020 (made up)."""
    return tuple(row["unit"] for row in rows(DATA / "demo" / "titles.csv") if row["year"] == "2020")


def kept_titles() -> tuple[str, ...]:
    """The communes of 2019 whose title outlived the mergers of 2020."""
    lost = {row["unit"] for row in rows(DATA / "demo" / "fates.csv") if row["fate"] != "kept"}
    return tuple(sorted(set(recognised()) - lost))


def places_2019() -> dict[str, Place]:
    """The 177 communes in force until 31/1/2020, by code."""
    return {
        row["code"]: Place(
            code=row["code"],
            name=row["name"],
            district=row["parent_code"],
            parents={row["code"]: 1.0},
            size=_size(row["code"]),
            identity=row["code"],
            strength=STRENGTH[row["parent_code"]] + Dice(row["code"], "strength").bell(0.55),
        )
        for row in rows(UNITS / "units_2019.csv")
        if row["type"] == "Xã"
    }


def places_2020(before: Mapping[str, Place]) -> dict[str, Place]:
    """The 139 communes in force from 1/2/2020, by code, with the sizes of those they came of."""
    parents = _parents(before)
    found = {}
    for row in rows(UNITS / "units_2020.csv"):
        if row["type"] != "Xã":
            continue
        came_of = parents.get(row["code"], {row["code"]: 1.0})
        households = {code: before[code].size["households"] * part for code, part in came_of.items()}
        total = sum(households.values())
        found[row["code"]] = Place(
            code=row["code"],
            name=row["name"],
            district=row["parent_code"],
            parents={code: count / total for code, count in households.items()},
            size=_sum([(before[code].size, part) for code, part in came_of.items()]),
            identity=row["code"] if _same_unit(row["code"], came_of) else f"{row['code']}*",
            strength=sum(before[code].strength * count / total for code, count in households.items()),
        )
    return found


def _changes() -> list[dict[str, str]]:
    return [row for row in rows(UNITS / "changes_2020.csv") if row["level"] == "commune"]


def _parents(before: Mapping[str, Place]) -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = defaultdict(dict)
    for row in _changes():
        if row["old_code"] in before:
            # How a split commune was divided is not known: half each, for the demo only.
            found[row["new_code"]][row["old_code"]] = 0.5 if row["kind"] == "part" else 1.0
    return found


def _same_unit(code: str, came_of: Mapping[str, float]) -> bool:
    """A unit that takes others in stays itself; one formed by merging is new even under an old code."""
    if list(came_of) == [code]:
        return True
    words = {row["old_code"]: row["event"] for row in _changes() if row["new_code"] == code}
    return "absorbs" in words.get(code, "")


def _size(code: str) -> dict[str, float]:
    dice = Dice(code, "size")
    households = round(260 + 520 * dice.share() ** 1.6 + 420 * dice.share() ** 4)
    people = households * dice.between(4.1, 4.8)
    return {
        "households": households,
        "people": people,
        "able": people * dice.between(0.55, 0.62),
        "workers": people * dice.between(0.52, 0.57),
        "pupils": max(14, people * dice.between(0.014, 0.02)),
        "children": people * dice.between(0.085, 0.115),
        "livestock": households * dice.between(0.62, 0.86),
        "food": households * dice.between(1.02, 1.09),
        "shops": dice.whole(4, 22),
        "villages": dice.whole(6, 17),
        "schools": dice.whole(3, 5),
        "bodies": 5,
        "km_commune": dice.between(5, 24),
        "km_village": dice.between(9, 42),
        "km_lane": dice.between(6, 30),
        "km_field": dice.between(2, 12),
        "ha": dice.between(160, 880),
        "tonnes": people * dice.between(0.11, 0.17),
        "kg": people * dice.between(0.9, 1.6),
    }


def _sum(sizes: list[tuple[Mapping[str, float], float]]) -> dict[str, float]:
    total = {name: sum(size[name] * part for size, part in sizes) for name in sizes[0][0]}
    return total | {"bodies": 5}
