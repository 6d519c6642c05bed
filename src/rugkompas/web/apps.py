"""The Django app."""

from django.apps import AppConfig


class Web(AppConfig):
    """Holds two tables: parcels for another device, and what is counted for a while."""

    name = "rugkompas.web"
    label = "web"
    default_auto_field = "django.db.models.BigAutoField"
