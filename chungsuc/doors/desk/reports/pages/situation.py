"""The situation page: the sentence first, then cards, bands, criteria, districts, what moved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from chungsuc.doors.desk.reports.forms import Asked
from chungsuc.doors.desk.reports.pages.frame import Frame, decimal, frame, word
from chungsuc.kit.catalogue import say
from chungsuc.recognition.rules import TitleFact
from chungsuc.reports import prose
from chungsuc.reports.rules import Ground, Move, Report, Situation, percent
from chungsuc.territory.rules import Kind

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
    mean_change: Decimal | None
    mean_change_said: str
    before_year: int | None
    recognised_before: int | None
    share_below: str
    without: tuple[str, ...]
    segments: tuple[Segment, ...]
    criteria: tuple[CriterionRow, ...]
    districts: tuple[DistrictRow, ...]
    communes: tuple[CommuneRow, ...]
    moves: tuple[MoveRow, ...]
    moves_more: int
    moved_up: int
    moved_down: int
    paragraph: str
    has_figures: bool
    caveats: tuple[str, ...]
    has_city: bool
    balance: BalanceBox | None


def situation_page(report: Report, asked: Asked, lang: str) -> SituationPage:
    """The page of one report."""
    found, before = report.situation, report.before
    change = prose.mean_change(found, before)
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
        mean_change=change,
        mean_change_said=decimal(abs(change), lang, 2) if change is not None else "",
        before_year=before.at.year if before else None,
        recognised_before=before.recognised if before else None,
        share_below=decimal(found.below_10_percent, lang, 1),
        without=found.districts_without_recognised,
        segments=_segments(found.bands),
        criteria=_criteria(found, lang),
        districts=_districts(found, lang),
        communes=() if found.by_district else _communes(report.ground),
        moves=tuple(_move(move) for move in report.moves[:MOVES_SHOWN]),
        moves_more=max(len(report.moves) - MOVES_SHOWN, 0),
        moved_up=sum(move.change > 0 for move in report.moves),
        moved_down=sum(move.change < 0 for move in report.moves),
        paragraph=prose.opening(found, before, lang),
        has_figures=prose.has_figures(found),
        caveats=tuple(say(note, lang) for note in found.notes if note.code in CAVEATS) if found.counted else (),
        has_city=any(line.kind is Kind.CITY for line in found.by_district),
        balance=_balance(report, lang),
    )


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
