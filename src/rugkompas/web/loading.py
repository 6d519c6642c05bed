"""Answers from a file as a visit: each under the page that asks it, the rest beside."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rugkompas.assess.pages import (
    FACT_PAGES,
    FACTOR_PAGES,
    LIFE_PAGES,
    MOST_ON_A_PAGE,
    OFFER,
    Asked,
)
from rugkompas.catalogue import Knowledge
from rugkompas.people.person import person
from rugkompas.web.visit import Visit, question_set

MAPS = ("factors", "changeable", "person_facts")


def visit_of(answers: Mapping[str, Any], k: Knowledge) -> Visit:
    """A visit in which these answers were given. Raises BadAnswers.

    A name for the record is left out: a visit holds no name.
    """
    given = person({name: it for name, it in answers.items() if name != "id"}, k).given
    alone = [
        Asked(question.id, {question.id: _plain(given[question.id])})
        for question in sorted(k.questions.values(), key=lambda it: (it.order, it.id))
        if question.id in given and (question.triage or question.topic == "course")
    ]
    groups = [*_groups(given), *_changeable(given)]
    asked = [*alone, *([Asked(OFFER, {OFFER: "yes"})] if groups else []), *groups]
    held = {step for page in asked for step in page.answers}
    more = {name: _plain(it) for name, it in given.items() if name not in held and name not in MAPS}
    # Facts and factors that no page asks still count, and what forbids an option above all.
    for name in MAPS:
        left = {id_: it for id_, it in given.get(name, {}).items() if f"{name}.{id_}" not in held}
        more |= {name: left} if left else {}
    return Visit(tuple(asked), more, question_set(k))


def _groups(given: Mapping[str, Any]) -> list[Asked]:
    pages = [
        *((f"factors_{name}", "factors", ids) for name, ids in FACTOR_PAGES.items()),
        *(
            (f"life_{name}", "person_facts" if name in FACT_PAGES else "", ids)
            for name, ids in LIFE_PAGES.items()
        ),
    ]
    found = []
    for page, map_, ids in pages:
        told = given.get(map_, {}) if map_ else given
        prefix = f"{map_}." if map_ else ""
        answers = {f"{prefix}{id_}": _plain(told[id_]) for id_ in ids if id_ in told}
        if answers:
            found.append(Asked(page, answers))
    return found


def _changeable(given: Mapping[str, Any]) -> list[Asked]:
    told = list(given.get("changeable", {}).items())
    return [
        Asked(
            f"changeable_{number}",
            {f"changeable.{id_}": it for id_, it in told[start : start + MOST_ON_A_PAGE]},
        )
        for number, start in enumerate(range(0, len(told), MOST_ON_A_PAGE), start=1)
    ]


def _plain(answer: Any) -> Any:
    """As it comes from a form: lists, not tuples."""
    return list(answer) if isinstance(answer, tuple) else answer
