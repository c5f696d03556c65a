"""The leaders' board: one question, one page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from chungsuc.doors.desk.board.pages import board_page
from chungsuc.doors.desk.reading import kept, reading, show
from chungsuc.doors.desk.reports.forms import asked
from chungsuc.reports import queries


@reading
@kept
def board(request: HttpRequest) -> HttpResponse:
    """Where we stand, who will not make it, where attention should go: on one screen, or one printed slide."""
    question = asked(request)
    found = queries.leaders_board(**question.parameters, by=request.person)
    return show(request, "desk/board.html", board_page(found, question, request.lang))
