"""How long an account is kept that nobody uses: a mail first, a month later it goes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from rugkompas.web.accounts import mails, traces
from rugkompas.web.accounts.erasing import erase_rows
from rugkompas.web.accounts.models import Account, Session
from rugkompas.web.middleware.log import log
from rugkompas.web.models import Tally

WARNING_DAYS = 30
"""Between the mail and the end. Without that mail nothing is erased."""
UNCONFIRMED_DAYS = 2
"""An account of which the address was never confirmed."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What one run did. failed: mails that could not be sent; the next run tries again."""

    warned: int
    erased: int
    failed: int


def tidy(today: dt.date, site: str) -> Kept:
    """Warn, erase, and take away what ran out. Running it twice does nothing more."""
    warned = failed = 0
    for account in _unused(today + dt.timedelta(days=WARNING_DAYS)).filter(warned_on=None):
        if _warn(account, today, site):
            warned += 1
        else:
            failed += 1
    over = _unused(today).filter(warned_on__lte=today - dt.timedelta(days=WARNING_DAYS))
    going = [*over, *_unconfirmed(today)]
    for account in going:
        erase_rows(account)
    Session.objects.filter(expire_date__lt=timezone.now()).delete()
    Tally.tidy()
    traces.wipe()
    return Kept(warned, len(going), failed)


def last_day(account: Account) -> dt.date:
    """The day after which it is erased when nobody uses it."""
    return months_later(account.used_on, settings.KEEP_MONTHS)


def months_later(day: dt.date, months: int) -> dt.date:
    """The same day of a later month, or the last one that it has."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    first_after = dt.date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    last = (first_after - dt.timedelta(days=1)).day
    return dt.date(year, month + 1, min(day.day, last))


def _unused(on: dt.date) -> QuerySet[Account]:
    """Accounts that nobody will have used for so long on that day."""
    return Account.objects.filter(used_on__lte=months_later(on, -settings.KEEP_MONTHS))


def _unconfirmed(today: dt.date) -> list[Account]:
    confirmed = EmailAddress.objects.filter(verified=True).values("user_id")
    made_before = today - dt.timedelta(days=UNCONFIRMED_DAYS)
    return list(Account.objects.filter(made_on__lte=made_before).exclude(pk__in=confirmed))


def _warn(account: Account, today: dt.date, site: str) -> bool:
    day = max(last_day(account), today + dt.timedelta(days=WARNING_DAYS))
    made = mails.written(
        "unused",
        account.email,
        account.language,
        site=site.rpartition("/")[2],
        link=f"{site}/account/",
        day=mails.date(day, account.language),
    )
    try:
        made.send()
    except OSError as error:
        log.error("mail", error=type(error).__name__, at="unused")
        return False
    Account.objects.filter(pk=account.pk).update(warned_on=today)
    return True
