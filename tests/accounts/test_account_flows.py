"""An account from its first page to its last, as somebody goes through it."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.db import connection, connections
from django.test import Client, override_settings
from somebody import EMAIL, PASSWORD, code_in_mail, fill_in_sign_up, page, sign_in, sign_up

from rugkompas.web.accounts.models import Account, Consent, Session
from rugkompas.web.shown import words

T = words("nl")
OTHER = "nieuwe lange fietstocht"


def app_code(secret: str) -> str:
    """What an app shows now for this secret."""
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def turn_on_app(client: Client) -> str:
    """Second step with an app; the secret that the app keeps."""
    html = client.get("/account/stap/app/").content.decode()
    found = re.search(r'id="secret"[^>]*value="([A-Z2-7]+)"', html)
    assert found
    response = client.post("/account/stap/app/", {"code": app_code(found[1])})
    assert response.headers["Location"] == "/account/stap/reserve/"
    return found[1]


def spare_codes(client: Client) -> list[str]:
    html = client.get("/account/stap/reserve/").content.decode()
    return re.findall(r"<code>(\d+)</code>", html)


def browser() -> Client:
    return Client(HTTP_HOST="127.0.0.1")


def test_an_account_is_made_with_a_code_from_a_mail(client: Client) -> None:
    account = sign_up(client)

    assert EMAIL in page(client.get("/account/"))
    assert account.password.startswith("argon2$")
    assert not account.has_second_factor
    assert {it.purpose for it in Consent.objects.filter(owner=account)} == {"account"}


def test_until_the_code_is_typed_nobody_can_sign_in(client: Client) -> None:
    fill_in_sign_up(client)
    wrong = client.post("/account/code/", {"code": "AAAA-AAAA"})

    assert wrong.status_code == 422
    assert T("account_wrong_incorrect_code") in page(wrong)
    cache.clear()
    assert sign_in(browser()).headers["Location"] == "/account/code/"
    assert client.get("/account/gegevens/").headers["Location"].startswith("/account/inloggen/")


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"agrees": ""}, "required_agrees"),
        ({"old_enough": ""}, "required_old_enough"),
        ({"email": "geen adres"}, "invalid"),
        ({"email": ""}, "required_email"),
        ({"password1": "kort"}, "password_too_short"),
        ({"password1": "1234567890"}, "password_too_common"),
        ({"password1": EMAIL}, "password_too_similar"),
    ],
)
@pytest.mark.hazard("H-48")
def test_a_form_that_is_not_right_says_why_and_makes_nothing(
    client: Client, given: dict[str, str], field: str
) -> None:
    response = fill_in_sign_up(client, **given)

    assert response.status_code == 422
    assert T(f"account_wrong_{field}") in page(response)
    assert not Account.objects.exists()
    assert PASSWORD not in response.content.decode()


def test_a_box_is_never_ticked_for_somebody(client: Client) -> None:
    html = client.get("/account/nieuw/").content.decode()

    assert html.count('type="checkbox"') == 2
    assert "checked" not in html


def test_signing_out_and_in_again(client: Client) -> None:
    sign_up(client)
    client.post("/account/uitloggen/")
    assert client.get("/account/gegevens/").status_code == 302

    assert sign_in(client, password="niet dit wachtwoord").status_code == 422
    assert sign_in(client).headers["Location"] == "/account/"
    assert EMAIL in page(client.get("/account/"))


@pytest.mark.hazard("H-42")
def test_a_session_gets_a_new_key_when_somebody_signs_in(client: Client) -> None:
    sign_up(client)
    client.post("/account/uitloggen/")
    client.get("/account/inloggen/sleutel/")
    before = client.cookies["session"].value

    sign_in(client)

    assert client.cookies["session"].value != before
    assert not Session.objects.filter(session_key=before).exists()


@pytest.mark.hazard("H-42")
def test_another_password_ends_every_other_session(client: Client) -> None:
    sign_up(client)
    other = browser()
    sign_in(other)
    assert other.get("/account/gegevens/").status_code == 200

    sent = {"oldpassword": PASSWORD, "password1": OTHER, "password2": OTHER}
    client.post("/account/wachtwoord/", sent)

    assert other.get("/account/gegevens/").status_code == 302
    assert client.get("/account/gegevens/").status_code == 200
    assert mail.outbox[-1].subject == T("mail_changed_subject")
    assert sign_in(browser()).status_code == 422
    assert sign_in(browser(), password=OTHER).status_code == 302


@pytest.mark.hazard("H-42")
def test_a_forgotten_password_is_chosen_anew_with_a_code(client: Client) -> None:
    sign_up(client)
    forgetful = browser()
    forgetful.post("/account/wachtwoord/vergeten/", {"email": EMAIL})
    code = code_in_mail()
    assert forgetful.post("/account/wachtwoord/code/", {"code": "AAAA-AAAA"}).status_code == 422

    assert forgetful.post("/account/wachtwoord/code/", {"code": code}).status_code == 302
    unlike = {"password1": OTHER, "password2": PASSWORD}
    wrong = forgetful.post("/account/wachtwoord/kiezen/", unlike)
    assert T("account_wrong_password2") in page(wrong)
    sent = {"password1": OTHER, "password2": OTHER}
    done = forgetful.post("/account/wachtwoord/kiezen/", sent, follow=True)

    assert T("account_password_done_title") in page(done)
    assert client.get("/account/gegevens/").status_code == 302
    assert sign_in(browser(), password=OTHER).headers["Location"] == "/account/"


def test_another_address_counts_after_its_code(client: Client) -> None:
    account = sign_up(client)
    sent = client.post("/account/email/", {"email": "jo@elders.example", "action_add": "1"})
    assert sent.headers["Location"] == "/account/code/"
    account.refresh_from_db()
    assert account.email == EMAIL

    client.post("/account/code/", {"code": code_in_mail_to("jo@elders.example")})

    account.refresh_from_db()
    assert account.email == "jo@elders.example"
    assert sign_in(browser(), "jo@elders.example").headers["Location"] == "/account/"
    assert sign_in(browser()).status_code == 422


def code_in_mail_to(address: str) -> str:
    mail.outbox = [it for it in mail.outbox if it.to == [address]]
    return code_in_mail()


@pytest.mark.hazard("H-42")
def test_with_an_app_a_password_alone_is_not_enough(client: Client) -> None:
    account = sign_up(client)
    secret = turn_on_app(client)
    assert account.has_second_factor

    other = browser()
    assert sign_in(other).headers["Location"] == "/account/inloggen/stap/"
    assert other.get("/account/gegevens/").status_code == 302
    assert other.post("/account/inloggen/stap/", {"code": "000000"}).status_code == 422
    code = app_code(secret)
    assert other.post("/account/inloggen/stap/", {"code": code}).status_code == 302

    # Whoever looked over a shoulder cannot use the same code.
    third = browser()
    sign_in(third)
    assert third.post("/account/inloggen/stap/", {"code": code}).status_code == 422


@pytest.mark.hazard("H-42")
def test_a_spare_code_works_once(client: Client) -> None:
    sign_up(client)
    turn_on_app(client)
    codes = spare_codes(client)
    assert len(codes) == 10

    def signs_in_with(code: str) -> int:
        other = browser()
        sign_in(other)
        return int(other.post("/account/inloggen/stap/", {"code": code}).status_code)

    assert signs_in_with(codes[0]) == 302
    assert signs_in_with(codes[0]) == 422
    assert signs_in_with(codes[1]) == 302
    assert len(spare_codes(client)) == 8


def test_the_app_can_be_turned_off(client: Client) -> None:
    account = sign_up(client)
    turn_on_app(client)

    client.post("/account/stap/app/uit/", {})

    assert not account.has_second_factor
    assert sign_in(browser()).headers["Location"] == "/account/"


@pytest.mark.hazard("H-47")
def test_secrets_of_a_second_factor_are_sealed_in_the_database(client: Client) -> None:
    sign_up(client)
    secret = turn_on_app(client)

    with connection.cursor() as cursor:
        cursor.execute("SELECT data FROM mfa_authenticator")
        held = str(cursor.fetchall())

    assert secret not in held
    assert not any(code in held for code in spare_codes(client))
    assert Authenticator.objects.count() == 2


@pytest.mark.hazard("H-42")
def test_what_matters_asks_once_more_who_somebody_is(client: Client) -> None:
    sign_up(client)
    session = client.session
    session["account_authentication_methods"] = []
    session.save()

    for address in ("/account/wissen/", "/account/stap/app/", "/account/stap/sleutels/nieuw/"):
        response = client.get(address)
        assert response.headers["Location"].startswith("/account/opnieuw/"), address
    wrong = client.post("/account/opnieuw/", {"password": "niet dit"})
    assert T("account_wrong_incorrect_password") in page(wrong)
    client.post("/account/opnieuw/?next=/account/wissen/", {"password": PASSWORD})

    assert client.get("/account/wissen/").status_code == 200


@pytest.mark.hazard("H-42")
def test_after_five_wrong_passwords_even_the_right_one_waits(client: Client) -> None:
    sign_up(client)
    tries = [sign_in(browser(), password=f"niet dit {n}") for n in range(5)]
    after = sign_in(browser())

    assert {it.status_code for it in tries} == {422}
    assert after.status_code == 422
    assert T("account_wrong_too_many_login_attempts") in page(after)


@pytest.mark.hazard("H-56")
def test_another_port_in_the_name_of_the_site_gives_no_more_tries(client: Client) -> None:
    sign_up(client)
    tries = [
        sign_in(Client(HTTP_HOST=f"127.0.0.1:{8000 + n}"), password=f"niet dit {n}")
        for n in range(6)
    ]

    said = [T("account_wrong_too_many_login_attempts") in page(it) for it in tries]
    assert said == [False] * 5 + [True]


@pytest.mark.hazard("H-35", "H-56")
def test_while_guesses_cannot_be_counted_nobody_signs_in_and_is_told_so(client: Client) -> None:
    sign_up(client)
    database = str(settings.DATABASES["default"]["NAME"])

    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        with connections["tallies"].cursor() as ours:
            ours.execute("PRAGMA busy_timeout = 10")
        other.execute("BEGIN IMMEDIATE")
        locked = sign_in(browser())
        other.execute("ROLLBACK")
    connections["tallies"].close()

    assert locked.status_code == 503
    assert "tel:112" in locked.content.decode()
    assert sign_in(browser()).headers["Location"] == "/account/"


@pytest.mark.hazard("H-42")
def test_guessing_a_code_ends_after_three_times(client: Client) -> None:
    fill_in_sign_up(client)
    code = code_in_mail()
    for _ in range(3):
        client.post("/account/code/", {"code": "AAAA-AAAA"})

    client.post("/account/code/", {"code": code})

    assert client.get("/account/gegevens/").status_code == 302


@pytest.mark.hazard("H-42")
def test_nobody_can_see_whether_an_address_has_an_account(client: Client) -> None:
    sign_up(client)
    client.post("/account/uitloggen/")

    known, unknown = EMAIL, "nobody@mail.example"
    for steps in (_signs_up, _forgets, _signs_in):
        cache.clear()
        assert steps(known).replace(known, "x") == steps(unknown).replace(unknown, "x"), steps


def _signs_up(email: str) -> str:
    visitor = browser()
    response = fill_in_sign_up(visitor, email)
    return f"{response.status_code} {page(visitor.get(response.headers['Location']))}"


def _forgets(email: str) -> str:
    visitor = browser()
    before = len(mail.outbox)
    response = visitor.post("/account/wachtwoord/vergeten/", {"email": email})
    sent = len(mail.outbox) - before
    return f"{response.status_code} {sent} {page(visitor.get(response.headers['Location']))}"


def _signs_in(email: str) -> str:
    return page(sign_in(browser(), email, "niet dit wachtwoord"))


@pytest.mark.hazard("H-42")
def test_an_address_without_account_costs_as_much_work_as_one_with(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from quick import Argon2

    sign_up(client)
    made: list[str] = []
    real_encode, real_verify = Argon2.encode, Argon2.verify
    monkeypatch.setattr(Argon2, "encode", lambda *a: made.append("work") or real_encode(*a))
    monkeypatch.setattr(Argon2, "verify", lambda *a: made.append("work") or real_verify(*a))

    sign_in(browser(), password="niet dit wachtwoord")
    known, made[:] = len(made), []
    sign_in(browser(), "nobody@mail.example", "niet dit wachtwoord")

    assert known == len(made) == 1


@pytest.mark.hazard("H-43")
def test_signing_in_leads_to_no_other_site(client: Client) -> None:
    sign_up(client)
    for wanted in ("https://elders.example/", "//elders.example", "/\\elders.example"):
        visitor = browser()
        response = visitor.post(
            f"/account/inloggen/?next={wanted}",
            {"login": EMAIL, "password": PASSWORD, "next": wanted},
        )
        assert response.headers["Location"] == "/account/"


@pytest.mark.hazard("H-34", "H-43")
def test_a_visitor_without_account_gets_no_session(client: Client) -> None:
    for address in ("/", "/account/", "/account/inloggen/", "/account/nieuw/", "/over/"):
        client.get(address)
    fill_in_sign_up(client, agrees="")
    client.post("/wissen/")

    assert "session" not in client.cookies
    assert not Session.objects.exists()


@pytest.mark.hazard("H-42")
@pytest.mark.parametrize("secure", [False, True])
def test_the_cookie_of_a_session_has_exactly_these_flags(client: Client, secure: bool) -> None:
    with override_settings(SESSION_COOKIE_SECURE=secure):
        sign_up(client)

    cookie = client.cookies["session"]
    flags = {name: value for name, value in cookie.items() if value not in ("", None, False)}
    expected = {"path": "/", "samesite": "Strict", "httponly": True}
    assert flags == expected | ({"secure": True} if secure else {})
    assert settings.SESSION_COOKIE_AGE == 1800


@pytest.mark.hazard("H-14")
def test_wiping_signs_out_as_well(client: Client) -> None:
    account = sign_up(client)

    client.post("/wissen/")

    assert not Session.objects.filter(owner=account).exists()
    assert client.get("/account/gegevens/").status_code == 302


def test_a_mail_that_cannot_be_sent_gives_the_page_of_a_fault_with_the_alarm_signs(
    client: Client,
) -> None:
    with override_settings(EMAIL_BACKEND="broken_mail.Refused"):
        response = fill_in_sign_up(client)

    assert response.status_code == 503
    assert 'href="tel:' in response.content.decode()


@pytest.mark.hazard("H-43", "H-46")
def test_no_mail_says_anything_about_health_or_the_name_of_the_site(client: Client) -> None:
    from rugkompas.web.accounts.mails import CHANGES, CODES, written

    told = re.compile(r"\brug|back pain|pijn|pain|gezond|health|klacht|oefen|exercise", re.I)
    values = {"site": "p.example", "code": "x", "link": "https://p.example/x", "day": "1"}
    for language in ("nl", "en"):
        for kind in (*CODES, *CHANGES, "reminder", "unused"):
            made = written(kind, EMAIL, language, **values)
            assert not told.search(f"{made.subject} {made.body}"), kind
