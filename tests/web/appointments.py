"""Every page of the way to a physiotherapist, as it is served."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from django.core import mail
from django.test import Client, override_settings
from people import CALM
from walks import load_answers

from rugkompas.web.booking.models import Appointment
from rugkompas.web.booking.practice_file import practice_in

PRACTICE = Path(__file__).parents[2] / "docs" / "examples" / "practice" / "practice.yaml"
_SLOT = re.compile(r'name="slot" value="([^"]+)"')


def booking_pages(browser: Callable[[], Client]) -> Iterator[tuple[str, Any]]:
    """The way to a physiotherapist, with a practice and without, up to an appointment that
    stands, is moved and is cancelled."""
    yield "/afspraak/ nowhere", browser().get("/afspraak/")
    yield "/afspraak/ link of nothing", browser().get("/afspraak/mijn/a.b/")
    practice = practice_in(PRACTICE)
    backend = "django.core.mail.backends.locmem.EmailBackend"
    origins = ["https://www.linde.example"]
    with override_settings(BOOKING=practice, EMAIL_BACKEND=backend, EMBED_ORIGINS=origins):
        mail.outbox = []
        Appointment.objects.all().delete()
        yield "/privacy/ appointments", browser().get("/privacy/")
        for address in ("/afspraak/", "/inbed/afspraak/", "/inbed/titel/", "/afspraak/verstuurd/"):
            yield address, browser().get(address)
        yield (
            "/afspraak/ urgent",
            _loaded(browser(), {**CALM, "bladder_change": "new_or_changed"}).get("/afspraak/"),
        )
        client, times = _loaded(browser(), CALM), "/afspraak/tijd/?soort=intake"
        page = client.get(times)
        yield "/afspraak/tijd/", page
        first, second = _SLOT.findall(page.content.decode())[:5:4]
        yield "/afspraak/tijd/ taken", client.post(times, {"slot": "x"})
        client.post(times, {"slot": first})
        yield "/afspraak/gegevens/", client.get("/afspraak/gegevens/")
        yield "/afspraak/gegevens/ wrong", client.post("/afspraak/gegevens/", {"phone": "1"})
        filled = {"name": "Jo", "email": "jo@mail.example", "share": "nothing", "agreed": "1"}
        client.post("/afspraak/gegevens/", filled)
        yield "/afspraak/controle/", client.get("/afspraak/controle/")
        client.post("/afspraak/controle/")
        found = re.search(r"/afspraak/mijn/[\w-]+/", str(mail.outbox[-1].body))
        assert found
        yield "/afspraak/mijn/ held", client.get(found[0])
        client.post(found[0], {"do": "confirm"})
        yield "/afspraak/mijn/", client.get(found[0])
        yield "/afspraak/mijn/verzetten/", client.get(f"{found[0]}verzetten/")
        client.post(times, {"slot": second})
        client.post(f"{found[0]}verzetten/", {"slot": second})
        client.post("/afspraak/gegevens/", filled)
        yield "/afspraak/controle/ taken", client.post("/afspraak/controle/")
        client.post(found[0], {"do": "cancel"})
        yield "/afspraak/mijn/ cancelled", client.get(found[0])
        Appointment.objects.all().delete()


def _loaded(client: Client, answers: Mapping[str, Any]) -> Client:
    load_answers(client, answers)
    return client
