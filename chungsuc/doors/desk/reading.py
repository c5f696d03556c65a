"""How every page of the desk reads: one read-only snapshot of the database, one page object, one template."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

View = Callable[..., HttpResponse]


def reading(view: View) -> View:
    """Answer GET and HEAD only, inside one transaction that cannot write and sees one state of the data."""

    @require_safe
    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        outermost = not connection.in_atomic_block
        with transaction.atomic():
            if outermost:
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            return view(request, *args, **kwargs)

    return answered


def show(request: HttpRequest, template: str, page: object) -> HttpResponse:
    """The page object in its template."""
    return render(request, template, {"page": page})
