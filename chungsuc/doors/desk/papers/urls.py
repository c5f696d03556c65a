"""Addresses of papers. They come before the pages of units: `/units/042.pdf` is no unit's code."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path, register_converter

from chungsuc.doors.desk.papers import views


class Form:
    """The form of a paper as the ending of an address."""

    regex = "docx|pdf"

    def to_python(self, value: str) -> str:
        """The form itself."""
        return value

    def to_url(self, value: str) -> str:
        """The ending."""
        return value


register_converter(Form, "paper_form")

urlpatterns: list[URLPattern | URLResolver] = [
    path("situation.<paper_form:form>", views.situation, name="situation_paper"),
    path("matrix.<paper_form:form>", views.matrix, name="matrix_paper"),
    path("units/<str:code>.<paper_form:form>", views.unit, name="unit_paper"),
]
