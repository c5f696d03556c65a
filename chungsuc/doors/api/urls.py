"""Addresses of the API, mounted at /api/v1/."""

from __future__ import annotations

from chungsuc.doors.api.v1.urls import urlpatterns

__all__ = ["urlpatterns"]
