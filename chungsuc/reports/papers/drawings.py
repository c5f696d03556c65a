"""The chart and the map of a paper, drawn so that they also read in black and white: every shape says its number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from chungsuc.kit.catalogue import text
from chungsuc.kit.paper import Area, Drawing, Label, Stroke
from chungsuc.kit.paper.drawing import rectangle
from chungsuc.kit.paper.layout import text_width
from chungsuc.reports.papers.words import decimal
from chungsuc.reports.prose import unit_name
from chungsuc.reports.rules import Bands, CriterionLine, Ground, Situation, percent
from chungsuc.reports.tiles import TileMap, tile_map

BANDS = ("#14532d", "#4f9a70", "#a8d0b4", "#dcebdf", "#ffffff")  # best band first, ever lighter
ON_BANDS = ("#ffffff", "#ffffff", "#000000", "#000000", "#000000")
BAR, TRACK, GREY, LINE = "#2f7d54", "#eef1ee", "#6b6b6b", "#333333"
ROW, NAMES, FIGURES = 4.6, 66.0, 24.0
MAP_HIGH, LEGEND = 118.0, 9.0
NAME_SIZE, LETTER = 8, 0.17  # points; mm that a letter takes per point
ASIDE = tuple(step / 4 for step in range(-14, 15))


def criteria_chart(found: Situation, lang: str) -> Drawing:
    """Horizontal bars: in how many of the counted communes each criterion is met."""
    wide = text_width()
    room = wide - NAMES - FIGURES
    areas, labels = [], []
    for place, line in enumerate(found.by_criterion):
        top, middle = place * ROW + 0.7, place * ROW + ROW / 2
        areas.append(rectangle(NAMES, top, room, ROW - 1.4, TRACK))
        areas.append(rectangle(NAMES, top, max(room * line.met / max(found.counted, 1), 0.2), ROW - 1.4, BAR))
        labels.append(Label((NAMES - 2, middle), f"{line.number}. {_name(line, lang)}", 10.5, "end"))
        shown = f"{line.met} ({decimal(percent(line.met, found.counted), lang, 1)}%)"
        labels.append(Label((NAMES + room + 1.5, middle), shown, 10, "start"))
    high = len(found.by_criterion) * ROW
    said = "; ".join(f"{line.number}. {_name(line, lang)}: {line.met}" for line in found.by_criterion)
    alt = text("papers.chart.alt", lang, unit=unit_name(found.unit, lang), communes=found.counted, list=said)
    axis = Stroke((NAMES, 0), (NAMES, high), 0.25, LINE)
    return Drawing(wide, high, alt, tuple(areas), (axis,), tuple(labels))


def map_drawing(ground: Ground, lang: str) -> Drawing:
    """The schematic map: a hexagon per commune, the number of criteria met in it, districts by a thick border."""
    drawn = tile_map(ground)
    scale = min(text_width() / drawn.width, MAP_HIGH / drawn.height)
    left = (text_width() - drawn.width * scale) / 2 - drawn.left * scale
    top = -drawn.top * scale
    bands = [_band(ground.bands, ground.met_of(row)) for row in range(len(ground.communes))]

    def at(x: float, y: float) -> tuple[float, float]:
        return round(left + x * scale, 2), round(top + y * scale, 2)

    legend_areas, legend_labels, counted = _legend(ground, bands, drawn.height * scale, lang)
    alt = text("papers.map.alt", lang, unit=unit_name(ground.unit, lang), communes=len(bands), list="; ".join(counted))
    return Drawing(
        text_width(),
        round(drawn.height * scale + LEGEND, 2),
        alt,
        (*(_hexagon(one.points, bands[one.row], at) for one in drawn.tiles), *legend_areas),
        tuple(Stroke(at(*a), at(*b), 0.5, LINE) for block in drawn.blocks for a, b in block.outline),
        (*_numbers(ground, drawn, bands, scale, at), *_names(drawn, scale, at), *legend_labels),
    )


def _name(line: CriterionLine, lang: str) -> str:
    return (line.name_en or line.name) if lang == "en" else line.name


def _band(bands: Bands, met: int | None) -> int | None:
    """The place of a band, the best one 0; None without figures."""
    if met is None:
        return None
    place = next(place for place, (low, high) in enumerate(bands.ranges) if low <= met <= high)
    return min(place, len(BANDS) - 1)


def _hexagon(points: Sequence[tuple[float, float]], band: int | None, at: object) -> Area:
    corners = tuple(at(x, y) for x, y in points)  # type: ignore[operator]
    if band is None:
        return Area(corners, "#ffffff", GREY, 0.2, dashed=True)
    return Area(corners, BANDS[band], GREY, 0.15)


def _numbers(ground: Ground, drawn: TileMap, bands: Sequence[int | None], scale: float, at: object) -> list[Label]:
    size = max(5.0, min(scale * 2.5, 10))
    found = []
    for one in drawn.tiles:
        met, band = ground.met_of(one.row), bands[one.row]
        colour = GREY if band is None else ON_BANDS[band]
        found.append(Label(at(one.x, one.y), "?" if met is None else str(met), size, bold=True, colour=colour))  # type: ignore[operator]
    return found


def _names(drawn: TileMap, scale: float, at: object) -> list[Label]:
    """The name of each district over its block, moved a little aside where it would cover another one's hexagons."""
    found = []
    for one in drawn.blocks:
        half = len(one.name) * NAME_SIZE * LETTER / scale / 2
        spots = [(one.x + aside, one.y) for aside in ASIDE]
        x, y = min(spots, key=lambda spot: (_covered(drawn, spot, half), abs(spot[0] - one.x)))
        found.append(Label(at(x, y), one.name, NAME_SIZE, haloed=True))  # type: ignore[operator]
    return found


def _covered(drawn: TileMap, spot: tuple[float, float], half: float) -> int:
    """How many hexagons a name of twice `half` would touch."""
    return sum(abs(tile.x - spot[0]) < half + 0.8 and abs(tile.y - spot[1]) < 1.2 for tile in drawn.tiles)


def _legend(
    ground: Ground, bands: Sequence[int | None], top: float, lang: str
) -> tuple[list[Area], list[Label], list[str]]:
    """Squares in the colours with their bands and how many communes; the same in words for the alternative text."""
    count = Counter(bands)
    keys: list[tuple[int | None, str]] = [
        (place, text("papers.map.band", lang, band=key.replace("-", "–"), count=count[place]))
        for place, key in enumerate(ground.bands.keys)
    ]
    if count[None]:
        keys.append((None, text("papers.map.none", lang, count=count[None])))
    step = text_width() / len(keys)
    areas, labels = [], []
    for place, (band, words) in enumerate(keys):
        x, y = place * step + 1, top + LEGEND - 5
        square = rectangle(x, y, 4, 4, "#ffffff" if band is None else BANDS[band], GREY)
        areas.append(Area(square.points, square.fill, GREY, 0.2, dashed=band is None))
        labels.append(Label((x + 5.2, y + 2), words, 9.5, "start"))
    return areas, labels, [words for _, words in keys]
