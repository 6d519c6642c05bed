"""A diary in an account: sealed, never overwritten in silence, never doubled, gone when erased."""

from __future__ import annotations

import datetime as dt
import json
import threading
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, connection, connections, transaction
from django.test import Client, override_settings
from somebody import EMAIL, agree, page, sign_up

from rugkompas.catalogue import Knowledge
from rugkompas.people.diary import Conflict, Entry, Episode, entry, episode, new_id
from rugkompas.people.diary.book import DiaryError
from rugkompas.people.diary.exchange import as_json, lines_in
from rugkompas.web.accounts import consent, sealing
from rugkompas.web.accounts.diary import AccountDiary, NoConsent
from rugkompas.web.accounts.models import Account, DataKey, DiaryLine
from rugkompas.web.accounts.rekeying import rekey
from rugkompas.web.shown import words

T = words("nl")
DAY = dt.date(2026, 11, 1)
NOTE = "kanarie in een notitie 8842"
NAME = "kanarietrap 6613"
OLD, NEW = "o" * 60, "n" * 60


def owner(email: str = EMAIL) -> Account:
    """Somebody who agreed that their diary is kept."""
    made = Account.objects.create_user(email)
    consent.give(made, "diary", "nl")
    return made


def on(day: dt.date, knowledge: Knowledge, **more: Any) -> Entry:
    return entry({"day": day.isoformat(), "pain": 4, **more}, knowledge)


def begin(knowledge: Knowledge) -> Episode:
    return episode({"day": DAY.isoformat(), "activities": [NAME]}, knowledge)


def files(database: Path) -> dict[str, bytes]:
    """The database and what SQLite keeps beside it."""
    return {it.name: it.read_bytes() for it in database.parent.glob(f"{database.name}*")}


def test_what_is_written_is_read_back_as_it_was(knowledge: Knowledge) -> None:
    who = owner()
    first, start = on(DAY, knowledge, note=NOTE), begin(knowledge)

    assert AccountDiary(who).add(start, first) == 2

    again = AccountDiary(who)
    assert again.book.lines == [start, first]
    assert again.version == AccountDiary(who).version


def test_sending_twice_writes_once(knowledge: Knowledge) -> None:
    who, line = owner(), on(DAY, knowledge)
    diary = AccountDiary(who)

    assert (diary.add(line), diary.add(line), AccountDiary(who).add(line)) == (1, 0, 0)
    assert DiaryLine.objects.count() == 1


def test_two_devices_never_overwrite_each_other(knowledge: Knowledge) -> None:
    who = owner()
    phone, desk = AccountDiary(who), AccountDiary(who)
    seen = desk.version
    phone.add(on(DAY, knowledge))

    with pytest.raises(Conflict) as changed:
        desk.add(on(DAY + dt.timedelta(days=1), knowledge), expected=seen)
    with pytest.raises(Conflict) as taken:
        desk.add(on(DAY, knowledge, pain=9))
    with pytest.raises(Conflict):
        desk.delete([new_id()], expected=seen)

    assert changed.value.problem.kind == "diary_changed"
    assert taken.value.problem.kind == "diary_day_taken"
    assert taken.value.theirs == phone.book.entry_on(DAY)
    assert DiaryLine.objects.count() == 1


def test_a_batch_of_which_one_does_not_fit_writes_nothing(knowledge: Knowledge) -> None:
    who = owner()
    AccountDiary(who).add(on(DAY, knowledge))

    with pytest.raises(Conflict):
        AccountDiary(who).add(on(DAY + dt.timedelta(days=1), knowledge), on(DAY, knowledge))

    assert DiaryLine.objects.count() == 1


def test_many_writers_at_once_lose_nothing_and_double_nothing(knowledge: Knowledge) -> None:
    who = owner()
    lines = [on(DAY - dt.timedelta(days=n), knowledge) for n in range(24)]

    def write(own: list[Entry]) -> None:
        for line in own:
            AccountDiary(who).add(line)
            AccountDiary(who).add(line)
        connections.close_all()

    writers = [threading.Thread(target=write, args=(lines[n::4],)) for n in range(4)]
    for it in writers:
        it.start()
    for it in writers:
        it.join()

    book = AccountDiary(who).book
    assert sorted(it.id for it in book.lines) == sorted(it.id for it in lines)
    numbers = list(DiaryLine.objects.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(24))


