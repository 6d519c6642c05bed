"""The pages of the diary for who is signed in: the account keeps it, from every device."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.test import Client
from somebody import agree, page, sign_in, sign_up

from rugkompas.people.diary.exchange import as_lines
from rugkompas.web.accounts.diary import AccountDiary
from rugkompas.web.accounts.models import Account, DiaryLine
from rugkompas.web.rules import today
from rugkompas.web.shown import words

T = words("nl")


@pytest.fixture
def account(client: Client) -> Account:
    """Somebody who is signed in, agreed, and began a diary."""
    made = sign_up(client)
    agree(client)
    begun = client.post("/dagboek/begin/", {"do": "begin", "name": "traplopen", "began": ""})
    assert begun.status_code == 200
    return made


def fields(client: Client) -> dict[str, str]:
    """What the page of today sends along by itself."""
    html = client.get("/dagboek/dag/").content.decode()
    found = re.findall(r'<input type="hidden" form="diary" name="(\w+)" value="([^"]*)"', html)
    return {name: value for name, value in found if name != "diary"}


def write(client: Client, pain: int, **carried: str) -> Any:
    return client.post("/dagboek/dag/", {"do": "write", "pain": str(pain), **carried})


def test_a_day_is_written_on_one_device_and_read_on_another(
    client: Client, account: Account
) -> None:
    assert write(client, 3, **fields(client)).status_code == 200
    other = Client(HTTP_HOST="127.0.0.1")
    sign_in(other)

    assert AccountDiary(account).book.entry_on(today()).pain == 3
    assert b"traplopen" in other.get("/dagboek/bestand/").content
    assert 'name="diary" value=""' in other.get("/dagboek/").content.decode()


def test_two_devices_give_a_choice_and_lose_nothing(client: Client, account: Account) -> None:
    other = Client(HTTP_HOST="127.0.0.1")
    sign_in(other)
    here, there = fields(client), fields(other)
    write(client, 3, **here)

    late = write(other, 8, **there)

    assert late.status_code == 409
    assert AccountDiary(account).book.entry_on(today()).pain == 3
    assert T("diary_conflict_text") in page(late)


def test_another_day_from_another_device_meanwhile_is_no_conflict(
    client: Client, account: Account
) -> None:
    other = Client(HTTP_HOST="127.0.0.1")
    sign_in(other)
    here, there = fields(client), fields(other)
    yesterday = today() - dt.timedelta(days=1)

    first = write(client, 3, **here)
    second = write(other, 8, **there, day=yesterday.isoformat())

    assert (first.status_code, second.status_code) == (200, 200)
    assert [e.pain for e in AccountDiary(account).book.entries] == [8, 3]


def test_who_chooses_their_own_version_keeps_the_other_as_an_earlier_one(
    client: Client, account: Account
) -> None:
    other = Client(HTTP_HOST="127.0.0.1")
    sign_in(other)
    here, there = fields(client), fields(other)
    write(client, 3, **here)
    asked = write(other, 8, **there).content.decode()
    replaces = asked.split('name="replaces" value="')[1].split('"')[0]

    # A third version comes in between: then what was chosen has to be chosen again.
    write(client, 5, **fields(client))
    again = write(other, 8, **{**there, "replaces": replaces})
    replaces = again.content.decode().split('name="replaces" value="')[1].split('"')[0]
    chosen = write(other, 8, **{**there, "replaces": replaces})

    assert (again.status_code, chosen.status_code) == (409, 200)
    book = AccountDiary(account).book
    (entry,) = book.entries
    assert entry.pain == 8
    assert [it.pain for it in book.earlier(entry)] == [5, 3]  # type: ignore[union-attr]


def test_erasing_says_that_it_goes_out_of_the_account(client: Client, account: Account) -> None:
    write(client, 3, **fields(client))

    asked = page(client.get("/dagboek/wis/"))

    assert T("diary_erase_left_account") in asked
    assert T("diary_erase_left") not in asked
    client.post("/dagboek/wis/", {"do": "erase"})
    assert not DiaryLine.objects.exists()


def test_sending_a_day_twice_writes_it_once(client: Client, account: Account) -> None:
    carried = fields(client)
    before = DiaryLine.objects.count()

    first, second = write(client, 3, **carried), write(client, 3, **carried)

    assert (first.status_code, second.status_code) == (200, 200)
    assert DiaryLine.objects.count() == before + 1


@pytest.mark.hazard("H-48")
def test_without_consent_the_account_keeps_nothing(client: Client) -> None:
    sign_up(client)

    client.post("/dagboek/begin/", {"do": "begin", "name": "traplopen", "began": ""})

    assert not DiaryLine.objects.exists()
    assert T("account_diary_offer") in page(client.get("/dagboek/"))


def test_a_file_moves_into_the_account_and_out_again(client: Client, account: Account) -> None:
    write(client, 3, **fields(client))
    saved = client.get("/dagboek/bestand/").content
    client.post("/account/toestemming/", {"action": "stop"})
    assert not DiaryLine.objects.exists()
    agree(client)

    moved = client.post("/dagboek/samen/", {"file": SimpleUploadedFile("d.jsonl", saved)})

    assert moved.status_code == 200
    assert as_lines(AccountDiary(account).book) == saved
    assert T("account_move_text", count=1) in page(client.get("/account/dagboek/"))


@pytest.mark.hazard("H-14")
def test_signed_out_the_diary_is_not_there(client: Client, account: Account) -> None:
    client.post("/account/uitloggen/")

    assert "traplopen" not in client.get("/dagboek/").content.decode()
    assert client.get("/dagboek/bestand/").status_code == 302


@pytest.mark.hazard("H-35")
def test_a_disk_that_is_full_loses_nothing_and_shows_the_alarm_signs(
    client: Client, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    carried = fields(client)
    before = list(AccountDiary(account).book.lines)

    def full(*_: Any, **__: Any) -> None:
        raise OperationalError("database or disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(DiaryLine.objects, "bulk_create", full)
        failed = write(client, 3, **carried)
        patch.setattr(Account.objects, "get_queryset", full)
        gone = client.get("/account/gegevens/")

    assert (failed.status_code, gone.status_code) == (503, 503)
    assert "112" in page(failed)
    assert "112" in page(gone)
    assert AccountDiary(account).book.lines == before
    assert write(client, 3, **carried).status_code == 200
