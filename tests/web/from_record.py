"""Every page on the way from a record system, as somebody sees it. No record system is asked: what
one would have said stands in the cookies."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, get_args

from django.http import HttpResponse
from django.test import Client, RequestFactory, override_settings

from rugkompas.web.cookies import LANGUAGE_COOKIE, RECORD_COOKIE, open_visit
from rugkompas.web.smart.problems import Kind
from rugkompas.web.smart.sealed import Found, put
from rugkompas.web.smart.servers import Server
from rugkompas.web.smart.views import problem_page

SERVERS = (Server("https://record.example/fhir", "Huisartsen De Linde", "rug"),)
ALL = Found(
    name="Huisartsen De Linde",
    answers={
        **{"age_years": 65, "sex": "female", "pregnancy": "pregnant", "pain_nrs": 7},
        **{"cancer": "past", "known_aaa": "yes", "bone_risk": "yes"},
        "person_facts": {"osteoporosis": "yes"},
    },
    kinds={
        **dict.fromkeys(("age_years", "sex"), "Patient"),
        **dict.fromkeys(("cancer", "known_aaa", "bone_risk"), "Condition"),
        **dict.fromkeys(("pregnancy", "pain_nrs"), "Observation"),
        "person_facts.osteoporosis": "Condition",
    },
    person="Anna Bakker",
    born="1961-03-05",
)
NOTHING = Found("Huisartsen De Linde", {}, {}, ("Condition", "Observation"))
NAMELESS = Found("Huisartsen De Linde", {"sex": "male"}, {"sex": "Patient"}, ("Condition",))


def holding(client: Client, found: Found) -> Client:
    """The same browser, with what was found in it."""
    response = HttpResponse()
    put(response, RECORD_COOKIE, found)
    client.cookies[RECORD_COOKIE] = response.cookies[RECORD_COOKIE].value
    return client


def record_pages(browser: Callable[[], Client], language: str) -> Iterator[tuple[str, Any]]:
    """With a record system in the settings, as its pages are only there then."""
    with override_settings(SMART_SERVERS=SERVERS):
        for url in ("/", "/privacy/", "/smart/", "/smart/launch"):
            yield f"{url} with records", browser().get(url)
        for name, found in (("all", ALL), ("nothing", NOTHING), ("nameless", NAMELESS)):
            yield f"/smart/gegevens/ {name}", holding(browser(), found).get("/smart/gegevens/")
        taker = holding(browser(), ALL)
        taker.post("/smart/gegevens/", {"take": ["age_years"]})
        for name, found in (("again", ALL), ("nothing again", NOTHING)):
            yield f"/smart/gegevens/ {name}", holding(taker, found).get("/smart/gegevens/")
        taker.post("/smart/gegevens/", {"take": ["age_years", "sex", "cancer"]})
        for url in ("/controle/", "/controle/1/", "/vragen/2/"):
            yield f"{url} recorded", taker.get(url)
        for kind in get_args(Kind):
            request: Any = RequestFactory().get("/", HTTP_COOKIE=f"{LANGUAGE_COOKIE}={language}")
            open_visit(request)
            yield f"record {kind}", problem_page(request, kind)
