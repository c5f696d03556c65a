"""Matrix, comparisons, papers: parse, one question, one page."""

from __future__ import annotations

import tempfile
from pathlib import Path

from django.http import HttpRequest, HttpResponse, JsonResponse

from chungsuc.doors.desk.reading import kept, reading, show
from chungsuc.doors.desk.reports.forms import asked
from chungsuc.doors.desk.reports.pages import compare as compare_pages
from chungsuc.doors.desk.reports.pages.matrix import matrix_page
from chungsuc.doors.desk.reports.pages.matrix_order import order_of
from chungsuc.doors.desk.reports.pages.matrix_panel import panel_page, reasons_of
from chungsuc.doors.desk.reports.unit_views import leading_on
from chungsuc.kit.errors import Reason, Refused
from chungsuc.reports import markdown, matrix_xlsx, queries

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OLD_SET, NEW_SET = "xa-ntm-2016-2020", "xa-ntm-2021-2025"


@reading
@leading_on
@kept
def matrix(request: HttpRequest) -> HttpResponse:
    """Communes × criteria, chosen and ordered by the address."""
    question, order = asked(request), order_of(request.GET)
    found = queries.report(**question.parameters, by=request.person)
    slipped = frozenset(move.unit.id for move in found.moves if move.change < 0)
    return show(request, "desk/matrix.html", matrix_page(found.ground, question, request.lang, order, slipped))


@reading
@kept
def matrix_panel(request: HttpRequest) -> HttpResponse:
    """One cell of the matrix explained: the piece that opens beside it, or a page of its own without script."""
    question = asked(request)
    number = request.GET.get("criterion", "")
    if not number.isdecimal() or len(number) > 3:
        raise Refused(Reason("page.bad_request"))
    card = queries.commune_card(**question.parameters, today=question.today, by=request.person)
    page = panel_page(card, int(number), question, request.lang)
    return show(request, "desk/matrix_panel.html" if request.GET.get("bare") else "desk/matrix_cell.html", page)


@reading
@kept
def matrix_why(request: HttpRequest) -> HttpResponse:
    """Every cell of one row in a sentence, for the pointer that rests on it."""
    question = asked(request)
    card = queries.commune_card(**question.parameters, today=question.today, by=request.person)
    return JsonResponse({"unit": card.unit.code, "why": reasons_of(card, request.lang)})


@reading
def compare_home(request: HttpRequest) -> HttpResponse:
    """The province under two sets."""
    return _compare(request, None)


@reading
@leading_on
def compare(request: HttpRequest, code: str) -> HttpResponse:
    """A unit under two sets."""
    return _compare(request, code)


def _compare(request: HttpRequest, code: str | None) -> HttpResponse:
    question = asked(request, unit_code=code)
    set_a, set_b = request.GET.get("set") or OLD_SET, request.GET.get("with") or NEW_SET
    parameters = {name: value for name, value in question.parameters.items() if name != "set_code"}
    found = queries.two_sets(**parameters, set_a=set_a, set_b=set_b, by=request.person)
    return show(request, "desk/compare.html", compare_pages.compare_page(found, question, request.lang))


@reading
def situation_document(request: HttpRequest) -> HttpResponse:
    """The situation as a Markdown document."""
    question = asked(request)
    found = queries.report(**question.parameters, by=request.person)
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
    found = queries.matrix(**question.parameters, by=request.person)
    name = f"matrix-{question.question.unit_code}-{question.at:%Y-%m-%d}.xlsx"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "matrix.xlsx"
        matrix_xlsx.write(found, path, lang=request.lang)
        content = path.read_bytes()
    return HttpResponse(content, content_type=XLSX, headers={"Content-Disposition": f'attachment; filename="{name}"'})
