"""The situation page: the sentence first, then cards, bands, criteria, districts, what moved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from chungsuc.doors.desk.maps.figure import MapFigure, count_map
from chungsuc.doors.desk.reports.forms import Asked
from chungsuc.doors.desk.reports.pages.frame import Frame, decimal, frame, word
from chungsuc.doors.desk.reports.pages.headlines import Headline, headlines
from chungsuc.doors.desk.reports.pages.trends import TrendFigure, area_trend
from chungsuc.kit.catalogue import say
from chungsuc.recognition.rules import TitleFact
from chungsuc.reports import prose
from chungsuc.reports.rules import Ground, Move, Report, Situation, Trend, percent

MOVES_SHOWN = 12
CAVEATS = (
    "note.without_figures",
    "note.older_figures",
    "note.older_figures_many",
)  # what must be read with the first sentence


@dataclass(frozen=True, slots=True)
class Segment:
    """One band of the stacked bar. `x`, `width`, `middle` in percent of the bar, as SVG has them."""

    place: int
    key: str
    count: int
    share: Decimal
    x: str
    width: str
    middle: str
    roomy: bool


@dataclass(frozen=True, slots=True)
class CriterionRow:
    """One criterion: how many communes meet it, and the bar."""

    number: int
    name: str
    met: int
    width: str


@dataclass(frozen=True, slots=True)
class DistrictRow:
    """One district's totals with its own small stacked bar."""

    code: str
    name: str
    communes: int
    recognised: int
    mean: str
    below: int
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class CommuneRow:
    """One commune where there are no districts to show, or on a district's page."""

    code: str
    name: str
    met: int | None
    width: str
    title: int | None


@dataclass(frozen=True, slots=True)
class MoveRow:
    """One commune that moved: by how many, which criteria it gained and lost."""

    code: str
    name: str
    parent: str
    change: int
    before: int
    after: int
    gained: str
    lost: str


@dataclass(frozen=True, slots=True)
class Moved:
    """The communes that moved one way: the first ones, and the others that are folded away."""

    first: tuple[MoveRow, ...]
    others: tuple[MoveRow, ...]

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.first) + len(self.others)


@dataclass(frozen=True, slots=True)
class TitleRow:
    """One title that went or was carried over: whose it was, why."""

    name: str
    parent: str
    year: int
    why: str
    made_up: bool


@dataclass(frozen=True, slots=True)
class BalanceBox:
    """before + came - gone = after, and the titles behind it."""

    before: int
    year: int
    came: int
    gone: tuple[TitleRow, ...]
    carried: tuple[TitleRow, ...]
    after: int


@dataclass(frozen=True)
class SituationPage:
    """Everything the template needs."""

    frame: Frame
    found: Situation
    by: str
    mean: str
    before_year: int | None
    share_below: str
    cards: tuple[Headline, ...]
    bands_title: str
    map: MapFigure | None
    trend: TrendFigure | None
    segments: tuple[Segment, ...]
    criteria: tuple[CriterionRow, ...]
    districts: tuple[DistrictRow, ...]
    communes: tuple[CommuneRow, ...]
    up: Moved
    down: Moved
    moved: str
    paragraph: str
    has_figures: bool
    caveats: tuple[str, ...]
    balance: BalanceBox | None


def situation_page(report: Report, trend: Trend, asked: Asked, lang: str) -> SituationPage:
    """The page of one report and its trend."""
    found, before = report.situation, report.before
    up, down = [one for one in report.moves if one.change > 0], [one for one in report.moves if one.change <= 0]
    return SituationPage(
        frame=frame(
            asked,
            found.made,
            place="situation",
            unit=found.unit,
            lang=lang,
            notes=[note for note in found.notes if note.code not in CAVEATS],
            footnotes=found.footnotes,
            above=report.ground.above,
        ),
        found=found,
        by=prose.by_day(found.at, lang),
        mean=decimal(found.mean_met, lang, 2),
        before_year=before.at.year if before else None,
        share_below=decimal(found.below_10_percent, lang, 1),
        cards=headlines(found, before, lang),
        bands_title=_bands_title(found, lang),
        map=count_map(report.ground, asked, lang) if found.communes else None,
        trend=area_trend(trend, found.at, lang),
        segments=_segments(found.bands),
        criteria=_criteria(found, lang),
        districts=_districts(found, lang),
        communes=() if found.by_district else _communes(report.ground),
        up=_moved(up),
        down=_moved(down),
        moved=_moved_said(up, down, before, lang),
        paragraph=prose.opening(found, before, lang),
        has_figures=prose.has_figures(found),
        caveats=tuple(say(note, lang) for note in found.notes if note.code in CAVEATS) if found.counted else (),
        balance=_balance(report, lang),
    )


