"""10,598 communes x 49 indicators: our verdicts and margins against OpenFisca-core and pandas row by row.

OpenFisca only says pass or fail, on the same thresholds, from dated parameters; its inputs are set
before the clock starts, as are our arrays. Limits: no slower than OpenFisca; 20 times faster than pandas.

    python bench/criteria/columns_against_rivals.py        (needs requirements/bench.txt)
"""

from __future__ import annotations

import statistics
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import numpy as np

from chungsuc.criteria import queries
from chungsuc.criteria.engine import Context, CriteriaSet
from chungsuc.criteria.engine.columns import judge_columns, thresholds_for

COMMUNES = 10_598
PERIOD = "2019"
PANDAS_ROWS = 500


def table(criteria_set: CriteriaSet, limits: np.ndarray, seed: int = 7) -> np.ndarray:
    """Figures around the thresholds, one decimal, columns contiguous."""
    dice = np.random.default_rng(seed)
    around = dice.normal(1.05, 0.15, size=(COMMUNES, len(criteria_set.leaves)))
    values = np.round(np.clip(np.where(limits > 0, limits, 1.0) * around, 0, 100), 1)
    for column, leaf in enumerate(criteria_set.leaves):
        if criteria_set.by_code[leaf.indicator].kind == "boolean":
            values[:, column] = dice.random(COMMUNES) < 0.8
    return np.asfortranarray(values)


def best(job: Any, rounds: int) -> float:
    """The median time of a job in milliseconds."""
    taken = []
    for _ in range(rounds):
        start = time.perf_counter()
        job()
        taken.append((time.perf_counter() - start) * 1000)
    return statistics.median(taken)


def ours(values: np.ndarray, criteria_set: CriteriaSet) -> tuple[float, np.ndarray]:
    """Verdicts of indicators and criteria, margins, and criteria met."""
    thresholds = thresholds_for(criteria_set, [Context("tdmnpb", 2019)] * COMMUNES)
    return best(lambda: judge_columns(values, thresholds), 60), judge_columns(values, thresholds).met


def openfisca(values: np.ndarray, criteria_set: CriteriaSet, limits: np.ndarray) -> tuple[float, np.ndarray]:
    """Pass or fail of every indicator and criterion, and how many are met, by OpenFisca-core."""
    simulation, names, last = _openfisca_simulation(values, criteria_set, limits)

    def run() -> Any:
        for name in names:
            simulation.delete_arrays(name)
        return simulation.calculate(last, PERIOD)

    return best(run, 60), run()


def _openfisca_simulation(
    values: np.ndarray, criteria_set: CriteriaSet, limits: np.ndarray
) -> tuple[Any, list[str], str]:
    from openfisca_core import entities, periods, taxbenefitsystems, variables
    from openfisca_core.parameters import ParameterNode
    from openfisca_core.simulation_builder import SimulationBuilder

    unit = entities.build_entity(key="commune", plural="communes", label="Commune", is_person=True)
    system = taxbenefitsystems.TaxBenefitSystem([unit])
    system.parameters = ParameterNode(
        data={f"t{nth}": {"values": {"2016-01-01": {"value": float(limit)}}} for nth, limit in enumerate(limits)}
    )

    def add(name: str, kind: type, formula: Any = None) -> str:
        body = {"value_type": kind, "entity": unit, "definition_period": periods.DateUnit.YEAR}
        if formula is not None:
            body["formula"] = formula
        system.add_variable(type(name, (variables.Variable,), body))
        return name

    derived, leaves_of = _openfisca_variables(add, criteria_set)
    simulation = SimulationBuilder().build_default_simulation(system, count=COMMUNES)
    for nth in range(len(leaves_of)):
        simulation.set_input(f"v{nth}", PERIOD, values[:, nth].astype(np.float32))
    return simulation, derived, "met"


