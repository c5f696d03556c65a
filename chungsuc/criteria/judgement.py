"""Judging figures that are only shown, not stored: the `judge` command and "what if" questions.

Every check of the law and of the figures is made; what is wrong comes back all at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from chungsuc.criteria import queries
from chungsuc.criteria.engine import checks
from chungsuc.criteria.engine.figures import Context, Figure
from chungsuc.criteria.engine.judging import IndicatorVerdict, SetVerdict, judge
from chungsuc.criteria.engine.sentences import contradicted
from chungsuc.criteria.engine.sets import CriteriaSet, SetAside, Words
from chungsuc.criteria.engine.terms import Term, term
from chungsuc.kit.catalogue import text
from chungsuc.kit.errors import Reason, Refused, reasons, stop_if
from chungsuc.territory import queries as territory
from chungsuc.territory.rules import Kind, UnitFact

NO_OVERLAY = "none"


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict with the unit, the day, the set that was used and what the reader should know about it."""

    unit: UnitFact
    at: date
    criteria_set: CriteriaSet
    verdict: SetVerdict
    notes: tuple[Words, ...]


def judge_figures(
    *,
    set_code: str,
    unit_code: str,
    at: date,
    today: date,
    figures: Mapping[str, Any],
    region: str | None = None,
    overlay: str | None = None,
) -> Judgement:
    """Judge plain figures (`{"4.2": 94.9}`) of a unit on a day, storing nothing.

    `region` overrides the unit's own; `overlay` names a provincial overlay or "none" (default: the one
    in force in the unit's province). Refused with every reason: unknown set, unit, region or
    indicator, a day in the future or before the set, a set that cannot judge, figures that cannot be.
    """
    national = queries.criteria_set(set_code)
    found = list(why_not_on(national, at, today))
    if not national.judges:
        raise Refused(found)
    unit, of_unit = _unit(national, unit_code, at)
    chosen_region = region or (unit.region if unit else None)
    found += of_unit + _region_problems(national, unit, region)
    used = _laid(national, unit, at, overlay, chosen_region)
    read, problems = checks.read(used, figures)
    stop_if([*found, *_named_elsewhere(problems, national)])
    assert unit is not None and chosen_region is not None
    context = Context(chosen_region, at.year, dict(unit.classes))
    verdict = judge(used, read, context)
    return Judgement(unit, at, used, verdict, _notes(used, unit, at, context, verdict))


def why_not_on(criteria_set: CriteriaSet, at: date, today: date) -> tuple[Reason, ...]:
    """What stands against judging by this set on this day."""
    start = criteria_set.judges_from
    total = criteria_set.totals[1] if criteria_set.totals else "?"
    return reasons(
        (
            not criteria_set.judges,
            Reason("criteria.set_cannot_judge", set=criteria_set.code, known=len(criteria_set.indicators), total=total),
        ),
        (at > today, Reason("criteria.date_in_future", at=at, today=today)),
        (at < start, Reason("criteria.date_before_set", at=at, set=criteria_set.code, start=start)),
    )


def _unit(national: CriteriaSet, code: str, at: date) -> tuple[UnitFact | None, list[Reason]]:
    try:
        unit = territory.unit_at(code, at)
    except Refused as refused:
        return None, list(refused.reasons)
    expected = Kind(national.kind_of_unit)
    if unit.kind is expected:
        return unit, []
    return unit, [
        Reason(
            "criteria.kind_not_in_set",
            unit=unit.name,
            kind=_kind(unit.kind),
            set=national.code,
            expected=_kind(expected),
        )
    ]


def _kind(kind: Kind) -> Term:
    return term(kind.value, f"criteria.unit.{kind.value}")


def _region_problems(national: CriteriaSet, unit: UnitFact | None, region: str | None) -> list[Reason]:
    known = list(national.regions)
    if region is not None:
        return [] if region in known else [Reason("criteria.region_unknown", region=region, known=known)]
    if unit is None:
        return []
    if unit.region is None:
        return [Reason("criteria.region_missing", unit=unit.name)]
    return [] if unit.region in known else [Reason("criteria.region_unknown", region=unit.region, known=known)]


def _laid(
    national: CriteriaSet, unit: UnitFact | None, at: date, overlay: str | None, region: str | None
) -> CriteriaSet:
    """The set as it holds in the unit's province; "as if in another region" leaves the province's values out."""
    if overlay == NO_OVERLAY or unit is None:
        return national
    province = province_of(unit, at)
    if overlay is None:
        found = queries.overlay_in_force(national.code, province, at)
        if found is None or found.region != region:
            return national
        return queries.criteria_set(national.code, overlay=found.code)
    laid = queries.criteria_set(national.code, overlay=overlay)
    known = queries.all_overlays()[overlay]
    stop_if(
        reasons(
            (
                known.province != province,
                Reason("criteria.overlay_other_province", overlay=overlay, province=known.province, own=province),
            ),
            (
                not known.holds_on(at),
                Reason("criteria.overlay_not_in_force", overlay=overlay, start=known.in_force[0], at=at),
            ),
        )
    )
    return laid


