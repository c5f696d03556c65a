"""Colour classes of districts: for the real map of a day that has boundaries of districts, but not of communes."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import fmean

import numpy as np

from chungsuc.doors.desk.maps.classes import (
    Class,
    Key,
    change_class,
    change_legend,
    count_class,
    count_legend,
    legend,
    nothing,
)
from chungsuc.doors.desk.reports.pages.frame import decimal
from chungsuc.kit.catalogue import text
from chungsuc.reports.queries.maps import MapView
from chungsuc.reports.rules import COUNTS_AS_MET, met_cells

SHARES = {
    "share-all": (1.0, "desk.map.share-all"),
    "share-most": (0.5, "desk.map.share-most"),
    "share-some": (0.0, "desk.map.share-some"),
    "share-none": (0.0, "desk.map.share-none"),
}


def district_classes(found: MapView, lang: str) -> tuple[list[Class], tuple[Key, ...]]:
    """The class of every district of the ground, by its communes with figures, and the legend."""
    ground = found.ground
    rows = [np.flatnonzero(ground.district_of == place).tolist() for place in range(len(ground.districts))]
    if found.since is not None:
        steps = [[step for row in some if (step := found.change[row]) is not None] for some in rows]
        classes = [_changed(some, lang) for some in steps]
        return classes, change_legend(classes, lang)
    if found.criterion is None and found.indicator is None:
        counts = [[met for row in some if (met := ground.met_of(row)) is not None] for some in rows]
        classes = [_mean(found, some, lang) for some in counts]
        return classes, count_legend(ground.bands, classes, lang)
    holds = _holds(found)
    classes = [_share([holds[row] for row in some if ground.met_of(row) is not None], lang) for some in rows]
    names = [(kind, "", text(key, lang)) for kind, (_, key) in SHARES.items()]
    return classes, legend(classes, names, lang)


def _holds(found: MapView) -> list[bool]:
    if found.indicator is not None:
        return [one is not None and one.verdict.rank in COUNTS_AS_MET for one in found.judged]
    column = [one.number for one in found.ground.criteria].index(found.criterion)
    return met_cells(found.ground.verdicts)[:, column].tolist()


def _mean(found: MapView, met: Sequence[int], lang: str) -> Class:
    if not met:
        return nothing(lang)
    mean = decimal(round(fmean(met), 1), lang, 1)  # type: ignore[arg-type]
    kind = count_class(found.ground.bands, int(fmean(met)), lang).kind
    return Class(kind, "", mean, text("desk.map.mean", lang, mean=mean, communes=len(met)))


def _changed(steps: Sequence[int], lang: str) -> Class:
    if not steps:
        return nothing(lang)
    plain = change_class(fmean(steps), decimal(round(fmean(steps), 1), lang, 1), lang)  # type: ignore[arg-type]
    up, down = sum(one > 0 for one in steps), sum(one < 0 for one in steps)
    return Class(plain.kind, plain.fill, plain.sign, text("desk.map.moved", lang, up=up, down=down))


def _share(holds: Sequence[bool], lang: str) -> Class:
    if not holds:
        return nothing(lang)
    share = sum(holds) / len(holds)
    kind = next((name for name, (least, _) in SHARES.items() if share and share >= least), "share-none")
    said = text("desk.map.share", lang, met=sum(holds), communes=len(holds))
    return Class(kind, "", f"{sum(holds)}/{len(holds)}", said)
