"""The diary on the site: written, triaged, saved, brought together; broken and hostile input."""

from __future__ import annotations

import base64
import datetime as dt
import json
import re
import subprocess
import sys
import zlib
from pathlib import Path
from typing import Any

import pytest
from diaries import ALARM, begun, book_in, fields, file_of, held, made, packed, written
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from people import CALM, DIARY
from test_hostile import MARK, STRINGS, only_text
from walks import load_answers

from rugkompas.assess.follow_up import follow_up
from rugkompas.people.diary import Book, Diary
from rugkompas.people.diary.entry import Deleted
from rugkompas.people.diary.exchange import as_json, as_lines
from rugkompas.people.made_up_diaries import KINDS, Kind
from rugkompas.web.diary import store
from rugkompas.web.diary.store import PageDiary
from rugkompas.web.rules import knowledge, today

PICKS = ("heat", "respite_care")
PAGES = tuple(address for address in DIARY if address != "/dagboek/open/")


def test_a_day_is_written_and_stands_in_the_file(client: Client) -> None:
    page = written(client, begun(client), score0="5", score1="2", note="  rustige  dag ")

    entry = book_in(held(page)).entry_on(today())
    assert page.status_code == 200
    assert entry is not None
    assert (entry.pain, entry.activities) == (4, {"fietsen": 5, "tillen": 2})
    assert entry.note == "rustige dag"
    assert entry.signs["bladder_change"] == "no"


def test_what_is_left_open_is_not_written_as_no(client: Client) -> None:
    page = written(client, begun(client), signs="", pain="")

    entry = book_in(held(page)).entry_on(today())
    assert entry is not None
    assert (entry.pain, entry.activities, entry.factors, entry.signs) == (None, {}, {}, {})


@pytest.mark.parametrize("kind", KINDS)
def test_the_file_of_the_site_is_that_of_a_terminal_and_has_the_same_course(
    client: Client, tmp_path: Path, kind: Kind
) -> None:
    on_disk = Diary(tmp_path / "diary.jsonl")
    on_disk.add(*made(kind).lines)

    data = SimpleUploadedFile("mine.jsonl", on_disk.path.read_bytes())
    page = client.post("/dagboek/open/", {"file": data})
    saved = client.post("/dagboek/bestand/", {"diary": held(page)})
    course = client.post("/dagboek/beloop/", {"diary": held(page)}).content.decode()

    assert saved.content == on_disk.path.read_bytes()
    assert PageDiary(book_in(held(page))).version == on_disk.version
    direction = follow_up(on_disk.book, on=today(), knowledge=knowledge()).direction
    assert knowledge().words["nl"].diary[f"how_{direction}"] in course


def test_a_diary_that_was_written_here_is_read_by_the_command(
    client: Client, tmp_path: Path
) -> None:
    page = written(client, begun(client), score0="5", score1="3")
    saved = client.post("/dagboek/bestand/", {"diary": held(page)})
    (tmp_path / "diary.jsonl").write_bytes(saved.content)

    command = (Path(sys.executable).with_name("rugkompas"), "diary", "course", "--format", "json")
    done = subprocess.run(
        (*command, "--folder", tmp_path), capture_output=True, check=True, timeout=60
    )

    found = json.loads(done.stdout)
    assert (found["entries"], found["start"]) == (1, {"activities": 4.0, "pain": 4.0})


@pytest.mark.hazard("H-21")
def test_a_new_alarm_sign_interrupts_at_once_and_is_kept(client: Client) -> None:
    form = client.post("/dagboek/dag/", {"diary": packed()})

    page = written(client, form, **ALARM)
    html = page.content.decode()

    assert 'class="same_day"' in html or 'class="emergency"' in html
    assert html.index('id="answer"') < html.index('formaction="/dagboek/bestand/"')
    entry = book_in(held(page)).entry_on(today())
    assert entry is not None
    assert entry.signs["bladder_change"] == "new_or_changed"


@pytest.mark.hazard("H-19", "H-21")
@pytest.mark.parametrize("name", ["beloop/", "patroon/", "proef/", "blad/", ""])
def test_while_a_call_comes_first_there_is_no_chart(client: Client, name: str) -> None:
    form = client.post("/dagboek/dag/", {"diary": packed()})
    loud = held(written(client, form, **ALARM))

    html = client.post(f"/dagboek/{name}", {"diary": loud}).content.decode()

    assert 'id="answer"' in html
    assert 'id="chart"' not in html
    assert 'id="patterns"' not in html
    assert 'id="own_diary"' not in html


