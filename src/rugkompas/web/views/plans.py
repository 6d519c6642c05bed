"""The plan: what was chosen, or a proposal, with where and when in the person's own words."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from rugkompas.assess import Assessment
from rugkompas.assess.options import Withheld
from rugkompas.assess.plan import NotOffered, Plan
from rugkompas.assess.plan import plan as make_plan
from rugkompas.outputs.plan_report import plan_report
from rugkompas.outputs.sentences import own_words
from rugkompas.web.choosing import LONGEST_WORDS, dropped, picked, planned
from rugkompas.web.needs import with_choices
from rugkompas.web.requests import VisitRequest
from rugkompas.web.rules import assessed, knowledge
from rugkompas.web.shown import document, show, words
from rugkompas.web.views.choices import here
from rugkompas.web.visit import Visit

PROPOSED = ("proposal", "wait")
"""Kinds of a plan that the person did not choose yet."""


@dataclass(frozen=True, slots=True)
class Made:
    """A plan as it can be carried out today. gone: what was chosen and is not offered now."""

    found: Assessment
    plan: Plan
    gone: tuple[Withheld, ...] = ()

    @property
    def steps(self) -> tuple[str, ...]:
        """The options of the plan."""
        return tuple(step.offer.id for step in self.plan.steps)


@dataclass(frozen=True, slots=True)
class Sent:
    """What was typed on the page of the plan. weeks: until looking back, as it was typed."""

    when: dict[str, str]
    weeks: str

    def errors(self, steps: tuple[str, ...]) -> dict[str, str]:
        """Name of a field -> the key of what is wrong with it."""
        found = {
            f"when-{steps.index(id_)}": "own_words_long"
            for id_, text in self.when.items()
            if len(text) > LONGEST_WORDS
        }
        if self.weeks and self.asked_weeks is None:
            found["weeks"] = "weeks_wrong"
        return found

    @property
    def asked_weeks(self) -> int | None:
        """The weeks as a number that can be planned."""
        limits, typed = knowledge().questions["look_again"], self.weeks
        number = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 3 else 0
        return number if (limits.low or 0) <= number <= (limits.high or 0) else None


@require_http_methods(["GET", "HEAD", "POST"])
@with_choices
def plan(request: VisitRequest, found: Assessment) -> HttpResponse:
    """The plan, and what the person fills in on it."""
    made = _made(request.visit, found)
    if request.method == "POST":
        return _changed(request, made)
    given = made.found.person.given
    held = Sent(given.get("plan_when", {}), str(given.get("look_again", "")))
    return _page(request, made, held)


def _made(visit: Visit, found: Assessment) -> Made:
    """The plan of what still fits. What does not is named, and never swapped."""
    try:
        return Made(found, make_plan(found))
    except NotOffered as error:
        gone = {pick.id for pick in error.picks}
        left = [pick for pick in visit.more["picks"] if pick not in gone]
        rest = assessed(visit.with_more(picks=left))
        return Made(rest, make_plan(rest), error.picks)


def _changed(request: VisitRequest, made: Made) -> HttpResponse:
    visit, data = request.visit, request.POST
    names = {id_: f"when.{id_}" for id_ in made.steps}
    when = {id_: own_words(data[name]) for id_, name in names.items() if name in data}
    sent = Sent(when, own_words(data.get("weeks", "")))
    if sent.errors(made.steps):
        return _page(request, made, sent)
    before = made.found.person.given
    now = planned(visit, when, sent.asked_weeks if "weeks" in data else before.get("look_again"))
    gone = data.get("drop", "")
    if made.plan.kind in PROPOSED and ("take" in data or gone in made.steps or any(when.values())):
        now = picked(now, made.steps)
    if gone in knowledge().options:
        request.visit = replace(dropped(now, gone), last="")
        return here("plan", "steps-title")
    held = before.get("plan_when", {})
    filled = [id_ for id_, text in when.items() if text != held.get(id_, "")]
    request.visit = replace(now, last=filled[0] if filled else "")
    return here("plan", "here" if filled else "weeks" if "take" not in data else "steps-title")


def _page(request: VisitRequest, made: Made, held: Sent) -> HttpResponse:
    t, said = words(request.language), knowledge().words[request.language].options_report
    wrong = held.errors(made.steps) if request.method == "POST" else {}
    errors = [{"field": name, "text": t(key, most=LONGEST_WORDS)} for name, key in wrong.items()]
    report = plan_report(made.found, made.plan, request.language, made.gone)
    return show(
        request,
        "plan.html",
        status=422 if errors else 200,
        **document(report),
        errors=errors,
        wrong={error["field"]: error["text"] for error in errors},
        proposed=made.plan.kind in PROPOSED,
        has_steps=bool(made.steps),
        fits=not made.gone,
        typed=held,
        most=LONGEST_WORDS,
        last=request.visit.last,
        when_row=said["row_when"],
    )
