"""What the leaders' board shows, in ready words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from chungsuc.doors.desk.maps.figure import count_map
from chungsuc.doors.desk.reports.forms import Asked
from chungsuc.doors.desk.reports.pages.frame import Frame, decimal, frame
from chungsuc.kit.catalogue import text
from chungsuc.reports.rules import comparable
from chungsuc.reports.rules.boards import NEAR, Blocker, Board, Runner

SHOWN = 7


@dataclass(frozen=True, slots=True)
class Headline:
    """One large number, what it counts, and how it moved since last year (`change` empty: not comparable)."""

    value: str
    name: str
    change: str
    way: str


@dataclass(frozen=True, slots=True)
class Line:
    """One commune on its way."""

    code: str
    name: str
    district: str
    met: int
    short: int
    reaches: int
    pace: str
    lacking: str


@dataclass(frozen=True, slots=True)
class Attention:
    """One criterion to turn to."""

    number: int
    name: str
    count: int
    communes: str
    width: str


@dataclass(frozen=True, slots=True)
class FirstLine:
    """A district without a recognised commune and its nearest."""

    code: str
    name: str
    nearest: Line | None


@dataclass(frozen=True)
class BoardPage:
    """Everything the template needs."""

    frame: Frame
    map: object
    of: int
    has_figures: bool
    headlines: tuple[Headline, ...]
    title: str
    since: object
    until: object
    late: tuple[Line, ...]
    late_count: int
    late_more: int
    on_time: tuple[Line, ...]
    attention: tuple[Attention, ...]
    near_count: int
    near: bool
    first_of: tuple[FirstLine, ...]
    slipping: tuple[tuple[str, str, int], ...]


def board_page(found: Board, asked: Asked, lang: str) -> BoardPage:
    """The page of one board."""
    ground = found.report.ground
    of = len(ground.criteria)
    near = tuple(one for one in found.near if one.short <= NEAR)
    return BoardPage(
        frame=frame(asked, ground.made, place="board", unit=ground.unit, lang=lang, above=ground.above),
        map=count_map(ground, asked, lang),
        of=of,
        has_figures=bool(found.report.situation.counted),
        headlines=_headlines(found, lang),
        title=_title(found, lang),
        since=found.since,
        until=found.until,
        late=_lines(found.late_near[:SHOWN], lang),
        late_count=found.late,
        late_more=max(found.late - len(found.late_near[:SHOWN]), 0),
        on_time=_lines(found.on_time[:SHOWN], lang),
        attention=_attention(found.blockers[:6], len(found.near), lang),
        near_count=len(found.near),
        near=bool(near),
        first_of=tuple(
            FirstLine(one.district.code, one.district.name, _line(one.nearest, lang) if one.nearest else None)
            for one in found.first_of
        ),
        slipping=tuple((unit.code, unit.name, -change) for unit, change in found.slipping[:SHOWN]),
    )


def _title(found: Board, lang: str) -> str:
    """What is seen, as a sentence."""
    if found.since is None:
        return text("desk.board.pace.unknown", lang)
    if not found.late:
        return text("desk.board.pace.all", lang, until=found.until)
    return text("desk.board.pace.late", lang, late=found.late, until=found.until)


def _headlines(found: Board, lang: str) -> tuple[Headline, ...]:
    now, before = found.report.situation, found.report.before
    like = before if before and comparable(now, before) else None
    lines = [_headline(str(now.recognised), text("desk.card.recognised", lang), now.recognised_in_year, lang, up=True)]
    if now.counted:
        step = now.mean_met - like.mean_met if like and like.mean_met is not None and now.mean_met is not None else None
        lines.append(_headline(decimal(now.mean_met, lang, 2), text("desk.card.mean", lang), step, lang, up=True))
        fewer = now.below_10 - like.below_10 if like else None
        name = text("desk.card.below", lang, low=now.low)
        lines.append(_headline(str(now.below_10), name, fewer, lang, up=False))
    if found.report.ground.districts:
        lines.append(Headline(str(len(found.first_of)), text("desk.board.without", lang), "", ""))
    return tuple(lines)


def _headline(value: str, name: str, step: object, lang: str, *, up: bool) -> Headline:
    """With the sign of the change; `way` says whether it is for the better or the worse."""
    if not step:
        return Headline(value, name, "", "")
    better = (step > 0) is up  # type: ignore[operator]
    said = ("+" if step > 0 else "−") + decimal(abs(step), lang)  # type: ignore[operator,arg-type]
    return Headline(value, name, said, "up" if better else "down")


def _lines(runners: Sequence[Runner], lang: str) -> tuple[Line, ...]:
    return tuple(_line(one, lang) for one in runners)


def _line(one: Runner, lang: str) -> Line:
    lacking = ", ".join(map(str, one.lacking[:8])) + ("…" if len(one.lacking) > 8 else "")
    return Line(
        code=one.unit.code,
        name=one.unit.name,
        district=one.unit.parent_name or "",
        met=one.met,
        short=one.short,
        reaches=one.reaches,
        pace=("+" if one.pace > 0 else "−" if one.pace < 0 else "") + decimal(abs(one.pace), lang, 1),
        lacking=lacking,
    )


def _attention(blockers: Sequence[Blocker], near: int, lang: str) -> tuple[Attention, ...]:
    return tuple(
        Attention(
            number=one.number,
            name=one.name_en if lang == "en" and one.name_en else one.name,
            count=one.count,
            communes=", ".join(one.communes[:6]) + ("…" if one.count > 6 else ""),
            width=f"{100 * one.count / near:.1f}%",
        )
        for one in blockers
    )
