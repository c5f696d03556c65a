"""A caller of the API with or without a key."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

from django.test import Client

SET = "xa-ntm-2016-2020"


class Caller:
    """Asks and writes; `key` is the API key."""

    def __init__(self, key: str | None = None) -> None:
        self.client, self.key = Client(), key

    def headers(self, more: dict[str, str] | None = None) -> dict[str, str]:
        """The headers of a request."""
        said = {"Authorization": f"Bearer {self.key}"} if self.key else {}
        return {**said, **(more or {})}

    def get(self, path: str, **headers: str) -> Any:
        """One question."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.get(f"/api/v1{path}", headers=self.headers(named))

    def post(self, path: str, body: Any, *, key: str | None = None, raw: bytes | None = None, **more: Any) -> Any:
        """One writing request; `key` its idempotency key."""
        said = self.headers({"Idempotency-Key": key or str(uuid4())})
        content = raw if raw is not None else json.dumps(body).encode()
        kind = more.pop("content_type", "application/json")
        return self.client.post(f"/api/v1{path}", content, content_type=kind, headers=said, **more)


def codes(response: Any) -> list[str]:
    """The codes of a refusal, whose shape is checked on the way."""
    told = response.json()
    assert set(told) == {"accepted", "problems"} and told["accepted"] is False and told["problems"], told
    for one in told["problems"]:
        assert set(one) == {"code", "facts", "text", "mend"} and one["text"]
    return [one["code"] for one in told["problems"]]


def figures(**figures: Any) -> dict[str, Any]:
    """A body for one unit."""
    given = figures or {"x2.1": {"value": 90}}
    return {
        "set": SET,
        "speaks_of": "2019-12-31",
        "source": "thử",
        "figures": {name.lstrip("x"): one for name, one in given.items()},
    }
