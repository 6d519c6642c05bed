"""The Django app."""

from django.apps import AppConfig


class Web(AppConfig):
    """Holds one table: parcels for another device."""

    name = "rugkompas.web"
    label = "web"
    default_auto_field = "django.db.models.BigAutoField"
