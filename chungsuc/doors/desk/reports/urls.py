"""Addresses of the reports that stand outside the desk's own pages."""

from __future__ import annotations

from django.urls import path

from chungsuc.doors.desk.reports import unit_views

urlpatterns = [path("embed/units/<str:code>", unit_views.embedded, name="embed_unit")]
