"""The interview: a page at its place, and all answers to check."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from rugkompas.assess.pages import (
    OFFER,
    Asked,
    Page,
    answered,
    next_page,
    next_page_of_life,
)
from rugkompas.outputs.frame import URGENT
from rugkompas.outputs.sentences import Voice
from rugkompas.web.asking import Field, fields, filled
from rugkompas.web.requests import VisitRequest
from rugkompas.web.rules import assessed, knowledge, today
from rugkompas.web.shown import show, words
from rugkompas.web.visit import Visit

MAY_STOP = ("offer", "factors", "life")
"""Stages after the questions that safety needs."""


@require_http_methods(["GET", "HEAD"])
def current(request: VisitRequest) -> HttpResponse:
    """To the first page without an answer, or on when there is none."""
    return redirect("start" if request.lost else after(request.visit))


@require_http_methods(["GET", "HEAD", "POST"])
def numbered(request: VisitRequest, number: int) -> HttpResponse:
    """A page of the interview. Sent twice, or from two tabs, it holds the last answer."""

    def onward(visit: Visit) -> HttpResponse:
        later = number < len(visit.asked)
        return redirect("page", number + 1) if later else redirect(after(visit))

    return _page(request, number, onward, "page")


@require_http_methods(["GET", "HEAD", "POST"])
def changed(request: VisitRequest, number: int) -> HttpResponse:
    """The same page, on the way back to all answers."""

    def onward(visit: Visit) -> HttpResponse:
        page = next_of(visit)
        return redirect("check" if page is None or page.stage in MAY_STOP else after(visit))

    if number > len(request.visit.asked):
        return redirect("check")
    return _page(request, number, onward, "change")


@require_http_methods(["GET", "HEAD"])
def check(request: VisitRequest) -> HttpResponse:
    """Every answer with a way to change it."""
    if request.lost:
        return redirect("start")
    voice, t = Voice(knowledge(), request.language), words(request.language)
    groups: dict[str, list[dict[str, Any]]] = {}
    for number, asked in enumerate(request.visit.asked, start=1):
        for field in fields(as_page(asked), asked.answers, knowledge(), voice, t):
            if field.step != OFFER:
                row = {
                    "question": field.label,
                    "answer": answer_in_words(field, t),
                    "number": number,
                    "recorded": field.step in request.visit.recorded,
                }
                groups.setdefault(_group(asked), []).append(row)
    return show(
        request,
        "check.html",
        groups=[{"title": t(title), "rows": rows} for title, rows in groups.items()],
        unfinished=next_of(request.visit) is not None,
    )


def _group(asked: Asked) -> str:
    """Under which heading the answers of a page are checked: the key of its words."""
    question = knowledge().questions.get(asked.page)
    if question is None:
        return f"progress_{as_page(asked).stage}"
    if question.emergency:
        return "start_step_1"
    by_topic = {"person": "check_you", "pregnancy": "check_you", "course": "start_step_2"}
    return {**by_topic, "pain": "start_step_2"}.get(question.topic, "check_health")


def next_of(visit: Visit) -> Page | None:
    """The next page of a visit; what is not urgent can go on about a person's life."""
    page = _next_needed(visit)
    if page is None and assessed(visit).triage.urgency not in URGENT:
        p = knowledge().parameters_on(today())
        return next_page_of_life(visit.asked, visit.more, knowledge(), p)
    return page


def _next_needed(visit: Visit) -> Page | None:
    p = knowledge().parameters_on(today())
    return next_page(visit.asked, visit.more, knowledge(), p)


def is_emergency(visit: Visit) -> bool:
    """Calling comes first: no more questions."""
    if not visit or _next_needed(visit) is not None:
        return False
    return assessed(visit).triage.urgency == "emergency"


def after(visit: Visit) -> str:
    page = next_of(visit)
    if page is None:
        return "now" if is_emergency(visit) else "check"
    return f"/vragen/{len(visit.asked) + 1}/"


