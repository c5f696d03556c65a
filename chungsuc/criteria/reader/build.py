"""From the shape of a file to a frozen `CriteriaSet`, with the checks that need the whole file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from chungsuc.criteria.engine.checks import AT_MOST, share_problems
from chungsuc.criteria.engine.figures import HUNDRED, Share
from chungsuc.criteria.engine.nodes import BadRule
from chungsuc.criteria.engine.placing import leaf_for
from chungsuc.criteria.engine.sets import (
    ByClass,
    ByYear,
    Cell,
    ClassScheme,
    Counted,
    CriteriaSet,
    Criterion,
    Document,
    Guidance,
    Indicator,
    Kind,
    Part,
    Provenance,
    SetAside,
    SpecialRule,
    Words,
    scalars,
)
from chungsuc.criteria.reader import shapes
from chungsuc.criteria.reader.problems import Path, as_written, expected, nearest, problem
from chungsuc.kit.errors import Reason

OUT_OF_RANGE = ("criteria.negative", "criteria.over_100", "criteria.too_large")
# Fields that mean something only where figures are of these kinds.
FIELDS_OF_KINDS = {
    "better": (Kind.PERCENT, Kind.NUMBER, Kind.COUNT, Kind.RATIO),
    "unit": (Kind.PERCENT, Kind.NUMBER, Kind.COUNT, Kind.RATIO),
    "at_most": (Kind.NUMBER, Kind.COUNT, Kind.RATIO),
    "counted": (Kind.PERCENT, Kind.RATIO),
    "counts_required": (Kind.PERCENT, Kind.RATIO),
}
LOOK_ONLY_COLUMNS = ("national", "all")


@dataclass
class Builder:
    """Gathers problems while it builds; `lines` maps fields to lines of the file."""

    lines: dict[Path, int]
    schemes: tuple[str, ...] = ("khu_vuc",)
    problems: list[Reason] = field(default_factory=list)

    def wrong(self, code: str, path: Path, **facts: Any) -> None:
        """Remember a problem at a field."""
        self.problems.append(problem(code, self.lines, path, **facts))

    def cell(self, raw: Any, path: Path, indicator: Indicator) -> Cell | None:
        """A threshold: a number, true, or values by year or by area class."""
        if isinstance(raw, dict):
            return self._branch(raw, path, indicator)
        value = Decimal(raw) if isinstance(raw, int) and not isinstance(raw, bool) else raw
        if value is not None and not share_problems(indicator, Share(value)) and value is not False:
            return value
        self._bad_cell(value, path, indicator)
        return None

    def _bad_cell(self, value: Any, path: Path, indicator: Indicator) -> None:
        """Why a value cannot be a threshold: of another type, out of range, or a requirement waived."""
        boolean = indicator.kind is Kind.BOOLEAN
        if boolean and value is False:
            self.wrong("criteria.file_requirement_waived", path, word=indicator.code)
            return
        codes = {one.code for one in share_problems(indicator, Share(value))}
        if codes & set(OUT_OF_RANGE):
            most = HUNDRED if indicator.kind is Kind.PERCENT else indicator.at_most or AT_MOST
            self.wrong("criteria.file_out_of_range", path, given=value, word=indicator.code, most=most)
            return
        what = "boolean" if boolean else "whole_number" if indicator.kind is Kind.COUNT else "number"
        self.wrong("criteria.file_wrong_type", path, given=as_written(value), expected=expected(what))

    def _branch(self, raw: dict[Any, Any], path: Path, indicator: Indicator) -> Cell | None:
        known = ("year", *self.schemes)
        if len(raw) != 1 or next(iter(raw)) not in known or not isinstance(next(iter(raw.values())), dict):
            self.wrong("criteria.file_bad_branch", path, known=list(known))
            return None
        scheme, entries = next(iter(raw.items()))
        if scheme == "year" and not all(isinstance(year, int) for year in entries):
            years = ", ".join(map(str, entries))[:60]
            self.wrong("criteria.file_wrong_type", (*path, "year"), given=years, expected=expected("whole_number"))
            return None
        cells = {key: self.cell(inner, (*path, scheme, key), indicator) for key, inner in entries.items()}
        kept = {key: cell for key, cell in cells.items() if cell is not None}
        if scheme == "year":
            return ByYear(tuple(sorted(kept.items())))
        return ByClass(scheme, kept)


def words(shape: shapes.WordsShape) -> Words:
    """Both languages."""
    return Words(shape.vi, shape.en)


def provenance(shape: shapes.ProvenanceShape, *, example: bool = False) -> Provenance:
    """Where a value comes from."""
    return Provenance(
        shape.status,
        shape.confidence,
        tuple(shape.sources),
        shape.note,
        tuple(shape.seen),
        shape.other_regions,
        example or shape.status == "example",
    )


def build_set(shape: shapes.SetShape, lines: dict[Path, int]) -> tuple[CriteriaSet, tuple[Reason, ...]]:
    """The set and everything that is wrong with it as a whole."""
    builder = Builder(lines, tuple({"khu_vuc": None, **dict.fromkeys(shape.classes)}))
    criteria = tuple(
        _criterion(builder, shape, criterion, ("criteria", nth)) for nth, criterion in enumerate(shape.criteria)
    )
    built = CriteriaSet(
        code=shape.code,
        name=words(shape.name),
        citation=words(shape.citation),
        kind_of_unit=shape.kind_of_unit,
        period=(shape.period.from_, shape.period.to or shape.period.from_),
        in_force=(shape.in_force.from_, shape.in_force.to),
        judges_from=shape.applies_from or shape.in_force.from_,
        judges=shape.judges,
        incomplete=words(shape.incomplete) if shape.incomplete else None,
        criteria=criteria,
        groups={key: words(name) for key, name in shape.groups.items()},
        regions={key: words(name) for key, name in shape.regions.items()},
        legal_basis=tuple(_document(one) for one in shape.legal_basis),
        amendments=tuple(_document(one) for one in shape.amendments),
        guidance=tuple(_guidance(one) for one in shape.guidance),
        special_rules=tuple(_special(builder, shape, one, nth) for nth, one in enumerate(shape.special_rules)),
        classes={key: _scheme(one) for key, one in shape.classes.items()},
        owners={key: words(name) for key, name in shape.owners.departments.items()},
        owners_provenance=provenance(shape.owners.provenance),
        set_aside_counts=shape.setting_aside.counts_as_met,
        set_aside_provenance=provenance(shape.setting_aside.provenance),
        totals=(shape.totals.criteria, shape.totals.indicators) if shape.totals else None,
        replaced_by=shape.replaced_by,
    )
    _whole(builder, shape, built)
    return built, tuple(builder.problems)


def span_in_order(builder: Builder, span: shapes.SpanShape, name: str) -> None:
    """Half-open days: the end comes after the start."""
    if span.to is not None and span.to <= span.from_:
        builder.wrong("criteria.file_span_reversed", (name, "to"), start=span.from_, end=span.to)


def _document(shape: shapes.DocumentShape) -> Document:
    return Document(shape.document, shape.issued, provenance(shape.provenance), tuple(shape.replaces))


def _guides(shape: shapes.SetShape, code: str) -> str | None:
    """The documents that say how this indicator is measured, in one line."""
    names = [one.document for one in shape.guidance if one.indicators == "all" or code in one.indicators]
    return "; ".join(names) or None


def _guidance(shape: shapes.GuidanceShape) -> Guidance:
    codes = None if shape.indicators == "all" else tuple(shape.indicators)
    return Guidance(shape.document, shape.issued, codes, provenance(shape.provenance))


def _scheme(shape: shapes.ClassShape) -> ClassScheme:
    return ClassScheme(words(shape.name), {key: words(name) for key, name in shape.values.items()})


def _special(builder: Builder, shape: shapes.SetShape, one: shapes.SpecialRuleShape, nth: int) -> SpecialRule:
    if one.region not in shape.regions:
        builder.wrong(
            "criteria.file_unknown_region",
            ("special_rules", nth, "region"),
            given=one.region,
            meant=nearest(one.region, shape.regions),
        )
    return SpecialRule(one.class_, one.value, one.region, words(one.text), provenance(one.provenance))


def _criterion(builder: Builder, shape: shapes.SetShape, one: shapes.CriterionShape, path: Path) -> Criterion:
    if one.group not in shape.groups:
        builder.wrong(
            "criteria.file_unknown_name", (*path, "group"), given=one.group, meant=nearest(one.group, shape.groups)
        )
    indicators = tuple(
        _indicator(builder, shape, one, indicator, (*path, "indicators", nth))
        for nth, indicator in enumerate(one.indicators)
    )
    return Criterion(one.number, words(one.name), one.group, indicators, provenance(one.name_provenance))


def _indicator(
    builder: Builder, shape: shapes.SetShape, criterion: shapes.CriterionShape, one: shapes.IndicatorShape, path: Path
) -> Indicator:
    _fields_fit(builder, shape, criterion, one, path)
    bare = Indicator(
        code=one.code,
        number=criterion.number,
        name=words(one.name),
        short=words(one.short),
        kind=Kind(one.kind),
        provenance=provenance(one.provenance),
        name_provenance=provenance(one.name_provenance),
        unit=words(one.unit) if one.unit else None,
        better=one.better or "higher",
        counted=Counted(Words(one.counted.vi, one.counted.en), one.counted.whole) if one.counted else None,
        counts_required=one.counts_required or one.kind == "ratio",
        at_most=one.at_most,
        owner=one.owner,
        set_by=one.set_by,
        may_tighten=shape.tightening.allowed if one.may_tighten is None else one.may_tighten,
        set_aside=SetAside(one.not_applicable),
        conditional=words(one.conditional) if one.conditional else None,
        both_sexes=one.both_sexes,
        guidance=_guides(shape, one.code),
        article=one.article,
    )
    return _with_thresholds(builder, shape, one, bare, path)


def _with_thresholds(
    builder: Builder, shape: shapes.SetShape, one: shapes.IndicatorShape, bare: Indicator, path: Path
) -> Indicator:
    # Counts are asked of figures, not of the limits in the law.
    plain = replace(bare, counts_required=False)
    parts = tuple(
        Part(
            part.key,
            words(part.name),
            _table(builder, shape, part.thresholds, (*path, "parts", nth, "thresholds"), plain),
            part.code,
        )
        for nth, part in enumerate(one.parts)
    )
    table = _table(builder, shape, one.thresholds or {}, (*path, "thresholds"), plain)
    return replace(bare, parts=parts, thresholds=table)


def _table(
    builder: Builder, shape: shapes.SetShape, raw: Mapping[str, Any], path: Path, indicator: Indicator
) -> dict[str, Cell]:
    table: dict[str, Cell] = {}
    for column, value in raw.items():
        if column not in shape.regions and column not in LOOK_ONLY_COLUMNS:
            builder.wrong(
                "criteria.file_unknown_region",
                (*path, column),
                given=str(column),
                meant=nearest(str(column), shape.regions),
            )
            continue
        cell = builder.cell(value, (*path, column), indicator)
        if cell is not None:
            table[column] = cell
    return table


def _fields_fit(
    builder: Builder, shape: shapes.SetShape, criterion: shapes.CriterionShape, one: shapes.IndicatorShape, path: Path
) -> None:
    """Fields that must, or must not, go together."""
    if one.code.split(".")[0] != str(criterion.number):
        builder.wrong("criteria.file_code_outside", (*path, "code"), given=one.code, number=criterion.number)
    for name, kinds in FIELDS_OF_KINDS.items():
        if getattr(one, name) and one.kind not in kinds:
            builder.wrong("criteria.file_foreign_field", (*path, name), word=name, kind=one.kind, given=one.code)
    if one.kind != "boolean" and one.better is None:
        builder.wrong("criteria.file_missing_field", (*path, "better"), word="better")
    if one.kind != "boolean" and one.unit is None:
        builder.wrong("criteria.file_missing_field", (*path, "unit"), word="unit")
    if one.owner is not None and one.owner not in shape.owners.departments:
        builder.wrong(
            "criteria.file_unknown_name",
            (*path, "owner"),
            given=one.owner,
            meant=nearest(one.owner, shape.owners.departments),
        )
    if bool(one.parts) == (one.thresholds is not None):
        builder.wrong("criteria.file_parts_or_thresholds", (*path, "thresholds"), word=one.code)
    if len(one.parts) == 1:
        builder.wrong("criteria.file_one_part", (*path, "parts"), word=one.code)
    if one.parts and one.both_sexes:
        builder.wrong("criteria.file_parts_and_sexes", (*path, "both_sexes"), word=one.code)
    if one.provenance.status in ("verified", "partial") and not one.provenance.sources:
        builder.wrong("criteria.file_no_source", (*path, "provenance", "sources"), word=one.code)
    if one.provenance.status == "partial" and not one.provenance.seen:
        builder.wrong("criteria.file_nothing_seen", (*path, "provenance", "seen"), word=one.code)


def _whole(builder: Builder, shape: shapes.SetShape, built: CriteriaSet) -> None:
    """Checks on the set as a whole: codes once, totals, thresholds where the law sets them."""
    span_in_order(builder, shape.period, "period")
    span_in_order(builder, shape.in_force, "in_force")
    _once(builder, shape)
    _guidance_known(builder, built)
    if shape.totals and shape.judges:
        found = (len(shape.criteria), len(built.indicators))
        if found != (shape.totals.criteria, shape.totals.indicators):
            builder.wrong("criteria.file_totals", ("totals",), criteria=found[0], indicators=found[1])
    if not shape.judges and shape.incomplete is None:
        builder.wrong("criteria.file_missing_field", ("incomplete",), word="incomplete")
    for c, criterion in enumerate(built.criteria):
        for i, indicator in enumerate(criterion.indicators):
            path: Path = ("criteria", c, "indicators", i)
            _nodes(builder, indicator, path)
            if shape.judges and shape.incomplete is None and indicator.set_by == "national":
                _columns_full(builder, built, indicator, path)


def _guidance_known(builder: Builder, built: CriteriaSet) -> None:
    for nth, one in enumerate(built.guidance):
        for code in one.indicators or ():
            if code not in built.by_code:
                path: Path = ("guidance", nth, "indicators")
                builder.wrong("criteria.file_unknown_name", path, given=code, meant=nearest(code, built.by_code))


def _once(builder: Builder, shape: shapes.SetShape) -> None:
    seen: set[object] = set()
    for c, criterion in enumerate(shape.criteria):
        if criterion.number in seen:
            builder.wrong("criteria.file_twice", ("criteria", c, "number"), word=str(criterion.number))
        seen.add(criterion.number)
        for i, indicator in enumerate(criterion.indicators):
            if indicator.code in seen:
                builder.wrong("criteria.file_twice", ("criteria", c, "indicators", i, "code"), word=indicator.code)
            seen.add(indicator.code)


def _nodes(builder: Builder, indicator: Indicator, path: Path) -> None:
    for table in [indicator.thresholds, *(part.thresholds for part in indicator.parts)]:
        for column, cell in table.items():
            for value in scalars(cell):
                try:
                    leaf_for(indicator, value)
                except BadRule as error:
                    builder.wrong("criteria.file_bad_rule", (*path, "thresholds", column), said=str(error))


def _columns_full(builder: Builder, built: CriteriaSet, indicator: Indicator, path: Path) -> None:
    """A complete set has a threshold for every region, for every part."""
    tables = [(("thresholds",), indicator.thresholds)] if not indicator.parts else []
    tables += [(("parts", nth, "thresholds"), part.thresholds) for nth, part in enumerate(indicator.parts)]
    for steps, table in tables:
        # What was written, but wrongly, has its own problem already.
        written = {region for region in built.regions if (*path, *steps, region) in builder.lines}
        absent = [region for region in built.regions if region not in {*table, *written} and "all" not in table]
        if absent:
            builder.wrong("criteria.file_threshold_missing", (*path, *steps), word=indicator.code, regions=absent)
