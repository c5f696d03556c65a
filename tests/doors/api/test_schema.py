"""The OpenAPI document against the API itself: schemathesis asks and sends what the document allows and forbids."""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, Phase, seed, settings

from chungsuc.doors.api.v1.document import openapi
from tests.doors.api.caller import Caller

pytestmark = pytest.mark.slow
DOCUMENT = openapi("en")
SCHEMA = schemathesis.openapi.from_dict(deepcopy(DOCUMENT))
SCHEMA.app = get_wsgi_application()
# 422: not of the shape that the document asks for; 400: of the right shape, but against a rule of the law or the land
# (no such indicator, a day to come). A schema cannot say the latter, so that 400 is no failure of it.
SCHEMA.config.checks.positive_data_acceptance.expected_statuses += ["400"]


@pytest.fixture
def many(settings: Any) -> Iterator[None]:
    """As many requests as the tool wants, over the one connection that holds the test's transaction."""
    settings.CHUNGSUC_API_KEY_PER_MINUTE = settings.CHUNGSUC_API_ADDRESS_PER_MINUTE = 10**9
    settings.CHUNGSUC_API_FAILED_PER_MINUTE = 10**9
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@SCHEMA.parametrize()
@seed(20191231)
@settings(
    max_examples=8,
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_the_api_does_what_its_document_says(case: Any, coordinator: Caller, many: None) -> None:
    case.call_and_validate(headers={"Authorization": f"Bearer {coordinator.key}", "Accept-Encoding": "identity"})


def test_the_document_is_openapi_3_1_and_names_every_answer() -> None:
    assert DOCUMENT["openapi"].startswith("3.1")
    for operations in DOCUMENT["paths"].values():
        for method, one in operations.items():
            statuses = set(one["responses"])
            assert {"200", "400", "401", "404", "405", "422", "429", "500"} <= statuses
            assert {"403", "409", "413", "415"} <= statuses or method == "get"
            assert one["summary"] and all(parameter["description"] for parameter in one["parameters"])


@pytest.mark.django_db
def test_the_document_is_the_same_shape_in_both_languages() -> None:
    vi, en = (json.loads(Client().get(f"/api/v1/openapi.json?lang={lang}").content) for lang in ("vi", "en"))
    assert vi["paths"].keys() == en["paths"].keys() and vi["info"]["title"] != en["info"]["title"]
    assert vi["components"]["schemas"] == en["components"]["schemas"]


@pytest.mark.django_db
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_reference_page_shows_every_operation_without_script(lang: str) -> None:
    answer = Client().get(f"/api/v1/docs?lang={lang}")
    page = answer.content.decode()
    assert answer.status_code == 200 and "default-src 'none'" in answer.headers["Content-Security-Policy"]
    main = page.split("<main")[1].split("</main>")[0]
    assert "<script" not in main and "style=" not in main and " on" + "click" not in main
    for path, operations in DOCUMENT["paths"].items():
        for method in operations:
            assert f"{method.upper()} {path}" in main
