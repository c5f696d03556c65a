"""Addresses of this part of the desk."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from chungsuc.doors.desk.gallery import views

urlpatterns: list[URLPattern | URLResolver] = [path("ui", views.gallery, name="gallery")]
