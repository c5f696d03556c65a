"""The shape of the files in `law/`: what each field is, strictly. Nothing unknown, nothing guessed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

Text = Annotated[str, StringConstraints(min_length=1, strict=True)]
Status = Literal["verified", "partial", "memory", "unknown", "example"]


def _number(value: Any) -> Any:
    """Whole numbers are written without a point; they are decimals all the same."""
    return Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else value


Number = Annotated[Decimal, BeforeValidator(_number)]


class Shape(BaseModel):
    """Strict: no unknown field, no conversion of text to numbers."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class WordsShape(Shape):
    """The same words in two languages."""

    vi: Text
    en: Text


class ProvenanceShape(Shape):
    """Where a value comes from."""

    status: Status
    confidence: Literal["high", "medium", "low"] | None = None
    seen: list[Text] = []
    sources: list[Text] = []
    note: Text | None = None
    other_regions: Text | None = None


class SpanShape(Shape):
    """A half-open period of days; `to` null is open."""

    from_: date = Field(alias="from")
    to: date | None


class CountedShape(Shape):
    """What a share counts."""

    vi: Text
    en: Text
    whole: bool = True


class PartShape(Shape):
    """One share of a compound indicator."""

    key: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z_]*$", strict=True)]
    name: WordsShape
    thresholds: dict[str, Any]
    code: Text | None = None


class IndicatorShape(Shape):
    """One indicator."""

    code: Annotated[str, StringConstraints(pattern=r"^\d+(\.\d+)?$", strict=True)]
    name: WordsShape
    short: WordsShape
    kind: Literal["boolean", "percent", "number", "count", "ratio"]
    owner: Text | None = None
    set_by: Literal["national", "province"]
    provenance: ProvenanceShape
    name_provenance: ProvenanceShape
    unit: WordsShape | None = None
    better: Literal["higher", "lower"] | None = None
    counted: CountedShape | None = None
    counts_required: bool = False
    at_most: Number | None = None
    may_tighten: bool | None = None
    not_applicable: Literal["foreseen", "by_decision", "never"] = "by_decision"
    conditional: WordsShape | None = None
    both_sexes: bool = False
    parts: list[PartShape] = []
    thresholds: dict[str, Any] | None = None
    article: Text | None = None


class CriterionShape(Shape):
    """One criterion."""

    number: int
    name: WordsShape
    group: Text
    name_provenance: ProvenanceShape
    indicators: list[IndicatorShape]


class DocumentShape(Shape):
    """A legal document."""

    document: Text
    issued: date | None
    provenance: ProvenanceShape
    replaces: list[Text] = []


class GuidanceShape(Shape):
    """A document that says how indicators are measured."""

    document: Text
    issued: date | None
    indicators: Literal["all"] | list[Text]
    provenance: ProvenanceShape


class SpecialRuleShape(Shape):
    """Units of a class judged by another region's column."""

    class_: Text = Field(alias="class")
    value: Text
    region: Text
    text: WordsShape
    provenance: ProvenanceShape


class ClassShape(Shape):
    """An area classification."""

    name: WordsShape
    values: dict[str, WordsShape]


class TighteningShape(Shape):
    """Whether an overlay may ask more than a national value."""

    allowed: bool
    provenance: ProvenanceShape


class SettingAsideShape(Shape):
    """What "không xét" does."""

    counts_as_met: bool
    provenance: ProvenanceShape


class TotalsShape(Shape):
    """How many criteria and indicators the decision has: a check on the list."""

    criteria: int
    indicators: int


class OwnersShape(Shape):
    """Departments that answer for indicators."""

    provenance: ProvenanceShape
    departments: dict[str, WordsShape]


class SetShape(Shape):
    """A criteria set."""

    file: Literal["criteria-set"]
    schema_: Literal[1] = Field(alias="schema")
    code: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$", strict=True)]
    kind_of_unit: Literal["commune", "district", "province", "village", "township", "ward"]
    name: WordsShape
    period: SpanShape
    in_force: SpanShape
    applies_from: date | None = None
    replaced_by: Text | None
    judges: bool
    incomplete: WordsShape | None
    citation: WordsShape
    legal_basis: list[DocumentShape]
    amendments: list[DocumentShape]
    guidance: list[GuidanceShape] = []
    special_rules: list[SpecialRuleShape]
    setting_aside: SettingAsideShape
    tightening: TighteningShape
    regions: dict[str, WordsShape]
    groups: dict[str, WordsShape]
    owners: OwnersShape
    criteria: list[CriterionShape]
    classes: dict[str, ClassShape] = {}
    totals: TotalsShape | None = None


class FillShape(Shape):
    """One threshold that a province sets."""

    value: Any
    provenance: ProvenanceShape


class OverlayShape(Shape):
    """A provincial overlay."""

    file: Literal["overlay"]
    schema_: Literal[1] = Field(alias="schema")
    code: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$", strict=True)]
    province: Annotated[str, StringConstraints(pattern=r"^\d\d$", strict=True)]
    region: Text
    example: bool
    name: WordsShape
    citation: WordsShape
    in_force: SpanShape
    sets: dict[str, dict[str, FillShape]]


class ExampleShape(Shape):
    """One worked example: a figure (or the figures of a criterion) and the verdict it must get."""

    indicator: Text | None = None
    criterion: int | None = None
    region: Text
    year: int | None = None
    given: Any = None
    figures: dict[str, Any] | None = None
    verdict: Literal["met", "nearly_met", "not_met", "not_applicable", "no_figure", "no_threshold"]
    margin: Any = None
    says: Text | None = None
    why: Text | None = None


class ExamplesShape(Shape):
    """Worked examples of one set."""

    file: Literal["examples"]
    schema_: Literal[1] = Field(alias="schema")
    set: Text
    overlay: Text | None = None
    examples: list[ExampleShape]


class ConditionShape(Shape):
    """A condition of recognition, to be read by people."""

    key: Text
    text: WordsShape
    provenance: ProvenanceShape


class WithdrawalShape(Shape):
    """When a title is withdrawn: shares of criteria not met, in percent."""

    at_least: Number
    under: Number | None
    with_key_criterion: bool
    text: WordsShape


class RulesShape(Shape):
    """What recognition needs to know beside a set."""

    file: Literal["recognition-rules"]
    schema_: Literal[1] = Field(alias="schema")
    code: Text
    title: WordsShape
    set: Text | None
    indicators_that_count: Literal["all"] | list[Text]
    citation: WordsShape
    provenance: ProvenanceShape
    conditions: list[ConditionShape]
    key_criteria: dict[int, WordsShape] = {}
    withdrawal: list[WithdrawalShape] = []
    withdrawal_provenance: ProvenanceShape | None = None


SHAPES: dict[str, type[Shape]] = {
    "criteria-set": SetShape,
    "overlay": OverlayShape,
    "examples": ExamplesShape,
    "recognition-rules": RulesShape,
}
