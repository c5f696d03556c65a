"""Every address of the desk. Each part keeps its own list in its folder."""

from __future__ import annotations

from django.urls import include, path

from chungsuc.doors.desk.assessment import views as assessment
from chungsuc.doors.desk.criteria import views as criteria
from chungsuc.doors.desk.health import healthz
from chungsuc.doors.desk.reports import unit_views as units
from chungsuc.doors.desk.reports import views as reports

PARTS = ("accounts", "board", "entry", "gallery", "maps", "reports", "search", "tables")

urlpatterns = [
    path("", include("chungsuc.doors.desk.papers.urls")),  # before units: `042.pdf` is no code
    path("", units.home, name="home"),
    path("situation.md", reports.situation_document, name="situation_document"),
    path("matrix", reports.matrix, name="matrix"),
    path("matrix/panel", reports.matrix_panel, name="matrix_panel"),
    path("matrix/why", reports.matrix_why, name="matrix_why"),
    path("matrix.xlsx", reports.matrix_file, name="matrix_file"),
    path("compare", reports.compare_home, name="compare_home"),
    path("units/<str:code>", units.unit, name="unit"),
    path("units/<str:code>/compare", reports.compare, name="compare"),
    path("units/<str:code>/indicators/<str:indicator>", units.indicator, name="indicator"),
    path("criteria", criteria.sets, name="criteria_sets"),
    path("criteria/<str:code>", criteria.one_set, name="criteria_set"),
    path("criteria/<str:code>/criteria/<int:number>", criteria.criterion, name="criteria_criterion"),
    path("evidence/<int:number>", assessment.evidence, name="evidence"),
    *(path("", include(f"chungsuc.doors.desk.{part}.urls")) for part in PARTS),
    path("healthz", healthz, name="healthz"),
]