def test_the_database_itself_refuses_a_place_or_a_record_twice(knowledge: Knowledge) -> None:
    who = owner()
    AccountDiary(who).add(on(DAY, knowledge))
    row = DiaryLine.objects.get()

    for number, record in ((row.number, b"another"), (row.number + 1, bytes(row.record))):
        with pytest.raises(IntegrityError), transaction.atomic():
            DiaryLine.objects.create(owner=who, number=number, record=record, sealed=b"x")


def test_a_deleted_day_leaves_a_mark_without_content(knowledge: Knowledge) -> None:
    who = owner()
    first = on(DAY, knowledge, note=NOTE)
    better = on(DAY, knowledge, pain=2, replaces=first.id)
    diary = AccountDiary(who)
    diary.add(first)
    diary.add(better)

    assert diary.delete([better.id]) == 2

    assert AccountDiary(who).book.entries == []
    assert diary.add(first) == 0
    assert NOTE.encode() not in as_json(AccountDiary(who).book)


@pytest.mark.hazard("H-48")
def test_without_consent_nothing_is_written(knowledge: Knowledge) -> None:
    who = owner()
    AccountDiary(who).add(on(DAY, knowledge))
    consent.end(who, "diary")

    with pytest.raises(NoConsent):
        AccountDiary(who).add(on(DAY + dt.timedelta(days=1), knowledge))

    assert DiaryLine.objects.count() == 1


