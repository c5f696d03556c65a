"""The map page: what is shown, of which day, drawn how; and the same as data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from html import escape
from typing import Any
from urllib.parse import quote, urlencode

from chungsuc.doors.desk.maps.classes import Class, classes_of
from chungsuc.doors.desk.maps.districts import district_classes
from chungsuc.doors.desk.maps.figure import MapFigure, real_figure, tile_figure
from chungsuc.doors.desk.maps.seen import seen, what
from chungsuc.doors.desk.reports.forms import Asked, Choice
from chungsuc.doors.desk.reports.pages.frame import Frame, frame, said_day
from chungsuc.kit.catalogue import text
from chungsuc.kit.errors import Reason, Refused
from chungsuc.reports.queries import criteria_names
from chungsuc.reports.queries.maps import MapView

COUNTS = (("count", "desk.map.show.count"), ("change", "desk.map.show.change"))


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
    to: str


@dataclass(frozen=True)
class MapPage:
    """Everything the template needs.

    `seen` says what the map shows, `what` of what it is a map; `note` why boundaries are not drawn, or not all.
    `question` is the address without the day, `table` what a download of the table adds to it.
    """

    frame: Frame
    seen: str
    what: str
    map: MapFigure
    shown: Shown
    since: date | None
    counts: tuple[Choice, ...]
    criteria: tuple[Choice, ...]
    indicators: tuple[Choice, ...]
    view: str
    note: str
    credits: tuple[str, ...]
    lines: tuple[Line, ...]
    days: tuple[date, ...]
    question: str
    table: str

    @property
    def address(self) -> str:
        """The question with its day: as another site asks it."""
        return f"at={self.frame.asked.at.isoformat()}&{self.question}"

    @property
    def embedding(self) -> str:
        """What another site puts into its page."""
        return (
            f'<iframe src="/embed/map?{escape(self.address)}" width="100%" height="640"'
            f' title="{escape(self.what)}"></iframe>'
        )


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


def map_page(found: MapView, asked: Asked, shown: Shown, lang: str) -> MapPage:
    """The page of one view."""
    ground, since = found.ground, found.since if shown.kind == "change" else None
    rows, legend = classes_of(found, lang)
    title = what(found, lang)
    drawn, by = _drawn(found, rows, legend, title, asked, lang)
    real = found.real is not None
    names, extra = criteria_names(ground, lang), {"show": shown.value}
    if since:
        extra["since"] = since.isoformat()
    return MapPage(
        frame=frame(
            asked, ground.made, place="map", unit=ground.unit, lang=lang, notes=ground.notes, above=ground.above
        ),
        seen=seen(found, lang),
        what=title,
        map=drawn,
        shown=shown,
        since=since,
        counts=_choices(((one, text(key, lang)) for one, key in COUNTS), shown),
        criteria=_choices(names.criteria, shown),
        indicators=_choices(names.indicators, shown),
        view="real" if real else "tiles",
        note=_note(found, by, lang),
        credits=_credits(found, lang) if not drawn.schematic else (),
        lines=_lines(found, rows, asked),
        days=tuple(asked.days),
        question=urlencode(_question(asked, extra, real)),
        table=urlencode(extra),
    )


def _drawn(
    found: MapView, rows: list[Class], legend: tuple, title: str, asked: Asked, lang: str
) -> tuple[MapFigure, str]:
    """Communes by their boundaries, else districts by theirs, else hexagons; and which of them."""
    ground, real = found.ground, found.real
    geometries = real.geometries if real else {}
    communes = {one.id: geometries[one.id] for one in ground.communes if one.id in geometries}
    districts = {one.id: geometries[one.id] for one in ground.districts if one.id in geometries}
    if communes:
        rest = [geometries[one] for one in geometries.keys() - communes.keys() - districts.keys()]
        lines = tuple(districts.values())
        drawn = real_figure(ground.unit, ground.communes, communes, rows, legend, title, asked, lines=lines, rest=rest)
        return drawn, "communes"
    if districts:
        classes, keys = district_classes(found, lang)
        return real_figure(ground.unit, ground.districts, districts, classes, keys, title, asked), "districts"
    return tile_figure(ground, rows, legend, title, asked), "hexagons"


def _note(found: MapView, by: str, lang: str) -> str:
    """Why the real map that was asked for is none, or not whole."""
    if found.real is None:
        return ""
    if by == "hexagons":
        return text("desk.map.missing", lang)
    if by == "districts":
        return text("desk.map.by_districts", lang)
    without = sum(one.id not in found.real.geometries for one in found.ground.communes)
    return text("desk.map.partly", lang, count=without) if without else text("desk.map.rest", lang)


def _choices(names: Iterable[tuple[str, str]], shown: Shown) -> tuple[Choice, ...]:
    return tuple(Choice(key, name, key == shown.value) for key, name in names)


def _credits(found: MapView, lang: str) -> tuple[str, ...]:
    """From where the boundaries are: every source once."""
    layers = found.real.layers if found.real else ()
    said = (
        text("desk.map.credit", lang, source=one.source, licence=one.licence, on=said_day(one.on, lang))
        for one in layers
    )
    return tuple(dict.fromkeys(said))


def _question(asked: Asked, extra: Mapping[str, str], real: bool) -> dict[str, str]:
    """The address without the day; the set is named, so that another day is judged by the same."""
    carried = {name: value for name, value in asked.explicit.items() if name != "at"}
    here = {"set": asked.question.set_code, "unit": asked.question.unit_code, "view": "real" if real else "tiles"}
    return {**here, **carried, **extra}


def _lines(found: MapView, rows: list[Class], asked: Asked) -> tuple[Line, ...]:
    query = urlencode(asked.explicit)
    return tuple(
        Line(
            unit.code,
            unit.name,
            "" if unit.parent_name == found.ground.unit.name else unit.parent_name or "",
            one.value,
            f"/units/{quote(unit.code)}" + (f"?{query}" if query else ""),
        )
        for unit, one in zip(found.ground.communes, rows, strict=True)
    )


def map_json(page: MapPage, lang: str) -> dict[str, Any]:
    """The drawing as plain data: what is seen, box, shapes, labels, legend, lines of the table, the day in words."""
    told = asdict(page.map)
    more = {
        "size": page.map.size,
        "note": page.note,
        "credits": page.credits,
        "since": page.since and page.since.isoformat(),
    }
    lines = [[one.name, one.parent, one.said, one.to] for one in page.lines]
    at = page.frame.asked.at
    heads = {"seen": page.seen, "what": page.what, "at": at.isoformat(), "day": said_day(at, lang)}
    return {**heads, **told, **more, "lines": lines, "table": page.table, "question": page.question}
