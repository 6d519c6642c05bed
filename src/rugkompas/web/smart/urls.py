"""Addresses of the way from a record system. Record systems know ``launch`` and ``terug/``."""

from __future__ import annotations

from django.urls import path

from rugkompas.web.smart import views

urlpatterns = [
    path("", views.choose, name="smart"),
    path("launch", views.launch, name="smart_launch"),
    path("naar/<int:number>/", views.go, name="smart_go"),
    path("terug/", views.back, name="smart_back"),
    path("gegevens/", views.found, name="smart_found"),
]