def _page(
    request: VisitRequest, number: int, onward: Callable[[Visit], HttpResponse], name: str
) -> HttpResponse:
    if request.lost:
        return redirect("start")
    visit, place = request.visit, number - 1
    page = _at(visit, place)
    if page is None:
        return redirect(after(visit))
    voice, t = Voice(knowledge(), request.language), words(request.language)
    before = visit.asked[place].answers if place < len(visit.asked) else _recorded(visit, page)
    if request.method != "POST":
        return _asked(request, page, fields(page, before, knowledge(), voice, t), number, name)
    if request.POST.get("page") != page.id:
        # Another tab changed what stands here: show that, and lose nothing.
        return redirect(name, number)
    if "stop" in request.POST and page.stage in MAY_STOP:
        return redirect("result")
    if "pass" in request.POST:
        answers: dict[str, Any] = dict.fromkeys(page.steps)
    else:
        others = Visit(visit.asked[:place] + visit.asked[place + 1 :], visit.more).given
        sent = filled(page, request.POST, others, knowledge(), voice, t)
        if sent.wrong:
            return _asked(request, page, sent.fields, number, name, status=422)
        answers = dict(sent.answers)
    request.visit = _with(visit, place, Asked(page.id, answers))
    if is_emergency(request.visit):
        return redirect("now")
    return onward(request.visit)


def _with(visit: Visit, place: int, page: Asked) -> Visit:
    p = knowledge().parameters_on(today())
    asked = answered(visit.asked, place, page, visit.more, knowledge(), p)
    changed = replace(visit, asked=asked)
    before, now = visit.given, changed.given
    same = (it for it in visit.recorded if answer_at(before, it) == answer_at(now, it))
    return replace(changed, recorded=tuple(same))


def _recorded(visit: Visit, page: Page) -> dict[str, Any]:
    """What a record says to a page that was not asked yet."""
    return {step: answer_at(visit.more, step) for step in page.steps if step in visit.recorded}


def answer_at(answers: Mapping[str, Any], step: str) -> Any:
    """The answer to a step, or None."""
    name, dot, part = step.partition(".")
    return answers.get(name, {}).get(part) if dot else answers.get(name)


def _at(visit: Visit, place: int) -> Page | None:
    if 0 <= place < len(visit.asked):
        return as_page(visit.asked[place])
    return next_of(visit) if place == len(visit.asked) else None


def as_page(asked: Asked) -> Page:
    """A page that was asked before; its stage follows from its name."""
    stage = asked.page.partition("_")[0]
    stages = {"factors": "factors", "changeable": "factors", "life": "life", OFFER: "offer"}
    if asked.page in knowledge().questions:
        emergency = knowledge().questions[asked.page].emergency
        return Page(asked.page, "signs" if emergency else "course", tuple(asked.answers))
    return Page(asked.page, stages[stage], tuple(asked.answers))  # type: ignore[arg-type]


def _asked(
    request: VisitRequest,
    page: Page,
    made: tuple[Field, ...],
    number: int,
    name: str,
    status: int = 200,
) -> HttpResponse:
    t = words(request.language)
    alone = len(page.steps) == 1
    errors = [{"field": field.name, "text": field.error} for field in made if field.error]
    left = "" if page.left is None else "_left"
    return show(
        request,
        "question.html",
        status=status,
        page=page,
        number=number,
        title=made[0].label if alone else t(f"page_{page.id}"),
        text="" if alone else t("group_text"),
        fields=made,
        errors=errors,
        recorded=any(step in request.visit.recorded for step in page.steps),
        progress=t(f"progress_{page.stage}{left}", count=page.left),
        may_pass=alone and page.id != OFFER and _may_pass(made[0]),
        may_stop=page.stage in MAY_STOP and page.id != OFFER,
        back_url=_back(number, name),
    )


def _may_pass(field: Field) -> bool:
    return "unknown" not in {choice.value for choice in field.choices}


def _back(number: int, name: str) -> str:
    if name == "change":
        return "/controle/"
    return f"/vragen/{number - 1}/" if number > 1 else "/"


def answer_in_words(field: Field, t: Callable[..., str]) -> str:
    """An answer in words, as on its page."""
    if not field.typed:
        return t("not_answered")
    if field.kind == "duration":
        return t(f"duration_{field.typed[1]}", count=field.typed[0])
    if field.kind == "activities":
        rows = [field.typed[place : place + 3] for place in range(0, len(field.typed), 3)]
        return "; ".join(t("activity_shown", name=n, start=s, now=w) for n, s, w in rows)
    text = {choice.value: choice.text for choice in field.choices}
    return "; ".join(text.get(typed, typed) for typed in field.typed)
