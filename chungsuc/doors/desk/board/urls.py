"""Addresses of the leaders' board."""

from __future__ import annotations

from django.urls import path

from chungsuc.doors.desk.board import views

urlpatterns = [path("board", views.board, name="board")]