@pytest.mark.hazard("H-48")
def test_another_text_asks_again_before_anything_more_is_written(
    knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    who = owner()
    AccountDiary(who).add(on(DAY, knowledge))
    monkeypatch.setattr(consent, "version", lambda _: "another text")

    with pytest.raises(NoConsent):
        AccountDiary(who).add(on(DAY + dt.timedelta(days=1), knowledge))
    consent.give(who, "diary", "nl")
    AccountDiary(who).add(on(DAY + dt.timedelta(days=1), knowledge))

    given = list(who.consents.order_by("pk").values_list("version", "ended_at"))
    assert len(given) == 2
    assert given[0][1] is not None
    assert given[1] == ("another text", None)


@pytest.mark.hazard("H-48")
def test_every_word_of_a_consent_is_in_its_version(monkeypatch: pytest.MonkeyPatch) -> None:
    from rugkompas.web.rules import knowledge as held

    for purpose, keys in consent.TEXTS.items():
        before = consent.version(purpose)
        for language in ("nl", "en"):
            for key in keys:
                consent.version.cache_clear()
                with monkeypatch.context() as patch:
                    web = held().words[language].web
                    patch.setitem(web, key, f"{web[key]} ")
                    assert consent.version(purpose) != before, key
        consent.version.cache_clear()
        assert consent.version(purpose) == before


# Sealed


@pytest.mark.hazard("H-47")
def test_the_files_of_the_database_hold_nothing_that_can_be_read(
    knowledge: Knowledge, database: Path
) -> None:
    who = owner()
    line = on(DAY, knowledge, note=NOTE, activities={NAME: 3})

    AccountDiary(who).add(begin(knowledge), line)

    held = files(database)
    key = sealing.unwrap(bytes(DataKey.objects.get().wrapped), who.pk)
    for told in (NOTE.encode(), NAME.encode(), b'"pain"', line.id.encode(), key):
        assert [name for name, data in held.items() if told in data] == [], told
    assert any(EMAIL.encode() in data for data in held.values())


@pytest.mark.hazard("H-41")
def test_a_row_that_was_swapped_moved_or_changed_does_not_open(knowledge: Knowledge) -> None:
    one, other = owner(), owner("mo@mail.example")
    for who in (one, other):
        AccountDiary(who).add(*(on(DAY - dt.timedelta(days=n), knowledge) for n in range(3)))
    rows = list(DiaryLine.objects.filter(owner=one).order_by("number"))
    sealed = [bytes(row.sealed) for row in rows]
    stranger = bytes(DiaryLine.objects.filter(owner=other).earliest("number").sealed)
    flipped = sealed[0][:-1] + bytes([sealed[0][-1] ^ 1])

    for wrong in (sealed[1], stranger, flipped, b"", sealed[0][:20]):
        DiaryLine.objects.filter(pk=rows[0].pk).update(sealed=wrong)
        with pytest.raises(DiaryError) as refused:
            AccountDiary(one)
        assert refused.value.problem.kind == "diary_sealed"
    DiaryLine.objects.filter(pk=rows[0].pk).update(sealed=sealed[0])
    assert len(AccountDiary(one).book.lines) == 3
    rows[1].delete()
    with pytest.raises(DiaryError):
        AccountDiary(one)


@pytest.mark.hazard("H-41")
def test_the_key_of_somebody_else_opens_nothing(knowledge: Knowledge) -> None:
    one, other = owner(), owner("mo@mail.example")
    for who in (one, other):
        AccountDiary(who).add(on(DAY, knowledge))
    DataKey.objects.filter(owner=one).update(wrapped=DataKey.objects.get(owner=other).wrapped)

    with pytest.raises(DiaryError):
        AccountDiary(one)


def test_lengths_tell_little(knowledge: Knowledge) -> None:
    who = owner()
    AccountDiary(who).add(
        on(DAY, knowledge), on(DAY - dt.timedelta(days=1), knowledge, note="een paar woorden")
    )

    lengths = {len(bytes(row.sealed)) for row in DiaryLine.objects.all()}
    assert len(lengths) == 1


def test_another_key_opens_what_the_old_one_sealed_and_rekey_moves_it(
    knowledge: Knowledge,
) -> None:
    with override_settings(SECRET_KEY=OLD, SECRET_KEY_FALLBACKS=[]):
        who, line = owner(), on(DAY, knowledge)
        AccountDiary(who).add(line)

    with override_settings(SECRET_KEY=NEW, SECRET_KEY_FALLBACKS=[]):
        with pytest.raises(DiaryError):
            AccountDiary(who)
        assert rekey() == (0, 1)
    with override_settings(SECRET_KEY=NEW, SECRET_KEY_FALLBACKS=[OLD]):
        assert AccountDiary(who).book.lines == [line]
        assert rekey() == (1, 0)
        assert rekey() == (1, 0)
    with override_settings(SECRET_KEY=NEW, SECRET_KEY_FALLBACKS=[]):
        assert AccountDiary(who).book.lines == [line]
    with override_settings(SECRET_KEY=OLD, SECRET_KEY_FALLBACKS=[]), pytest.raises(DiaryError):
        AccountDiary(who)


def test_what_is_acknowledged_is_on_the_disk() -> None:
    with connection.cursor() as cursor:
        found = {
            name: cursor.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("synchronous", "journal_mode", "secure_delete", "temp_store")
        }

    assert found == {"synchronous": 2, "journal_mode": "wal", "secure_delete": 1, "temp_store": 2}


# Gone


@pytest.mark.hazard("H-47")
def test_an_erased_account_leaves_no_byte_in_the_files_of_the_database(
    client: Client, knowledge: Knowledge, database: Path
) -> None:
    other = owner("blijft@mail.example")
    AccountDiary(other).add(*(on(DAY - dt.timedelta(days=n), knowledge) for n in range(40)))
    who = sign_up(client, "kanarie-adres-5518@mail.example")
    agree(client)
    diary = AccountDiary(who)
    diary.add(*(on(DAY - dt.timedelta(days=n), knowledge, note=NOTE) for n in range(40)))
    client.post("/account/herinnering/", {"weekday": "2"})
    sealed = [bytes(row.sealed) for row in DiaryLine.objects.filter(owner=who)]
    wrapped = bytes(DataKey.objects.get(owner=who).wrapped)
    session = client.cookies["session"].value.encode()
    planted = [
        *(b"kanarie-adres-5518", session, wrapped, wrapped[16:40], who.pk.hex.encode()),
        *(who.password.encode(), *(it[at : at + 24] for it in sealed for at in range(0, 240, 24))),
    ]
    assert all(any(it in data for data in files(database).values()) for it in planted)

    response = client.post("/account/wissen/", {"sure": "on"})

    assert T("account_erased_title") in page(response)
    held = files(database)
    assert [(name, it) for name, data in held.items() for it in planted if it in data] == []
    assert set(held) >= {database.name}
    assert len(AccountDiary(other).book.lines) == 40
    assert not Account.objects.filter(pk=who.pk).exists()


@pytest.mark.hazard("H-47", "H-48")
def test_taking_consent_back_erases_the_diary_at_once_and_keeps_the_account(
    client: Client, knowledge: Knowledge, database: Path
) -> None:
    who = sign_up(client)
    agree(client)
    AccountDiary(who).add(on(DAY, knowledge))
    sealed = bytes(DiaryLine.objects.get().sealed)

    client.post("/account/toestemming/", {"action": "stop"})

    assert not DiaryLine.objects.exists()
    assert not DataKey.objects.exists()
    assert not any(sealed[:32] in data for data in files(database).values())
    assert T("account_diary_not_kept") in page(client.get("/account/"))
    with pytest.raises(NoConsent):
        AccountDiary(who).add(on(DAY, knowledge))


def test_erasing_asks_for_a_clear_yes(client: Client) -> None:
    sign_up(client)

    response = client.post("/account/wissen/")

    assert response.status_code == 422
    assert T("account_wrong_required_sure") in page(response)
    assert Account.objects.exists()


@pytest.mark.hazard("H-47")
def test_a_deleted_day_leaves_no_byte_either(knowledge: Knowledge, database: Path) -> None:
    who, line = owner(), on(DAY, knowledge)
    diary = AccountDiary(who)
    diary.add(line)
    sealed = bytes(DiaryLine.objects.get().sealed)

    diary.delete([line.id])

    assert not any(sealed[20:60] in data for data in files(database).values())


# Taken along


def test_all_that_is_held_can_be_taken_along(client: Client, knowledge: Knowledge) -> None:
    who = sign_up(client)
    agree(client)
    line = on(DAY, knowledge, note="=1+1")
    AccountDiary(who).add(line)

    held = json.loads(client.get("/account/gegevens.json").content)
    diary = client.get("/account/dagboek.json").content
    table = client.get("/account/dagboek.csv")

    assert held["email"] == EMAIL
    assert {it["purpose"] for it in held["consents"]} == {"account", "diary"}
    assert held["diary"] == json.loads(diary)
    assert lines_in(diary, "json", "x", knowledge) == [line]
    assert b"'=1+1" in table.content
    assert table.headers["Content-Disposition"] == 'attachment; filename="dagboek.csv"'
    assert EMAIL in page(client.get("/account/gegevens/"))
    assert who.password not in json.dumps(held)


@pytest.mark.hazard("H-41")
def test_nobody_sees_what_is_of_somebody_else(client: Client, knowledge: Knowledge) -> None:
    other = owner("mo@mail.example")
    AccountDiary(other).add(on(DAY, knowledge, note=NOTE))
    sign_up(client)

    for address in ("/account/gegevens.json", "/account/dagboek.json", "/account/dagboek.csv"):
        found = client.get(address).content
        assert NOTE.encode() not in found
        assert b"mo@mail.example" not in found
    assert Client(HTTP_HOST="127.0.0.1").get("/account/dagboek.json").status_code == 302


def test_a_diary_that_no_key_opens_is_told_on_a_page(client: Client, knowledge: Knowledge) -> None:
    who = sign_up(client)
    agree(client)
    AccountDiary(who).add(on(DAY, knowledge))
    DataKey.objects.update(wrapped=b"x" * 60)

    response = client.get("/account/dagboek.json")

    assert response.status_code == 409
    assert T("account_sealed_title") in page(response)
    assert client.post("/account/wissen/", {"sure": "on"}).status_code == 200