def _bands_title(found: Situation, lang: str) -> str:
    """What is seen in the bar: "86 trong 177 xã đạt dưới 10 tiêu chí"."""
    if not found.below_10:
        return word("desk.bands.seen.none", lang, communes=found.counted, low=found.low)
    return word("desk.bands.seen", lang, below=found.below_10, communes=found.counted, low=found.low)


def _moved(moves: Sequence[Move]) -> Moved:
    rows = tuple(_move(one) for one in moves)
    return Moved(rows[:MOVES_SHOWN], rows[MOVES_SHOWN:])


def _moved_said(up: Sequence[Move], down: Sequence[Move], before: Situation | None, lang: str) -> str:
    """What is seen in the lists, as their title."""
    if before is None:
        return ""
    fallen = sum(one.change < 0 for one in down)
    return word("desk.moves.seen", lang, up=len(up), down=fallen, year=before.at.year)


def _balance(report: Report, lang: str) -> BalanceBox | None:
    found = report.balance
    if found is None or not (found.gone or found.carried):
        return None
    return BalanceBox(
        before=len(found.before),
        year=found.start.year,
        came=len(found.came) + len(found.back),
        gone=tuple(_title(one, lang) for one in found.gone),
        carried=tuple(_title(one, lang) for one in found.carried),
        after=len(found.after),
    )


def _title(title: TitleFact, lang: str) -> TitleRow:
    last = title.turns[-1] if title.turns else None
    why = last.fate.why if last and last.fate else word("desk.balance.undecided", lang)
    act = f" ({last.alteration.act})" if last else ""
    made_up = bool(last and last.fate and last.fate.provenance == "demo")
    return TitleRow(title.given_name, title.parent_name or "", title.year, why + act, made_up)


def _segments(bands: Mapping[str, int]) -> tuple[Segment, ...]:
    whole, start, made = sum(bands.values()), 0.0, []
    for place, (key, count) in enumerate(bands.items(), 1):
        width = count * 100 / whole if whole else 0.0
        share = percent(count, whole) or Decimal(0)
        segment = Segment(
            place,
            key.replace("-", "–"),
            count,
            share,
            f"{start:.3f}%",
            f"{width:.3f}%",
            f"{start + width / 2:.3f}%",
            width > 3,
        )
        made.append(segment)
        start += width
    return tuple(made)


def _criteria(found: Situation, lang: str) -> tuple[CriterionRow, ...]:
    whole = found.counted or 1
    return tuple(
        CriterionRow(
            line.number,
            (line.name_en or line.name) if lang == "en" else line.name,
            line.met,
            f"{line.met * 100 / whole:.2f}%",
        )
        for line in found.by_criterion
    )


def _districts(found: Situation, lang: str) -> tuple[DistrictRow, ...]:
    return tuple(
        DistrictRow(
            line.code,
            line.name,
            line.communes,
            line.recognised,
            decimal(line.mean_met, lang, 2),
            line.below_10,
            _segments(line.bands),
        )
        for line in found.by_district
    )


def _communes(ground: Ground) -> tuple[CommuneRow, ...]:
    of = len(ground.criteria) or 1
    rows = []
    for place, unit in enumerate(ground.communes):
        title = ground.titles.get(unit.id)
        met = ground.met_of(place)
        width = f"{(met or 0) * 100 / of:.2f}%"
        rows.append(CommuneRow(unit.code, unit.name, met, width, title.year if title else None))
    return tuple(rows)


def _move(move: Move) -> MoveRow:
    return MoveRow(
        code=move.unit.code,
        name=move.unit.name,
        parent=move.unit.parent_name or "",
        change=move.change,
        before=move.before,
        after=move.after,
        gained=", ".join(str(number) for number in move.gained),
        lost=", ".join(str(number) for number in move.lost),
    )
