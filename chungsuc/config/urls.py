"""All addresses, by door."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("api/v1/", include("chungsuc.doors.api.urls")),
    path("", include("chungsuc.doors.desk.urls")),
]

handler400 = "chungsuc.doors.ui.refusals.bad_request"
handler403 = "chungsuc.doors.ui.refusals.forbidden"
handler404 = "chungsuc.doors.ui.refusals.not_found"
handler500 = "chungsuc.doors.ui.refusals.broken"
