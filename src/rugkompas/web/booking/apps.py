"""The Django app."""

from django.apps import AppConfig


class Booking(AppConfig):
    """Holds the tables of appointments: empty as long as no practice takes them."""

    name = "rugkompas.web.booking"
    label = "booking"
    default_auto_field = "django.db.models.BigAutoField"
