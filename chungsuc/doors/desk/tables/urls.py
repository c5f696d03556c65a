"""Addresses of tables: `/tables/districts.csv?at=…`."""

from __future__ import annotations

from django.urls import path

from chungsuc.doors.desk.tables import views

urlpatterns = [
    path("tables/<slug:name>.csv", views.as_csv, name="table_csv"),
    path("tables/<slug:name>.xlsx", views.as_xlsx, name="table_xlsx"),
]
