"""Driving the site as a person does: by its pages, or with a file of answers."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from rugkompas.assess.pages import Page
from rugkompas.catalogue.schema import TIERS
from rugkompas.logic.one import answers_of
from rugkompas.people.person import grouped, person
from rugkompas.rules.applies import APPLIES
from rugkompas.web.rules import knowledge, today
from rugkompas.web.views.questions import next_of
from rugkompas.web.visit import COOKIE, Visit, question_set, unseal

MOST_PAGES = 200
"""More pages than any interview has."""
_PAGE = re.compile(r'name="page" value="([^"]+)"')
_CHOICE = re.compile(r'<input type="(radio|checkbox)" name="(answer\d*)" value="([^"]*)"')


@dataclass(frozen=True, slots=True)
class Form:
    """A question page as it came: its address, the page it asks, and what can be sent."""

    url: str
    page: str
    choices: Mapping[str, tuple[str, ...]]
    """Name of a field -> the values that can be chosen; a field to type in is not here."""
    boxes: frozenset[str]
    """Names of fields of which several values can be chosen."""
    typed: tuple[str, ...]
    passes: bool
    stops: bool


def form_of(url: str, html: str) -> Form:
    """Read a question page."""
    choices: dict[str, list[str]] = {}
    boxes = set()
    for kind, name, value in _CHOICE.findall(html):
        choices.setdefault(name, []).append(unescape(value))
        if kind == "checkbox":
            boxes.add(name)
    typed = dict.fromkeys(re.findall(r'<input class="short"[^>]* name="(answer\d*)"', html))
    found = _PAGE.search(html)
    assert found, f"{url} is no question page"
    return Form(
        url,
        found[1],
        {name: tuple(values) for name, values in choices.items()},
        frozenset(boxes),
        tuple(typed),
        'name="pass"' in html,
        'name="stop"' in html,
    )


def tier_of(html: str) -> str:
    """The urgency that a result shows, from the class that colours it."""
    found = re.search(r'<body class="([^"]*)"', html)
    (tier,) = set(found[1].split() if found else ()) & set(TIERS)
    return tier


def flat(answers: Mapping[str, Any]) -> dict[str, Any]:
    """CONTRACT answers as single steps: groups and maps taken apart."""
    found: dict[str, Any] = {}
    for name, answer in answers.items():
        if name == "ibp_items":
            found |= answer
        elif name in ("factors", "changeable"):
            found |= {f"{name}.{key}": word for key, word in answer.items()}
        elif name == "person_facts":
            facts = dict.fromkeys(answer, "yes") if isinstance(answer, list) else answer
            found |= {f"{name}.{key}": word for key, word in facts.items()}
        else:
            found[name] = answer
    return found


def visit_of(client: Client) -> Visit:
    """What the cookie of this browser holds."""
    cookie = client.cookies.get(COOKIE)
    if cookie is None or not cookie.value:
        return Visit(questions=question_set(knowledge()))
    return unseal(cookie.value, knowledge())


def page_at(visit: Visit, number: int) -> Page | None:
    """The page that stands at this number, counted from 1."""
    if number <= len(visit.asked):
        asked = visit.asked[number - 1]
        return Page(asked.page, "signs", tuple(asked.answers))
    return next_of(visit)


def sent_for(form: Form, page: Page, told: Mapping[str, Any]) -> dict[str, Any]:
    """What a person with these answers sends; what they have no answer for is passed over."""
    data: dict[str, Any] = {"page": form.page}
    for place, step in enumerate(page.steps):
        answer = "yes" if step == "offer" else told.get(step)
        name = f"answer{place or ''}"
        if answer is not None:
            data[name] = typed(step, answer)
        elif len(page.steps) == 1:
            data |= {"pass": "1"}
    return data


def typed(step: str, answer: Any) -> Any:
    """An answer as a form sends it."""
    if step == "pain_duration_days":
        return [str(answer), "days"]
    if step == "activities":
        rows = [
            str(part) for it in answer for part in (it["name"], it["start_0_10"], it["now_0_10"])
        ]
        return [*rows, *[""] * (9 - len(rows))]
    if isinstance(answer, list | tuple):
        return list(answer) or "none"
    return str(answer)


def fill_in(
    client: Client, answers: Mapping[str, Any], *, life: bool = False, at_most: int = MOST_PAGES
) -> str:
    """Answer the pages one by one. The address where it ends: ``/nu/``, ``/controle/`` or the
    next question page. life: also what comes after the offer."""
    told, url = flat(answers), client.get("/vragen/").headers["Location"]
    for _ in range(at_most):
        if url == "/vragen/":
            url = client.get(url).headers["Location"]
        if not url.startswith("/vragen/"):
            break
        page = client.get(url)
        assert page.status_code == 200, (url, page.status_code)
        form = form_of(url, page.content.decode())
        if form.page == "offer" and not life:
            break
        asked = page_at(visit_of(client), int(url.split("/")[2]))
        assert asked is not None
        assert asked.id == form.page
        response = client.post(url, sent_for(form, asked, told))
        assert response.status_code == 302, (form.page, response.status_code)
        url = response.headers["Location"]
    return url


def idle(answers: Mapping[str, Any]) -> set[str]:
    """The questions that surely do not apply to a person with these answers."""
    held = knowledge()
    p = held.parameters_on(today())
    q = answers_of(person(grouped(answers, held), held).codes, held.codebook)
    return {id_ for id_, applies in APPLIES.items() if applies(q, p).value is False}


def load_answers(client: Client, answers: Mapping[str, Any] | bytes) -> HttpResponse:
    """Open a file with these answers."""
    data = answers if isinstance(answers, bytes) else json.dumps(answers).encode()
    file = SimpleUploadedFile("answers.json", data, "application/json")
    return client.post("/laden/", {"file": file})  # type: ignore[return-value]
