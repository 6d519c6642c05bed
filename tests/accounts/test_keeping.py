"""How long an account is kept, and reminders: under a moved clock."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import time_machine
from django.core import mail
from django.test import Client, override_settings
from somebody import EMAIL, fill_in_sign_up, page, sign_in, sign_up

from rugkompas.web.accounts import consent, reminders
from rugkompas.web.accounts.keeping import WARNING_DAYS, last_day, months_later, tidy
from rugkompas.web.accounts.models import Account, Reminder, Session
from rugkompas.web.rules import today
from rugkompas.web.shown import words

T = words("nl")
SITE = "https://p.example"
START = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
"""A Monday."""


@contextmanager
def on_day(days: int) -> Iterator[None]:
    """So many days after the start, at noon."""
    with time_machine.travel(START + dt.timedelta(days=days), tick=False):
        yield


def run_tidy(days: int) -> tuple[int, int, int]:
    with on_day(days):
        done = tidy(today(), SITE)
    return done.warned, done.erased, done.failed


@pytest.fixture
def account(client: Client) -> Account:
    with on_day(0):
        made = sign_up(client)
    mail.outbox = []
    return made


END = (dt.date(2027, 9, 2) - START.date()).days
"""Eighteen months after the start."""


@pytest.mark.hazard("H-47")
def test_an_account_that_nobody_uses_goes_after_a_warning(account: Account) -> None:
    assert last_day(account) == dt.date(2027, 9, 2)
    assert run_tidy(END - WARNING_DAYS - 1) == (0, 0, 0)
    assert run_tidy(END - WARNING_DAYS) == (1, 0, 0)
    assert run_tidy(END - WARNING_DAYS) == (0, 0, 0)
    assert run_tidy(END - 1) == (0, 0, 0)
    (told,) = mail.outbox

    assert run_tidy(END) == (0, 1, 0)

    assert told.to == [EMAIL]
    assert "2 september 2027" in told.body
    assert f"{SITE}/account/" in told.body
    assert not Account.objects.exists()
    assert run_tidy(END) == (0, 0, 0)


def test_signing_in_once_keeps_it(account: Account, client: Client) -> None:
    run_tidy(END - WARNING_DAYS)
    with on_day(END - 1):
        sign_in(Client(HTTP_HOST="127.0.0.1"))

    assert run_tidy(END + 30) == (0, 0, 0)
    assert Account.objects.get().warned_on is None


def test_without_the_mail_nothing_is_erased(account: Account) -> None:
    with override_settings(EMAIL_BACKEND="broken_mail.Refused"):
        assert run_tidy(END + 100) == (0, 0, 1)

    # The command did not run for long: then the month of the warning begins late as well.
    assert run_tidy(END + 101) == (1, 0, 0)
    assert run_tidy(END + 101 + WARNING_DAYS - 1) == (0, 0, 0)
    assert run_tidy(END + 101 + WARNING_DAYS) == (0, 1, 0)


def test_an_address_that_was_never_confirmed_goes_in_two_days(client: Client) -> None:
    with on_day(0):
        fill_in_sign_up(client)

    assert run_tidy(1) == (0, 0, 0)
    assert Session.objects.count() == 0
    assert run_tidy(2) == (0, 1, 0)
    assert not Account.objects.exists()


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        ("2026-08-31", 18, "2028-02-29"),
        ("2026-08-31", 6, "2027-02-28"),
        ("2026-12-31", 1, "2027-01-31"),
        ("2026-01-15", -1, "2025-12-15"),
        ("2028-02-29", -12, "2027-02-28"),
        ("2026-11-25", 24, "2028-11-25"),
        ("2038-01-19", 18, "2039-07-19"),
    ],
)
def test_months_are_counted_as_people_do(day: str, months: int, later: str) -> None:
    assert months_later(dt.date.fromisoformat(day), months) == dt.date.fromisoformat(later)


# Signed in


@pytest.mark.hazard("H-42")
def test_after_half_an_hour_without_a_click_one_is_signed_out(client: Client) -> None:
    with time_machine.travel(START, tick=False):
        sign_up(client)
    for minutes, status in ((29, 200), (58, 200), (89, 302)):
        with time_machine.travel(START + dt.timedelta(minutes=minutes), tick=False):
            assert client.get("/account/gegevens/").status_code == status, minutes


def test_a_code_from_a_mail_works_for_a_quarter_of_an_hour(client: Client) -> None:
    from somebody import code_in_mail

    with time_machine.travel(START, tick=False):
        fill_in_sign_up(client)
    with time_machine.travel(START + dt.timedelta(minutes=16), tick=False):
        client.post("/account/code/", {"code": code_in_mail()})
        assert client.get("/account/gegevens/").status_code == 302


# Reminders


def remind(days: int) -> tuple[int, int]:
    with on_day(days):
        return reminders.send_all(today(), SITE)


@pytest.fixture
def asked(account: Account, client: Client) -> Account:
    """Somebody who asked for a mail on Wednesday."""
    with on_day(0):
        sign_in(client)
        response = client.post("/account/herinnering/", {"weekday": "2"})
        assert response.headers["Location"] == "/account/"
        assert T("account_reminder_on", day=T("account_day_2")) in page(client.get("/account/"))
    return account


def test_nobody_gets_a_reminder_who_did_not_ask(account: Account) -> None:
    assert [remind(days) for days in range(14)] == [(0, 0)] * 14


def test_a_reminder_goes_once_a_week_however_often_the_command_runs(asked: Account) -> None:
    sent = [(days, remind(days)[0]) for days in range(21) for _ in range(2)]

    assert [days for days, count in sent if count] == [2, 9, 16]
    assert {it.subject for it in mail.outbox} == {T("mail_reminder_subject")}


def test_another_day_never_makes_it_more_than_one_a_week(asked: Account, client: Client) -> None:
    remind(2)
    with on_day(3):
        sign_in(client)
        client.post("/account/herinnering/", {"weekday": "4"})

    assert remind(4) == (0, 0)
    assert remind(11) == (1, 0)


def test_a_missed_day_is_not_made_good(asked: Account) -> None:
    assert [remind(days)[0] for days in (3, 4, 5, 6, 7, 8)] == [0] * 6


def test_a_mail_that_fails_is_counted_and_not_sent_twice(asked: Account) -> None:
    with override_settings(EMAIL_BACKEND="broken_mail.Refused"):
        assert remind(2) == (0, 1)

    assert remind(2) == (0, 0)
    assert remind(9) == (1, 0)


@pytest.mark.hazard("H-43", "H-48")
def test_the_link_in_a_reminder_turns_it_off_without_signing_in(asked: Account) -> None:
    remind(2)
    (told,) = mail.outbox
    link = re.search(rf"{SITE}(/\S+)", str(told.body))
    assert link
    visitor = Client(HTTP_HOST="127.0.0.1", enforce_csrf_checks=True)

    looked = visitor.get(link[1])
    assert Reminder.objects.count() == 1
    # As a mail program does it by itself (RFC 8058).
    done = visitor.post(link[1], {"List-Unsubscribe": "One-Click"})

    assert told.extra_headers["List-Unsubscribe"] == f"<{SITE}{link[1]}>"
    assert told.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert T("account_reminder_off_text") in page(looked)
    assert T("account_reminder_off_done") in page(done)
    assert not Reminder.objects.exists()
    assert not consent.has_given(asked, "reminder")
    assert EMAIL not in page(looked) + page(done) + link[1]
    assert remind(9) == (0, 0)
    assert Account.objects.exists()


@pytest.mark.hazard("H-41")
def test_a_made_up_link_turns_nothing_off_and_looks_the_same(asked: Account) -> None:
    visitor = Client(HTTP_HOST="127.0.0.1")
    right = reminders.off_token(asked)
    for wrong in ("x", right[:-1], right[1:], "a:b:c", asked.pk.hex, "é"):
        address = f"/account/herinnering/uit/{wrong}/"
        assert visitor.get(address).status_code == 200
        assert visitor.post(address).status_code == 200

    assert Reminder.objects.count() == 1


@pytest.mark.hazard("H-48")
def test_another_text_of_the_consent_stops_reminders(
    asked: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(consent, "version", lambda _: "another text")

    assert remind(2) == (0, 0)


def test_reminders_can_be_stopped_on_the_page_as_well(asked: Account, client: Client) -> None:
    with on_day(1):
        sign_in(client)
        wrong = client.post("/account/herinnering/", {"weekday": "9"})
        client.post("/account/herinnering/", {"action": "stop"})

    assert T("account_wrong_weekday") in page(wrong)
    assert not Reminder.objects.exists()


def test_a_reminder_never_blames_or_counts() -> None:
    told = re.compile(r"\d|gemist|vergeten|streak|missed|forgot|moet|must|op rij|in a row", re.I)

    for language in ("nl", "en"):
        t = words(language)
        assert not told.search(t("mail_reminder_text", link="") + t("mail_reminder_subject"))
