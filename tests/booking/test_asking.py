"""Asking for an appointment, confirming it by mail, moving it and cancelling it: real pages."""

from __future__ import annotations

import datetime as dt
import re

import pytest
import time_machine
from django.core import mail
from django.test import Client, override_settings
from linde import NOW, TUESDAY_NINE, ask, book, choose, fill_in, link, page, slot
from people import AUTHOR, CALM
from walks import load_answers

from rugkompas.web.booking.models import Appointment, Cell, State
from rugkompas.web.booking.sealing import open_person

pytestmark = pytest.mark.usefixtures("open_site")
LATER = TUESDAY_NINE + dt.timedelta(hours=1)


def one() -> Appointment:
    return Appointment.objects.get()


def test_without_a_practice_there_is_only_what_to_know(client: Client) -> None:
    with override_settings(BOOKING=None):
        response = client.get("/afspraak/")

        assert "zonder brief van uw huisarts" in page(response)
        assert "Zo vindt u een praktijk" in page(response)
        assert client.get("/afspraak/tijd/?soort=intake").headers["Location"] == "/afspraak/"
        assert client.get("/praktijk/").status_code in (302, 404)


def test_every_fact_stands_with_its_source(client: Client) -> None:
    html = client.get("/afspraak/").content.decode()

    facts = re.findall(r"<ul class=\"known\">(.*?)</ul>", html, re.S)
    assert len(facts) == 3
    for fact in "".join(facts).split("<li>")[1:]:
        assert 'href="#source-' in fact, fact
    assert "53 van de 100" in html
    assert "1.067" in html


def test_after_the_year_of_an_insurance_fact_the_page_says_so(client: Client) -> None:
    assert "Dit gold tot en met vorig jaar" not in page(client.get("/afspraak/"))

    with time_machine.travel(dt.datetime(2027, 2, 1, tzinfo=dt.UTC)):
        assert "Dit gold tot en met vorig jaar" in page(client.get("/afspraak/"))


def test_from_a_time_to_an_appointment_that_stands(client: Client) -> None:
    assert ask(client).headers["Location"] == "/afspraak/verstuurd/"
    assert one().state == State.HELD
    address = link()

    assert "staat nog niet" in page(client.get(address))
    assert one().state == State.HELD, "looking must not confirm: programs look at mails too"
    client.post(address, {"do": "confirm"})

    assert one().state == State.BOOKED
    assert "Uw afspraak staat" in page(client.get(address))
    assert "dinsdag 1 december 2026 om 09:00 uur" in page(client.get(address))
    assert [it.to for it in mail.outbox] == [
        ["jo@mail.example"], ["jo@mail.example"], ["info@linde.example"],
    ]  # fmt: skip


@pytest.mark.hazard("H-43", "H-46")
def test_mails_and_calendar_say_nothing_about_health(client: Client) -> None:
    load_answers(client, CALM)
    address = book(client, share="handover", part=["history"])
    event = client.get(f"{address}afspraak.ics").content.decode()

    for text in (*(f"{it.subject} {it.body}" for it in mail.outbox), event):
        assert not re.search(
            r"\brug|\bpijn|\bback\b|pain", re.sub("rugkompas", "", text, flags=re.I), re.I
        )
    assert "DTSTART:20261201T080000Z" in event
    assert "Jo Jansen" not in event
    assert "Jo Jansen" not in mail.outbox[-1].body, "the mail to the practice names nobody"


@pytest.mark.hazard("H-47")
def test_who_it_is_for_is_sealed_in_the_database(client: Client) -> None:
    load_answers(client, CALM)
    book(client, phone="06 1234 5678", share="handover", part=["request"])

    stored = repr(Appointment.objects.values_list().get())
    assert open_person(one().person).phone == "06 1234 5678"
    for secret in ("Jo Jansen", "jo@mail", "1234 5678", link().split("/")[3]):
        assert secret not in stored


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 81}, "name"),
        ({"email": ""}, "email"),
        ({"email": "jo@"}, "email"),
        ({"email": "jo@mail.example\nBcc: all@mail.example"}, "email"),
        ({"phone": "12"}, "phone"),
        ({"phone": "1" * 31}, "phone"),
        ({"share": ""}, "share"),
        ({"share": "everything"}, "share"),
        ({"share": "handover"}, "share"),
        ({"agreed": ""}, "agreed"),
    ],
)
def test_what_lacks_is_told_and_what_was_typed_stays(
    client: Client, sent: dict[str, str], field: str
) -> None:
    choose(client)
    given = {"name": "Jo Jansen", "email": "jo@mail.example", "share": "nothing", "agreed": "1"}
    told = {name: it for name, it in {**given, **sent}.items() if it}

    response = client.post("/afspraak/gegevens/", told)

    html = response.content.decode()
    assert response.status_code == 422
    assert f'href="#{field}"' in html
    assert f'id="wrong-{field}"' in html
    if field != "name":
        assert 'value="Jo Jansen"' in html
    assert not Appointment.objects.exists()
    assert mail.outbox == []


