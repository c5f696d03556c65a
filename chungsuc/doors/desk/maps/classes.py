"""Colour classes of a map: for each commune its class, the sign written in it, what it says; the legend counts them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from chungsuc.doors.desk.reports.pages.verdicts import shown as in_words
from chungsuc.kit.catalogue import text
from chungsuc.reports.queries.maps import MapView
from chungsuc.reports.rules import VERDICTS, Bands, Ground

# A verdict is a sign and a word before it is a colour.
SIGNS = {"met": "●", "nearly_met": "◐", "not_met": "○", "not_applicable": "–", "no_figure": "·", "no_threshold": "?"}
STEPS = ((3, "up-2"), (1, "up-1"), (0, "same"), (-2, "down-1"))


@dataclass(frozen=True, slots=True)
class Class:
    """One commune's class, the short sign in its shape, and the sentence."""

    kind: str
    sign: str
    said: str


@dataclass(frozen=True, slots=True)
class Key:
    """One class of the legend and how many communes are in it."""

    kind: str
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
    rows = []
    for row, unit in enumerate(ground.communes):
        met = ground.met_of(row)
        if met is None:
            rows.append(Class("band-none", "", text("desk.map.no_figures", lang, name=unit.name)))
        else:
            said = text("desk.map.met", lang, name=unit.name, met=met, of=len(ground.criteria))
            rows.append(Class(_band(ground.bands, met), str(met), said))
    names = [
        (f"band-{place}", text("desk.map.band", lang, band=key.replace("-", "–")))
        for place, key in enumerate(ground.bands.keys, start=1)
    ]
    return rows, _legend(rows, [*names, ("band-none", text("desk.map.band.none", lang))])


def _band(bands: Bands, met: int) -> str:
    place = next(number for number, (low, high) in enumerate(bands.ranges, start=1) if low <= met <= high)
    return f"band-{place}"


def _by_criterion(ground: Ground, number: int, lang: str) -> tuple[list[Class], tuple[Key, ...]]:
    column = [one.number for one in ground.criteria].index(number)
    rows = [
        _verdict(VERDICTS[int(ground.verdicts[row, column])].value, unit.name, lang)
        for row, unit in enumerate(ground.communes)
    ]
    return rows, _legend(rows, _verdict_names(lang))


def _by_indicator(found: MapView, lang: str) -> tuple[list[Class], tuple[Key, ...]]:
    rows = []
    for unit, judged in zip(found.ground.communes, found.judged, strict=True):
        if judged is None:
            rows.append(_verdict("no_figure", unit.name, lang))
            continue
        value = in_words(judged.ruling.indicator, judged.value, lang)
        plain = _verdict(judged.verdict.value, unit.name, lang)
        rows.append(Class(plain.kind, plain.sign, f"{plain.said} ({value})" if value != "–" else plain.said))
    return rows, _legend(rows, _verdict_names(lang))


def _verdict(verdict: str, name: str, lang: str) -> Class:
    said = text("desk.map.verdict", lang, name=name, verdict=text(f"verdict.{verdict}", lang))
    return Class(f"v-{verdict}", SIGNS[verdict], said)


def _verdict_names(lang: str) -> list[tuple[str, str]]:
    return [(f"v-{verdict}", f"{sign} {text(f'verdict.{verdict}', lang)}") for verdict, sign in SIGNS.items()]


def _by_change(found: MapView, lang: str) -> tuple[list[Class], tuple[Key, ...]]:
    rows = []
    for unit, step in zip(found.ground.communes, found.change, strict=True):
        if step is None:
            rows.append(Class("band-none", "", text("desk.map.no_figures", lang, name=unit.name)))
            continue
        sign = f"+{step}" if step > 0 else f"−{-step}" if step < 0 else "0"
        said = text("desk.map.change", lang, name=unit.name, step=sign, since=found.since)
        rows.append(Class(_step(step), sign, said))
    names = [(kind, text(f"desk.map.{kind}", lang)) for kind in ("up-2", "up-1", "same", "down-1", "down-2")]
    return rows, _legend(rows, [*names, ("band-none", text("desk.map.band.none", lang))])


def _step(step: int) -> str:
    return next((kind for least, kind in STEPS if step >= least), "down-2")


def _legend(rows: list[Class], names: list[tuple[str, str]]) -> tuple[Key, ...]:
    count = Counter(one.kind for one in rows)
    return tuple(Key(kind, said, count[kind]) for kind, said in names if count[kind] or kind.startswith("band-1"))
