"""Papers to keep, sign and send: the same question as the pages, answered as a Word or PDF file."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from chungsuc.doors.desk.reading import kept, reading
from chungsuc.doors.desk.reports.forms import Asked, asked
from chungsuc.doors.desk.reports.unit_views import leading_on
from chungsuc.kit import clock
from chungsuc.kit.errors import Reason, Refused
from chungsuc.kit.paper import Paper, as_pdf, as_word
from chungsuc.reports import papers, queries
from chungsuc.reports.papers import ISSUERS, SIGNERS, Issuer

WRITERS: dict[str, tuple[Callable[[Paper], bytes], str]] = {
    "docx": (as_word, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "pdf": (as_pdf, "application/pdf"),
}


@reading
@leading_on
@kept
def situation(request: HttpRequest, form: str) -> HttpResponse:
    """The situation report of the province (or of `?unit=`)."""
    return _situation(request, asked(request), form)


@reading
@leading_on
@kept
def unit(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """The scorecard of a commune; of any other unit its situation report."""
    question = asked(request, unit_code=code)
    try:
        card = queries.commune_card(**question.parameters, today=question.today, by=request.person)
    except Refused as refused:
        if refused.reasons[0].code != "card.not_a_commune":
            raise
        return _situation(request, question, form)
    paper = papers.card_paper(card, made_at=clock.now(), issuer=_issuer(request), lang=request.lang)
    return _sent(paper, form, _name("card", question, request.lang))


@reading
@leading_on
@kept
def matrix(request: HttpRequest, form: str) -> HttpResponse:
    """The matrix as an annex."""
    question = asked(request)
    ground = queries.matrix(**question.parameters, by=request.person)
    paper = papers.matrix_paper(ground, made_at=clock.now(), lang=request.lang)
    return _sent(paper, form, _name("matrix", question, request.lang))


def _situation(request: HttpRequest, question: Asked, form: str) -> HttpResponse:
    report = queries.report(**question.parameters, by=request.person)
    paper = papers.situation_paper(report, made_at=clock.now(), issuer=_issuer(request), lang=request.lang)
    return _sent(paper, form, _name("situation", question, request.lang))


def _issuer(request: HttpRequest) -> Issuer:
    """`?issuer=coordination&signer=deputy`; the committee and its head where nothing is said."""
    body, signer = request.GET.get("issuer") or ISSUERS[0], request.GET.get("signer") or SIGNERS[0]
    if body not in ISSUERS or signer not in SIGNERS:
        raise Refused(Reason("page.bad_request"))
    return Issuer(body, signer)


def _name(what: str, question: Asked, lang: str) -> str:
    names = {"situation": "bao-cao", "card": "phieu-danh-gia", "matrix": "bieu-tong-hop"} if lang == "vi" else {}
    return f"{names.get(what, what)}-{question.question.unit_code}-{question.at:%Y-%m-%d}"


def _sent(paper: Paper, form: str, name: str) -> HttpResponse:
    write, kind = WRITERS[form]
    return HttpResponse(
        write(paper),
        content_type=kind,
        headers={"Content-Disposition": f'attachment; filename="{name}.{form}"', "X-Content-Type-Options": "nosniff"},
    )