@pytest.mark.hazard("H-21")
def test_a_sign_that_was_named_counts_whatever_was_chosen_above_it(client: Client) -> None:
    page = written(client, begun(client), **{**ALARM, "signs": "nothing"})

    entry = book_in(held(page)).entry_on(today())
    assert entry is not None
    assert entry.signs["bladder_change"] == "new_or_changed"


def test_sending_a_page_twice_writes_once(client: Client) -> None:
    form = begun(client)
    first = written(client, form, score0="5")
    again = written(client, form, score0="5", diary=held(first))

    assert again.status_code == 200
    assert held(again) == held(first)


def test_a_day_that_is_taken_asks_which_one_holds_and_keeps_both(client: Client) -> None:
    form = begun(client)
    first = written(client, form, pain="2")
    sent = {**fields(form), "diary": held(first), "pain": "8", "id": "another-one-now"}

    asked = client.post("/dagboek/dag/", sent)
    chosen = client.post("/dagboek/dag/", fields_of_choice(asked, sent))

    assert asked.status_code == 409
    assert held(asked) == held(first)
    book = book_in(held(chosen))
    entry = book.entry_on(today())
    assert entry is not None
    assert entry.pain == 8
    assert [line.pain for line in book.earlier(entry)] == [2]  # type: ignore[union-attr]


def fields_of_choice(asked: Any, sent: dict[str, Any]) -> dict[str, Any]:
    html = asked.content.decode()
    replaces = html.split('name="replaces" value="')[1].split('"')[0]
    return {**sent, "diary": held(asked), "replaces": replaces}


@pytest.mark.parametrize("done", ["yes", "partly", "no"])
def test_the_steps_of_a_plan_are_asked_and_kept(client: Client, done: str) -> None:
    load_answers(client, {**CALM, "picks": list(PICKS)})
    form = begun(client)
    steps = fields(form)["step"]
    labels = knowledge().words["nl"].options

    page = written(client, form, done0=done)
    again = client.post("/dagboek/dag/", {"diary": held(page)}).content.decode()

    assert steps == [labels[id_].label for id_ in PICKS]
    entry = book_in(held(page)).entry_on(today())
    assert entry is not None
    # What was left open is not "no".
    assert entry.plan == {steps[0]: done}
    assert f'name="done0" value="{done}" id="done0-{done}" checked' in again
    assert 'id="done1-no" checked' not in again


def test_a_plan_of_earlier_days_is_asked_again_on_another_device(client: Client) -> None:
    book = made("deviating", days_ago=87)
    form = client.post("/dagboek/dag/", {"diary": packed(book)})

    assert fields(form)["step"] == ["fysiotherapeut"]
    entry = book_in(held(written(client, form, done0="partly"))).entry_on(today())
    assert entry is not None
    assert entry.plan == {"fysiotherapeut": "partly"}


def test_a_check_in_comes_once_a_week(client: Client) -> None:
    form = client.post("/dagboek/dag/", {"diary": packed(made(days_ago=84 + 7))})
    week = {"week.pain_days": "4", "week.course_activity": "improving", "week.roles": "partly"}
    days = {n: (today() - dt.timedelta(days=n)).isoformat() for n in (1, 6)}

    page = written(client, form, **week)
    stands = client.post("/dagboek/dag/", {"diary": held(page)}).content.decode()
    day_before = client.post("/dagboek/dag/", {"diary": held(page), "day": days[1]})
    six_before = client.post("/dagboek/dag/", {"diary": packed(), "day": days[1]})

    assert "week-title" in form.content.decode()
    entry = book_in(held(page)).entry_on(today())
    assert entry is not None
    assert entry.week is not None
    told = (entry.week.pain_days, entry.week.course_activity, entry.week.roles)
    assert told == (4, "improving", "partly")
    assert 'id="week.pain_days-4" checked' in stands
    assert "week-title" not in day_before.content.decode()
    assert "week-title" not in six_before.content.decode()


def test_a_check_in_that_is_left_open_is_no_check_in(client: Client) -> None:
    form = client.post("/dagboek/dag/", {"diary": packed(made(days_ago=84 + 7))})

    entry = book_in(held(written(client, form))).entry_on(today())

    assert entry is not None
    assert entry.week is None


@pytest.mark.parametrize(
    ("name", "value"),
    [("week.pain_days", "8"), ("week.course_activity", "unknown?"), ("week.roles", "x")],
)
def test_a_wrong_check_in_is_shown_at_its_field_and_loses_nothing(
    client: Client, name: str, value: str
) -> None:
    form = client.post("/dagboek/dag/", {"diary": packed(made(days_ago=84 + 7))})

    page = written(client, form, note="blijft staan", **{name: value})

    assert page.status_code == 422
    assert f'href="#{name}"' in page.content.decode()
    assert "blijft staan" in page.content.decode()
    assert book_in(held(page)).entry_on(today()) is None


