"""An account from its first page to its last, as somebody goes through it."""

from __future__ import annotations

from django.core import mail
from django.test import Client
from somebody import EMAIL, PASSWORD, code_in_mail, fill_in_sign_up, page, sign_in, sign_up

from rugkompas.web.accounts.models import Account


def test_an_account_is_made_with_a_code_from_a_mail(client: Client) -> None:
    account = sign_up(client)

    assert EMAIL in page(client.get("/account/"))
    assert account.password.startswith("argon2$")
    assert not account.has_second_factor
