"""Worked examples: a figure, a place, the verdict it must get. They are tests, and pages of the manual."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from chungsuc.criteria.engine import checks
from chungsuc.criteria.engine.figures import Context
from chungsuc.criteria.engine.judging import CriterionVerdict, IndicatorVerdict, judge
from chungsuc.criteria.engine.sets import CriteriaSet
from chungsuc.criteria.engine.terms import Term, term
from chungsuc.criteria.reader import shapes
from chungsuc.criteria.reader.build import Builder
from chungsuc.criteria.reader.problems import Path, nearest
from chungsuc.kit.catalogue import say
from chungsuc.kit.errors import Reason, stop_if


@dataclass(frozen=True, slots=True)
class Example:
    """One worked example of a set, with the line it stands on."""

    nth: int
    indicator: str | None
    criterion: int | None
    region: str
    year: int
    figures: Mapping[str, Any]
    verdict: str
    says: str | None
    why: str | None

    @property
    def name(self) -> str:
        """A short name for test reports."""
        return f"{self.indicator or self.criterion}-{self.region}-{self.verdict}-{self.nth}"


def build_examples(shape: shapes.ExamplesShape, criteria_set: CriteriaSet) -> tuple[Example, ...]:
    """The examples with their defaults: the last year of the period."""
    return tuple(
        Example(
            nth=nth,
            indicator=one.indicator,
            criterion=one.criterion,
            region=one.region,
            year=one.year or criteria_set.period[1].year - 1,
            figures=one.figures if one.figures is not None else {str(one.indicator): one.given},
            verdict=one.verdict,
            says=one.says,
            why=one.why,
        )
        for nth, one in enumerate(shape.examples)
    )


def work(criteria_set: CriteriaSet, example: Example) -> IndicatorVerdict | CriterionVerdict:
    """Judge an example. Its figures must pass the checks: `Refused` otherwise."""
    figures, problems = checks.read(criteria_set, example.figures)
    stop_if(problems)
    judged = judge(criteria_set, figures, Context(example.region, example.year))
    if example.criterion is not None:
        return next(one for one in judged.criteria if one.number == example.criterion)
    return next(one for group in judged.criteria for one in group.indicators if one.code == example.indicator)


def contradictions(
    shape: shapes.ExamplesShape, lines: dict[Path, int], criteria_set: CriteriaSet
) -> tuple[Reason, ...]:
    """Examples that the set does not bear out, with their lines."""
    builder = Builder(lines)
    for example in build_examples(shape, criteria_set):
        path: Path = ("examples", example.nth)
        if example.region not in criteria_set.regions:
            meant = nearest(example.region, criteria_set.regions)
            builder.wrong("criteria.file_unknown_region", (*path, "region"), given=example.region, meant=meant)
            continue
        named = (
            example.indicator in criteria_set.by_code,
            example.criterion in {c.number for c in criteria_set.criteria},
        )
        if sum(named) != 1:
            builder.wrong("criteria.example_unknown", path, given=str(example.indicator or example.criterion))
            continue
        _one(builder, criteria_set, example, path)
    return tuple(builder.problems)


def _one(builder: Builder, criteria_set: CriteriaSet, example: Example, path: Path) -> None:
    _, problems = checks.read(criteria_set, example.figures)
    if problems:
        builder.wrong("criteria.example_not_a_figure", path, given=_said(problems[0]))
        return
    found = work(criteria_set, example)
    if found.verdict != example.verdict:
        name = str(example.indicator or example.criterion)
        says, judged = (term(word, f"criteria.verdict.{word}") for word in (example.verdict, found.verdict.value))
        builder.wrong("criteria.example_contradicts", path, given=name, says=says, found=judged)
    elif example.says is not None and isinstance(found, IndicatorVerdict) and example.says != found.why("vi"):
        builder.wrong("criteria.example_says", path, given=str(example.indicator), found=found.why("vi"))


def _said(reason: Reason) -> Term:
    """Another reason inside a sentence: its code as data."""
    return Term(reason.code, *(say(reason, lang).rstrip(".") for lang in ("vi", "en")))
