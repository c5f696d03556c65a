"""Figures of many units to verdicts with their traces, column by column.

One code path for one commune and for a nation. What is the same for all communes of one context (the
threshold, the article, where the value of the law comes from) is a *frame*, asked of the engine once
and stored once; a trace then holds only what is the unit's own: by indicator `[value, margin, verdict
letter, figure number]`. `full_trace` puts the two together again.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np

from chungsuc.assessment.rules import LETTERS, VERDICT_OF, FigureTable
from chungsuc.criteria.engine import VERDICTS, Context, CriteriaSet, judge
from chungsuc.criteria.engine.columns import ColumnVerdicts, judge_columns, thresholds_for


@dataclass(frozen=True, slots=True)
class Judged:
    """Verdicts of n units: `letters[n]` one letter per criterion, `met[n]` criteria met.

    `traces()` gives n JSON texts, `frames()` the JSON text of each row's frame (rows share them).
    """

    letters: tuple[str, ...]
    met: np.ndarray
    version: str
    traces: Callable[[], list[str]]
    frames: Callable[[], list[str]]


def judge_table(criteria_set: CriteriaSet, table: FigureTable, contexts: Sequence[Context]) -> Judged:
    """Judge every row of the table in its own context."""
    if not contexts:
        return Judged((), np.zeros(0, dtype=np.int16), criteria_set.version, list, list)
    thresholds = thresholds_for(criteria_set, contexts)
    verdicts = judge_columns(table.values, thresholds, not_applicable=table.not_applicable, nearly_met=table.nearly_met)
    return Judged(
        letters=_words(verdicts.criterion),
        met=verdicts.met,
        version=criteria_set.version,
        traces=lambda: _traces(table, verdicts),
        frames=lambda: _frames(criteria_set, contexts),
    )


def full_trace(trace: Mapping[str, Sequence[Any]], frame: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """A stored trace with its frame: value, threshold, margin, verdict, article, provenance, figure by indicator."""
    return {
        code: {
            "value": value,
            "threshold": frame[code]["threshold"],
            "margin": margin,
            "verdict": VERDICT_OF[letter],
            "article": frame[code]["article"],
            "provenance": frame[code]["provenance"],
            "figure": figure,
        }
        for code, (value, margin, letter, figure) in trace.items()
    }


_LETTER = np.array([LETTERS[verdict.value] for verdict in VERDICTS], dtype=object)


def _words(criterion: np.ndarray) -> tuple[str, ...]:
    return tuple("".join(row) for row in _LETTER[criterion].tolist())


def _traces(table: FigureTable, verdicts: ColumnVerdicts) -> list[str]:
    letters = _LETTER[verdicts.indicator]
    columns = [
        _column(
            code,
            _texts(table, table.values, code),
            _texts(table, verdicts.margin, code),
            letters[:, place].tolist(),
            table.figure_ids[:, place].tolist(),
        )
        for place, code in enumerate(table.indicators)
    ]
    if not columns:  # a set that has no indicators yet
        return ["{}"] * len(table.unit_ids)
    return ["{" + ",".join(row) + "}" for row in zip(*columns, strict=True)]


def _column(code: str, values: list[str], margins: list[str], letters: list[str], figures: list[int]) -> list[str]:
    return [
        f'"{code}":[{value},{margin},"{letter}",{figure or "null"}]'
        for value, margin, letter, figure in zip(values, margins, letters, figures, strict=True)
    ]


def _texts(table: FigureTable, columns: np.ndarray, code: str) -> list[str]:
    """The numbers of one indicator as JSON: a number, null, or an object by part."""
    leaves = [(place, part) for place, (indicator, part) in enumerate(table.leaves) if indicator == code]
    if len(leaves) == 1 and leaves[0][1] is None:
        return _numbers(columns[:, leaves[0][0]])
    named = [(part, _numbers(columns[:, place])) for place, part in leaves]
    return [
        "{" + ",".join(f'"{part or "total"}":{texts[row]}' for part, texts in named) + "}"
        for row in range(len(columns))
    ]


def _numbers(column: np.ndarray) -> list[str]:
    return ["null" if number != number else f"{number:.10g}" for number in column.tolist()]


def _frames(criteria_set: CriteriaSet, contexts: Sequence[Context]) -> list[str]:
    """Threshold, article and provenance of each indicator in each row's context, as JSON."""
    made = {context.key: _frame(criteria_set, context) for context in {one.key: one for one in contexts}.values()}
    return [made[context.key] for context in contexts]


def _frame(criteria_set: CriteriaSet, context: Context) -> str:
    empty = judge(criteria_set, {}, context)
    return json.dumps(
        {
            indicator.code: {
                "threshold": _plain(indicator.threshold),
                "article": indicator.article,
                "provenance": indicator.ruling.source.status,
            }
            for criterion in empty.criteria
            for indicator in criterion.indicators
        },
        ensure_ascii=False,
    )


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, Mapping):
        return {name: _plain(one) for name, one in value.items()}
    return value
