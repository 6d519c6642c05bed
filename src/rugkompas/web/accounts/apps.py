"""The Django app."""

from django.apps import AppConfig


class Accounts(AppConfig):
    """Holds the tables of accounts: empty as long as nobody makes one."""

    name = "rugkompas.web.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"
