"""Addresses of the FHIR server, under ``/fhir/``."""

from __future__ import annotations

from django.urls import path

from rugkompas.web.fhir import views

urlpatterns = [
    path("metadata", views.metadata, name="fhir_metadata"),
    path("<str:type_>/$<str:name>", views.operate, name="fhir_operation"),
    path("<str:type_>/<str:id_>/$<str:name>", views.operate, name="fhir_operation_of"),
    path("<str:type_>/_search", views.searched, name="fhir_search_form"),
    path("<str:type_>", views.found, name="fhir_search"),
    path("<str:type_>/<str:id_>", views.read, name="fhir_read"),
]