def test_changing_a_day_keeps_the_version_before(client: Client) -> None:
    last = made().entries[-1]
    form = client.post("/dagboek/dag/", {"diary": packed(), "day": last.day.isoformat()})

    book = book_in(held(written(client, form, pain="9")))
    entry = book.entry_on(last.day)

    assert entry is not None
    assert entry.pain == 9
    assert [it.id for it in book.earlier(entry)] == [last.id]


def test_taking_out_a_day_leaves_nothing_of_it(client: Client) -> None:
    last = made().entries[-1]
    sent = {"diary": packed(), "delete": last.id}

    asked = client.post("/dagboek/dagen/", sent)
    gone = client.post("/dagboek/dagen/", {**sent, "do": "delete"})

    assert held(asked) == sent["diary"]
    book = book_in(held(gone))
    assert book.entry_on(last.day) is None
    assert isinstance(book.of(last.id), Deleted)


@pytest.mark.parametrize(
    ("day", "left"),
    [
        (2, False),
        ("1890-01-01", False),
        ("yesterday", False),
        ("2026-02-30", False),
        (-3, True),
    ],
)
def test_only_a_day_that_was_can_be_written(client: Client, day: str | int, left: bool) -> None:
    if isinstance(day, int):
        day = (today() + dt.timedelta(days=day)).isoformat()

    page = written(client, begun(client), day=day, note="blijft staan")

    assert page.status_code == (200 if left else 422)
    assert ("blijft staan" in page.content.decode()) is not left
    assert len(book_in(held(page)).entries) == int(left)


def test_nobody_writes_about_days_before_they_were_born(client: Client) -> None:
    load_answers(client, {**CALM, "age_years": 18})
    form = begun(client)

    early = written(client, form, day=f"{today().year - 20}-01-01")
    later = written(client, form, day=f"{today().year - 2}-01-01")

    assert (early.status_code, later.status_code) == (422, 200)


def test_answers_of_the_visit_go_into_the_diary(client: Client) -> None:
    load_answers(client, {**CALM, "pain_duration_days": 10})

    episode = book_in(held(begun(client))).episodes[0]

    assert episode.answers["bladder_change"] == "no"
    assert episode.answers["pain_duration_days"] == 10


def bomb() -> str:
    return base64.b64encode(zlib.compress(b" " * (store.MOST_OPENED + 10), 9)).decode()


def of(data: bytes) -> str:
    return base64.b64encode(zlib.compress(data)).decode()


HEAD = b'{"kind":"rugkompas_diary","format":1}\n'
BROKEN = {
    "no base64": "?" * 50,
    "no deflate": base64.b64encode(b"x" * 200).decode(),
    "half": packed(Book())[:-8],
    "more behind it": base64.b64encode(base64.b64decode(packed(Book())) + b"more").decode(),
    "a bomb": bomb(),
    "too long": "A" * (store.MOST_PACKED + 1),
    "no diary": of(b"[1, 2]\n"),
    "another format": of(b'{"kind":"rugkompas_diary","format":9}\n'),
    "a broken line": of(HEAD + b'{"kind":"entry"}\n'),
    "no UTF-8": of(HEAD + b"\xff\xfe\n"),
    "deep": of(HEAD + b"[" * 100_000 + b"\n"),
    "a day to come": of(
        HEAD + b'{"kind":"entry","id":"aaaaaaaaaa","written_at":"2999-01-01T00:00:00Z",'
        b'"day":"2999-01-01"}\n'
    ),
    "an old day": of(
        HEAD + b'{"kind":"entry","id":"aaaaaaaaaa","written_at":"2020-01-01T00:00:00Z",'
        b'"day":"0001-01-01"}\n'
    ),
    "many": of(
        HEAD + b'{"kind":"deleted","id":"aaaaaaaaaa","written_at":"2020-01-01T00:00:00Z"}\n' * 6_001
    ),
}


@pytest.mark.hazard("H-51")
@pytest.mark.parametrize("what", BROKEN)
def test_a_broken_diary_is_refused_with_a_page_everywhere(client: Client, what: str) -> None:
    for address in PAGES:
        response = client.post(address, {"diary": BROKEN[what]})
        assert response.status_code == 422, address
        assert 'role="alert"' in response.content.decode()


