"""Tables on their way out: CSV row by row, Excel in constant memory; no cell can become a formula."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse

from chungsuc.doors.desk.reading import reading
from chungsuc.doors.desk.tables.making import Table, made
from chungsuc.kit.catalogue import text
from chungsuc.kit.sheets.writing import Streamed, csv_text, stream_xlsx
from chungsuc.reports.queries import made as data_made
from chungsuc.reports.rules import Made

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BOM = "\ufeff"
PIECE = 64 * 1024
LOOKED_AT = 200  # rows read ahead to find how wide the columns are
NARROWEST, WIDEST = 8, 60
ACROSS = 6  # columns that the title and its facts are written across
STYLES = {
    "header": {"bold": True, "text_wrap": True, "valign": "top"},
    "cell": {"text_wrap": True, "valign": "top"},
}


@reading
def as_csv(request: HttpRequest, name: str) -> HttpResponse:
    """UTF-8 with a byte order mark, as Excel wants it; rows are sent as they are made."""
    found, _ = made(request, name)
    response = StreamingHttpResponse(_lines(found), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{_file(found)}.csv"'
    return response


@reading
def as_xlsx(request: HttpRequest, name: str) -> HttpResponse:
    """An Excel file, written row by row to a temporary file that goes when it was sent."""
    found, facts = made(request, name)
    file = tempfile.NamedTemporaryFile(suffix=".xlsx")  # noqa: SIM115 - closed when it was sent
    stream_xlsx(Path(file.name), [_sheet(found, facts, request.lang)], STYLES)
    response = StreamingHttpResponse(_pieces(file), content_type=XLSX)
    response.headers["Content-Disposition"] = f'attachment; filename="{_file(found)}.xlsx"'
    return response


def _pieces(file: Any) -> Iterator[bytes]:
    with file:
        while piece := file.read(PIECE):
            yield piece


def _file(found: Table) -> str:
    """The name of the file; made-up data say so there too, for a CSV has no other place for it."""
    return f"MAU-{found.name}" if data_made() is Made.DEMO else found.name


def _lines(found: Table) -> Iterator[str]:
    yield csv_text([found.columns])
    for row in found.rows:
        yield csv_text([row]).removeprefix(BOM)


def _sheet(found: Table, facts: str, lang: str) -> Streamed:
    demo = [[text("ui.demo", lang)]] if data_made() is Made.DEMO else []
    header = [[found.title], [facts], *demo, found.columns]
    rows = iter(found.rows)
    first = list(islice(rows, LOOKED_AT))
    return Streamed(
        name=found.title[:31].translate(str.maketrans("[]:*?/\\", "       ")),
        header=header,
        rows=chain(first, rows),
        widths=_widths(found.columns, first),
        freeze=(len(header), 2),
        merges=[(row, 0, min(len(found.columns), ACROSS) - 1, head[0]) for row, head in enumerate(header[:-1])],
    )


def _widths(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> dict[int, float]:
    """As wide as the longest of the first rows, the head in two lines, within reason."""
    widths = {}
    for place, head in enumerate(columns):
        longest = max((len(str(row[place])) for row in rows if row[place] is not None), default=0)
        widths[place] = float(min(max(longest + 2, len(head) // 2 + 2, NARROWEST), WIDEST))
    return widths
