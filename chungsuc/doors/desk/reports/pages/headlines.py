"""The figure cards of a province or district: the number, what it is of, how it moved since last year."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from chungsuc.doors.desk.reports.pages.frame import decimal, word
from chungsuc.reports import prose
from chungsuc.reports.rules import Situation, comparable
from chungsuc.territory.rules import Kind


@dataclass(frozen=True, slots=True)
class Headline:
    """One card. `step` is the change in words ("tăng 5 so với cuối 2018"), `tone` good, bad or same."""

    name: str
    value: str
    side: str
    step: str = ""
    tone: str = "same"
    arrow: str = ""


def headlines(found: Situation, before: Situation | None, lang: str) -> tuple[Headline, ...]:
    """The cards, in the order of the first sentence."""
    return tuple(_headlines(found, before, lang))


def _headlines(found: Situation, before: Situation | None, lang: str) -> Iterable[Headline]:
    yield _recognised(found, before, lang)
    if prose.has_figures(found):
        yield _mean(found, before, lang)
        yield _below(found, before, lang)
    if found.unit.kind is Kind.PROVINCE:
        yield _without(found, before, lang)


def _recognised(found: Situation, before: Situation | None, lang: str) -> Headline:
    change = found.recognised - before.recognised if before else None
    if before and change == found.recognised_in_year:  # the step says it already
        side = word("desk.card.before", lang, count=before.recognised, year=before.at.year)
    elif found.recognised_in_year:
        side = word("desk.card.in_year", lang, count=found.recognised_in_year, year=found.at.year)
    else:
        side = word("desk.card.none_in_year", lang, year=found.at.year)
    name = word("desk.card.recognised", lang)
    return Headline(name, str(found.recognised), side, *_step(change, before, lang, up=True))


def _mean(found: Situation, before: Situation | None, lang: str) -> Headline:
    total = decimal(found.total_met, lang)
    return Headline(
        word("desk.card.mean", lang),
        decimal(found.mean_met, lang, 2),
        word("desk.card.total", lang, total=total, communes=found.counted),
        *_step(prose.mean_change(found, before), before, lang, up=True, places=2),
    )


def _below(found: Situation, before: Situation | None, lang: str) -> Headline:
    like = before if before and comparable(found, before) else None
    share = decimal(found.below_10_percent, lang, 1)
    return Headline(
        word("desk.card.below", lang, low=found.low),
        str(found.below_10),
        word("desk.card.share", lang, share=share, communes=found.counted),
        *_step(found.below_10 - like.below_10 if like else None, before, lang, up=False),
    )


def _without(found: Situation, before: Situation | None, lang: str) -> Headline:
    has_city = any(line.kind is Kind.CITY for line in found.by_district)
    name = word("desk.card.without.city" if has_city else "desk.card.without", lang)
    if not found.by_district:
        return Headline(name, "–", word("desk.card.no_districts", lang))
    names = found.districts_without_recognised
    change = len(names) - len(before.districts_without_recognised) if before and before.by_district else None
    side = ", ".join(names) or word("desk.card.every_district", lang)
    return Headline(name, str(len(names)), side, *_step(change, before, lang, up=False))


def _step(
    change: object, before: Situation | None, lang: str, *, up: bool, places: int | None = None
) -> tuple[str, str, str]:
    """The change in words, its tone, its arrow; nothing where two days cannot be compared."""
    if change is None or before is None:
        return "", "same", ""
    if not change:
        return word("desk.card.step.same", lang, year=before.at.year), "same", ""
    more = change > 0  # type: ignore[operator]
    said = decimal(abs(change), lang, places)  # type: ignore[arg-type]
    way = "up" if more else "down"
    return word(f"desk.card.step.{way}", lang, by=said, year=before.at.year), "good" if more is up else "bad", way