@pytest.mark.hazard("H-48")
def test_nothing_is_ticked_or_chosen_beforehand(client: Client) -> None:
    load_answers(client, CALM)
    choose(client)

    html = client.get("/afspraak/gegevens/").content.decode()

    for name in ("agreed", "remind", "share", "share-2"):
        box = re.search(rf'<input[^>]* id="{name}"[^>]*>', html)
        assert box
        assert "checked" not in box[0]


@pytest.mark.hazard("H-24", "H-48")
def test_a_person_sees_exactly_what_is_shared_and_can_leave_out_parts(client: Client) -> None:
    load_answers(client, AUTHOR)
    choose(client)
    html = client.get("/afspraak/gegevens/").content.decode()
    every = re.findall(r'name="part" value="(\w+)"', html)
    assert fill_in(client, share="handover", part=[it for it in every if it != "history"])

    told = page(client.get("/afspraak/controle/"))
    client.post("/afspraak/controle/")

    assert "history" in every
    assert "Dit deel liet de persoon weg" in told
    shared = page(client.get(link()))
    start, end = "Hulpvraag", "Bronnen"
    sheets = [it[it.rindex(start) : it.rindex(end)] for it in (told, shared)]
    assert sheets[0] == sheets[1]


@pytest.mark.hazard("H-15")
def test_who_has_to_call_now_is_not_given_a_time(client: Client) -> None:
    load_answers(client, {**CALM, "bladder_change": "new_or_changed"})

    assert "Bel eerst" in page(client.get("/afspraak/"))
    assert 'href="/afspraak/tijd/' not in client.get("/afspraak/").content.decode()
    for address in ("/afspraak/tijd/?soort=intake", "/afspraak/gegevens/", "/afspraak/controle/"):
        assert client.get(address).headers["Location"] == "/uitslag/"
        assert client.post(address).headers["Location"] == "/uitslag/"


@pytest.mark.parametrize(
    "sent",
    [
        "", "x", "-", "-anna", "9" * 30, f"{int(NOW.timestamp())}-anna", slot(TUESDAY_NINE, "zed"),
        slot(TUESDAY_NINE + dt.timedelta(minutes=1)), slot(TUESDAY_NINE - dt.timedelta(days=365)),
        slot(TUESDAY_NINE + dt.timedelta(days=3650)), slot(TUESDAY_NINE, "bram"), "٣-anna", "\0",
        f"-{slot(TUESDAY_NINE)}", "1e9-anna", slot(dt.datetime(2026, 12, 4, 8, tzinfo=dt.UTC)),
    ],
)  # fmt: skip
def test_a_time_that_the_practice_does_not_have_is_refused(client: Client, sent: str) -> None:
    response = client.post("/afspraak/tijd/?soort=intake", {"slot": sent})

    assert response.status_code == 409
    assert "Kies een andere tijd" in page(response)
    assert "booking" not in client.cookies


@pytest.mark.parametrize(
    "query", ["", "?soort=x", "?soort=intake&vanaf=x", "?soort=intake&vanaf=0001-01-01",
              "?soort=intake&vanaf=9999-12-31", "?soort=intake&wie=<b>", "?soort=%00"],
)  # fmt: skip
def test_a_hostile_address_of_times_is_a_page_or_the_start(client: Client, query: str) -> None:
    response = client.get(f"/afspraak/tijd/{query}")

    assert response.status_code in (200, 302)
    assert b"<b>" not in response.content.replace(b"<b>D", b"")


def test_two_people_want_the_same_time_and_the_second_loses_nothing() -> None:
    first, second = Client(HTTP_HOST="127.0.0.1"), Client(HTTP_HOST="127.0.0.1")
    for client, email in ((first, "a@mail.example"), (second, "b@mail.example")):
        choose(client)
        fill_in(client, email=email)

    assert first.post("/afspraak/controle/").status_code == 302
    response = second.post("/afspraak/controle/")

    assert response.status_code == 409
    assert "Iemand anders was eerder" in page(response)
    choose(second, LATER)
    assert "b@mail.example" in second.get("/afspraak/controle/").content.decode()
    assert second.post("/afspraak/controle/").status_code == 302
    assert Appointment.objects.count() == 2


def test_a_time_that_is_held_is_not_offered_and_comes_back_when_nobody_confirms(
    client: Client,
) -> None:
    ask(client)
    other = Client(HTTP_HOST="127.0.0.1")
    times = "/afspraak/tijd/?soort=intake&vanaf=2026-12-01"
    assert slot(TUESDAY_NINE) not in other.get(times).content.decode()

    with time_machine.travel(NOW + dt.timedelta(minutes=31)):
        assert slot(TUESDAY_NINE) in other.get(times).content.decode()


