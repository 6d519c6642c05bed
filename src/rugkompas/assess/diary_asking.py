"""What a diary asks on a day: the same on a terminal and on the site."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from rugkompas.catalogue import Knowledge
from rugkompas.catalogue.schema import Question
from rugkompas.logic import one
from rugkompas.people.diary import Book
from rugkompas.people.diary.entry import FACTORS, is_sign
from rugkompas.people.person import person
from rugkompas.rules.applies import APPLIES

USUAL_FACTORS = FACTORS[:3]
"""Factors that are asked about when the person chose none."""
WEEK = 7


def signs_to_ask(answers: Mapping[str, Any], knowledge: Knowledge) -> list[Question]:
    """The emergency questions that can change and that concern this person."""
    p = knowledge.parameters_on(dt.date.today())
    reasons = one.answers_of(person(answers, knowledge).codes, knowledge.codebook)
    found = [
        question
        for question in knowledge.questions.values()
        if question.emergency
        and is_sign(question)
        and (question.id not in APPLIES or APPLIES[question.id](reasons, p).value)
    ]
    return sorted(found, key=lambda question: (question.order, question.id))


def calm(question: Question) -> str:
    """The answer that is no alarm sign."""
    return question.worse[0][0] if question.worse else "no"


def alarms(question: Question) -> list[str]:
    """The answers that are one, as they stand in the question; of a yes or no the yes."""
    if question.kind == "tri":
        return ["yes"]
    return [value for value in question.values if value not in (calm(question), "unknown")]


def is_week(book: Book, day: dt.date) -> bool:
    """A week went by since the first day, or since the last check-in."""
    told = [e.day for e in book.entries if e.week and e.day < day]
    first = [e.day for e in book.entries[:1]]
    return bool(told or first) and (day - (told or first)[-1]).days >= WEEK
