"""Tables of a commune and of a criterion: indicators judged, the history of one, who is short."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpRequest

from chungsuc.criteria.engine.sentences import limit_text
from chungsuc.doors.desk.reports.forms import Asked
from chungsuc.doors.desk.reports.pages.gaps import gap_text
from chungsuc.doors.desk.reports.pages.verdicts import recorded, shown
from chungsuc.doors.desk.tables.registry import Table, file_name, table, words
from chungsuc.kit.catalogue import text
from chungsuc.kit.errors import Reason, Refused
from chungsuc.reports import queries


@table("commune")
def commune(request: HttpRequest, question: Asked) -> Table:
    """Every indicator of one commune, judged."""
    card, lang = queries.commune_card(**question.parameters, today=question.today, by=request.person), request.lang

    def rows() -> Iterable[Sequence[Any]]:
        for line in card.verdict.criteria:
            for one in line.indicators:
                fact = card.figures.get(one.code)
                limits = "; ".join(limit_text(one.ruling.indicator, leaf, lang) for _, leaf in one.ruling.limits)
                shown = recorded(one.ruling.indicator, fact, lang) if fact else None
                said = text(f"verdict.{one.verdict.value}", lang)
                day = fact.speaks_of if fact else None
                source = fact.source if fact else None
                yield [
                    line.number, one.code, one.ruling.indicator.name.of(lang), shown, limits, said, one.why(lang), day,
                    source, one.article,
                ]  # fmt: skip

    keys = ("number", "indicator", "name", "value", "limit", "verdict", "why", "speaks_of", "source", "article")
    return Table(file_name("commune", question), text("table.commune", lang), words(request, *keys), rows())


@table("history")
def history(request: HttpRequest, question: Asked) -> Table:
    """Every line ever recorded of one indicator of one commune (`indicator=`)."""
    code = request.GET.get("indicator", "")[:20]
    found = queries.indicator_history(**question.parameters, indicator=code, by=request.person)
    lang = request.lang
    rows = (
        [
            one.speaks_of, text(f"desk.level.{one.level.value}", lang), recorded(found.indicator, one, lang), one.num,
            one.den, one.source, one.author, one.recorded_at.date(), one.reason, one.note,
        ]
        for one in found.lines
    )  # fmt: skip
    keys = ("speaks_of", "level", "value", "num", "den", "source", "author", "recorded", "reason", "note")
    return Table(file_name(f"history-{code}", question), text("table.history", lang), words(request, *keys), rows)


@table("criterion")
def criterion(request: HttpRequest, question: Asked) -> Table:
    """Who is short of one criterion, and by how much (`criterion=`), the nearest first."""
    number, lang = request.GET.get("criterion", ""), request.lang
    if not number.isdecimal() or len(number) > 3:
        raise Refused(Reason("page.bad_request"))
    found = queries.criterion_view(**question.parameters, number=int(number), by=request.person)

    def rows() -> Iterable[Sequence[Any]]:
        for one in found.short:
            for line in one.open:
                indicator = line.ruling.indicator
                limits = "; ".join(limit_text(indicator, leaf, lang) for _, leaf in line.ruling.limits)
                value = None if line.value is None else shown(indicator, line.value, lang)
                said = text(f"verdict.{line.verdict.value}", lang)
                yield [
                    one.unit.code, one.unit.name, one.unit.parent_name, line.code, indicator.short.of(lang), said,
                    value, limits, gap_text(line, lang), line.why(lang),
                ]  # fmt: skip

    head = words(request, "code", "commune", "district", "indicator", "name", "verdict", "value", "limit", "gap", "why")
    title = text("table.short", lang, number=number)
    return Table(file_name(f"criterion-{number}", question), title, head, rows())
