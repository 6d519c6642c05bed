"""Whose account a request is of, for pages that work without one too."""

from __future__ import annotations

from django.http import HttpRequest

from rugkompas.web.accounts import consent
from rugkompas.web.accounts.diary import AccountDiary
from rugkompas.web.accounts.models import Account


def account_of(request: HttpRequest) -> Account | None:
    """Who is signed in; None also where the site has no accounts or the page knows of none."""
    user = getattr(request, "user", None)
    return user if isinstance(user, Account) else None


def account_diary(request: HttpRequest) -> AccountDiary | None:
    """Their diary, once they agreed that it is kept. Raises DatabaseError, and DiaryError when
    no key opens it."""
    account = account_of(request)
    if account is None or not consent.has_given(account, "diary"):
        return None
    return AccountDiary(account)
