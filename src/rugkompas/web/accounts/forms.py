"""The form with which an account is made."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import SignupForm
from django import forms
from django.http import HttpRequest

from rugkompas.web.accounts import consent
from rugkompas.web.accounts.models import Account


class SignUp(SignupForm):  # type: ignore[misc]
    """E-mail address, password, and two boxes that nobody ticks for you."""

    agrees = forms.BooleanField(required=True)
    old_enough = forms.BooleanField(required=True)

    def save(self, request: HttpRequest) -> Any:
        account: Account = super().save(request)
        account.language = request.language  # type: ignore[attr-defined]
        account.save(update_fields=["language"])
        consent.give(account, "account", account.language)
        return account
