"""Every address of the desk. All of them only read; visitors may read (accounts.rules)."""

from __future__ import annotations

from django.urls import path

from chungsuc.doors.desk.assessment import views as assessment
from chungsuc.doors.desk.criteria import views as criteria
from chungsuc.doors.desk.health import healthz
from chungsuc.doors.desk.reports import views as reports

urlpatterns = [
    path("", reports.home, name="home"),
    path("situation.md", reports.situation_document, name="situation_document"),
    path("matrix", reports.matrix, name="matrix"),
    path("matrix.xlsx", reports.matrix_file, name="matrix_file"),
    path("compare", reports.compare_home, name="compare_home"),
    path("units/<str:code>", reports.unit, name="unit"),
    path("units/<str:code>/compare", reports.compare, name="compare"),
    path("units/<str:code>/indicators/<str:indicator>", reports.indicator, name="indicator"),
    path("criteria", criteria.sets, name="criteria_sets"),
    path("criteria/<str:code>", criteria.one_set, name="criteria_set"),
    path("evidence/<int:number>", assessment.evidence, name="evidence"),
    path("healthz", healthz, name="healthz"),
]
