"""Addresses of the map."""

from __future__ import annotations

from django.urls import path

from chungsuc.doors.desk.maps import views

urlpatterns = [
    path("map", views.page, name="map"),
    path("map/data.json", views.data, name="map_data"),
    path("embed/map", views.embed, name="map_embed"),
]
