"""The OpenAPI 3.1 document, with its sentences from the catalogue."""

from __future__ import annotations

from functools import cache
from typing import Any

from chungsuc.doors.api.v1.app import api
from chungsuc.doors.api.v1.operations import KEY_WELCOME
from chungsuc.kit.catalogue import text

PREFIX = "api/v1"


@cache
def openapi(lang: str) -> dict[str, Any]:
    """The document in one language; only its sentences differ."""
    made = dict(api.get_openapi_schema(path_prefix=PREFIX))
    made["info"] = {
        "title": text("api.title", lang),
        "version": "1",
        "description": text("api.about", lang),
        "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
    }
    made["servers"] = [{"url": "/"}]
    made["tags"] = [{"name": tag, "description": text(f"api.tag.{tag}", lang)} for tag in _tags(made)]
    made["components"]["securitySchemes"] = {
        "key": {"type": "http", "scheme": "bearer", "description": text("api.key", lang)}
    }
    for operations in made["paths"].values():
        for operation in operations.values():
            _describe(operation, lang)
    _close(made["components"])
    return made


def _tags(made: dict[str, Any]) -> list[str]:
    found = [tag for operations in made["paths"].values() for one in operations.values() for tag in one["tags"]]
    return list(dict.fromkeys(found))


def _describe(operation: dict[str, Any], lang: str) -> None:
    operation["summary"] = text(f"api.op.{operation['operationId']}", lang)
    operation.pop("description", None)
    operation.setdefault("security", KEY_WELCOME["security"])
    for parameter in operation["parameters"]:
        parameter["schema"] = _without_null(parameter["schema"])
        parameter["description"] = text(f"api.param.{parameter['name'].lower()}", lang)
    operation["responses"] = {str(status): response for status, response in operation["responses"].items()}
    for status, response in operation["responses"].items():
        response["description"] = text(f"api.status.{status}", lang)
        if status == "429":
            response["headers"] = {
                "Retry-After": {"description": text("api.header.retry", lang), "schema": {"type": "integer"}}
            }
        if status == "200":
            name = "Replayed" if "requestBody" in operation else "ETag"
            about = text(f"api.header.{name.lower()}", lang)
            response["headers"] = {name: {"description": about, "schema": {"type": "string"}}}


def _without_null(schema: dict[str, Any]) -> dict[str, Any]:
    """An address has no null: what may be left out is simply left out."""
    kinds = [one for one in schema.get("anyOf", ()) if one != {"type": "null"}]
    return {**kinds[0], "title": schema.get("title", "")} if len(kinds) == 1 else schema


def _close(schema: Any) -> None:
    """Where names must be of a pattern, no other names are taken: say so in the schema too."""
    if isinstance(schema, dict):
        if "patternProperties" in schema:
            schema["additionalProperties"] = False
        for inner in schema.values():
            _close(inner)
    elif isinstance(schema, list):
        for inner in schema:
            _close(inner)
