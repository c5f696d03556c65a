"""The province, a district, a commune, an indicator; what became of a unit; the scorecard for other sites."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.clickjacking import xframe_options_exempt

from chungsuc.accounts.rules import Permission, why_not
from chungsuc.doors.desk.reading import kept, reading, show
from chungsuc.doors.desk.reports.forms import Asked, asked
from chungsuc.doors.desk.reports.pages import indicator as indicator_pages
from chungsuc.doors.desk.reports.pages import situation as situation_pages
from chungsuc.doors.desk.reports.pages import unit as unit_pages
from chungsuc.doors.desk.reports.pages.gone import gone_page
from chungsuc.doors.ui.headers import POLICY
from chungsuc.kit.errors import Refused
from chungsuc.reports import queries
from chungsuc.reports.rules import Card, IndicatorCard

View = Callable[..., HttpResponse]
GONE = 410


def leading_on(view: View) -> View:
    """Where the unit of the address is over on the day asked about: a page that says so and leads on (410).

    The address was right once, so it is no 404; and the answer is no page of the unit, so it is no 200.
    """

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Refused:
            code = kwargs.get("code") or request.GET.get("unit")
            if not code:
                raise
            question = asked(request, unit_code=code)
            gone = queries.what_became(code, question.at, by=request.person)
            if gone is None:
                raise
            page = gone_page(gone, queries.made(), question, request.lang)
            return render(request, "desk/gone.html", {"page": page}, status=GONE)

    return answered


@reading
@leading_on
@kept
def home(request: HttpRequest) -> HttpResponse:
    """The situation of the province (or of `?unit=`)."""
    return _situation(request, asked(request))


@reading
@leading_on
@kept
def unit(request: HttpRequest, code: str) -> HttpResponse:
    """A commune with every verdict explained; any other unit with its situation."""
    question = asked(request, unit_code=code)
    try:
        card = queries.commune_card(**question.parameters, today=question.today, by=request.person)
    except Refused as refused:
        if refused.reasons[0].code != "card.not_a_commune":
            raise
        return _situation(request, question)
    page = unit_pages.commune_page(card, question, request.lang, may_record=_may_record(request, card))
    return show(request, "desk/commune.html", page)


@reading
@leading_on
@kept
def indicator(request: HttpRequest, code: str, indicator: str) -> HttpResponse:
    """One indicator of one commune: every line ever recorded, and the evidence."""
    question = asked(request, unit_code=code)
    found = queries.indicator_history(**question.parameters, indicator=indicator, by=request.person)
    page = indicator_pages.indicator_page(found, question, request.lang, may_record=_may_record(request, found))
    return show(request, "desk/indicator.html", page)


@xframe_options_exempt
@reading
@leading_on
@kept
def embedded(request: HttpRequest, code: str) -> HttpResponse:
    """The scorecard of a commune for other sites' pages: it needs no cookie and may stand in any frame."""
    question = asked(request, unit_code=code)
    card = queries.commune_card(**question.parameters, today=question.today, by=request.person)
    page = unit_pages.commune_page(card, question, request.lang)
    response = show(request, "desk/embed_commune.html", page)
    response.headers["Content-Security-Policy"] = POLICY.replace("frame-ancestors 'none'", "frame-ancestors *")
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def _situation(request: HttpRequest, question: Asked) -> HttpResponse:
    report = queries.report(**question.parameters, by=request.person)
    trend = queries.trend(**question.parameters, by=request.person)
    page = situation_pages.situation_page(report, trend, question, request.lang)
    return show(request, "desk/situation.html", page)


def _may_record(request: HttpRequest, card: Card | IndicatorCard) -> bool:
    """Whether the person may enter figures for this commune: then the page shows the way to the form."""
    codes = frozenset(one.code for one in (card.unit, *card.above))
    return not why_not(request.person, Permission.RECORD_FIGURES, codes)
