"""What was found in a record becomes part of a visit: what the person ticked, and no more."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from rugkompas.assess.pages import OFFER, Asked
from rugkompas.catalogue import Knowledge
from rugkompas.fhir.cds.record import merged
from rugkompas.people.person import person
from rugkompas.web.loading import visit_of
from rugkompas.web.smart.sealed import Found
from rugkompas.web.views.questions import answer_at
from rugkompas.web.visit import Visit

FACTS = "person_facts"


@dataclass(frozen=True, slots=True)
class Step:
    """One answer of a record. step: as pages name it. kind: the type of the resource that says
    it."""

    step: str
    page: Asked
    kind: str


def steps_of(found: Found, k: Knowledge) -> list[Step]:
    """Each answer that was found, in the order of the interview."""
    pages = [page for page in visit_of(found.answers, k).asked if page.page != OFFER]
    return [
        Step(step, Asked(page.page, {step: answer}), found.kinds.get(step, "Patient"))
        for page in pages
        for step, answer in page.answers.items()
    ]


def with_record(visit: Visit, steps: Collection[Step], k: Knowledge) -> Visit:
    """The visit with these answers. Own answers stay, apart from what makes things more urgent.

    Raises BadAnswers when an own answer and the record cannot both be.
    """
    if not steps:
        return visit
    record = {step.step: step.page.answers[step.step] for step in steps}
    own = visit.given
    whole = merged(own, _nested(record))
    person(whole, k)
    known = {step: answer_at(whole, step) for step in record}
    # What the person said themselves stays their own word, also when the record says the same.
    new = {step for step, it in known.items() if it == record[step] != answer_at(own, step)}
    recorded = tuple(sorted(new | set(visit.recorded)))
    return replace(_laid(visit, known, k), recorded=recorded)


def _laid(visit: Visit, known: Mapping[str, Any], k: Knowledge) -> Visit:
    """Each answer on the page that asked it; questions that were not asked as new pages before
    the others; facts about a person, which come on a page with more, beside them."""
    asked = tuple(
        replace(page, answers={step: known.get(step, it) for step, it in page.answers.items()})
        for page in visit.asked
    )
    held = {step for page in asked for step in page.answers}
    new = {step: it for step, it in known.items() if step not in held}
    made = visit_of({step: it for step, it in new.items() if "." not in step}, k)
    facts = {step.partition(".")[2]: it for step, it in new.items() if "." in step}
    more = {**visit.more, **made.more}
    if facts:
        more[FACTS] = {**visit.more.get(FACTS, {}), **facts}
    return replace(visit, asked=made.asked + asked, more=more)


def _nested(record: Mapping[str, Any]) -> dict[str, Any]:
    """Steps as answers."""
    found: dict[str, Any] = {}
    for step, answer in record.items():
        name, dot, part = step.partition(".")
        if dot:
            found.setdefault(name, {})[part] = answer
        else:
            found[name] = answer
    return found
