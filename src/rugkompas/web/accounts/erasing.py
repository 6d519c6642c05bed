"""An account goes, with all that belongs to it."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from rugkompas.web.accounts import traces
from rugkompas.web.accounts.models import Account, Session


def erase(account: Account) -> None:
    """Address, diary and its key, consents, reminders, second factors and every session go in
    one step; then the files of the database are written anew without them."""
    erase_rows(account)
    traces.wipe()


def erase_rows(account: Account) -> None:
    """The rows alone, for whoever erases many and wipes once. Sessions that ran out go along:
    somebody who began to sign in leaves an address there."""
    with transaction.atomic():
        account.delete()
        Session.objects.filter(expire_date__lt=timezone.now()).delete()
