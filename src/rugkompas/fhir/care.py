"""A plan and its goals. Only what somebody chose, or may choose: what was struck out is not there."""

from __future__ import annotations

from collections.abc import Iterator

from rugkompas.assess.plan import URGENT, Plan, Step
from rugkompas.fhir import names
from rugkompas.fhir.elements import Element, coding, concept, day_of, full
from rugkompas.fhir.findings import Person
from rugkompas.outputs.sentences import own_words


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


def care_plan(who: Person, plan: Plan, goal_urls: list[str]) -> Element:
    """The plan. ``draft`` and ``proposal`` while the person has not chosen; at an urgent result
    it holds no step at all, and says so."""
    chosen = plan.kind in ("picks", "nothing")
    note = "plan_urgent" if plan.kind == "urgent" else "" if chosen else "plan_draft"
    urgent = who.assessment.triage.urgency in URGENT
    return full(
        resourceType="CarePlan",
        instantiatesCanonical=[names.versioned(names.GUIDELINE, who.knowledge)],
        status="active" if chosen and not urgent else "draft",
        intent="plan" if chosen and not urgent else "proposal",
        title=who.say("plan_title"),
        subject=who.subject,
        period={"start": day_of(who.assessment.day), "end": day_of(plan.look_again)},
        created=day_of(who.assessment.day),
        supportingInfo=[who.response],
        goal=[{"reference": url} for url in goal_urls],
        activity=[_activity(who, step) for step in plan.steps],
        note=[{"text": who.say(note)}] if note else None,
    )


def _activity(who: Person, step: Step) -> Element:
    id_ = step.offer.id
    words = who.knowledge.words[who.language].options[id_]
    address = f"{names.BASE}/ActivityDefinition/{id_.replace('_', '-')}"
    return {
        "detail": full(
            instantiatesCanonical=[names.versioned(address, who.knowledge)],
            code=concept(coding(names.OPTIONS, id_), text=words.label),
            status="not-started",
            doNotPerform=False,
            scheduledString=own_words(step.when),
            description=words.first_step,
        )
    }