def test_who_confirms_late_gets_the_time_if_it_is_still_free(client: Client) -> None:
    ask(client)
    address = link()

    with time_machine.travel(NOW + dt.timedelta(minutes=45)):
        Client(HTTP_HOST="127.0.0.1").get("/afspraak/tijd/?soort=intake")
        assert "later dan afgesproken" in page(client.get(address))
        client.post(address, {"do": "confirm"})

    assert one().state == State.BOOKED
    assert Cell.objects.count() == 9


def test_who_confirms_late_and_finds_it_taken_chooses_another_and_loses_nothing(
    client: Client,
) -> None:
    ask(client)
    late = link()

    with time_machine.travel(NOW + dt.timedelta(minutes=45)):
        book(Client(HTTP_HOST="127.0.0.1"), email="other@mail.example")
        response = client.post(late, {"do": "confirm"})
        assert response.headers["Location"] == f"{late}verzetten/"
        assert client.post(f"{late}verzetten/", {"slot": slot(LATER)}).status_code == 302

    found = Appointment.objects.get(start=LATER)
    assert found.state == State.BOOKED
    assert open_person(found.person).name == "Jo Jansen"


def test_moving_lets_the_old_time_go_and_can_overlap_it(client: Client) -> None:
    address = book(client)
    quarter = TUESDAY_NINE + dt.timedelta(minutes=15)

    assert client.post(f"{address}verzetten/", {"slot": slot(quarter)}).status_code == 302

    assert one().start == quarter
    assert Cell.objects.count() == 9
    assert "verzet" in mail.outbox[-2].subject


def test_moving_to_a_taken_time_changes_nothing(client: Client) -> None:
    address = book(client)
    book(Client(HTTP_HOST="127.0.0.1"), LATER, email="other@mail.example")

    response = client.post(f"{address}verzetten/", {"slot": slot(LATER)})

    assert response.status_code == 409
    assert Appointment.objects.filter(start=TUESDAY_NINE).count() == 1


def test_cancelling_frees_the_time_and_erases_what_was_shared(client: Client) -> None:
    load_answers(client, CALM)
    address = book(client, share="handover", part=["history"])

    client.post(address, {"do": "cancel"})

    assert (one().state, one().handover, Cell.objects.count()) == (State.CANCELLED, None, 0)
    assert "is afgezegd" in page(client.get(address))
    client.post(address, {"do": "confirm"})
    assert one().state == State.CANCELLED
    book(Client(HTTP_HOST="127.0.0.1"), email="other@mail.example")


@pytest.mark.hazard("H-48")
def test_what_was_shared_can_be_taken_back(client: Client) -> None:
    load_answers(client, CALM)
    address = book(client, share="handover", part=["history"])

    client.post(address, {"do": "unshare"})

    assert one().handover is None
    assert one().state == State.BOOKED


def test_one_address_cannot_hold_every_time(client: Client) -> None:
    for number in range(3):
        start = TUESDAY_NINE + dt.timedelta(hours=number)
        assert ask(client, start).status_code == 302

    assert (
        ask(client, TUESDAY_NINE + dt.timedelta(days=7), email="JO@mail.example").status_code == 409
    )
    assert Appointment.objects.count() == 3


def test_a_mail_that_cannot_be_sent_keeps_no_time_and_loses_nothing(client: Client) -> None:
    with override_settings(EMAIL_BACKEND="broken_post.Broken"):
        response = ask(client)

    assert response.status_code == 503
    assert "Wat u invulde, is niet weg" in page(response)
    assert (Appointment.objects.count(), Cell.objects.count()) == (0, 0)
    assert client.post("/afspraak/controle/").status_code == 302


@pytest.mark.parametrize("token", ["x", "a.b", "%00", "x" * 500, "..", "<script>"])
@pytest.mark.parametrize("end", ["", "verzetten/", "afspraak.ics"])
def test_a_link_of_nothing_says_so(client: Client, token: str, end: str) -> None:
    address = f"/afspraak/mijn/{token}/{end}"

    assert client.get(address).status_code == 404
    assert client.post(address, {"do": "cancel"}).status_code in (404, 405)


@pytest.mark.hazard("H-14")
def test_wiping_takes_a_half_filled_form_along(client: Client) -> None:
    choose(client)
    fill_in(client)

    response = client.post("/wissen/")

    assert response.cookies["booking"].value == ""


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "{{ 7*7 }}", "Ж‮x", "a" * 80])
def test_a_hostile_name_is_shown_as_text(client: Client, name: str) -> None:
    assert ask(client, name=name).status_code == 302
    html = client.get(link()).content.decode()

    assert "<script>alert" not in html
    assert "\r" not in mail.outbox[0].subject
