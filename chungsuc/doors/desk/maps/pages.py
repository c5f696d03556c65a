"""The map page: what is shown, of which day, drawn how; and the same as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from chungsuc.doors.desk.maps.classes import Class, classes_of
from chungsuc.doors.desk.maps.figure import MapFigure, real_figure, tile_figure
from chungsuc.doors.desk.reports.forms import Asked, Choice
from chungsuc.doors.desk.reports.pages.frame import Frame, frame
from chungsuc.kit.catalogue import text
from chungsuc.kit.errors import Reason, Refused
from chungsuc.kit.vietnamese import day as written
from chungsuc.reports.queries import criteria_names
from chungsuc.reports.queries.maps import MapView


@dataclass(frozen=True, slots=True)
class Shown:
    """What the map shows: "count", "change", "criterion", "indicator"; `value` as the address says it."""

    kind: str
    value: str
    criterion: int | None = None
    indicator: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One commune in the table beside the map."""

    code: str
    name: str
    parent: str
    said: str


@dataclass(frozen=True)
class MapPage:
    """Everything the template needs; `missing`: a real map was asked for and there are no boundaries."""

    frame: Frame
    title: str
    map: MapFigure
    shown: str
    since: date | None
    counts: tuple[Choice, ...]
    criteria: tuple[Choice, ...]
    indicators: tuple[Choice, ...]
    view: str
    missing: bool
    partly: int
    lines: tuple[Line, ...]
    days: tuple[str, ...]
    question: str


def shown_of(query: Mapping[str, str]) -> Shown:
    """Read `show`: count, change, criterion:N, indicator:CODE; `Refused` for anything else."""
    said = query.get("show", "").strip() or "count"
    kind, _, rest = said.partition(":")
    if said in ("count", "change"):
        return Shown(said, said)
    if kind == "criterion" and rest.isdecimal() and len(rest) < 4:
        return Shown(kind, said, criterion=int(rest))
    if kind == "indicator" and rest and len(rest) < 12:
        return Shown(kind, said, indicator=rest)
    raise Refused(Reason("map.bad_show", show=said[:40]))


def map_page(found: MapView, asked: Asked, shown: Shown, since: date | None, lang: str) -> MapPage:
    """The page of one view."""
    ground = found.ground
    rows, legend = classes_of(found, lang)
    title = _title(found, lang)
    real = found.shapes is not None
    if real and found.shapes:
        drawn = real_figure(ground, found.shapes, rows, legend, title, asked)
    else:
        drawn = tile_figure(ground, rows, legend, title, asked)
    names = criteria_names(ground, lang)
    return MapPage(
        frame=frame(
            asked, ground.made, place="map", unit=ground.unit, lang=lang, notes=ground.notes, above=ground.above
        ),
        title=title,
        map=drawn,
        shown=shown.value,
        since=since if shown.kind == "change" else None,
        counts=tuple(
            Choice(one, text(f"desk.map.show.{one}", lang), one == shown.value) for one in ("count", "change")
        ),
        criteria=tuple(Choice(key, name, key == shown.value) for key, name in names.criteria),
        indicators=tuple(Choice(key, name, key == shown.value) for key, name in names.indicators),
        view="real" if real else "tiles",
        missing=real and not found.shapes,
        partly=len(ground.communes) - len(found.shapes or {}) if real and found.shapes else 0,
        lines=_lines(found, rows),
        days=tuple(one.isoformat() for one in asked.days),
        question=urlencode(
            {
                **{name: value for name, value in asked.explicit.items() if name != "at"},
                "show": shown.value,
                **({"since": since.isoformat()} if since and shown.kind == "change" else {}),
                "unit": ground.unit.code,
                "view": "real" if real else "tiles",
            }
        ),
    )


def _title(found: MapView, lang: str) -> str:
    ground = found.ground
    facts = {"unit": ground.unit.name, "at": ground.at}
    if found.indicator is not None:
        name = f"{found.indicator.code} {found.indicator.short.of(lang)}"
        return text("desk.map.title.indicator", lang, name=name, **facts)
    if found.criterion is not None:
        one = next(line for line in ground.criteria if line.number == found.criterion)
        return text("desk.map.title.criterion", lang, name=f"{one.number}. {one.name(lang)}", **facts)
    if found.since is not None:
        return text("desk.map.title.change", lang, since=found.since, **facts)
    return text("desk.map.title.count", lang, **facts)


def _lines(found: MapView, rows: list[Class]) -> tuple[Line, ...]:
    return tuple(
        Line(unit.code, unit.name, unit.parent_name or "", one.said.removeprefix(f"{unit.name}: "))
        for unit, one in zip(found.ground.communes, rows, strict=True)
    )


def map_json(page: MapPage) -> dict[str, Any]:
    """The drawing as plain data: box, shapes, labels, legend, the title and the day as people write it."""
    drawn = asdict(page.map)
    return {"title": page.title, "at": page.frame.asked.at.isoformat(), "day": written(page.frame.asked.at), **drawn}
