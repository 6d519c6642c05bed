"""The desk of the practice: who gets in, what they see, and that each look is written down."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from at_the_desk import account, member, strong
from django.core import mail
from django.db import DatabaseError, connection, transaction
from django.test import Client
from linde import TUESDAY_NINE, book, page, slot
from people import CALM
from walks import load_answers

from rugkompas.web.booking.members import invite
from rugkompas.web.booking.models import Appointment, Cell, Look, State
from rugkompas.web.booking.sealing import feed_secret

pytestmark = pytest.mark.usefixtures("open_site")
LATER = TUESDAY_NINE + dt.timedelta(hours=1)


def one() -> Appointment:
    return Appointment.objects.get()


def sent(**told: object) -> dict[str, object]:
    """A form of the desk, with the version that it was shown with."""
    return {"version": one().version, **told}


def desk_of(appointment: Appointment) -> str:
    return f"/praktijk/{appointment.pk}/"


@pytest.mark.hazard("H-41", "H-42")
def test_who_is_no_member_with_a_second_step_sees_nothing(client: Client) -> None:
    load_answers(client, CALM)
    book(client, share="handover", part=["history"])
    addresses = ["/praktijk/", desk_of(one()), f"{desk_of(one())}overdracht/"]
    nobody, weak, stranger = (
        Client(HTTP_HOST="127.0.0.1"), account("weak@mail.example"), strong("far@mail.example"),
    )  # fmt: skip

    for address in addresses:
        assert nobody.get(address).headers["Location"].startswith("/account/inloggen/")
        for browser in (weak, stranger):
            response = browser.get(address)
            assert response.status_code == 403
            assert "Jo Jansen" not in response.content.decode()
    assert stranger.post(addresses[1], sent(do="decline")).status_code == 403
    assert one().state == State.BOOKED
    assert not Look.objects.filter(appointment=one().pk).exists()


def test_an_invitation_works_once_and_only_with_a_second_step() -> None:
    link = f"/praktijk/uitnodiging/{invite('Anna')}/"

    assert account("weak@mail.example").post(link).status_code == 403
    assert strong("anna@linde.example").post(link).headers["Location"] == "/praktijk/"
    assert strong("other@linde.example").post(link).status_code == 404
    assert strong("third@linde.example").get("/praktijk/uitnodiging/x/").status_code == 404


@pytest.mark.hazard("H-49")
def test_every_look_is_written_down_and_the_person_sees_it(client: Client) -> None:
    load_answers(client, CALM)
    address = book(client, share="handover", part=["history"])
    anna = member()
    assert "Nog niemand van de praktijk" in page(client.get(address))

    listed = page(anna.get("/praktijk/"))
    opened = page(anna.get(desk_of(one())))
    sheet = page(anna.get(f"{desk_of(one())}overdracht/"))
    paper = anna.get(f"{desk_of(one())}overdracht/?pdf=1")

    assert "Jo Jansen" not in listed
    assert "met een blad" in listed
    assert "Jo Jansen" in opened
    assert "Dit deel liet de persoon weg" in sheet
    assert paper.content.startswith(b"%PDF")
    told = page(client.get(address))
    assert "Anna de Vries bekeek uw afspraak" in told
    assert told.count("Anna de Vries las wat u deelde") == 2


@pytest.mark.hazard("H-49")
@pytest.mark.parametrize("line", ["UPDATE booking_look SET who = 'x'", "DELETE FROM booking_look"])
def test_the_log_of_looks_only_grows(client: Client, line: str) -> None:
    book(client)
    member().get(desk_of(one()))
    before = list(Look.objects.values_list())

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(line)

    assert list(Look.objects.values_list()) == before != []


def test_the_practice_agrees_and_the_person_hears_it(client: Client) -> None:
    address = book(client)
    anna = member()

    anna.post(desk_of(one()), sent(do="agree"))

    assert one().state == State.AGREED
    assert "De praktijk verwacht u" in page(client.get(address))
    assert mail.outbox[-1].to == ["jo@mail.example"]


@pytest.mark.parametrize(("answer", "start"), [("accept", LATER), ("refuse", TUESDAY_NINE)])
def test_another_time_is_proposed_and_both_are_kept_until_the_person_chose(
    client: Client, answer: str, start: dt.datetime
) -> None:
    address = book(client)
    anna = member()
    anna.post(desk_of(one()), sent(do="propose", slot=slot(LATER)))
    assert Cell.objects.count() == 18
    assert "vraagt om een andere tijd" in page(client.get(address))

    client.post(address, {"do": answer})

    assert (one().start, one().proposed, Cell.objects.count()) == (start, None, 9)


def test_a_taken_time_cannot_be_proposed(client: Client) -> None:
    book(client)
    first = one()
    book(Client(HTTP_HOST="127.0.0.1"), LATER, email="other@mail.example")
    anna = member()

    response = anna.post(
        desk_of(first), {"do": "propose", "slot": slot(LATER), "version": first.version}
    )

    assert response.status_code == 409
    assert Appointment.objects.get(pk=first.pk).proposed is None


def test_declining_frees_the_time_and_erases_what_was_shared(client: Client) -> None:
    load_answers(client, CALM)
    address = book(client, share="handover", part=["history"])

    member().post(desk_of(one()), sent(do="decline"))

    assert (one().state, one().handover, Cell.objects.count()) == (State.DECLINED, None, 0)
    assert "gaat niet door" in page(client.get(address))


@pytest.mark.hazard("H-23")
@pytest.mark.parametrize("do", ["agree", "decline", "propose"])
def test_a_change_of_what_was_not_the_last_version_is_refused(client: Client, do: str) -> None:
    address = book(client)
    anna = member()
    shown = one().version
    client.post(f"{address}verzetten/", {"slot": slot(LATER)})

    response = anna.post(desk_of(one()), {"do": do, "version": shown, "slot": slot(TUESDAY_NINE)})

    assert response.status_code == 409
    assert "intussen veranderd" in page(response)
    assert (one().state, one().start, one().proposed) == (State.BOOKED, LATER, None)


def test_the_agenda_tells_when_and_nothing_else(client: Client) -> None:
    load_answers(client, CALM)
    book(client, share="handover", part=["history"])
    path = f"/praktijk/agenda/anna.{feed_secret('anna')}.ics"

    feed = Client(HTTP_HOST="127.0.0.1").get(path).content.decode()

    assert "DTSTART:20261201T080000Z" in feed
    assert not re.search(r"Jo|mail|Eerste|rug(?!kompas)", feed.replace("Rugkompas", ""))
    for wrong in ("anna.x", "anna", "zed.x", f"bram.{feed_secret('anna')}"):
        assert client.get(f"/praktijk/agenda/{wrong}.ics").status_code == 404


@pytest.mark.parametrize("do", ["", "x", "agree'--"])
def test_a_hostile_form_changes_nothing(client: Client, do: str) -> None:
    book(client)

    anna = member()
    for version in ("", "x", "-1", "9" * 50):
        response = anna.post(desk_of(one()), {"do": do, "version": version})
        assert response.status_code == 409
    assert one().state == State.BOOKED
