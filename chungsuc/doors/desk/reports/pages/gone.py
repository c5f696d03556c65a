"""A shared address whose unit is no more: what became of it, and where to go on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from chungsuc.doors.desk.reports.forms import Asked
from chungsuc.doors.desk.reports.pages.frame import Frame, said_day, word
from chungsuc.doors.desk.reports.pages.timeline import Link, Moment, step_moment
from chungsuc.reports import prose
from chungsuc.reports.rules import Gone, Made


@dataclass(frozen=True)
class GonePage:
    """Everything the template needs. `now` lead on at the day asked about, `last` back to the last day."""

    frame: Frame
    name: str
    kind: str
    sentence: str
    act: str
    now: tuple[Link, ...]
    last: Link
    moments: tuple[Moment, ...]


def gone_page(gone: Gone, made: Made, asked: Asked, lang: str) -> GonePage:
    """The page of one unit that is over."""
    begun = date.fromordinal(gone.last_day.toordinal() + 1)
    since = prose.official_day(begun) if lang == "vi" else said_day(begun, lang)
    into = list(dict.fromkeys(_inside(step.to_name, lang) for step in gone.steps if step.to_name))
    key = "desk.gone.into" if into else "desk.gone.ended"
    if len(into) > 1 or any(step.part for step in gone.steps):
        key = "desk.gone.parts"
    names = word("desk.gone.and", lang).join(into) if len(into) < 3 else ", ".join(into)
    facts = {"into": names} if into else {}
    return GonePage(
        frame=Frame(asked=asked, demo=made is Made.DEMO, place="situation", unit_name=gone.unit.name),
        name=gone.unit.name,
        kind=gone.unit.kind.value,
        sentence=word(key, lang, name=gone.unit.name, since=since, **facts),
        act=gone.act,
        now=tuple(Link(one.name, one.code, gone.asked) for one in gone.now),
        last=Link(gone.unit.name, gone.unit.code, gone.last_day),
        moments=tuple(step_moment(step, gone.unit.id, lang) for step in gone.steps),
    )


def _inside(name: str, lang: str) -> str:
    """The name inside a sentence: `xã Thông Nông`."""
    return name[:1].lower() + name[1:] if lang == "vi" else name
