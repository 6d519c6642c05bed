"""Pages from templates and words. A view decides what is shown; here it gets its frame."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.template.backends.utils import csrf_input
from django.urls import reverse
from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from rugkompas.assess.assessment import prepare
from rugkompas.assess.triage import ALWAYS_WATCH
from rugkompas.catalogue import Knowledge
from rugkompas.claims.judge import judge
from rugkompas.outputs import chart
from rugkompas.outputs import page as paper
from rugkompas.outputs.parts import Page
from rugkompas.outputs.sentences import Voice, emergency_number
from rugkompas.web.requests import VisitRequest
from rugkompas.web.rules import knowledge, today
from rugkompas.web.styles import STYLES

OTHER = {"nl": "en", "en": "nl"}
LOOK = ("report.css", "site.css")
"""What every page looks by, in this order."""
Words = Callable[..., str]


def words(language: str) -> Words:
    """``t("next")``: a sentence of the site. Raises KeyError for one that does not exist."""
    return words_of(knowledge(), language)


def words_of(held: Knowledge, language: str) -> Words:
    """The same, of any knowledge."""
    found, number = held.words[language].web, emergency_number(held)

    def t(key: str, **values: object) -> str:
        return found[key].format(emergency_number=number, **values)

    return t


def show(
    request: VisitRequest, template: str, *, status: int = 200, **context: object
) -> HttpResponse:
    """A page of the site, in the language of the request."""
    return HttpResponse(framed(request, template, **context), status=status)


def framed(request: VisitRequest, template: str, **context: object) -> str:
    """The HTML of such a page."""
    return _templates().get_template(template).render(_frame(request) | context)


def down() -> str:
    """The page that a proxy shows while the site does not run: in every language, with the look
    inside it. It has no form and fetches nothing, because nobody is there to answer."""
    style = "".join(_file(name).decode() for name in LOOK)
    spoken = [_shared(language) for language in OTHER]
    return _templates().get_template("down.html").render(spoken=spoken, look=Markup(style))


def warm() -> None:
    """Read and compile everything once, before processes part and anybody comes."""
    judge()
    prepare(knowledge(), today())
    for name in _templates().list_templates(["html"]):
        _templates().get_template(name)
    for language in OTHER:
        _shared(language)
    reverse("start")


def document(report: Page) -> dict[str, Any]:
    """What the template of a report needs beside the words of the site."""
    return {"report": report, **paper.drawings(report)}


def _frame(request: VisitRequest) -> dict[str, Any]:
    language = request.language
    return {
        **_shared(language),
        "csrf": csrf_input(request),
        "path": request.path,
        "has_answers": bool(request.visit),
        "has_accounts": settings.ACCOUNTS,
        "carries": False,
    }


@lru_cache(maxsize=len(OTHER))
def _shared(language: str) -> dict[str, Any]:
    held = knowledge()
    voice = Voice(held, language)
    return {
        "lang": language,
        "other_lang": OTHER[language],
        "t": words(language),
        "number": emergency_number(held),
        "status": "" if held.release.signed_by else voice("status"),
        "mark": Markup(chart.mark_svg(paper.PALETTE)),
        "signs": {
            "title": voice("watch_now"),
            "points": [voice.clause(id_, "new_or_changed") for id_ in ALWAYS_WATCH],
            "more": [voice("net_emergency_how")],
        },
    }


@lru_cache(maxsize=1)
def _templates() -> Environment:
    made = Environment(
        loader=ChoiceLoader([PackageLoader("rugkompas.web"), PackageLoader("rugkompas.outputs")]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters["calls"] = paper.calls(emergency_number(knowledge()))
    made.globals.update(url=lambda name, *args: reverse(name, args=args), static=_static)
    return made


@lru_cache(maxsize=16)
def _static(name: str) -> str:
    """The address of a file of the look, which changes when the file does."""
    return f"/static/{name}?{hashlib.sha256(_file(name)).hexdigest()[:8]}"


def _file(name: str) -> bytes:
    return next(path for folder in STYLES if (path := folder / name).exists()).read_bytes()