@pytest.mark.hazard("H-51")
@pytest.mark.parametrize("name", ["a.jsonl", "a.json", "a.csv", "a.exe", "../../x"])
@pytest.mark.parametrize("data", [b"", b"{", b"\0" * 1000, b"\xff", HEAD + b"{}\n", b"id\nx,y\n"])
def test_a_broken_file_is_refused_with_a_page(client: Client, name: str, data: bytes) -> None:
    response = client.post("/dagboek/open/", {"file": SimpleUploadedFile(name, data)})

    assert response.status_code == 422


def test_a_file_that_is_too_large_is_refused(client: Client) -> None:
    for size, status in ((store.MOST_OPENED + 1, 422), (6_000_000, 413)):
        file = SimpleUploadedFile("a.jsonl", b" " * size)
        assert client.post("/dagboek/open/", {"file": file}).status_code == status


def test_other_pages_take_no_more_than_before(client: Client) -> None:
    assert client.post("/titel/", {"text": "x" * 200_000}).status_code == 413


def test_a_last_line_that_broke_off_is_left_out_as_on_a_terminal(client: Client) -> None:
    book = made()
    file = SimpleUploadedFile("a.jsonl", as_lines(book)[:-20])

    page = client.post("/dagboek/open/", {"file": file})

    assert page.status_code == 200
    assert len(book_in(held(page)).lines) == len(book.lines) - 1


def test_what_was_exported_opens_again(client: Client) -> None:
    book = made()
    page = client.post("/dagboek/open/", {"file": SimpleUploadedFile("a.json", as_json(book))})

    assert as_lines(book_in(held(page))) == as_lines(book)


@pytest.mark.hazard("H-51")
@pytest.mark.parametrize("kind", STRINGS)
def test_own_words_in_a_diary_are_text_on_every_page(client: Client, kind: str) -> None:
    text = STRINGS[kind]
    form = begun(client, (text[:60], "lopen"))
    if form.status_code == 422:
        only_text(form.content.decode(), text)
        return
    page = written(client, form, score0="5", note=text[:400])

    only_text(page.content.decode(), text)
    for address in PAGES:
        response = client.post(address, {"diary": held(page)})
        # Bringing two together asks for the other one.
        assert response.status_code == (422 if address == "/dagboek/samen/" else 200)
        if response.headers["Content-Type"].startswith("text/html"):
            only_text(response.content.decode(), text)
        assert MARK not in response.headers.get("Content-Disposition", "")


@pytest.mark.hazard("H-51")
@pytest.mark.parametrize("kind", STRINGS)
def test_hostile_text_in_any_field_of_a_day_is_no_fault(client: Client, kind: str) -> None:
    text = STRINGS[kind]
    form = fields(begun(client))
    names = ("id", "replaces", "day", "pain", "score0", "signs", "asked", "sign.trauma", "language")
    for name in (*names, "factor.stress", "factor.steps", "step", "done0", "name", "do", "delete"):
        response = client.post("/dagboek/dag/", {**form, name: text})
        assert response.status_code in (200, 409, 422), name
        only_text(response.content.decode(), text)


def test_two_copies_come_together_and_the_person_chooses_for_a_day(client: Client) -> None:
    last = made().entries[-1]
    form = client.post("/dagboek/dag/", {"diary": packed(), "day": last.day.isoformat()})
    here, there = (held(written(client, form, pain=pain)) for pain in ("1", "9"))
    both = {"diary": here, "other": there}

    asked = client.post("/dagboek/samen/", both)
    chosen = client.post("/dagboek/samen/", {**both, f"Entry-{last.day}": "theirs"})

    assert asked.status_code == 409
    assert held(asked) == here
    book = book_in(held(chosen))
    entry = book.entry_on(last.day)
    assert entry is not None
    assert entry.pain == 9
    assert [it.pain for it in book.earlier(entry)] == [1, last.pain]  # type: ignore[union-attr]


def test_days_of_another_device_come_in_without_a_question(client: Client) -> None:
    here = made()
    form = client.post("/dagboek/dag/", {"diary": packed(here)})
    there = book_in(held(written(client, form, pain="9")))

    page = client.post("/dagboek/samen/", {"diary": packed(here), "file": file_of(there)})

    assert as_lines(book_in(held(page))) == as_lines(there)


def test_what_is_saved_is_told_as_saved(client: Client) -> None:
    page = written(client, begun(client))
    unsaved = "data-keep" in page.content.decode()
    client.post("/dagboek/bestand/", {"diary": held(page)})
    after = client.post("/dagboek/", {"diary": held(page)})

    assert unsaved
    assert "data-keep" not in after.content.decode()
    assert (
        "data-keep" not in client.post("/dagboek/open/", {"file": file_of(made())}).content.decode()
    )