def province_of(unit: UnitFact, at: date) -> str:
    """The code of the province in which the unit lies on the day."""
    above = territory.ancestors(unit.id, at)
    return next((one.code for one in above if one.kind is Kind.PROVINCE), unit.code)


def _named_elsewhere(problems: Iterable[Reason], national: CriteriaSet) -> list[Reason]:
    """Unknown indicators that another set has are said to belong there."""
    found = []
    for problem in problems:
        code = problem.facts.get("indicator")
        others = [one.code for one in queries.national_sets().values() if code in one.by_code]
        if problem.code == "criteria.indicator_unknown" and others:
            found.append(Reason("criteria.indicator_of_other_set", indicator=code, set=national.code, others=others))
        else:
            found.append(problem)
    return found


def _notes(used: CriteriaSet, unit: UnitFact, at: date, context: Context, verdict: SetVerdict) -> tuple[Words, ...]:
    notes = []
    start, end = used.period
    if at >= end:
        notes.append(_words("criteria.note.after_period", at=at, start=start, end=end))
    if unit.region is not None and context.region != unit.region:
        own = used.regions.get(unit.region, Words(unit.region, unit.region))
        notes.append(_words("criteria.note.region_given", region=used.regions[context.region], own=own))
    for rule in used.special_rules:
        if context.classes.get(rule.scheme) == rule.value and rule.region != context.region:
            notes.append(_words("criteria.note.special_rule", said=rule.text))
    if used.overlay is not None:
        key = "criteria.note.example_overlay" if used.overlay_example else "criteria.note.overlay"
        notes.append(_words(key, name=queries.all_overlays()[used.overlay].name))
    if used.incomplete is not None:
        notes.append(_words("criteria.note.incomplete", why=used.incomplete))
    if used.set_aside_counts:
        notes += [_words("criteria.note.set_aside", number=number) for number in verdict.set_aside]
    for one in (one for criterion in verdict.criteria for one in criterion.indicators):
        if one.figure.not_applicable is not None and one.ruling.indicator.set_aside is SetAside.BY_DECISION:
            notes.append(_words("criteria.note.set_aside_by_decision", indicator=one.code))
        if any(contradicted(piece, one.figure) for piece in one.pieces):
            notes.append(_words("criteria.note.by_counts", indicator=one.code))
    return tuple(notes)


def _words(key: str, **facts: Any) -> Words:
    """A note in both languages; facts may be words in both."""
    said = {
        lang: text(key, lang, **{n: v.of(lang) if isinstance(v, Words) else v for n, v in facts.items()})
        for lang in ("vi", "en")
    }
    return Words(said["vi"], said["en"])


def as_json(judgement: Judgement, *, explain: bool = True) -> dict[str, Any]:
    """The documented shape of a judgement (docs/reference/cli-criteria.md)."""
    verdict, unit = judgement.verdict, judgement.unit
    return {
        "set": verdict.set_code,
        "unit": unit.code,
        "at": judgement.at,
        "met": verdict.met,
        "of": verdict.of,
        "criteria": [
            {
                "number": one.number,
                "name": one.name._asdict(),
                "verdict": one.verdict,
                "indicators": [_indicator_json(inner, explain) for inner in one.indicators],
            }
            for one in verdict.criteria
        ],
        "unit_name": unit.name,
        "region": verdict.context.region,
        "overlay": verdict.overlay,
        "version": verdict.version,
        "not_applicable_counted_as_met": list(verdict.set_aside) if judgement.criteria_set.set_aside_counts else [],
        "notes": [note._asdict() for note in judgement.notes],
    }


def _indicator_json(one: IndicatorVerdict, explain: bool) -> dict[str, Any]:
    shown = {
        "code": one.code,
        "name": one.ruling.indicator.short._asdict(),
        "verdict": one.verdict,
        "value": one.value,
        "threshold": one.threshold,
        "margin": one.margin,
        "unit": one.ruling.indicator.unit.vi if one.ruling.indicator.unit else None,
        "counts": _counts(one.figure),
        "article": one.article,
        "provenance": one.provenance,
    }
    return {**shown, "why": {"vi": one.why("vi"), "en": one.why("en")}} if explain else shown


def _counts(figure: Figure) -> dict[str, Any] | None:
    return {"num": figure.num, "den": figure.den} if figure.num is not None else None
