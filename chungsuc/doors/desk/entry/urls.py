"""Addresses of entry in the browser."""

from __future__ import annotations

from django.urls import path

from chungsuc.doors.desk.entry import grid, sending, uploads, views

urlpatterns = [
    path("entry", views.start, name="entry"),
    path("entry/grid", grid.grid, name="entry_grid"),
    path("entry/drafts", sending.drafts, name="entry_drafts"),
    path("entry/figures", sending.figures, name="entry_figures"),
    path("entry/receipts/<str:number>", views.receipt, name="entry_receipt"),
    path("entry/uploads", uploads.create, name="entry_uploads"),
    path("entry/uploads/<uuid:key>", uploads.one, name="entry_upload"),
    path("units/<str:code>/entry", views.unit, name="entry_unit"),
    path("units/<str:code>/entry/check", views.check, name="entry_check"),
    path("units/<str:code>/entry/<int:number>", views.criterion, name="entry_criterion"),
    path("forms/units/<str:province>/<str:day>.json", views.tree, name="units_tree"),
    path(
        "forms/<str:set_code>/<str:region>/<int:year>/<str:classes>/<str:version>.json", views.definition, name="form"
    ),
]
