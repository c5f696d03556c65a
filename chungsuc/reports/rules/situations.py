"""What a situation is and how it is counted from its ground. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from chungsuc.kit.catalogue import say
from chungsuc.kit.errors import Reason, reasons
from chungsuc.kit.vietnamese import sort_key
from chungsuc.recognition.rules import Balance
from chungsuc.reports.rules.grounds import Basis, Ground, Made, met_cells
from chungsuc.territory.rules import UnitFact


@dataclass(frozen=True, slots=True)
class CriterionLine:
    """How many communes meet one criterion."""

    number: int
    name: str
    name_en: str
    met: int


@dataclass(frozen=True, slots=True)
class DistrictLine:
    """The totals of one district. `mean_met` None where it has no commune."""

    code: str
    name: str
    short_name: str
    communes: int
    recognised: int
    mean_met: Decimal | None
    below_10: int
    bands: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Situation:
    """Where a unit stands at a date. Means have two decimals, percents one, rounded half up."""

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


def situation(ground: Ground, *, districts_recognised: int, footnotes: Sequence[Mapping[str, str]] = ()) -> Situation:
    """Count the ground into a situation."""
    count, total = len(ground.communes), int(ground.met.sum())
    anything = bool((ground.basis != Basis.NOTHING).any())
    below = int((ground.met < ground.bands.low).sum())
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
        communes=count,
        recognised=int(ground.recognised.sum()),
        recognised_in_year=int(ground.recognised_this_year.sum()),
        total_met=total,
        mean_met=mean(total, count) if anything else None,
        below_10=below,
        below_10_percent=percent(below, count) if anything else None,
        bands=ground.bands.count(ground.met),
        districts_without_recognised=tuple(without),
        districts_recognised=districts_recognised,
        by_criterion=by_criterion(ground),
        by_district=lines,
        made=ground.made,
        basis={basis.name.lower(): int((ground.basis == basis).sum()) for basis in Basis},
        notes=(*ground.notes, *reasons((ground.undecided, Reason("note.undecided", count=ground.undecided)))),
        footnotes=tuple(footnotes),
        titles_undecided=ground.undecided,
    )


def by_criterion(ground: Ground) -> tuple[CriterionLine, ...]:
    """For each criterion how many communes meet it."""
    counts = met_cells(ground.verdicts).sum(axis=0) if len(ground.communes) else [0] * len(ground.criteria)
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
        met = ground.met[here]
        lines.append(
            DistrictLine(
                code=district.code,
                name=district.name,
                short_name=district.short_name,
                communes=int(here.sum()),
                recognised=int(recognised[here].sum()),
                mean_met=mean(int(met.sum()), int(here.sum())),
                below_10=int((met < ground.bands.low).sum()),
                bands=ground.bands.count(met),
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
        "notes": [{"code": note.code, "text": say(note, lang)} for note in found.notes],
        "footnotes": [dict(note) for note in found.footnotes],
    }


def _district(line: DistrictLine) -> dict[str, object]:
    return {
        "code": line.code,
        "name": line.name,
        "short_name": line.short_name,
        "communes": line.communes,
        "recognised": line.recognised,
        "mean_met": _float(line.mean_met),
        "below_10": line.below_10,
        "bands": dict(line.bands),
    }


def _float(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
