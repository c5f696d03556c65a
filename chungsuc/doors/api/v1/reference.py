"""`/api/v1/openapi.json` and `/api/v1/docs`, a page made from it without any script."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import engines
from django.views.decorators.http import require_safe

from chungsuc.doors.api.v1.asking import AN_HOUR, keeps
from chungsuc.doors.api.v1.document import openapi

PAGE = Path(__file__).resolve().parent / "pages" / "reference.html"
EXAMPLES = {"code": "04", "set": "xa-ntm-2016-2020", "indicator": "4.2", "at": "2019-12-31", "q": "da thong"}


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter in words."""

    name: str
    place: str
    kind: str
    required: bool
    about: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation as the page shows it."""

    name: str
    method: str
    path: str
    about: str
    parameters: tuple[Parameter, ...]
    writes: bool
    example: str
    answer: str
    statuses: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The operations of one subject."""

    name: str
    about: str
    operations: tuple[Operation, ...]


@dataclass(frozen=True, slots=True)
class ReferencePage:
    """Everything the template needs."""

    groups: tuple[Group, ...]
    problem: str


@require_safe
def document(request: HttpRequest) -> HttpResponse:
    """The OpenAPI document."""
    keeps(request, AN_HOUR)
    return JsonResponse(openapi(request.lang), json_dumps_params={"ensure_ascii": False})


@require_safe
def reference(request: HttpRequest) -> HttpResponse:
    """The reference for people."""
    template = engines["django"].from_string(PAGE.read_text(encoding="utf-8"))
    return HttpResponse(template.render({"page": reference_page(request.lang)}, request))


@cache
def reference_page(lang: str) -> ReferencePage:
    """The page in one language."""
    made = openapi(lang)
    pairs = [(path, method, one) for path, all_of in made["paths"].items() for method, one in all_of.items()]
    groups = tuple(
        Group(
            tag["name"],
            tag["description"],
            tuple(_operation(made, *pair) for pair in pairs if pair[2]["tags"] == [tag["name"]]),
        )
        for tag in made["tags"]
    )
    problem = {
        "accepted": False,
        "problems": [{"code": "unit.unknown", "facts": {"unit": "00"}, "text": "…", "mend": "…"}],
    }
    return ReferencePage(groups, json.dumps(problem, indent=2, ensure_ascii=False))


def _operation(made: dict[str, Any], path: str, method: str, one: dict[str, Any]) -> Operation:
    shape = one["responses"]["200"]["content"]["application/json"]["schema"]
    return Operation(
        name=one["operationId"],
        method=method.upper(),
        path=path,
        about=one["summary"],
        parameters=tuple(_parameter(given) for given in one["parameters"]),
        writes=method == "post",
        example=_curl(path, one, method),
        answer=json.dumps(_sketch(made, shape), indent=2, ensure_ascii=False),
        statuses=tuple((status, answer["description"]) for status, answer in one["responses"].items()),
    )


def _parameter(given: dict[str, Any]) -> Parameter:
    schema = given["schema"]
    kind = " | ".join(schema["enum"]) if "enum" in schema else schema.get("format") or schema.get("type", "")
    return Parameter(given["name"], given["in"], kind, given["required"], given["description"])


def _curl(path: str, one: dict[str, Any], method: str) -> str:
    filled = path
    for name, value in EXAMPLES.items():
        filled = filled.replace("{" + name + "}", value)
    if method == "post":
        body = BODIES[one["operationId"]]
        return (
            f"curl -X POST https://HOST{filled} \\\n  -H 'Authorization: Bearer cs_…' \\\n"
            f"  -H 'Idempotency-Key: 5f0c1f0e-7a5e-4f0e-9d55-0a4b1c2d3e4f' \\\n"
            f"  -H 'Content-Type: application/json' \\\n  -d '{json.dumps(body, ensure_ascii=False)}'"
        )
    asked = [given["name"] for given in one["parameters"] if given["in"] == "query" and given["name"] in EXAMPLES]
    query = "&".join(f"{name}={EXAMPLES[name].replace(' ', '+')}" for name in asked)
    return f"curl 'https://HOST{filled}{'?' if query else ''}{query}'"


BODIES: dict[str, Any] = {
    "record_figures": {
        "set": "xa-ntm-2016-2020",
        "speaks_of": "2019-12-31",
        "source": "Phần mềm kế toán xã",
        "figures": {"4.2": {"num": 949, "den": 1000}, "10.1": {"value": 36}},
    },
    "record_batch": {
        "set": "xa-ntm-2016-2020",
        "source": "Phần mềm của sở",
        "rows": [{"unit": "01789", "speaks_of": "2019-12-31", "level": "appraised", "indicator": "10.1", "value": 36}],
    },
}


def _sketch(made: dict[str, Any], schema: dict[str, Any], depth: int = 0) -> Any:
    """An answer in outline: names of fields with the kind of their values."""
    if "$ref" in schema:
        schema = made["components"]["schemas"][schema["$ref"].rsplit("/", 1)[-1]]
    if "anyOf" in schema:
        kinds = [_sketch(made, one, depth) for one in schema["anyOf"]]
        return kinds[0] if not isinstance(kinds[0], str) else " | ".join(str(one) for one in kinds)
    if "properties" in schema:
        return (
            "…"
            if depth > 3
            else {name: _sketch(made, inner, depth + 1) for name, inner in schema["properties"].items()}
        )
    if schema.get("type") == "array":
        return [_sketch(made, schema.get("items", {}), depth + 1)]
    if "const" in schema:
        return schema["const"]
    if "enum" in schema:
        return " | ".join(schema["enum"])
    return schema.get("format") or schema.get("type") or "…"
