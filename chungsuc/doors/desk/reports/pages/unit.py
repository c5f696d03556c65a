"""The commune page: what is met, what is missing and by how much, what changed, what to do next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from chungsuc.doors.desk.reports.forms import Asked
from chungsuc.doors.desk.reports.pages.frame import Frame, entry_address, frame, said_day
from chungsuc.doors.desk.reports.pages.next_steps import StepsBlock, steps_block
from chungsuc.doors.desk.reports.pages.timeline import Link, Moment, step_moment, timeline
from chungsuc.doors.desk.reports.pages.trends import TrendFigure, commune_trend
from chungsuc.doors.desk.reports.pages.verdicts import IndicatorRow, indicator_row, recorded
from chungsuc.kit.catalogue import text
from chungsuc.kit.vietnamese import same_name
from chungsuc.reports.rules import Card

OPEN = ("not_met", "nearly_met", "no_figure", "no_threshold")


@dataclass(frozen=True, slots=True)
class CriterionBlock:
    """One criterion with its indicators: what is open in it first."""

    number: int
    name: str
    verdict: str
    word: str
    rows: tuple[IndicatorRow, ...]

    @property
    def open_rows(self) -> tuple[IndicatorRow, ...]:
        """The indicators that keep the criterion from being met."""
        return tuple(one for one in self.rows if one.verdict in OPEN)

    @property
    def met_rows(self) -> tuple[IndicatorRow, ...]:
        """The indicators that hold."""
        return tuple(one for one in self.rows if one.verdict not in OPEN)


@dataclass(frozen=True, slots=True)
class Named:
    """A criterion by number and name."""

    number: int
    name: str


@dataclass(frozen=True, slots=True)
class ChangeBlock:
    """What changed since the end of the year before."""

    before_day: date
    before: int
    after: int
    sentence: str
    gained: tuple[Named, ...]
    lost: tuple[Named, ...]


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
    old_names: str
    title_year: int | None
    title_decision: str
    title_demo: bool
    past: tuple[str, ...]
    arrived: tuple[Link, ...]
    left: tuple[Moment, ...]
    change: ChangeBlock | None
    trend: TrendFigure | None
    steps: StepsBlock
    entry: str
    moments: tuple[Moment, ...]
    levels: tuple[str, ...]
    judgements: tuple[JudgementLine, ...]
    differing: int
    procedure_warning: bool
    without_figures: bool
    summary: str | None


def commune_page(card: Card, asked: Asked, lang: str, *, may_record: bool = False) -> CommunePage:
    """The page of one card; `may_record`: the person who looks may enter figures here."""
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
        old_names=", ".join(dict.fromkeys(_old_names(card))),
        title_year=card.title.year if card.title else None,
        title_decision=_decision(card, lang),
        title_demo=bool(card.title and card.title.provenance == "demo"),
        past=tuple(_past(card, lang)),
        arrived=tuple(link for one in card.lineage.predecessors for link in step_moment(one, card.unit.id, lang).links),
        left=tuple(step_moment(one, card.unit.id, lang) for one in card.lineage.successors if not one.keeps_identity),
        change=_change(card, lang),
        trend=commune_trend(card.trend, card.at, lang),
        steps=steps_block(card, lang),
        entry=entry_address(asked, card.unit.code) if may_record else "",
        moments=timeline(card, lang),
        levels=tuple(_judge(step, lang) for step in card.procedure.steps) if card.procedure else (),
        judgements=judgements,
        differing=sum(line.differs for line in judgements),
        procedure_warning=bool(card.procedure and card.procedure.provenance != "verified"),
        without_figures=not card.figures,
        summary=_summary(card, lang),
    )


def _old_names(card: Card) -> Iterable[str]:
    """Names it bore itself; other spellings of the name and the names of units that joined it are none."""
    borne = [step.from_name for step in card.lineage.predecessors if step.keeps_identity]
    for name in (*card.unit.alt_names, *borne):
        if same_name(name) != same_name(card.unit.name):
            yield name


def _summary(card: Card, lang: str) -> str | None:
    """What the newer summary matrix says, which is the number the province's pages count."""
    if card.summary is None:
        return None
    facts = {"day": said_day(card.summary.day, lang), "met": card.summary.met, "of": card.verdict.of}
    if card.summary.criteria is None:
        return text("desk.commune.summary_count", lang, **facts)
    return text("desk.commune.summary", lang, criteria=card.summary.criteria or "–", **facts)


def _change(card: Card, lang: str) -> ChangeBlock | None:
    if card.move is None or card.before is None:
        return None
    names = {one.number: one.name.of(lang) for one in card.rules.criteria}
    move = card.move
    way = "up" if move.change > 0 else "down" if move.change < 0 else "same"
    facts = {"before": move.before, "after": move.after, "by": abs(move.change), "year": card.before.year}
    return ChangeBlock(
        card.before,
        move.before,
        move.after,
        text(f"desk.changed.{way}", lang, **facts),
        tuple(Named(number, names[number]) for number in move.gained),
        tuple(Named(number, names[number]) for number in move.lost),
    )


def _blocks(card: Card, lang: str) -> Iterable[CriterionBlock]:
    for criterion in card.verdict.criteria:
        rows = tuple(
            indicator_row(
                one,
                card.figures.get(one.code),
                _owner(card, one.ruling.indicator.owner, lang),
                lang,
                before=card.previous.get(one.code),
                evidence=card.evidence.get(one.code, ()),
            )
            for one in criterion.indicators
        )
        word = text(f"verdict.{criterion.verdict.value}", lang)
        yield CriterionBlock(criterion.number, criterion.name.of(lang), criterion.verdict.value, word, rows)


def _owner(card: Card, owner: str | None, lang: str) -> str:
    return card.rules.owners[owner].of(lang) if owner and owner in card.rules.owners else ""


def _decision(card: Card, lang: str) -> str:
    if card.title is None:
        return ""
    number, signed = card.title.decision_number, said_day(card.title.decision_date, lang)
    return text("desk.title.decision", lang, number=number, signed=signed)


def _past(card: Card, lang: str) -> Iterable[str]:
    for title in card.past_titles:
        yield text(f"desk.title.{title.status.value}", lang, year=title.year, name=title.given_name)


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
