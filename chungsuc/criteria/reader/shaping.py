"""From a document to a shape: every mismatch as a reason with line, field and mend."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from chungsuc.criteria.reader.lines import Document
from chungsuc.criteria.reader.problems import Path, as_written, expected, nearest, problem
from chungsuc.criteria.reader.shapes import SHAPES, Shape
from chungsuc.kit.errors import Reason

EXPECTED = {
    "string_type": "text",
    "decimal_type": "number",
    "is_instance_of": "number",
    "int_type": "whole_number",
    "bool_type": "boolean",
    "date_type": "date",
    "list_type": "list",
    "dict_type": "fields",
    "model_type": "fields",
    "model_attributes_type": "fields",
    "string_too_short": "text",
}


def shape_of(document: Document) -> tuple[Shape | None, tuple[Reason, ...]]:
    """The file as its kind says it must be, or what is wrong with it."""
    data = document.data
    if document.problems:
        return None, document.problems
    kind = data.get("file") if isinstance(data, dict) else None
    if kind not in SHAPES:
        return None, (problem("criteria.file_kind", document.lines, ("file",), given=str(kind), known=list(SHAPES)),)
    try:
        return SHAPES[kind].model_validate(data), ()
    except ValidationError as error:
        found = [_reason(document, SHAPES[kind], one) for one in error.errors(include_url=False)]
        return None, tuple(dict.fromkeys(found))


def _reason(document: Document, shape: type[Shape], error: Any) -> Reason:
    path: Path = tuple(step for step in error["loc"] if step in _steps(document, error["loc"]))
    kind, lines = error["type"], document.lines
    if kind == "extra_forbidden":
        return problem(
            "criteria.file_unknown_field",
            lines,
            path,
            word=str(error["loc"][-1]),
            meant=nearest(str(error["loc"][-1]), _fields(shape, path)),
        )
    if kind == "missing":
        return problem("criteria.file_missing_field", lines, error["loc"], word=str(error["loc"][-1]))
    if kind == "literal_error":
        return problem(
            "criteria.file_not_one_of",
            lines,
            path,
            given=as_written(error["input"]),
            known=error["ctx"]["expected"].replace("'", "").replace(" or ", ", "),
        )
    if kind == "string_pattern_mismatch":
        return problem(
            "criteria.file_bad_form", lines, path, given=as_written(error["input"]), form=error["ctx"]["pattern"]
        )
    if kind in EXPECTED:
        needed = expected(EXPECTED[kind])
        return problem("criteria.file_wrong_type", lines, path, given=as_written(error["input"]), expected=needed)
    return problem("criteria.file_wrong_value", lines, path, given=as_written(error["input"]), said=error["msg"])


def _steps(document: Document, loc: Path) -> set[Any]:
    """The steps of an error that are fields of the file (unions add names of their own)."""
    kept: Path = ()
    for step in loc:
        if (*kept, step) in document.lines:
            kept = (*kept, step)
    return set(kept)


def _fields(shape: type[Shape], path: Path) -> list[str]:
    """The fields allowed where an unknown one stands."""
    here: Any = shape
    for step in path[:-1]:
        if isinstance(step, int):
            continue
        info = next((one for name, one in here.model_fields.items() if step in (name, one.alias)), None)
        inner = _model_in(info.annotation) if info else None
        if inner is None:
            continue
        here = inner
    return [info.alias or name for name, info in here.model_fields.items()]


def _model_in(annotation: Any) -> Any:
    if isinstance(annotation, type) and issubclass(annotation, Shape):
        return annotation
    for inner in getattr(annotation, "__args__", ()):
        if (found := _model_in(inner)) is not None:
            return found
    return None
