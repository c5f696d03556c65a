"""What recognition needs beside a set: conditions, key criteria, when a title is withdrawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from chungsuc.criteria.engine.sets import Provenance, Words
from chungsuc.criteria.reader import shapes
from chungsuc.criteria.reader.build import Builder, provenance, words
from chungsuc.criteria.reader.problems import Path
from chungsuc.kit.errors import Reason


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of recognition, for people to judge."""

    key: str
    text: Words
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A title goes when the share of criteria not met (percent) is in [at_least, under) as said."""

    at_least: Decimal
    under: Decimal | None
    with_key_criterion: bool
    text: Words

    def applies(self, *, failed: int, of: int, key_failed: bool) -> bool:
        """Whether `failed` of `of` criteria (a key one among them or not) is such a case. Exact."""
        share = Decimal(failed * 100)
        reached = share >= self.at_least * of
        below = self.under is None or share < self.under * of
        return reached and below and (key_failed or not self.with_key_criterion)


@dataclass(frozen=True, slots=True)
class RecognitionRules:
    """The rules of one title and period. `indicators_that_count`: codes, or None for all."""

    code: str
    title: Words
    set_code: str | None
    indicators_that_count: tuple[str, ...] | None
    citation: Words
    provenance: Provenance
    conditions: tuple[Condition, ...]
    key_criteria: Mapping[int, Words]
    withdrawal: tuple[Withdrawal, ...]
    withdrawal_provenance: Provenance | None


def build_rules(shape: shapes.RulesShape, lines: dict[Path, int]) -> tuple[RecognitionRules, tuple[Reason, ...]]:
    """The rules and what is wrong with them."""
    builder = Builder(lines)
    for nth, one in enumerate(shape.withdrawal):
        if not 0 <= one.at_least <= 100 or (one.under is not None and one.under <= one.at_least):
            given = f"{one.at_least}-{one.under}"
            builder.wrong("criteria.file_wrong_value", ("withdrawal", nth), given=given, said="0 <= at_least < under")
    return (
        RecognitionRules(
            code=shape.code,
            title=words(shape.title),
            set_code=shape.set,
            indicators_that_count=None if shape.indicators_that_count == "all" else tuple(shape.indicators_that_count),
            citation=words(shape.citation),
            provenance=provenance(shape.provenance),
            conditions=tuple(
                Condition(one.key, words(one.text), provenance(one.provenance)) for one in shape.conditions
            ),
            key_criteria={number: words(name) for number, name in shape.key_criteria.items()},
            withdrawal=tuple(
                Withdrawal(one.at_least, one.under, one.with_key_criterion, words(one.text)) for one in shape.withdrawal
            ),
            withdrawal_provenance=provenance(shape.withdrawal_provenance) if shape.withdrawal_provenance else None,
        ),
        tuple(builder.problems),
    )