def test_a_change_of_language_keeps_the_diary_and_what_was_typed(client: Client) -> None:
    form = fields(begun(client))

    page = client.post("/dagboek/dag/", {**form, "note": "blijft staan", "language": "en"})

    assert '<html lang="en">' in page.content.decode()
    assert "blijft staan" in page.content.decode()
    assert held(page) == form["diary"]
    assert client.cookies["language"].value == "en"


def test_a_disk_that_is_full_loses_nothing_of_what_was_typed(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> int:
        raise OSError(28, "No space left on device")

    form = begun(client)
    monkeypatch.setattr(PageDiary, "add", full)

    page = written(client, form, note="blijft staan", pain="7")

    html = page.content.decode()
    assert page.status_code == 503
    assert "blijft staan" in html
    assert 'value="7" id="pain-7" checked' in html
    assert "tel:112" in html
    assert held(page) == fields(form)["diary"]


def test_erasing_asks_first_and_tells_what_is_left(client: Client) -> None:
    asked = client.post("/dagboek/wis/", {"diary": packed()})
    gone = client.post("/dagboek/wis/", {"diary": packed(), "do": "erase"})

    assert held(asked) == packed()
    assert "data-erased" in gone.content.decode()
    assert held(gone) == ""


@pytest.mark.hazard("H-43", "H-46")
def test_nothing_of_a_diary_stands_in_an_address_a_title_or_a_log(
    client: Client, capfd: pytest.CaptureFixture[str]
) -> None:
    form = client.post("/dagboek/dag/", {"diary": packed()})
    page = written(client, form, note="geheimpje", **ALARM)

    title = page.content.decode().split("<title>")[1].split("</title>")[0]
    assert title == "Lees dit eerst · Rugkompas"
    assert "geheimpje" not in capfd.readouterr().err


@pytest.mark.hazard("H-24", "H-46")
def test_the_sheet_has_the_course_and_no_notes(client: Client) -> None:
    book = made("deviating", days_ago=84)
    form = client.post("/dagboek/dag/", {"diary": packed(book)})
    noted = written(client, form, note="alleen voor mijzelf", score0="2", score1="1")

    html = client.post("/dagboek/blad/", {"diary": held(noted)}).content.decode()

    said = knowledge().words["nl"].diary
    assert said["sheet_title"] in html
    assert (html.count(said["sheet_unchanged"]), html.count(said["sheet_improving"])) == (2, 1)
    assert html.index("traplopen; werken") < html.index(said["sheet_title"])
    assert "alleen voor mijzelf" not in html
    # A mean of some days is no score with five decimals.
    assert not re.search(r"\d,\d{2}", html.split('id="limits"')[1].split("</section>")[0])


def test_a_diary_without_answers_gives_no_empty_sheet(client: Client) -> None:
    first = written(client, begun(client), score0="5")

    html = client.post("/dagboek/blad/", {"diary": held(first)}).content.decode()

    assert knowledge().words["nl"].web["diary_sheet_questions"] in html
    assert knowledge().words["nl"].summary["title"] not in html


def test_an_experiment_says_what_it_asks_before_it_is_drawn_and_kept(client: Client) -> None:
    wish = {"what": "warmte", "outcome": "pain", "difference": "2", "period": "7"}
    asked = client.post("/dagboek/proef/", {"diary": packed(), **wish, "do": "ask"})
    begun_now = client.post("/dagboek/proef/", {"diary": packed(), **wish, "do": "start"})
    stopped = client.post("/dagboek/proef/", {"diary": held(begun_now), "do": "stop"})

    said = knowledge().words["nl"].patterns["experiment_draw"]
    assert said in asked.content.decode()
    assert book_in(held(asked)).experiments == []
    (kept,) = book_in(held(begun_now)).experiments
    assert (kept.day, kept.what, kept.ended) == (today(), "warmte", None)
    (kept,) = book_in(held(stopped)).experiments
    assert kept.ended == "own_choice"


@pytest.mark.hazard("H-21")
def test_an_experiment_waits_for_the_questions_about_urgency(client: Client) -> None:
    page = written(client, begun(client), score0="5")
    wish = {"what": "warmte", "outcome": "pain", "difference": "2", "period": "7"}

    for do in ("ask", "start"):
        response = client.post("/dagboek/proef/", {"diary": held(page), **wish, "do": do})
        assert knowledge().words["nl"].patterns["forbids_not_triaged"] in response.content.decode()
        assert book_in(held(response)).experiments == []
