"""What the tables hold: each is asked the same question as the page it stands on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from chungsuc.criteria.engine.sentences import limit_text
from chungsuc.doors.desk.reports.forms import Asked, asked
from chungsuc.doors.desk.reports.pages.verdicts import recorded
from chungsuc.kit.catalogue import text
from chungsuc.kit.errors import Reason, Refused
from chungsuc.reports import queries
from chungsuc.reports.rules import VERDICTS


@dataclass(frozen=True)
class Table:
    """A name for the file, a title, what is in the columns, the rows (made one after the other)."""

    name: str
    title: str
    columns: tuple[str, ...]
    rows: Iterable[Sequence[Any]]


Maker = Callable[[HttpRequest, Asked], Table]
MAKERS: dict[str, Maker] = {}


def table(name: str) -> Callable[[Maker], Maker]:
    """Register the maker of a table under its name."""

    def put(maker: Maker) -> Maker:
        MAKERS[name] = maker
        return maker

    return put


def made(request: HttpRequest, name: str) -> Table:
    """The table of this name for the question of the address; `Refused` where there is none."""
    if name not in MAKERS:
        raise Refused(Reason("page.not_found", path=request.path))
    return MAKERS[name](request, asked(request))


def _words(request: HttpRequest, *keys: str, **facts: object) -> tuple[str, ...]:
    return tuple(text(f"table.{key}", request.lang, **facts) for key in keys)


@table("matrix")
def matrix(request: HttpRequest, question: Asked) -> Table:
    """Communes × criteria, one verdict a cell."""
    ground, lang = queries.matrix(**question.parameters, by=request.person), request.lang
    words = [text(f"verdict.{one.value}", lang) for one in VERDICTS]
    criteria = tuple(f"{one.number}. {one.name(lang)}" for one in ground.criteria)

    def rows() -> Iterable[Sequence[Any]]:
        for row, unit in enumerate(ground.communes):
            title = ground.titles.get(unit.id)
            cells = [words[code] for code in ground.verdicts[row].tolist()]
            yield [unit.code, unit.name, unit.parent_name, *cells, ground.met_of(row), title.year if title else None]

    head = (*_words(request, "code", "commune", "district"), *criteria, *_words(request, "met", "title"))
    return Table(_name("matrix", question), text("table.matrix", lang), head, rows())


@table("districts")
def districts(request: HttpRequest, question: Asked) -> Table:
    """The totals of each district."""
    found = queries.situation(**question.parameters, by=request.person)
    bands = tuple(key.replace("-", "–") for key in found.bands)
    head = (
        *_words(request, "code", "district", "communes", "recognised", "mean"),
        *_words(request, "below", low=found.low),
        *(text("table.band", request.lang, band=band) for band in bands),
        *_words(request, "without_figures"),
    )
    rows = (
        [
            one.code, one.name, one.communes, one.recognised, one.mean_met, one.below_10,
            *(one.bands[key] for key in found.bands), one.without_figures,
        ]
        for one in found.by_district
    )  # fmt: skip
    return Table(_name("districts", question), text("table.districts", request.lang), head, rows)


@table("criteria")
def criteria(request: HttpRequest, question: Asked) -> Table:
    """How many communes meet each criterion."""
    found = queries.situation(**question.parameters, by=request.person)
    name = "name_en" if request.lang == "en" else "name"
    rows = ([one.number, getattr(one, name), one.met, found.counted] for one in found.by_criterion)
    head = _words(request, "number", "criterion", "communes_met", "counted")
    return Table(_name("criteria", question), text("table.criteria", request.lang), head, rows)


@table("bands")
def bands(request: HttpRequest, question: Asked) -> Table:
    """How many communes are in each band."""
    found = queries.situation(**question.parameters, by=request.person)
    rows = ([key.replace("-", "–"), count, found.counted] for key, count in found.bands.items())
    head = _words(request, "band_name", "communes", "counted")
    return Table(_name("bands", question), text("table.bands", request.lang), head, rows)


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
    head = _words(request, "code", "commune", "district", "before", "after", "change", "gained", "lost")
    return Table(_name("changes", question), text("table.changes", request.lang), head, rows)


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
    return Table(_name("commune", question), text("table.commune", lang), _words(request, *keys), rows())


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
    return Table(_name(f"history-{code}", question), text("table.history", lang), _words(request, *keys), rows)


@table("criterion")
def criterion(request: HttpRequest, question: Asked) -> Table:
    """Who is short of one criterion, and by how much (`criterion=`)."""
    asked_number = request.GET.get("criterion", "")
    if not asked_number.isdecimal() or len(asked_number) > 3:
        raise Refused(Reason("page.bad_request"))
    found = queries.criterion_view(**question.parameters, number=int(asked_number), by=request.person)
    lang = request.lang
    rows = (
        [
            one.unit.code, one.unit.name, one.unit.parent_name, line.code, line.ruling.indicator.short.of(lang),
            text(f"verdict.{line.verdict.value}", lang), line.why(lang),
        ]
        for one in found.short
        for line in one.open
    )  # fmt: skip
    head = _words(request, "code", "commune", "district", "indicator", "name", "verdict", "why")
    return Table(_name(f"criterion-{asked_number}", question), text("table.criterion", lang), head, rows)


def _name(what: str, question: Asked) -> str:
    return f"{what}-{question.question.unit_code}-{question.at:%Y-%m-%d}"

