"""Reminders by mail: only for who asked, once a week at most, and off with one click."""

from __future__ import annotations

import datetime as dt
import uuid

from django.core import signing
from django.db import transaction
from django.urls import reverse

from rugkompas.web.accounts import consent, mails
from rugkompas.web.accounts.models import Account, Reminder
from rugkompas.web.middleware.log import log

DAYS = 7
_SALT = "rugkompas reminder off"


def ask(account: Account, weekday: int, language: str) -> None:
    """From now on a mail on this day of the week (0: Monday)."""
    with transaction.atomic():
        consent.give(account, "reminder", language)
        Reminder.objects.update_or_create(owner=account, defaults={"weekday": weekday})


def stop(account: Account) -> None:
    """No mail any more."""
    with transaction.atomic():
        Reminder.objects.filter(owner=account).delete()
        consent.end(account, "reminder")


def off_token(account: Account) -> str:
    """What stands in the link that turns reminders off: it can do nothing else."""
    return signing.dumps(account.pk.hex, salt=_SALT)


def owner_of(token: str) -> Account | None:
    """Whose reminders a link turns off; None when it is not ours or the account went."""
    try:
        id_ = uuid.UUID(hex=signing.loads(token, salt=_SALT))
    except (signing.BadSignature, ValueError, TypeError, AttributeError):
        return None
    return Account.objects.filter(pk=id_).first()


def due(today: dt.date) -> list[Reminder]:
    """Whose day it is, who still agrees, and who got none in the last days. A day on which the
    command did not run is left out, not made good."""
    found = Reminder.objects.select_related("owner").filter(
        weekday=today.weekday(), owner__is_active=True
    )
    return [
        it
        for it in found
        if (it.sent_on is None or (today - it.sent_on).days >= DAYS)
        and consent.has_given(it.owner, "reminder")
    ]


def send(reminder: Reminder, today: dt.date, site: str) -> bool:
    """Send one, unless somebody else did just now. site: ``https://`` and the host.

    It is marked before it is sent: a mail too few is better than one twice. Raises OSError.
    """
    fresh = Reminder.objects.filter(pk=reminder.pk, sent_on=reminder.sent_on)
    if not fresh.update(sent_on=today):
        return False
    link = site + reverse("account_reminder_off", args=[off_token(reminder.owner)])
    made = mails.written(
        "reminder",
        reminder.owner.email,
        reminder.owner.language,
        site=site.rpartition("/")[2],
        link=link,
    )
    made.extra_headers = {
        "List-Unsubscribe": f"<{link}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    made.send()
    return True


def send_all(today: dt.date, site: str) -> tuple[int, int]:
    """(how many mails went, how many could not). Again on the same day sends nothing more: a
    mail that failed comes next week."""
    sent = failed = 0
    for reminder in due(today):
        try:
            sent += send(reminder, today, site)
        except OSError as error:
            log.error("mail", error=type(error).__name__, at="reminder")
            failed += 1
    return sent, failed
