"""All addresses, by door."""

from __future__ import annotations

from importlib.util import find_spec

from django.urls import include, path

urlpatterns = [path("", include("chungsuc.doors.desk.urls"))] if find_spec("chungsuc.doors.desk.urls") else []
