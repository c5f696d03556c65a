"""Tables on their way out: CSV row by row, Excel in constant memory; no cell can become a formula."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.views.decorators.http import require_safe

from chungsuc.doors.desk.tables.making import Table, made
from chungsuc.kit.sheets.writing import Streamed, csv_text, stream_xlsx

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BOM = "\ufeff"


@require_safe
def as_csv(request: HttpRequest, name: str) -> HttpResponse:
    """UTF-8 with a byte order mark, as Excel wants it; rows are sent as they are made."""
    found = made(request, name)
    response = StreamingHttpResponse(_lines(found), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{found.name}.csv"'
    return response


def _lines(found: Table) -> Iterator[str]:
    yield csv_text([found.columns])
    for row in found.rows:
        yield csv_text([row]).removeprefix(BOM)


@require_safe
def as_xlsx(request: HttpRequest, name: str) -> HttpResponse:
    """An Excel file, written row by row to a temporary file that goes when it was sent."""
    found = made(request, name)
    file = tempfile.NamedTemporaryFile(suffix=".xlsx")  # noqa: SIM115 - the response closes it
    stream_xlsx(Path(file.name), [Streamed(name="Chung Suc", header=[found.columns], rows=found.rows, freeze=(1, 2))])
    return FileResponse(file, content_type=XLSX, as_attachment=True, filename=f"{found.name}.xlsx")
