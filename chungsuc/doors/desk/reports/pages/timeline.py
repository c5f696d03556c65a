"""A commune through time: mergers, titles and counts on one line of days, oldest first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from chungsuc.doors.desk.reports.pages.frame import word
from chungsuc.recognition.rules import TitleFact
from chungsuc.reports.rules import Card
from chungsuc.territory.rules import Step


@dataclass(frozen=True, slots=True)
class Link:
    """A unit on a day on which its code answers."""

    name: str
    code: str
    day: date


@dataclass(frozen=True, slots=True)
class Moment:
    """One moment: `kind` is merge, title or count; `links` lead to the other units of a merger."""

    day: date
    kind: str
    said: str
    act: str = ""
    links: tuple[Link, ...] = ()


def timeline(card: Card, lang: str) -> tuple[Moment, ...]:
    """Everything that happened to the unit, up to today's territory."""
    moments = [*_counts(card, lang), *_titles(card, lang)]
    moments += [step_moment(one, card.unit.id, lang) for one in (*card.lineage.predecessors, *card.lineage.successors)]
    return tuple(sorted(moments, key=lambda one: (one.day, one.kind)))


def step_moment(step: Step, here: int | None, lang: str) -> Moment:
    """One act; the units other than `here` are links, those that ended on their last day."""
    key = "desk.step.part" if step.part else "desk.step.whole"
    into = step.to_name or word("desk.step.nothing", lang)
    said = word(key, lang, origin=step.from_name, into=into, change=_change(step.change, lang))
    links = []
    if step.from_id != here:
        links.append(Link(step.from_name, step.from_code, step.effective - timedelta(days=1)))
    if step.to_id is not None and step.to_id != here and step.to_code and step.to_name:
        links.append(Link(step.to_name, step.to_code, step.effective))
    return Moment(step.effective, "merge", said, step.act, tuple(links))


def _change(words: str, lang: str) -> str:
    return " + ".join(word(f"desk.change.{one}", lang) for one in words.split("+"))


def _counts(card: Card, lang: str) -> Iterable[Moment]:
    last: int | None = None
    for one in card.trend.points:
        more = "" if last is None or last == one.total_met else f" ({one.total_met - last:+d})".replace("-", "−")
        said = word("desk.timeline.count", lang, met=one.total_met, of=card.trend.of) + more
        yield Moment(one.day, "count", said)
        last = one.total_met


def _titles(card: Card, lang: str) -> Iterable[Moment]:
    for title in (*((card.title,) if card.title else ()), *card.past_titles):
        yield Moment(title.decision_date, "title", _title(title, lang), title.decision_number)


def _title(title: TitleFact, lang: str) -> str:
    return word("desk.timeline.title", lang, name=title.given_name, year=title.year)
