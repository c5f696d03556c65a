"""The table of a criteria set: what each indicator asks in one region, and where the value comes from."""

from __future__ import annotations

from django.http import HttpRequest

from chungsuc.criteria import queries as criteria
from chungsuc.doors.desk.criteria.pages import region_of, set_page
from chungsuc.doors.desk.reports.forms import Asked
from chungsuc.doors.desk.tables.registry import Table, table, words
from chungsuc.kit.catalogue import text
from chungsuc.reports.queries import made


@table("set")
def criteria_set(request: HttpRequest, question: Asked) -> Table:
    """Criteria, indicators and thresholds of a set (`set=`, `region=`)."""
    found, lang = criteria.criteria_set(question.question.set_code), request.lang
    page = set_page(found, region_of(found, request.GET.get("region", "")), made(), lang)
    unchecked = text("provenance.memory", lang)
    rows = (
        [
            group.number, group.name, one.code, one.name, one.threshold, one.status if one.checked else unchecked,
            one.note or None, one.owner or None,
        ]
        for group in page.groups
        for one in group.lines
    )  # fmt: skip
    keys = ("number", "criterion", "indicator", "name", "limit", "provenance", "note", "owner")
    name = f"set-{page.code}-{page.region}" if page.region else f"set-{page.code}"
    facts = ". ".join(part for part in (page.citation, page.region_name) if part)
    return Table(name, page.name, words(request, *keys), rows, facts=facts)
