"""Every address is here with who may open it; whoever adds one adds it to the list, or the build fails."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import get_resolver
from django.urls.resolvers import URLResolver

# What anybody may read. Every one of these asks the guard with the person who looks.
PUBLIC = {
    "", "board", "compare", "criteria", "criteria/<str:code>", "criteria/<str:code>/criteria/<int:number>",
    "embed/map", "embed/units/<str:code>", "evidence/<int:number>", "healthz", "map", "map/data.json", "matrix",
    "forms/<str:set_code>/<str:region>/<int:year>/<str:classes>/<str:version>.json",
    "forms/units/<str:province>/<str:day>.json", "matrix.<paper_form:form>", "matrix.xlsx", "matrix/panel",
    "matrix/why", "search", "search/suggest", "sign-in", "situation.<paper_form:form>", "situation.md",
    "tables/<slug:name>.csv", "tables/<slug:name>.xlsx", "units/<str:code>", "units/<str:code>.<paper_form:form>",
    "units/<str:code>/compare", "units/<str:code>/indicators/<str:indicator>",
}  # fmt: skip
# What leads a visitor to the sign-in, or answers 401 or 403.
SIGNED_IN = {
    "account", "entry", "entry/grid", "entry/receipts/<str:number>", "units/<str:code>/entry",
    "units/<str:code>/entry/<int:number>", "units/<str:code>/entry/check",
}  # fmt: skip
WRITING = {"entry/drafts", "entry/figures", "entry/uploads", "entry/uploads/<uuid:key>"}
# The session itself; the one-tap sign-in is there only in the demo (tests/accounts).
SESSION = {"sign-in/demo", "sign-out"}
# Served only in the demo and in development.
DEMO = {"ui"}
FILLED = {
    "<str:code>": "99005", "<int:number>": "4", "<str:number>": "2020-000001", "<uuid:key>":
    "00000000-0000-4000-8000-000000000001",
}  # fmt: skip


def addresses(resolver: URLResolver, above: str = "") -> Iterator[str]:
    for one in resolver.url_patterns:
        here = above + str(one.pattern)
        yield from addresses(one, here) if isinstance(one, URLResolver) else (here,)


def filled(address: str) -> str:
    for name, value in FILLED.items():
        address = address.replace(name, value)
    return f"/{address}"


def test_no_address_is_unlisted():
    """The API's own addresses are listed by its document (tests/doors/api)."""
    found = {one for one in addresses(get_resolver()) if not one.startswith("api/")}
    assert found == PUBLIC | SIGNED_IN | WRITING | SESSION | DEMO


@pytest.mark.parametrize("address", sorted(SIGNED_IN))
def test_a_visitor_is_led_to_the_sign_in(settled, address):
    answer = Client().get(filled(address) + "?day=2019-12-31")
    assert answer.status_code == 302 and answer.headers["Location"].startswith("/sign-in")


@pytest.mark.parametrize("address", sorted(WRITING))
def test_a_visitor_writes_nothing(settled, address):
    method = "PATCH" if "<uuid" in address else "POST"
    answer = Client().generic(method, filled(address), b"{}", content_type="application/json")
    assert answer.status_code in (401, 403, 404, 412)  # 412: no version of tus was named


@pytest.mark.parametrize("address", sorted(WRITING | SESSION))
def test_a_form_from_elsewhere_is_refused(settled, address):
    strict = Client(enforce_csrf_checks=True)
    method = "PATCH" if "<uuid" in address else "POST"
    assert strict.generic(method, filled(address), b"{}", content_type="application/json").status_code == 403


def test_the_gallery_is_not_served_in_production(settled):
    assert Client().get("/ui").status_code == 404
