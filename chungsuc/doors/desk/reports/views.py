"""Situation, matrix, units, comparisons: parse, one question, one page."""

from __future__ import annotations

import tempfile
from pathlib import Path

from django.http import HttpRequest, HttpResponse

from chungsuc.doors.desk.reading import reading, show
from chungsuc.doors.desk.reports.forms import asked
from chungsuc.doors.desk.reports.pages import compare as compare_pages
from chungsuc.doors.desk.reports.pages import indicator as indicator_pages
from chungsuc.doors.desk.reports.pages import situation as situation_pages
from chungsuc.doors.desk.reports.pages import unit as unit_pages
from chungsuc.doors.desk.reports.pages.matrix import matrix_page
from chungsuc.reports import markdown, matrix_xlsx, queries

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OLD_SET, NEW_SET = "xa-ntm-2016-2020", "xa-ntm-2021-2025"


@reading
def home(request: HttpRequest) -> HttpResponse:
    """The situation of the province (or of `?unit=`)."""
    question = asked(request)
    page = situation_pages.situation_page(queries.report(**question.parameters), question, request.lang)
    return show(request, "desk/situation.html", page)


@reading
def unit(request: HttpRequest, code: str) -> HttpResponse:
    """A commune with every verdict explained; any other unit with its situation."""
    question = asked(request, unit_code=code)
    if not queries.is_commune(code, question.at):
        page = situation_pages.situation_page(queries.report(**question.parameters), question, request.lang)
        return show(request, "desk/situation.html", page)
    card = queries.commune_card(**question.parameters, today=question.today)
    return show(request, "desk/commune.html", unit_pages.commune_page(card, question, request.lang))


@reading
def indicator(request: HttpRequest, code: str, indicator: str) -> HttpResponse:
    """One indicator of one commune: every line ever recorded, and the evidence."""
    question = asked(request, unit_code=code)
    found = queries.indicator_history(**question.parameters, indicator=indicator)
    return show(request, "desk/indicator.html", indicator_pages.indicator_page(found, question, request.lang))


@reading
def matrix(request: HttpRequest) -> HttpResponse:
    """Communes × criteria."""
    question = asked(request)
    page = matrix_page(queries.matrix(**question.parameters), question, request.lang)
    return show(request, "desk/matrix.html", page)


@reading
def compare_home(request: HttpRequest) -> HttpResponse:
    """The province under two sets."""
    return _compare(request, None)


@reading
def compare(request: HttpRequest, code: str) -> HttpResponse:
    """A unit under two sets."""
    return _compare(request, code)


def _compare(request: HttpRequest, code: str | None) -> HttpResponse:
    question = asked(request, unit_code=code)
    set_a, set_b = request.GET.get("set") or OLD_SET, request.GET.get("with") or NEW_SET
    parameters = {name: value for name, value in question.parameters.items() if name != "set_code"}
    found = queries.two_sets(**parameters, set_a=set_a, set_b=set_b)
    return show(request, "desk/compare.html", compare_pages.compare_page(found, question, request.lang))


@reading
def situation_document(request: HttpRequest) -> HttpResponse:
    """The situation as a Markdown document."""
    question = asked(request)
    found = queries.report(**question.parameters)
    name = f"situation-{question.question.unit_code}-{question.at:%Y-%m-%d}.md"
    return HttpResponse(
        markdown.document(found.situation, found.before, request.lang),
        content_type="text/markdown; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@reading
def matrix_file(request: HttpRequest) -> HttpResponse:
    """The matrix as an Excel file."""
    question = asked(request)
    found = queries.matrix(**question.parameters)
    name = f"matrix-{question.question.unit_code}-{question.at:%Y-%m-%d}.xlsx"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "matrix.xlsx"
        matrix_xlsx.write(found, path, lang=request.lang)
        content = path.read_bytes()
    return HttpResponse(content, content_type=XLSX, headers={"Content-Disposition": f'attachment; filename="{name}"'})
