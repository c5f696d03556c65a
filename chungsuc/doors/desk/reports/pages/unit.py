"""The commune page: what is missing first, then what is met; every verdict explained."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from chungsuc.doors.desk.reports.forms import Asked
from chungsuc.doors.desk.reports.pages.frame import Frame, frame
from chungsuc.doors.desk.reports.pages.verdicts import IndicatorRow, indicator_row, recorded
from chungsuc.kit.catalogue import text
from chungsuc.reports.rules import Card
from chungsuc.territory.rules import Step


@dataclass(frozen=True, slots=True)
class CriterionBlock:
    """One criterion with its indicators."""

    number: int
    name: str
    verdict: str
    rows: tuple[IndicatorRow, ...]


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step of the unit through time, in words."""

    effective: date
    said: str
    act: str


@dataclass(frozen=True, slots=True)
class JudgementLine:
    """One indicator as each level judged it; `differs` where the levels do not agree."""

    code: str
    short: str
    values: tuple[str, ...]
    differs: bool


@dataclass(frozen=True)
class CommunePage:
    """Everything the template needs."""

    frame: Frame
    code: str
    set_name: str
    met: int
    of: int
    missing: tuple[CriterionBlock, ...]
    reached: tuple[CriterionBlock, ...]
    marks: tuple[CriterionBlock, ...]
    title_year: int | None
    title_decision: str
    title_demo: bool
    past: tuple[str, ...]
    came_from: tuple[StepLine, ...]
    became: tuple[StepLine, ...]
    levels: tuple[str, ...]
    judgements: tuple[JudgementLine, ...]
    differing: int
    procedure_warning: bool
    without_figures: bool
    summary: str | None


def commune_page(card: Card, asked: Asked, lang: str) -> CommunePage:
    """The page of one card."""
    blocks = tuple(_blocks(card, lang))
    judgements = tuple(_judgements(card, lang))
    return CommunePage(
        frame=frame(asked, card.made, place="situation", unit=card.unit, lang=lang, above=card.above),
        code=card.unit.code,
        set_name=card.rules.name.of(lang),
        met=card.verdict.met,
        of=card.verdict.of,
        missing=tuple(block for block in blocks if block.verdict not in ("met", "not_applicable")),
        reached=tuple(block for block in blocks if block.verdict in ("met", "not_applicable")),
        marks=blocks,
        title_year=card.title.year if card.title else None,
        title_decision=_decision(card, lang),
        title_demo=bool(card.title and card.title.provenance == "demo"),
        past=tuple(_past(card, lang)),
        came_from=_steps(card.lineage.predecessors, lang),
        became=_steps(card.lineage.successors, lang),
        levels=tuple(_judge(step, lang) for step in card.procedure.steps) if card.procedure else (),
        judgements=judgements,
        differing=sum(line.differs for line in judgements),
        procedure_warning=bool(card.procedure and card.procedure.provenance != "verified"),
        without_figures=not card.figures,
        summary=_summary(card, lang),
    )


def _summary(card: Card, lang: str) -> str | None:
    """What the newer summary matrix says, which is the number the province's pages count."""
    if card.summary is None:
        return None
    facts = {"day": card.summary.day, "met": card.summary.met, "of": card.verdict.of}
    if card.summary.criteria is None:
        return text("desk.commune.summary_count", lang, **facts)
    return text("desk.commune.summary", lang, criteria=card.summary.criteria or "–", **facts)


def _blocks(card: Card, lang: str) -> Iterable[CriterionBlock]:
    for criterion in card.verdict.criteria:
        rows = tuple(
            indicator_row(one, card.figures.get(one.code), _owner(card, one.ruling.indicator.owner, lang), lang)
            for one in criterion.indicators
        )
        yield CriterionBlock(criterion.number, criterion.name.of(lang), criterion.verdict.value, rows)


def _owner(card: Card, owner: str | None, lang: str) -> str:
    return card.rules.owners[owner].of(lang) if owner and owner in card.rules.owners else ""


def _decision(card: Card, lang: str) -> str:
    if card.title is None:
        return ""
    number, signed = card.title.decision_number, card.title.decision_date
    return text("desk.title.decision", lang, number=number, signed=signed)


def _past(card: Card, lang: str) -> Iterable[str]:
    for title in card.past_titles:
        yield text(f"desk.title.{title.status.value}", lang, year=title.year, name=title.given_name)


def _steps(steps: Iterable[Step], lang: str) -> tuple[StepLine, ...]:
    lines = []
    for step in steps:
        key = "desk.step.part" if step.part else "desk.step.whole"
        into = step.to_name or text("desk.step.nothing", lang)
        said = text(key, lang, origin=step.from_name, into=into, change=_change(step.change, lang))
        lines.append(StepLine(step.effective, said, step.act))
    return tuple(lines)


def _change(words: str, lang: str) -> str:
    return " + ".join(text(f"desk.change.{one}", lang) for one in words.split("+"))


def _judge(step: object, lang: str) -> str:
    judge = step.judge_en if lang == "en" else step.judge_vi
    return f"{text(f'desk.level.{step.level.value}', lang)} ({judge})"


def _judgements(card: Card, lang: str) -> Iterable[JudgementLine]:
    levels = [step.level for step in card.procedure.steps] if card.procedure else []
    for indicator in card.rules.indicators:
        by_level = card.judgements.get(indicator.code, {})
        if not by_level:
            continue
        values = tuple(recorded(indicator, by_level[level], lang) if level in by_level else "" for level in levels)
        given = {value for value in values if value}
        yield JudgementLine(indicator.code, indicator.short.of(lang), values, len(given) > 1)
