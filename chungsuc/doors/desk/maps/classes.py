"""Colour classes of a map: each commune's class, the sign written in it, its value in words; the legend counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from chungsuc.doors.desk.reports.pages.verdicts import shown as in_words
from chungsuc.kit.catalogue import text
from chungsuc.reports.queries.maps import MapView
from chungsuc.reports.rules import VERDICTS, Bands, Ground

# As the legend names them, the best first.
ORDER = ("met", "nearly_met", "not_met", "not_applicable", "no_figure", "no_threshold")
# What is drawn inside a shape says the same as its colour: full, half, hollow, a dash, nothing.
FILLS = {"nearly_met": "half", "not_applicable": "dash", "no_threshold": "dots"}
STEPS = ((3, "up-2"), (1, "up-1"), (0, "same"), (-2, "down-1"))
CHANGES = {
    "up-2": "desk.map.up-2",
    "up-1": "desk.map.up-1",
    "same": "desk.map.same",
    "down-1": "desk.map.down-1",
    "down-2": "desk.map.down-2",
}
FALLS = {"down-1": "fall-1", "down-2": "fall-2"}
LONGEST_SIGN = 4


@dataclass(frozen=True, slots=True)
class Class:
    """One commune's class, the pattern it is filled with ("" for plain), its short sign, its value in words."""

    kind: str
    fill: str
    sign: str
    value: str


@dataclass(frozen=True, slots=True)
class Key:
    """One class of the legend and how many are in it."""

    kind: str
    fill: str
    said: str
    count: int


def classes_of(found: MapView, lang: str) -> tuple[list[Class], tuple[Key, ...]]:
    """The class of every row, and the legend."""
    if found.indicator is not None:
        return _by_indicator(found, lang)
    if found.criterion is not None:
        return _by_criterion(found.ground, found.criterion, lang)
    if found.since is not None:
        return _by_change(found, lang)
    return by_count(found.ground, lang)


def by_count(ground: Ground, lang: str) -> tuple[list[Class], tuple[Key, ...]]:
    """By the band of criteria met."""
    rows = [count_class(ground.bands, ground.met_of(row), lang) for row in range(len(ground.communes))]
    return rows, count_legend(ground.bands, rows, lang)


def count_class(bands: Bands, met: int | None, lang: str) -> Class:
    """The class of a commune that meets so many; of one without figures where `met` is None."""
    if met is None:
        return nothing(lang)
    place = next(number for number, (low, high) in enumerate(bands.ranges, start=1) if low <= met <= high)
    return Class(f"band-{place}", "", str(met), text("desk.map.met", lang, met=met, of=bands.of))


def count_legend(bands: Bands, rows: Sequence[Class], lang: str) -> tuple[Key, ...]:
    """Every band with how many are in it, and those without figures."""
    names = [
        (f"band-{place}", "", text("desk.map.band", lang, band=key.replace("-", "–")))
        for place, key in enumerate(bands.keys, start=1)
    ]
    return legend(rows, names, lang)


def nothing(lang: str) -> Class:
    """Where there are no figures."""
    return Class("band-none", "", "", text("desk.map.band.none", lang))


def _by_criterion(ground: Ground, number: int, lang: str) -> tuple[list[Class], tuple[Key, ...]]:
    column = [one.number for one in ground.criteria].index(number)
    rows = [
        _verdict(VERDICTS[int(code)].value, lang) if ground.met_of(row) is not None else _verdict("no_figure", lang)
        for row, code in enumerate(ground.verdicts[:, column])
    ]
    return rows, legend(rows, _verdict_names(lang), lang, always=("v-met", "v-not_met"))


def _by_indicator(found: MapView, lang: str) -> tuple[list[Class], tuple[Key, ...]]:
    rows = []
    for judged in found.judged:
        if judged is None:
            rows.append(_verdict("no_figure", lang))
            continue
        plain, value = _verdict(judged.verdict.value, lang), in_words(judged.ruling.indicator, judged.value, lang)
        if value == "–":
            rows.append(plain)
            continue
        said = text("desk.map.judged", lang, verdict=plain.value, value=value)
        rows.append(Class(plain.kind, plain.fill, _short(value, lang), said))
    return rows, legend(rows, _verdict_names(lang), lang, always=("v-met", "v-not_met"))


def _short(value: str, lang: str) -> str:
    """The whole part of a number (never rounded up to a threshold), as a hexagon holds it; "" if it does not.

    Not more: what stands in the shape must be a word of what the shape is called (WCAG 2.5.3).
    """
    whole, _, _ = value.split(" ")[0].removesuffix("%").partition("," if lang == "vi" else ".")
    return whole if whole.isdigit() and len(whole) <= LONGEST_SIGN else ""


def _verdict(verdict: str, lang: str) -> Class:
    return Class(f"v-{verdict}", FILLS.get(verdict, ""), "", text(f"verdict.{verdict}", lang))


def _verdict_names(lang: str) -> list[tuple[str, str, str]]:
    return [(f"v-{one}", FILLS.get(one, ""), text(f"verdict.{one}", lang)) for one in ORDER]


def _by_change(found: MapView, lang: str) -> tuple[list[Class], tuple[Key, ...]]:
    rows = [nothing(lang) if step is None else change_class(step, step, lang) for step in found.change]
    return rows, change_legend(rows, lang)


def change_class(step: float, sign: object, lang: str) -> Class:
    """The class of a commune that gained (lost) so many criteria."""
    kind = next((name for least, name in STEPS if step >= least), "down-2")
    if 0 < step < 1 or -1 < step < 0:
        kind = "up-1" if step > 0 else "down-1"
    said = str(sign).removeprefix("-").removeprefix("+")
    signed = f"+{said}" if step > 0 else f"−{said}" if step < 0 else "0"
    return Class(kind, FALLS.get(kind, ""), signed, text("desk.map.change", lang, step=signed))


def change_legend(rows: Sequence[Class], lang: str) -> tuple[Key, ...]:
    """Gained, unchanged, lost."""
    return legend(rows, [(kind, FALLS.get(kind, ""), text(key, lang)) for kind, key in CHANGES.items()], lang)


def legend(
    rows: Sequence[Class], names: Sequence[tuple[str, str, str]], lang: str, always: Sequence[str] | None = None
) -> tuple[Key, ...]:
    """How many are in each class; those in `always` (all where it is None) also where nobody is."""
    count = Counter(one.kind for one in rows)
    shown = [(kind, fill, said) for kind, fill, said in names if count[kind] or always is None or kind in always]
    none = [("band-none", "", text("desk.map.band.none", lang))] if count["band-none"] else []
    return tuple(Key(kind, fill, said, count[kind]) for kind, fill, said in [*shown, *none])
