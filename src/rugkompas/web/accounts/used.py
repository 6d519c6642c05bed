"""Noting that somebody used their account: how long it is kept counts from that day."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from rugkompas.web.accounts.models import Account


def note(user: Account, **_: Any) -> None:
    """They signed in: a warning that it will be erased counts no more."""
    Account.objects.filter(pk=user.pk).update(used_on=timezone.localdate(), warned_on=None)
