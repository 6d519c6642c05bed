"""Every page that a person can see, as it is served, in one language."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from appointments import booking_pages
from diaries import diary_pages
from django.http import HttpResponse
from django.test import Client, RequestFactory, override_settings
from from_record import record_pages
from people import AUTHOR, CALM
from walks import fill_in, load_answers

from rugkompas.assess.pages import (
    FACT_PAGES,
    FACTOR_PAGES,
    LIFE_PAGES,
    MOST_ON_A_PAGE,
    OFFER,
    Asked,
)
from rugkompas.outputs.topic_report import in_order
from rugkompas.web.accounts.models import Account
from rugkompas.web.cookies import LANGUAGE_COOKIE
from rugkompas.web.practice import Practice
from rugkompas.web.rules import knowledge
from rugkompas.web.views.errors import error_page
from rugkompas.web.visit import COOKIE, Visit, question_set, seal

ERRORS = (
    *((400, ""), (403, ""), (404, ""), (405, ""), (413, ""), (413, "too_much")),
    *((429, ""), (500, ""), (503, "")),
)
PEOPLE: Mapping[str, Mapping[str, Any]] = {
    "emergency": {**CALM, "bladder_change": "new_or_changed", "leg_weakness": "both"},
    "ambulance": {**CALM, "collapse_or_pulsating_belly": "yes"},
    "pregnant": {**CALM, "pregnancy": "pregnant", "pregnancy_alarm": "yes"},
    "same_day": {**CALM, "fever_or_chills": "yes", "steroids_oral_3m": "unknown"},
    "within_days": {**CALM, "cancer": "past", "age_years": 70, "pain_duration_days": 50},
    "planned": {**AUTHOR, "activities": None, "rejects": list(AUTHOR["rejects"])},
    "self_care": CALM,
    "young": {**CALM, "age_years": 15},
    "open": {"age_years": 40},
}
"""Made-up people who reach every urgency; the example author is without own words."""
ACCOUNT_PAGES = (
    *("/account/", "/account/nieuw/", "/account/inloggen/", "/account/inloggen/sleutel/"),
    *("/account/wachtwoord/vergeten/", "/account/herinnering/uit/a.b/", "/account/dicht/"),
)
OWN_PAGES = (
    *("/account/", "/account/uitloggen/", "/account/email/", "/account/opnieuw/"),
    *("/account/stap/", "/account/stap/sleutels/", "/account/gegevens/"),
    *("/account/toestemming/", "/account/herinnering/"),
)
MOVE = "/account/dagboek/"
_OFFERED = re.compile(r'name="reject" value="([^"]+)"')
AFTER = (
    *("/controle/", "/uitslag/", "/vooruit/", "/vooruit/vragen/"),
    *("/keuzes/", "/keuzes/alles/", "/plan/", "/samenvatting/"),
)


def every_page(language: str) -> dict[str, str]:
    """Name of a page and its state -> its HTML."""
    return {
        f"{language} {name}": response.content.decode()
        for name, response in _pages(lambda: _browser(language), language)
        if response.headers["Content-Type"].startswith("text/html") and response.content
    }


def _browser(language: str) -> Client:
    client = Client(HTTP_HOST="127.0.0.1")
    client.cookies[LANGUAGE_COOKIE] = language
    return client


def _pages(browser: Callable[[], Client], language: str) -> Iterator[tuple[str, HttpResponse]]:
    yield from _alone(browser)
    yield from booking_pages(browser)
    yield from record_pages(browser, language)
    yield from _answers(browser, language)
    yield from _questions(browser)
    yield from _interview(browser())
    for name, answers in PEOPLE.items():
        yield from _results(name, answers, browser())
    yield from diary_pages(browser)
    for code, kind in ERRORS:
        request = RequestFactory().get("/", HTTP_COOKIE=f"{LANGUAGE_COOKIE}={language}")
        yield f"error {code}{kind}", error_page(request, code, kind)


def _alone(browser: Callable[[], Client]) -> Iterator[tuple[str, Any]]:
    """Pages that need no answers, and those that tell of their loss."""
    for url in ("/", "/over/", "/privacy/", "/controle/", "/laden/", "/verder/a.b/"):
        yield url, browser().get(url)
    with override_settings(PRACTICE=Practice("De Brug", "06 0000 0000", "A. de Boer", "NL")):
        for url in ("/over/", "/privacy/"):
            yield f"{url} practice", browser().get(url)
    lost = browser()
    lost.cookies[COOKIE] = "older"
    yield "/ lost", lost.get("/")
    yield "/laden/ none", browser().post("/laden/")
    yield "/laden/ wrong", load_answers(browser(), b"{")
    yield "/laden/ large", load_answers(browser(), b" " * 60_000)
    yield "/verder/ gone", browser().post("/verder/a.b/")
    for url in ACCOUNT_PAGES:
        yield url, browser().get(url)
    for url in ("/account/nieuw/", "/account/inloggen/", "/account/wachtwoord/vergeten/"):
        yield f"{url} wrong", browser().post(url)
    yield from _signed_in(browser())
    yield "/titel/", browser().get("/titel/")
    yield "/titel/ none", browser().post("/titel/")
    for url in ("/cijfers/", "/cijfers/artikel/", "/cijfers/groep/", "/cijfers/11/?wie=female"):
        yield url, browser().get(url)
    for figure in knowledge().burden_figures.values():
        yield f"/cijfers/{figure.number}/", browser().get(f"/cijfers/{figure.number}/")
    group = {"n-all-both": "120", "n-40-44-female": "30"}
    for name, sent in (("none", {}), ("wrong", {**group, "n-all-male": "-1"}), ("told", group)):
        yield f"/cijfers/groep/ {name}", browser().post("/cijfers/groep/", sent)
    for url in ("/uitleg/", *(f"/uitleg/{it.number}/" for it in in_order(knowledge()))):
        yield url, browser().get(url)
    for asked in ("w=koorts&s=4&g=0", "w=zzz", "s=x&g=99"):
        yield f"/uitleg/14/ {asked}", browser().get(f"/uitleg/14/?{asked}")
    client = browser()
    load_answers(client, CALM)
    yield "/ again", client.get("/")
    yield "/verder/ offer", client.get("/verder/")
    yield "/verder/ link", client.post("/verder/")
    yield "/wissen/", client.post("/wissen/")


ASKED = {
    "nl": {
        "found": "spit in rug wat doen",
        "sign": "ik kan niet plassen en heb rugpijn",
        "signs and answers": "koorts en rugpijn, mag ik sporten",
        "crisis": "ik wil niet meer leven",
        "none": "recept voor preisoep",
    },
    "en": {
        "found": "my back locked up what now",
        "sign": "I cannot pee and my back hurts",
        "signs and answers": "fever and back pain, can I do sport",
        "crisis": "I want to die",
        "none": "leek soup recipe",
    },
}
"""Language -> what comes of a question -> such a question."""


def _answers(browser: Callable[[], Client], language: str) -> Iterator[tuple[str, Any]]:
    """The box to ask in, with what can come of it, and every answer by itself."""
    yield "/antwoord/", browser().get("/antwoord/")
    yield "/antwoord/ empty", browser().post("/antwoord/")
    yield "/antwoord/ long", browser().post("/antwoord/", {"question": "rug " * 200})
    for kind, question in ASKED[language].items():
        yield f"/antwoord/ {kind}", browser().post("/antwoord/", {"question": question})
    for asked in knowledge().answers.values():
        url = f"/antwoord/{asked.number}/"
        yield url, browser().get(url)


def _signed_in(client: Client) -> Iterator[tuple[str, Any]]:
    """The pages of an account, for who has one; it goes again at the end."""
    account = Account.objects.create_user("jo@mail.example")
    try:
        client.force_login(account)
        for url in OWN_PAGES:
            yield url, client.get(url)
        for url in ("/account/toestemming/", "/account/herinnering/"):
            yield f"{url} wrong", client.post(url)
        client.post("/account/toestemming/", {"agrees": "on"})
        client.post("/account/herinnering/", {"weekday": "1"})
        for url in ("/account/", "/account/toestemming/", "/account/herinnering/", MOVE):
            yield f"{url} agreed", client.get(url)
    finally:
        account.delete()


def question_pages() -> dict[str, tuple[str, ...]]:
    """Every page that the interview can ask, with its steps."""
    k = knowledge()
    alone = {q.id: (q.id,) for q in k.questions.values() if q.kind != "group" and _asked(q)}
    factors = [f"changeable.{id_}" for ids in FACTOR_PAGES.values() for id_ in ids]
    parts = [factors[at : at + MOST_ON_A_PAGE] for at in range(0, len(factors), MOST_ON_A_PAGE)]
    return {
        **alone,
        OFFER: (OFFER,),
        **{f"factors_{n}": tuple(f"factors.{it}" for it in ids) for n, ids in FACTOR_PAGES.items()},
        **{f"changeable_{n}": tuple(steps) for n, steps in enumerate(parts, start=1)},
        **{
            f"life_{n}": tuple(f"person_facts.{it}" if n in FACT_PAGES else it for it in ids)
            for n, ids in LIFE_PAGES.items()
        },
    }


def _asked(question: Any) -> bool:
    return bool(question.triage or question.topic == "course")


def _questions(browser: Callable[[], Client]) -> Iterator[tuple[str, Any]]:
    """Each question page, as it is asked and with something wrong in it."""
    for name, steps in question_pages().items():
        client = browser()
        asked = Asked(name, dict.fromkeys(steps))
        visit = Visit((asked,), questions=question_set(knowledge()))
        client.cookies[COOKIE] = seal(visit, knowledge())
        yield f"question {name}", client.get("/vragen/1/")
        wrong = {f"answer{place or ''}": ["no such", "x"] for place in range(len(steps))}
        yield f"question {name} wrong", client.post("/vragen/1/", {"page": name, **wrong})
        yield f"question {name} empty", client.post("/vragen/1/", {"page": name})


def _interview(client: Client) -> Iterator[tuple[str, Any]]:
    """The road of the example person, each page as it comes up: with what is left to ask."""
    url = "/vragen/1/"
    for number in range(200):
        yield f"interview {number}", client.get(url)
        url = fill_in(client, AUTHOR, life=True, at_most=1)
        if url == "/vragen/":
            url = client.get(url).headers["Location"]
        if not url.startswith("/vragen/"):
            return


def _results(name: str, answers: Mapping[str, Any], client: Client) -> Iterator[tuple[str, Any]]:
    load_answers(client, {key: it for key, it in answers.items() if it is not None})
    for url in AFTER:
        yield f"{url} {name}", client.get(url, follow=True)
    yield from _chosen(name, client)


def _chosen(name: str, client: Client) -> Iterator[tuple[str, Any]]:
    """Strike the first option, plan the second, and get something wrong in each."""
    first, second, *_ = _OFFERED.findall(client.get("/keuzes/").content.decode()) or ("", "")
    if not first:
        return
    long = "x" * 500
    yield f"struck {name}", client.post("/keuzes/", {"reject": first}, follow=True)
    yield f"struck wrong {name}", client.post("/keuzes/", {"reject": first, "why": long})
    yield f"chosen {name}", client.post("/keuzes/", {"pick": second}, follow=True)
    yield f"planned {name}", client.get("/plan/")
    yield f"planned wrong {name}", client.post("/plan/", {f"when.{second}": long, "weeks": "x"})
