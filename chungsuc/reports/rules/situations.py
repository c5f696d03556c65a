"""What a situation is and how it is counted from its ground. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

import numpy as np

from chungsuc.kit.catalogue import say
from chungsuc.kit.errors import Reason, reasons
from chungsuc.kit.vietnamese import sort_key
from chungsuc.recognition.rules import Balance
from chungsuc.reports.rules.grounds import Basis, Ground, Made, met_cells
from chungsuc.territory.rules import Kind, UnitFact

DAYS_NAMED = 3  # so many days of older figures are named one by one


@dataclass(frozen=True, slots=True)
class CriterionLine:
    """How many communes meet one criterion."""

    number: int
    name: str
    name_en: str
    met: int


@dataclass(frozen=True, slots=True)
class DistrictLine:
    """The totals of one district. `mean_met` None where no commune has figures."""

    code: str
    name: str
    short_name: str
    communes: int
    recognised: int
    mean_met: Decimal | None
    below_10: int
    bands: Mapping[str, int]
    kind: Kind = Kind.DISTRICT
    without_figures: int = 0


@dataclass(frozen=True, slots=True)
class DayCount:
    """How many communes have numbers whose newest day is this one."""

    day: date
    communes: int


@dataclass(frozen=True, slots=True)
class Situation:
    """Where a unit stands at a date. Means have two decimals, percents one, rounded half up.

    `communes` are all in force. Means, bands, `below_10` and its percentage count only those with figures:
    `without_figures` says how many have none. `speaks_of`: of which days the figures speak, newest first.
    """

    at: date
    known: datetime | None
    unit: UnitFact
    set_code: str
    set_name: str
    set_name_en: str
    of: int
    low: int
    communes: int
    recognised: int
    recognised_in_year: int
    total_met: int
    mean_met: Decimal | None
    below_10: int
    below_10_percent: Decimal | None
    bands: Mapping[str, int]
    districts_without_recognised: tuple[str, ...]
    districts_recognised: int
    by_criterion: tuple[CriterionLine, ...]
    by_district: tuple[DistrictLine, ...]
    made: Made
    basis: Mapping[str, int]
    notes: tuple[Reason, ...] = ()
    footnotes: tuple[Mapping[str, str], ...] = field(default=())
    titles_undecided: int = 0
    speaks_of: tuple[DayCount, ...] = ()
    with_figures: frozenset[int] = frozenset()
    real_titles: tuple[str, ...] = ()

    @property
    def without_figures(self) -> int:
        """Communes for which nothing was recorded: they are in no mean, band or share."""
        return self.basis.get("nothing", 0)

    @property
    def counted(self) -> int:
        """Communes with figures: what means, bands and shares are taken over."""
        return self.communes - self.without_figures

    def older_days(self) -> tuple[DayCount, ...]:
        """The days before `at` of which figures speak, the one with most communes first."""
        return tuple(sorted((one for one in self.speaks_of if one.day < self.at), key=lambda one: -one.communes))

    def older_than(self, day: date) -> int:
        """Communes whose newest numbers speak of an earlier day."""
        return sum(one.communes for one in self.speaks_of if one.day < day)

    def set_title(self, lang: str) -> str:
        """The name of the set in the language."""
        return self.set_name_en if lang == "en" else self.set_name


@dataclass(frozen=True, slots=True)
class Move:
    """How one commune moved between two days: criteria met before and after, which it gained and lost."""

    unit: UnitFact
    order: int
    before: int
    after: int
    gained: tuple[int, ...]
    lost: tuple[int, ...]

    @property
    def change(self) -> int:
        """Criteria more (or, negative, fewer) than before."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Report:
    """A situation, its ground, the same at the end of the year before (None: not in force), the moves between."""

    ground: Ground
    situation: Situation
    before: Situation | None
    moves: tuple[Move, ...]
    balance: Balance | None = None


def mean(total: int, count: int) -> Decimal | None:
    """`total / count` to two decimals, half up; None where there is nothing to divide by."""
    return _ratio(Decimal(total), count, "0.01")


def percent(part: int, whole: int) -> Decimal | None:
    """`part` in `whole` as a percentage to one decimal, half up: 86 in 177 is 48.6."""
    return _ratio(Decimal(part) * 100, whole, "0.1")


def _ratio(top: Decimal, below: int, step: str) -> Decimal | None:
    return (top / below).quantize(Decimal(step), ROUND_HALF_UP) if below else None


def own_figures(found: Situation, since: date) -> bool:
    """Whether more than half of the counted communes have figures that speak of a day after `since`."""
    return bool(found.counted) and 2 * found.older_than(date.fromordinal(since.toordinal() + 1)) < found.counted


def comparable(found: Situation, before: Situation | None) -> bool:
    """Whether means of two days may be compared: each has figures of its own, and of the same communes.

    The earlier day has figures of its own year, the later one figures newer than the earlier day. After a
    merger the communes are others: the mean would move without anybody having done anything.
    """
    if before is None or found.unit.id != before.unit.id or found.with_figures != before.with_figures:
        return False
    return own_figures(found, before.at) and own_figures(before, date(before.at.year - 1, 12, 31))


