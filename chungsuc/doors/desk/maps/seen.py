"""The sentence over a map: what is seen, not what is measured; and below it, of what it is a map."""

from __future__ import annotations

from chungsuc.criteria.engine import Verdict
from chungsuc.doors.desk.reports.pages.frame import said_day
from chungsuc.kit.catalogue import text
from chungsuc.reports.queries.maps import MapView
from chungsuc.reports.rules import VERDICTS, Ground


def seen(found: MapView, lang: str) -> str:
    """ "86 trong 177 xã đạt dưới 10 tiêu chí"."""
    ground = found.ground
    counted = [met for row in range(len(ground.communes)) if (met := ground.met_of(row)) is not None]
    if not counted:
        return text("desk.map.seen.nothing", lang)
    if found.since is not None:
        return _changed(found, lang)
    if found.indicator is not None or found.criterion is not None:
        return _held(found, len(counted), lang)
    low = ground.bands.low
    below = sum(met < low for met in counted)
    if not below:
        return text("desk.map.seen.none_below", lang, low=low)
    return text("desk.map.seen.count", lang, below=below, counted=len(counted), low=low)


def _changed(found: MapView, lang: str) -> str:
    steps = [step for step in found.change if step is not None]
    if not steps:
        return text("desk.map.seen.no_change", lang, since=said_day(found.since, lang))
    up, down = sum(step > 0 for step in steps), sum(step < 0 for step in steps)
    return text("desk.map.seen.change", lang, up=up, down=down, since=said_day(found.since, lang))


def _held(found: MapView, counted: int, lang: str) -> str:
    """How many meet the criterion or indicator; said apart where nobody can be judged."""
    if found.indicator is not None:
        verdicts = [one.verdict for one in found.judged if one is not None]
        name = f"{found.indicator.code} {found.indicator.short.of(lang)}"
        plain, unjudged = "desk.map.seen.indicator", "desk.map.seen.indicator.unjudged"
    else:
        verdicts, name = _of_criterion(found.ground, found.criterion, lang)
        plain, unjudged = "desk.map.seen.criterion", "desk.map.seen.criterion.unjudged"
    judged = [one for one in verdicts if one not in (Verdict.NO_FIGURE, Verdict.NO_THRESHOLD)]
    if not judged:
        return text(unjudged, lang, name=name)
    met = sum(one in (Verdict.MET, Verdict.NOT_APPLICABLE) for one in judged)
    return text(plain, lang, met=met, counted=counted, name=name)


def _of_criterion(ground: Ground, number: int | None, lang: str) -> tuple[list[Verdict], str]:
    column = [one.number for one in ground.criteria].index(number)
    verdicts = [VERDICTS[int(code)] for code in ground.verdicts[ground.counted, column]]
    return verdicts, f"{number}. {ground.criteria[column].name(lang)}"


def what(found: MapView, lang: str) -> str:
    """ "Số tiêu chí đạt của các xã, Tỉnh Cao Bằng, 31/12/2019"."""
    ground = found.ground
    facts = {"unit": ground.unit.name, "at": said_day(ground.at, lang)}
    if found.indicator is not None:
        name = f"{found.indicator.code} {found.indicator.short.of(lang)}"
        return text("desk.map.title.indicator", lang, name=name, **facts)
    if found.criterion is not None:
        one = next(line for line in ground.criteria if line.number == found.criterion)
        return text("desk.map.title.criterion", lang, name=f"{one.number}. {one.name(lang)}", **facts)
    if found.since is not None:
        return text("desk.map.title.change", lang, since=said_day(found.since, lang), **facts)
    return text("desk.map.title.count", lang, **facts)
