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
from chungsuc.kit.memory import Memory
from chungsuc.territory import queries as territory
from chungsuc.territory.rules import Kind

NONE = "-"
ADDRESSES: Memory[str] = Memory(limit=200, seconds=600)


def address(form: Form) -> str:
    """`/forms/SET/REGION/YEAR/CLASSES/VERSION.json?province=CODE`."""
    context = form.context
    classes = ",".join(f"{scheme}:{value}" for scheme, value in sorted(context.classes.items())) or NONE
    province = next((one.code for one in (form.unit, *form.above) if one.kind is Kind.PROVINCE), "")
    key = (form.rules.code, province, context.region, context.year, classes)
    version = ADDRESSES.get(key, lambda: forms.definition(form.rules, context)["version"])
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


def tree(province: str, day: str) -> dict[str, Any]:
    """The units of a province on a day (code, name, kind, parent), by code, with the version of their content."""
    try:
        on = date.fromisoformat(day)
    except ValueError as error:
        raise Refused(Reason("page.not_found", path=day[:20])) from error
    if "\x00" in province:
        raise Refused(Reason("page.not_found", path="?"))
    top = territory.unit_at(province, on)
    units = [
        {"code": one.code, "name": one.name, "kind": one.kind.value, "parent": one.parent_code}
        for one in (top, *territory.units_at(on, top.code))
    ]
    content = {"province": top.code, "day": on.isoformat(), "units": units}
    return {"version": forms.version_of(content), **content}