def situation(ground: Ground, *, districts_recognised: int, footnotes: Sequence[Mapping[str, str]] = ()) -> Situation:
    """Count the ground into a situation."""
    counted = ground.counted
    met, count = ground.met[counted], int(counted.sum())
    total, below = int(met.sum()), int((met < ground.bands.low).sum())
    lines = by_district(ground)
    without = sorted((line.short_name for line in lines if line.communes and not line.recognised), key=sort_key)
    return Situation(
        at=ground.at,
        known=ground.known,
        unit=ground.unit,
        set_code=ground.set_code,
        set_name=ground.set_name,
        set_name_en=ground.set_name_en,
        of=len(ground.criteria),
        low=ground.bands.low,
        communes=len(ground.communes),
        recognised=int(ground.recognised.sum()),
        recognised_in_year=int(ground.recognised_this_year.sum()),
        total_met=total,
        mean_met=mean(total, count),
        below_10=below,
        below_10_percent=percent(below, count),
        bands=ground.bands.count(met),
        districts_without_recognised=tuple(without),
        districts_recognised=districts_recognised,
        by_criterion=by_criterion(ground),
        by_district=lines,
        made=ground.made,
        basis={basis.name.lower(): int((ground.basis == basis).sum()) for basis in Basis},
        notes=(
            *ground.notes,
            *_older(days_of(ground), ground.at),
            *reasons((ground.undecided, Reason("note.undecided", count=ground.undecided))),
        ),
        footnotes=tuple(footnotes),
        titles_undecided=ground.undecided,
        speaks_of=days_of(ground),
        with_figures=frozenset(unit.id for unit, there in zip(ground.communes, counted, strict=True) if there),
        real_titles=ground.real_titles,
    )


def _older(days: Sequence[DayCount], at: date) -> tuple[Reason, ...]:
    """What the reader must know of figures that speak of an earlier day than the one asked about."""
    older = [one for one in days if one.day < at]
    if len(older) > DAYS_NAMED:
        count = sum(one.communes for one in older)
        return (Reason("note.older_figures_many", count=count, since=older[-1].day, until=older[0].day, at=at),)
    return tuple(Reason("note.older_figures", count=one.communes, until=one.day, at=at) for one in older)


def days_of(ground: Ground) -> tuple[DayCount, ...]:
    """Of which days the numbers of the communes speak, the newest first."""
    days, counts = np.unique(ground.speaks_of[~np.isnat(ground.speaks_of)], return_counts=True)
    return tuple(DayCount(day, count) for day, count in zip(days.tolist()[::-1], counts.tolist()[::-1], strict=True))


def by_criterion(ground: Ground) -> tuple[CriterionLine, ...]:
    """For each criterion how many communes meet it."""
    counts = met_cells(ground.verdicts[ground.counted]).sum(axis=0, dtype=int)
    return tuple(
        CriterionLine(one.number, one.name_vi, one.name_en, int(met))
        for one, met in zip(ground.criteria, counts, strict=True)
    )


def by_district(ground: Ground) -> tuple[DistrictLine, ...]:
    """The totals of each district below the unit, in order of code."""
    recognised = ground.recognised
    lines = []
    for place, district in enumerate(ground.districts):
        here = ground.district_of == place
        met = ground.met[here & ground.counted]
        lines.append(
            DistrictLine(
                code=district.code,
                name=district.name,
                short_name=district.short_name,
                communes=int(here.sum()),
                recognised=int(recognised[here].sum()),
                mean_met=mean(int(met.sum()), len(met)),
                below_10=int((met < ground.bands.low).sum()),
                bands=ground.bands.count(met),
                kind=district.kind,
                without_figures=int(here.sum()) - len(met),
            )
        )
    return tuple(lines)


def known_as_said(known: datetime | None) -> str | None:
    """`known` as people say it: the day when it is the end of a day, else the moment."""
    if known is None:
        return None
    return known.date().isoformat() if (known.hour, known.minute, known.second) == (23, 59, 59) else known.isoformat()


def as_json(found: Situation, lang: str = "vi") -> dict[str, object]:
    """The situation as machines get it; the shape is stable (docs/guides/situation.md)."""
    return {
        "at": found.at.isoformat(),
        "known": known_as_said(found.known),
        "unit": found.unit.code,
        "unit_name": found.unit.name,
        "set": found.set_code,
        "communes": found.communes,
        "without_figures": found.without_figures,
        "recognised": found.recognised,
        "recognised_in_year": found.recognised_in_year,
        "total_met": found.total_met,
        "mean_met": _float(found.mean_met),
        "below_10": found.below_10,
        "below_10_percent": _float(found.below_10_percent),
        "bands": dict(found.bands),
        "districts_without_recognised": list(found.districts_without_recognised),
        "districts_recognised": found.districts_recognised,
        "by_criterion": [{"number": line.number, "name": line.name, "met": line.met} for line in found.by_criterion],
        "by_district": [_district(line) for line in found.by_district],
        "data": found.made.value,
        "of": found.of,
        "low": found.low,
        "titles_undecided": found.titles_undecided,
        "basis": dict(found.basis),
        "speaks_of": [{"day": one.day.isoformat(), "communes": one.communes} for one in found.speaks_of],
        "notes": [
            {"code": note.code, "text": say(note, lang), "vi": say(note, "vi"), "en": say(note, "en")}
            for note in found.notes
        ],
        "footnotes": [dict(note) for note in found.footnotes],
    }


def _district(line: DistrictLine) -> dict[str, object]:
    return {
        "code": line.code,
        "name": line.name,
        "short_name": line.short_name,
        "communes": line.communes,
        "without_figures": line.without_figures,
        "recognised": line.recognised,
        "mean_met": _float(line.mean_met),
        "below_10": line.below_10,
        "bands": dict(line.bands),
    }


def _float(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
