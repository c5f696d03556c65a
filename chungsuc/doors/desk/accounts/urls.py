"""Addresses of sign-in."""

from __future__ import annotations

from django.urls import path

from chungsuc.doors.desk.accounts import views

urlpatterns = [
    path("sign-in", views.sign_in, name="sign_in"),
    path("sign-in/demo", views.sign_in_demo, name="sign_in_demo"),
    path("account", views.account, name="account"),
    path("sign-out", views.sign_out, name="sign_out"),
]
