"""YAML read strictly, with the line of every field. Decimals stay decimal; tricks of YAML are refused.

Only plain YAML: no aliases, no tags, no duplicate keys. Dates are dates, `4.2` is a Decimal.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

import yaml

from chungsuc.criteria.reader.problems import Path, problem
from chungsuc.kit.errors import Reason

_INT = re.compile(r"-?\d{1,18}")
_DECIMAL = re.compile(r"-?\d{1,18}\.\d{1,12}")
_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_WORDS: dict[str, Any] = {"true": True, "false": False, "null": None, "~": None, "": None}
DEPTH = 40
YAML_TAG = "tag:yaml.org,2002:"
PLAIN_TAGS = {YAML_TAG + name for name in ("str", "int", "float", "bool", "null", "timestamp", "map", "seq", "value")}
# Styles of text that is always text; plain scalars are None or "" by loader.
QUOTED = ("'", '"', "|", ">")
Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Document(NamedTuple):
    """The data of a file, the line of every path in it, and what is wrong with its writing."""

    data: Any
    lines: dict[Path, int]
    problems: tuple[Reason, ...]


def read(text: str) -> Document:
    """The document in `text`; problems instead of exceptions."""
    lines: dict[Path, int] = {(): 1}
    problems: list[Reason] = []
    if (alias := _alias(text)) is not None:
        return Document(None, {(): alias}, (problem("criteria.file_alias", {(): alias}, ()),))
    try:
        node = yaml.compose(text, Loader=Loader)
    except yaml.MarkedYAMLError as error:
        line = (error.problem_mark.line + 1) if error.problem_mark else 1
        return Document(None, {(): line}, (problem("criteria.file_not_yaml", {(): line}, (), said=str(error.problem)),))
    except (yaml.YAMLError, RecursionError) as error:
        return Document(None, lines, (problem("criteria.file_not_yaml", lines, (), said=type(error).__name__),))
    if node is None:
        return Document(None, lines, (problem("criteria.file_empty", lines, ()),))
    data = _plain(node, (), lines, problems)
    return Document(data, lines, tuple(problems))


def _alias(text: str) -> int | None:
    """The line of the first anchor or alias: they can make a small file enormous."""
    try:
        for event in yaml.parse(text, Loader=Loader):
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                return event.start_mark.line + 1
    except (yaml.YAMLError, RecursionError):
        return None
    return None


def _plain(node: yaml.Node, path: Path, lines: dict[Path, int], problems: list[Reason]) -> Any:
    lines[path] = node.start_mark.line + 1
    if len(path) > DEPTH:
        problems.append(problem("criteria.file_too_deep", lines, path))
        return None
    if node.tag not in PLAIN_TAGS:
        problems.append(problem("criteria.file_tag", lines, path, tag=node.tag.removeprefix(YAML_TAG)))
        return None
    if isinstance(node, yaml.ScalarNode):
        return _scalar(node, path, lines, problems)
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, (*path, nth), lines, problems) for nth, item in enumerate(node.value)]
    found: dict[Any, Any] = {}
    for key_node, value_node in node.value:
        key = _key(key_node)
        inner = (*path, key)
        line = key_node.start_mark.line + 1
        if key in found:
            first = lines[inner]
            problems.append(problem("criteria.file_duplicate_key", {inner: line}, inner, word=str(key), first=first))
            continue
        value = _plain(value_node, inner, lines, problems)
        lines[inner] = line
        found[key] = value
    return found


def _key(node: yaml.Node) -> Any:
    if isinstance(node, yaml.ScalarNode):
        return int(node.value) if node.style not in QUOTED and _INT.fullmatch(node.value) else node.value
    return "?"


def _scalar(node: yaml.ScalarNode, path: Path, lines: dict[Path, int], problems: list[Reason]) -> Any:
    text = node.value
    if node.style in QUOTED:
        return text
    if text.lower() in _WORDS:
        return _WORDS[text.lower()]
    if _INT.fullmatch(text):
        return int(text)
    if _DECIMAL.fullmatch(text):
        return Decimal(text)
    if found := _DATE.fullmatch(text):
        try:
            return date(*(int(part) for part in found.groups()))
        except ValueError:
            problems.append(problem("criteria.file_bad_date", lines, path, given=text))
            return None
    return text
