"""What a command for accounts needs: the settings and the database of the site."""

from __future__ import annotations

from collections.abc import Callable

from rugkompas.web.serving import set_up


class NoAccounts(Exception):
    """Accounts are off on this site."""


class NoDatabase(Exception):
    """The database does not answer, or has no tables yet."""


def with_site(run: Callable[[], None]) -> None:
    """Run this with the settings and the database of the site. Raises NotReady, NoAccounts and
    NoDatabase."""
    set_up()
    from django.conf import settings
    from django.db import DatabaseError

    if not settings.ACCOUNTS:
        raise NoAccounts
    try:
        run()
    except DatabaseError:
        raise NoDatabase from None


def site() -> str:
    """Where people reach the site, for links in mails."""
    from django.conf import settings

    return f"{'http' if settings.TRIAL else 'https'}://{settings.ALLOWED_HOSTS[0]}"