def _openfisca_variables(add: Any, criteria_set: CriteriaSet) -> tuple[list[str], list[str]]:
    derived, inputs, leaf = [], [], 0
    counted = []
    for criterion in criteria_set.criteria:
        passed = []
        for indicator in criterion.indicators:
            for _ in indicator.part_keys or (None,):
                inputs.append(add(f"v{leaf}", float))
                name = add(f"ok{leaf}", bool, _compare(leaf, lower=indicator.better == "lower"))
                derived.append(name)
                passed.append(name)
                leaf += 1
        counted.append(add(f"c{criterion.number}", bool, _every(tuple(passed))))
    derived += counted
    derived.append(add("met", int, _count(tuple(counted))))
    return derived, inputs


def _compare(leaf: int, *, lower: bool) -> Any:
    def formula(commune: Any, period: Any, parameters: Any) -> Any:
        found, limit = commune(f"v{leaf}", period), getattr(parameters(period), f"t{leaf}")
        return found <= limit if lower else found >= limit

    return formula


def _every(names: tuple[str, ...]) -> Any:
    def formula(commune: Any, period: Any) -> Any:
        held = commune(names[0], period)
        for name in names[1:]:
            held = held * commune(name, period)
        return held

    return formula


def _count(names: tuple[str, ...]) -> Any:
    def formula(commune: Any, period: Any) -> Any:
        return sum(commune(name, period).astype(int) for name in names)

    return formula


def pandas_rows(values: np.ndarray, criteria_set: CriteriaSet, limits: np.ndarray) -> tuple[float, np.ndarray]:
    """The same rules row by row with DataFrame.apply, as a script would write them (a part, then scaled up)."""
    import pandas

    names = [f"{leaf.indicator}/{leaf.part or ''}" for leaf in criteria_set.leaves]
    frame = pandas.DataFrame(values[:PANDAS_ROWS], columns=names)
    lower = [criteria_set.by_code[leaf.indicator].better == "lower" for leaf in criteria_set.leaves]
    rules = list(zip(names, limits, lower, (leaf.indicator for leaf in criteria_set.leaves), strict=True))
    members = [[one.code for one in criterion.indicators] for criterion in criteria_set.criteria]

    def judge(row: Any) -> int:
        holds: dict[str, bool] = {}
        for name, limit, less, indicator in rules:
            held = row[name] <= limit if less else row[name] >= limit
            holds[indicator] = holds.get(indicator, True) and held
        return sum(all(holds[code] for code in codes) for codes in members)

    start = time.perf_counter()
    met = frame.apply(judge, axis=1)
    return (time.perf_counter() - start) * 1000 * COMMUNES / PANDAS_ROWS, met.to_numpy()


def main() -> int:
    """Print the table; 1 when a limit is not held or the rivals disagree."""
    criteria_set = queries.criteria_set("xa-ntm-2016-2020", province="04")
    limits = thresholds_for(criteria_set, [Context("tdmnpb", 2019)]).limit
    values = table(criteria_set, limits)
    our_ms, our_met = ours(values, criteria_set)
    fisca_ms, fisca_met = openfisca(values, criteria_set, limits.astype(np.float32))
    pandas_ms, pandas_met = pandas_rows(values, criteria_set, limits)
    same = bool((our_met == fisca_met).all() and (our_met[:PANDAS_ROWS] == pandas_met).all())
    print(f"{COMMUNES:,} communes x {len(criteria_set.indicators)} indicators, in memory (median)")
    print(f"{'rival':<44}{'ms':>10}{'times ours':>12}{'limit':>9}")
    print(f"{'ours: verdicts, margins, criteria, met':<44}{our_ms:>10.2f}{1:>12.1f}")
    print(f"{'OpenFisca-core 46.0.1: pass or fail only':<44}{fisca_ms:>10.2f}{fisca_ms / our_ms:>12.1f}{'>= 1':>9}")
    print(f"{'pandas row by row (scaled from a part)':<44}{pandas_ms:>10.0f}{pandas_ms / our_ms:>12.0f}{'>= 20':>9}")
    print(f"the three agree on every criterion count: {same}")
    return 0 if same and fisca_ms >= our_ms and pandas_ms >= 20 * our_ms else 1


if __name__ == "__main__":
    sys.exit(main())
