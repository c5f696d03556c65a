"""The matrix of communes and criteria as an annex: landscape, the head on every page, sums by district."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import numpy as np

from chungsuc.criteria.engine import Verdict
from chungsuc.kit.catalogue import say, text
from chungsuc.kit.paper import Annex, Block, Box, Column, Notes, Paper, Row, Section, Table
from chungsuc.reports.papers.words import decimal, known_day, notices, said_day, warning
from chungsuc.reports.prose import unit_name
from chungsuc.reports.rules import VERDICTS, Ground, mean, met_cells

MARKS = {
    Verdict.MET: "x",
    Verdict.NEARLY_MET: "~",
    Verdict.NOT_MET: "",
    Verdict.NOT_APPLICABLE: "–",
    Verdict.NO_FIGURE: "?",
    Verdict.NO_THRESHOLD: "○",
}
BY_CODE = tuple(MARKS[verdict] for verdict in VERDICTS)
SIZE, HEAD = 9, 46


def matrix_paper(here: Ground, *, made_at: datetime, lang: str = "vi") -> Paper:
    """The matrix alone, as an annex to a paper that somebody else writes."""
    known = known_day(here.known, made_at, lang)
    title = text("papers.matrix.title", lang)
    about = text("papers.matrix.about", lang, unit=unit_name(here.unit, lang), at=said_day(here.at, lang))
    return Paper(
        lang=lang,
        title=f"{title}. {about}",
        kind="",
        abstract=(),
        body=(),
        made_at=made_at,
        author=text("ui.name", lang),
        annexes=(Annex(text("papers.annex", lang), title, f"({about})", matrix_section(here, lang, label=True)),),
        notices=notices(here.made, lang),
        subject=text("papers.basis", lang, set=_set(here, lang), at=said_day(here.at, lang), known=known),
    )


def matrix_section(here: Ground, lang: str, *, label: bool = False) -> Section:
    """The section with the table; `label`: the whole warning of made-up data stands above it too."""
    blocks: list[Block] = [Box(warning(here, lang))] if label and warning(here, lang) else []
    blocks += [_table(here, lang), _notes(here, lang)]
    return Section(tuple(blocks), landscape=True)


def _set(here: Ground, lang: str) -> str:
    return here.set_name_en if lang == "en" else here.set_name


def _table(here: Ground, lang: str) -> Table:
    columns = (
        Column(text("report.order", lang), 8, "middle"),
        Column(text("xlsx.commune", lang), 40),
        *(Column(f"{one.number}. {one.name(lang)}", 8.6, "middle", turned=True) for one in here.criteria),
        Column(text("papers.matrix.met", lang), 15, "middle"),
        Column(text("papers.matrix.year", lang), 16, "middle"),
    )
    return Table(columns, tuple(_rows(here, lang)), "", SIZE, HEAD, text("papers.matrix.title", lang))


def _rows(here: Ground, lang: str) -> Iterator[Row]:
    met, order = met_cells(here.verdicts), 0
    for district in (-1, *range(len(here.districts))):
        rows = np.flatnonzero(here.district_of == district)
        if not len(rows):
            continue
        if district >= 0:
            yield _sums(here, rows, met, here.districts[district].name, "group", lang)
        for place in rows.tolist():
            order += 1
            yield _commune(here, place, order)
    if len(here.communes):
        yield _sums(here, np.arange(len(here.communes)), met, text("report.total", lang), "total", lang)


def _commune(here: Ground, place: int, order: int) -> Row:
    unit = here.communes[place]
    count, title = here.met_of(place), here.titles.get(unit.id)
    marks = (BY_CODE[code] for code in here.verdicts[place].tolist())
    return Row((str(order), unit.name, *marks, "?" if count is None else str(count), str(title.year) if title else ""))


def _sums(here: Ground, rows: np.ndarray, met: np.ndarray, name: str, kind: str, lang: str) -> Row:
    """How many communes meet each criterion, their mean, how many hold a title; communes without figures left out."""
    counted = rows[here.counted[rows]]
    words = text("papers.matrix.sum", lang, name=name, communes=len(rows))
    held = sum(here.communes[place].id in here.titles for place in rows.tolist())
    average = decimal(mean(int(here.met[counted].sum()), len(counted)), lang, 2)
    return Row((words, *(str(one) for one in met[counted].sum(axis=0).tolist()), average, str(held)), kind, 2)


def _notes(here: Ground, lang: str) -> Notes:
    items = [text("papers.matrix.legend", lang), text("papers.matrix.sums", lang), f"{_set(here, lang)}."]
    items += [say(note, lang) for note in here.notes]
    return Notes(tuple(("", one) for one in items), text("papers.notes", lang))
