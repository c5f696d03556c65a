"""Tables of the province and of a district: the matrix, districts, criteria, bands, changes, years, two sets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpRequest

from chungsuc.doors.desk.reports.forms import Asked
from chungsuc.doors.desk.reports.pages.matrix_order import chosen_rows, order_of, rows_in_order
from chungsuc.doors.desk.tables.registry import Table, file_name, table, words
from chungsuc.kit.catalogue import text
from chungsuc.reports import queries
from chungsuc.reports.rules import VERDICTS

OLD_SET, NEW_SET = "xa-ntm-2016-2020", "xa-ntm-2021-2025"


@table("matrix")
def matrix(request: HttpRequest, question: Asked) -> Table:
    """Communes × criteria, one verdict a cell; chosen and ordered as the address of the page says."""
    found, lang, order = queries.report(**question.parameters, by=request.person), request.lang, order_of(request.GET)
    ground = found.ground
    said = [text(f"verdict.{one.value}", lang) for one in VERDICTS]
    criteria = tuple(f"{one.number}. {one.name(lang)}" for one in ground.criteria)
    shown = chosen_rows(ground, order, frozenset(move.unit.id for move in found.moves if move.change < 0))

    def rows() -> Iterable[Sequence[Any]]:
        for row in rows_in_order(ground, order):
            if row in shown:
                unit, cells = ground.communes[row], [said[code] for code in ground.verdicts[row].tolist()]
                title = ground.titles.get(unit.id)
                yield [
                    unit.code, unit.name, unit.parent_name, *cells, ground.met_of(row), title.year if title else None,
                ]  # fmt: skip

    head = (*words(request, "code", "commune", "district"), *criteria, *words(request, "met", "title"))
    return Table(file_name("matrix", question), text("table.matrix", lang), head, rows())


@table("districts")
def districts(request: HttpRequest, question: Asked) -> Table:
    """The totals of each district."""
    found = queries.situation(**question.parameters, by=request.person)
    bands = tuple(key.replace("-", "–") for key in found.bands)
    head = (
        *words(request, "code", "district", "communes", "recognised", "mean"),
        *words(request, "below", low=found.low),
        *(text("table.band", request.lang, band=band) for band in bands),
        *words(request, "without_figures"),
    )
    rows = (
        [
            one.code, one.name, one.communes, one.recognised, one.mean_met, one.below_10,
            *(one.bands[key] for key in found.bands), one.without_figures,
        ]
        for one in found.by_district
    )  # fmt: skip
    return Table(file_name("districts", question), text("table.districts", request.lang), head, rows)


@table("criteria")
def criteria(request: HttpRequest, question: Asked) -> Table:
    """How many communes meet each criterion."""
    found = queries.situation(**question.parameters, by=request.person)
    name = "name_en" if request.lang == "en" else "name"
    rows = ([one.number, getattr(one, name), one.met, found.counted] for one in found.by_criterion)
    head = words(request, "number", "criterion", "communes_met", "counted")
    return Table(file_name("criteria", question), text("table.criteria", request.lang), head, rows)


@table("bands")
def bands(request: HttpRequest, question: Asked) -> Table:
    """How many communes are in each band."""
    found = queries.situation(**question.parameters, by=request.person)
    rows = ([key.replace("-", "–"), count, found.counted] for key, count in found.bands.items())
    head = words(request, "band_name", "communes", "counted")
    return Table(file_name("bands", question), text("table.bands", request.lang), head, rows)


@table("changes")
def changes(request: HttpRequest, question: Asked) -> Table:
    """The communes that gained or lost criteria since the end of last year."""
    found = queries.report(**question.parameters, by=request.person)
    rows = (
        [
            one.unit.code, one.unit.name, one.unit.parent_name, one.before, one.after, one.change,
            ", ".join(map(str, one.gained)), ", ".join(map(str, one.lost)),
        ]
        for one in found.moves
    )  # fmt: skip
    head = words(request, "code", "commune", "district", "before", "after", "change", "gained", "lost")
    return Table(file_name("changes", question), text("table.changes", request.lang), head, rows)


@table("trend")
def trend(request: HttpRequest, question: Asked) -> Table:
    """The unit at the end of each year that has figures."""
    found = queries.trend(**question.parameters, by=request.person)
    rows = (
        [one.day, one.communes, one.counted, one.recognised, one.total_met, one.mean_met, one.below]
        for one in found.points
    )
    keys = ("at", "communes", "counted", "recognised", "total_met", "mean")
    head = (*words(request, *keys), *words(request, "below", low=found.low))
    return Table(file_name("trend", question), text("table.trend", request.lang), head, rows)


@table("compare")
def compare(request: HttpRequest, question: Asked) -> Table:
    """The same communes under two sets (`set=`, `with=`)."""
    set_a, set_b = request.GET.get("set") or OLD_SET, request.GET.get("with") or NEW_SET
    parameters = {name: value for name, value in question.parameters.items() if name != "set_code"}
    found, lang = queries.two_sets(**parameters, set_a=set_a, set_b=set_b, by=request.person), request.lang
    a, b = found.a.ground, found.b.ground
    rows = (
        [unit.code, unit.name, unit.parent_name, a.met_of(row), found.a.of, b.met_of(row), found.b.of]
        for row, unit in enumerate(a.communes)
    )
    names = [one.set_short[lang == "en"] for one in (a, b)]
    pairs = [text(key, lang, set=name) for name in names for key in ("table.met_under", "table.of_under")]
    head = (*words(request, "code", "commune", "district"), *pairs)
    return Table(file_name("compare", question), text("table.compare", lang), head, rows)
