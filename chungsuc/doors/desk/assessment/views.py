"""Evidence leaves the house only as a download, never as a page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from chungsuc.assessment import queries
from chungsuc.doors.desk.reading import reading


@reading
def evidence(request: HttpRequest, number: int) -> HttpResponse:
    """The kept bytes, with headers under which no browser runs them."""
    fact, content = queries.evidence_file(number)
    return HttpResponse(content, headers=dict(queries.evidence_response_headers(fact)))
