"""Which form definition a unit's form uses, and the address under which it never changes."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import quote, urlencode

from chungsuc.assessment import queries
from chungsuc.assessment.queries import Form
from chungsuc.criteria import forms
from chungsuc.criteria.engine import Context
from chungsuc.kit.errors import Reason, Refused
from chungsuc.territory.rules import Kind

NONE = "-"


def address(form: Form) -> str:
    """`/forms/SET/REGION/YEAR/CLASSES/VERSION.json?province=CODE`."""
    context = form.context
    classes = ",".join(f"{scheme}:{value}" for scheme, value in sorted(context.classes.items())) or NONE
    province = next((one.code for one in (form.unit, *form.above) if one.kind is Kind.PROVINCE), "")
    version = forms.definition(form.rules, context)["version"]
    pieces = "/".join(
        quote(piece, safe="") for piece in (form.rules.code, context.region or NONE, str(context.year), classes)
    )
    return f"/forms/{pieces}/{version}.json" + (f"?{urlencode({'province': province})}" if province else "")


def document(set_code: str, region: str, year: int, classes: str, province: str) -> tuple[dict[str, Any], str]:
    """The definition that the address names, as the law stands now, and its version."""
    if not 1900 <= year <= 2100 or len(classes) > 200 or "\x00" in classes + province + region:
        raise Refused(Reason("page.bad_request"))
    pairs = [pair.partition(":") for pair in classes.split(",") if classes != NONE and ":" in pair]
    context = Context(
        region=None if region == NONE else region, year=year, classes={scheme: value for scheme, _, value in pairs}
    )
    found = forms.definition(queries.set_for(set_code, province or None, date(year, 12, 31)), context)
    return found, found["version"]
