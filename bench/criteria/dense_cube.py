"""25 million figures (55 periods x 8,000 communes x 57 indicators) judged from a dense cube.

The rival is numpy itself: one scan of the same bytes, in the same layout, with the same comparison for
every figure, which says pass or fail and forgets what is missing. Limit: 3 times its time.

    python bench/criteria/dense_cube.py
"""

from __future__ import annotations

import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import numpy as np

from chungsuc.criteria import queries
from chungsuc.criteria.engine import Context
from chungsuc.criteria.engine.columns import Thresholds, judge_cube, thresholds_for

PERIODS, UNITS = 55, 8_000
LIMIT = 3.0


def scan(cube: np.ndarray, limits: list[np.ndarray], lower: tuple[bool, ...]) -> np.ndarray:
    """One pass over the bytes: every figure compared with its limit."""
    holds = np.empty(cube.shape, dtype=bool)
    for leaf in range(cube.shape[0]):
        for period in range(PERIODS):
            compare = np.less_equal if lower[leaf] else np.greater_equal
            compare(cube[leaf, period], limits[period][leaf], out=holds[leaf, period])
    return holds


def whole_scan(cube: np.ndarray, lower: tuple[bool, ...], limit: np.ndarray) -> np.ndarray:
    """The same with as few numpy calls as can be (one limit per leaf for all periods)."""
    holds = np.empty(cube.shape, dtype=bool)
    for leaf in range(cube.shape[0]):
        (np.less_equal if lower[leaf] else np.greater_equal)(cube[leaf], limit[leaf], out=holds[leaf])
    return holds


def median_ms(job, rounds: int = 7) -> float:
    """The median time of a job in milliseconds."""
    taken = []
    for _ in range(rounds):
        start = time.perf_counter()
        job()
        taken.append((time.perf_counter() - start) * 1000)
    return statistics.median(taken)


def cube_of(leaves: int, limit: np.ndarray, missing: float) -> np.ndarray:
    """Figures around the limits, a part of them missing."""
    dice = np.random.default_rng(11)
    cube = dice.normal(1.05, 0.15, size=(leaves, PERIODS, UNITS))
    cube *= np.where(np.nan_to_num(limit) > 0, np.nan_to_num(limit), 1.0)[:, None, None]
    if missing:
        cube[dice.random(cube.shape) < missing] = np.nan
    return cube


def thresholds() -> tuple[list[Thresholds], np.ndarray]:
    """The thresholds of the 2021-2025 set for each period (they rise with the year)."""
    criteria_set = queries.criteria_set("xa-ntm-2021-2025", province="04")
    found = [thresholds_for(criteria_set, [Context("tdmnpb", 2021 + period // 12)]) for period in range(PERIODS)]
    return found, found[0].limit


def timed(cube: np.ndarray, found: list[Thresholds]) -> tuple[float, float]:
    """Milliseconds of the rival's scan (the quicker of two ways) and of judging."""
    lower, limits = found[0].layout.lower_is_better, [one.limit for one in found]
    plain = min(median_ms(lambda: scan(cube, limits, lower)), median_ms(lambda: whole_scan(cube, lower, limits[0])))
    return plain, median_ms(lambda: judge_cube(cube, found))


def main() -> int:
    """Print the table; 1 when the limit is not held."""
    found, limit = thresholds()
    worst = 0.0
    print(f"{PERIODS} periods x {UNITS:,} communes x 57 indicators ({len(limit)} columns), float64")
    print(f"{'case':<38}{'scan ms':>9}{'judged ms':>11}{'ratio':>7}{'limit':>7}")
    for missing, label in ((0.0, "all figures there"), (0.02, "2 % missing")):
        cube = cube_of(len(limit), limit, missing)
        plain, judged = timed(cube, found)
        worst = max(worst, judged / plain)
        print(f"{label:<38}{plain:>9.0f}{judged:>11.0f}{judged / plain:>7.2f}{LIMIT:>7.1f}")
    return 0 if worst <= LIMIT else 1


if __name__ == "__main__":
    sys.exit(main())
