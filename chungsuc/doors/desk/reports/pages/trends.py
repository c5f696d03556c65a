"""Small lines through the years: one table that works alone, and figures that a script draws from it."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from chungsuc.doors.desk.reports.pages.frame import decimal, word
from chungsuc.reports.rules import Trend, TrendPoint


@dataclass(frozen=True, slots=True)
class Cell:
    """One value of the table: as a person reads it, and as a script reads it."""

    said: str
    value: str


@dataclass(frozen=True, slots=True)
class Row:
    """One day of the table. `here`: it is the day of the page. `apart`: not to be compared with the day before."""

    day: date
    said: str
    here: bool
    cells: tuple[Cell, ...]
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Plot:
    """One figure: which column it draws (from 0), in which colour, what is seen in it, its name."""

    column: int
    tone: str
    said: str
    name: str


@dataclass(frozen=True, slots=True)
class TrendFigure:
    """The table and the figures drawn from it. `columns` are the heads after the first."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    plots: tuple[Plot, ...]
    note: str = ""


def area_trend(trend: Trend, at: date, lang: str) -> TrendFigure | None:
    """The trend of a province or district; None where there is nothing to show.

    After a merger the communes are others, so the line is broken there and sentences speak of the last run only.
    """
    points = trend.points
    if len(points) < 2:
        return None
    apart = [False, *(one.counted_ids != other.counted_ids for other, one in itertools.pairwise(points))]
    names = {
        "mean": word("desk.trend.mean", lang),
        "recognised": word("desk.trend.recognised", lang),
        "below": word("desk.trend.below", lang, low=trend.low),
    }
    run = points[max((place for place, broken in enumerate(apart) if broken), default=0) :]
    return TrendFigure(
        columns=(*names.values(), word("desk.trend.communes", lang)),
        rows=tuple(_row(one, at, broken, lang) for one, broken in zip(points, apart, strict=True)),
        plots=tuple(_plots(trend, run, names, lang)),
        note=word("desk.trend.apart", lang) if any(apart) else "",
    )


def _row(one: TrendPoint, at: date, apart: bool, lang: str) -> Row:
    counts = (one.recognised, one.below, one.counted)
    cells = (
        Cell(decimal(one.mean_met, lang, 2), str(one.mean_met)),
        *(Cell(str(count), str(count)) for count in counts),
    )
    return Row(one.day, _day(one.day, lang), one.day == at, cells, apart)


def _plots(trend: Trend, run: Sequence[TrendPoint], names: dict[str, str], lang: str) -> Iterable[Plot]:
    """One figure for each number that is not nought all the time."""
    values = {
        "mean": ([one.mean_met or Decimal(0) for one in run], "accent", 2, {}),
        "recognised": ([Decimal(one.recognised) for one in run], "met", None, {}),
        "below": ([Decimal(one.below) for one in run], "not-met", None, {"low": trend.low}),
    }
    seen = {"mean": True, "recognised": any(one.recognised for one in trend.points)}
    seen["below"] = any(one.below for one in trend.points)
    for column, (what, (found, tone, places, facts)) in enumerate(values.items()):
        if seen[what]:
            yield Plot(column, tone, _seen(what, found, run, lang, places, **facts), names[what])


def commune_trend(trend: Trend, at: date, lang: str) -> TrendFigure | None:
    """How many criteria one commune met year by year; None where there are fewer than two years."""
    points = trend.points
    if len(points) < 2:
        return None
    met = [Decimal(one.total_met) for one in points]
    rows = tuple(
        Row(one.day, _day(one.day, lang), one.day == at, (Cell(f"{one.total_met}/{trend.of}", str(one.total_met)),))
        for one in points
    )
    name = word("desk.trend.met", lang)
    return TrendFigure((name,), rows, (Plot(0, "accent", _seen("met", met, points, lang), name),))


def _seen(
    what: str,
    values: Sequence[Decimal],
    points: Sequence[TrendPoint],
    lang: str,
    places: int | None = None,
    **facts: object,
) -> str:
    """What the line shows, as a sentence: where it began, where it is, which way it went."""
    first, last = values[0], values[-1]
    way = "only" if len(values) < 2 else "up" if last > first else "down" if last < first else "same"
    said = {"first": decimal(first, lang, places), "last": decimal(last, lang, places)}
    return word(
        f"desk.trend.{what}.{way}",
        lang,
        **said,
        **facts,
        since=_day(points[0].day, lang),
        until=_day(points[-1].day, lang),
    )


def _day(day: date, lang: str) -> str:
    """`2019` for the end of a year, else the day."""
    return str(day.year) if (day.month, day.day) == (12, 31) else f"{day.day:02d}/{day.month:02d}/{day.year}"
