"""A plan and its goals: what somebody chose, or may choose; never what was struck out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rugkompas.assess.plan import URGENT, Plan, Step
from rugkompas.fhir import names
from rugkompas.fhir.elements import Element, coding, concept, day_of, full
from rugkompas.fhir.findings import Person
from rugkompas.outputs.sentences import contact_words, own_words

STRUCK_OUT = ("rejects", "cannot")
"""Answers that name the options that a person struck out."""
NOBODY = "none"
"""The contact of who does not need to contact anyone."""


def shared(answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers that go along to somebody else."""
    return {id_: answer for id_, answer in answers.items() if id_ not in STRUCK_OUT}


def goals(who: Person, plan: Plan | None) -> Iterator[Element]:
    """An own activity is a goal: to be able to do it again. A target is for the person to set."""
    for activity in who.assessment.person.given.get("activities", ()):
        name = own_words(activity.get("name") or "")
        if name:
            target = full(
                measure=concept(coding(names.RESULTS, "activity"), text=who.say("activity")),
                dueDate=None if plan is None else day_of(plan.look_again),
            )
            yield full(
                resourceType="Goal",
                lifecycleStatus="proposed",
                description=concept(text=name),
                subject=who.subject,
                startDate=day_of(who.assessment.day),
                target=[target],
            )


def care_plan(who: Person, plan: Plan, goal_urls: Sequence[str]) -> Element:
    """The plan, with whom to contact first. ``draft`` and ``proposal`` while the person has not
    chosen; at an urgent result it holds the contact alone, and says so."""
    urgent = who.assessment.triage.urgency in URGENT
    chosen = plan.kind in ("picks", "nothing") and not urgent
    note = "plan_urgent" if urgent else "" if chosen else "plan_draft"
    return full(
        resourceType="CarePlan",
        instantiatesCanonical=[names.versioned(names.GUIDELINE, who.knowledge)],
        status="active" if chosen else "draft",
        intent="plan" if chosen else "proposal",
        title=who.say("plan_title"),
        subject=who.subject,
        period={"start": day_of(who.assessment.day), "end": day_of(plan.look_again)},
        created=day_of(who.assessment.day),
        supportingInfo=[who.response],
        goal=[{"reference": url} for url in goal_urls],
        activity=[*_contact(who), *(_step(who, step) for step in plan.steps)],
        note=[{"text": who.say(note)}] if note else None,
    )


def _contact(who: Person) -> Iterator[Element]:
    id_ = who.assessment.triage.contacts[0]
    if id_ == NOBODY:
        return
    do, more = contact_words(who.knowledge, who.language, id_)
    rules = [concept(coding(names.RESULTS, f"rule.{r.id}")) for r in who.assessment.triage.rules]
    code = concept(coding(names.RESULTS, f"contact.{id_}"), text=do)
    yield _activity(who, f"contact-{id_}", code, f"{do} {more}", reasonCode=rules)


def _step(who: Person, step: Step) -> Element:
    id_ = step.offer.id
    words = who.knowledge.words[who.language].options[id_]
    code = concept(coding(names.OPTIONS, id_), text=words.label)
    when = own_words(step.when)
    return _activity(who, id_, code, words.first_step, scheduledString=when)


def _activity(who: Person, id_: str, code: Element, text: str, **more: object) -> Element:
    address = f"{names.BASE}/ActivityDefinition/{id_.replace('_', '-')}"
    return {
        "detail": full(
            instantiatesCanonical=[names.versioned(address, who.knowledge)],
            code=code,
            status="not-started",
            description=text.strip(),
            **more,
        )
    }
