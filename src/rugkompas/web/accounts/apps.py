"""The Django app."""

from django.apps import AppConfig


class Accounts(AppConfig):
    """Holds the tables of accounts: empty as long as nobody makes one."""

    name = "rugkompas.web.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Note that an account is used."""
        from django.contrib.auth.signals import user_logged_in

        from rugkompas.web.accounts.used import note

        user_logged_in.connect(note)
