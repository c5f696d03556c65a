"""The tables of the situation report: headline, bands, criteria, districts."""

from __future__ import annotations

from decimal import Decimal

from chungsuc.kit.catalogue import text
from chungsuc.kit.paper import Column, Row, Table
from chungsuc.reports.papers.words import decimal, share, short_day, signed
from chungsuc.reports.prose import line_name, mean_change
from chungsuc.reports.rules import DistrictLine, Situation, comparable, percent

SIZE = 12


def headline(found: Situation, before: Situation | None, lang: str, caption: str) -> Table:
    """The headline figures of the day and, where there is one, of the end of the year before, with the change.

    A change of figures is shown only where the two days may be compared.
    """
    fair = before is not None and comparable(found, before)
    mean_by = mean_change(found, before)
    lines: list[tuple[str, str, str, str, str]] = [
        _line("communes", found.communes, before and before.communes, lang, compared=before is not None),
        _line("recognised", found.recognised, before and before.recognised, lang, compared=before is not None),
        _line("new", found.recognised_in_year, before and before.recognised_in_year, lang, compared=before is not None),
        _line("mean", found.mean_met, before and before.mean_met, lang, places=2, change=mean_by),
        _line("below", _counted(found), before and _counted(before), lang, compared=fair, low=found.low),
        _line(
            "share", found.below_10_percent, before and before.below_10_percent, lang, 1, compared=fair, low=found.low
        ),
    ]
    if found.by_district:
        was = before.districts_recognised if before and before.by_district else None
        lines.append(_line("districts", found.districts_recognised, was, lang, compared=was is not None))
    if found.without_figures or (before and before.without_figures):
        was = before.without_figures if before else None
        lines.append(_line("without", found.without_figures, was, lang, compared=before is not None))
    columns = [
        Column(text("report.order", lang), 9, "middle"),
        Column(text("papers.head.what", lang), 70),
        Column(text("papers.head.unit", lang), 28, "middle"),
        *([Column(short_day(before.at, lang), 24, "end")] if before else []),
        Column(short_day(found.at, lang), 24, "end"),
        *([Column(text("papers.head.change", lang), 24, "end")] if before else []),
    ]
    rows = [
        Row((str(place), what, unit, was, now, change) if before else (str(place), what, unit, now))
        for place, (what, unit, was, now, change) in enumerate(lines, 1)
    ]
    return Table(tuple(columns), tuple(rows), caption, SIZE)


def _counted(found: Situation) -> int | None:
    return found.below_10 if found.counted else None


def _line(
    key: str,
    now: Decimal | int | None,
    was: Decimal | int | None,
    lang: str,
    places: int | None = None,
    *,
    compared: bool = False,
    change: Decimal | None = None,
    **facts: object,
) -> tuple[str, str, str, str, str]:
    if compared and now is not None and was is not None:
        change = Decimal(now) - Decimal(was)
    what = text(f"papers.headline.{key}", lang, **facts)
    unit = text(f"papers.unit.{key}", lang)
    return what, unit, decimal(was, lang, places), decimal(now, lang, places), signed(change, lang, places)


def bands(found: Situation, lang: str, caption: str) -> Table:
    """Communes by how many criteria they meet."""
    columns = (
        Column(text("papers.head.band", lang), 60),
        Column(text("report.communes", lang), 30, "end"),
        Column(text("report.share", lang), 30, "end"),
    )
    rows = [
        Row(
            (
                text("papers.band", lang, band=key.replace("-", "–")),
                str(count),
                share(percent(count, found.counted), lang),
            )
        )
        for key, count in found.bands.items()
    ]
    rows.append(
        Row(
            (text("papers.counted", lang), str(found.counted), share(percent(found.counted, found.counted), lang)),
            "total",
        )
    )
    if found.without_figures:
        rows.append(Row((text("report.without_figures", lang), str(found.without_figures), "–")))
    return Table(columns, tuple(rows), caption, SIZE)


def criteria(found: Situation, before: Situation | None, lang: str, caption: str) -> Table:
    """For each criterion how many communes meet it, and the change where the days may be compared."""
    was = {line.number: line.met for line in before.by_criterion} if before and comparable(found, before) else {}
    columns = [
        Column(text("report.order", lang), 9, "middle"),
        Column(text("report.criterion", lang), 80),
        Column(text("report.met", lang), 24, "end"),
        Column(text("report.share", lang), 22, "end"),
    ]
    if was and before:
        columns.append(Column(text("papers.head.since", lang, day=short_day(before.at, lang)), 30, "end"))
    rows = []
    for line in found.by_criterion:
        name = (line.name_en or line.name) if lang == "en" else line.name
        cells = (str(line.number), name, str(line.met), share(percent(line.met, found.counted), lang))
        rows.append(Row((*cells, signed(line.met - was.get(line.number, 0), lang)) if was else cells))
    return Table(tuple(columns), tuple(rows), caption, SIZE)


def districts(found: Situation, lang: str, caption: str) -> Table:
    """The totals of each district and of the whole."""
    group = text("papers.head.bands", lang)
    lacking = bool(found.without_figures)
    columns = [
        Column(text("report.order", lang), 9, "middle"),
        Column(text("report.district", lang), 38),
        Column(text("papers.head.all", lang), 13, "end"),
        Column(text("papers.head.recognised", lang), 15, "end"),
        Column(text("papers.head.mean", lang), 15, "end"),
        Column(text("papers.head.below", lang, low=found.low), 13, "end"),
        *(Column(key.replace("-", "–"), 13, "end", group=group) for key in found.bands),
    ]
    if lacking:
        columns.append(Column(text("report.without_figures", lang), 17, "end"))
    rows = [
        Row((str(place), line_name(line, lang), *_district(line, lang, lacking)))
        for place, line in enumerate(found.by_district, 1)
    ]
    rows.append(Row((text("report.total", lang), *_district(found, lang, lacking)), "total", 2))
    return Table(tuple(columns), tuple(rows), caption, 11)


def _district(line: DistrictLine | Situation, lang: str, lacking: bool) -> tuple[str, ...]:
    cells = (
        str(line.communes),
        str(line.recognised),
        decimal(line.mean_met, lang, 2),
        str(line.below_10),
        *(str(count) for count in line.bands.values()),
    )
    return (*cells, str(line.without_figures)) if lacking else cells
