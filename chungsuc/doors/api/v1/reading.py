"""How a body is read: strict JSON with exact numbers, no key twice, no letters that no database can hold."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from ninja.parser import Parser

from chungsuc.kit.errors import Reason, Refused, stop_if


class StrictParser(Parser):
    """Numbers as `Decimal`, exactly as written."""

    def parse_body(self, request: HttpRequest) -> Any:
        """The body as plain values, or `Refused` (`api.bad_json`, `api.bad_letters`, `api.key_twice`)."""
        try:
            found = json.loads(
                request.body.decode("utf-8"),
                parse_float=Decimal,
                parse_constant=_no_constant,
                object_pairs_hook=_no_key_twice,
            )
        except (UnicodeDecodeError, ValueError, RecursionError, ArithmeticError) as error:
            raise Refused(Reason("api.bad_json", said=str(error)[:200])) from error
        stop_if([Reason("api.bad_letters")] if any(map(_bad, _texts(found))) else ())
        return found


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def _no_key_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        keys = [key for key, _ in pairs]
        raise Refused(Reason("api.key_twice", keys=_twice(keys)))
    return found


def _texts(found: Any) -> list[str]:
    """Every text in the body, names of fields included."""
    texts, rest = [], [found]
    while rest:
        one = rest.pop()
        if isinstance(one, str):
            texts.append(one)
        elif isinstance(one, list):
            rest += one
        elif isinstance(one, dict):
            texts += one
            rest += one.values()
    return texts


def _bad(text: str) -> bool:
    return "\x00" in text or any("\ud800" <= letter <= "\udfff" for letter in text)


def _twice(keys: list[str]) -> list[str]:
    seen: set[str] = set()
    return sorted({key[:60].encode("utf-8", "replace").decode() for key in keys if key in seen or seen.add(key)})[:20]
