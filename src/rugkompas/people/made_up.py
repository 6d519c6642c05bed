"""Made-up people: seeded, from nearly empty forms to full ones, for checks and benchmarks.

They are not a population: no prevalence is claimed. A form with every item drawn evenly is
nearly always an emergency and tests little, so density, alarm and doubt differ per person.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

from rugkompas.catalogue import Knowledge
from rugkompas.catalogue.schema import Question
from rugkompas.logic.codebook import TRI


def people(count: int, seed: int, knowledge: Knowledge) -> Iterator[dict[str, Any]]:
    """That many people's answers, the same for the same seed and knowledge."""
    chance = random.Random(seed)
    questions = [q for q in knowledge.questions.values() if q.triage and not q.member_of]
    for _ in range(count):
        yield _person(chance, questions, knowledge)


def _person(
    chance: random.Random, questions: list[Question], knowledge: Knowledge
) -> dict[str, Any]:
    asked = chance.choice((0.3, 0.8, 0.97, 1.0, 1.0, 1.0))
    alarm = chance.choice((0.0, 0.01, 0.03, 0.1, 0.4))
    doubt = chance.choice((0.0, 0.0, 0.01, 0.05, 0.2))
    answers: dict[str, Any] = {}
    for question in questions:
        if chance.random() >= asked:
            continue
        if question.kind == "group":
            members = [knowledge.questions[member] for member in question.members]
            answers[question.id] = {
                member.id: _answer(chance, member, 0.5, doubt)
                for member in members
                if chance.random() < asked
            }
        else:
            answers[question.id] = _answer(chance, question, alarm, doubt)
    if chance.random() < 0.5:
        answers.pop("pain_duration_days", None)
    age, days = answers.get("age_years"), answers.get("pain_duration_days")
    if age is not None and days is not None:
        answers["pain_duration_days"] = min(days, age * 365)
    if chance.random() < 0.5:
        answers["factors"] = {
            factor.id: chance.choice(TRI)
            for factor in knowledge.factors.values()
            if factor.asked and chance.random() < asked
        }
    return answers


def _answer(chance: random.Random, question: Question, alarm: float, doubt: float) -> Any:
    if question.kind == "integer":
        return _number(chance, question)
    if question.kind == "set":
        return [member for member in question.values if chance.random() < alarm]
    words = TRI if question.kind == "tri" else tuple(question.values)
    if not question.worse:
        return chance.choice(words)
    if "unknown" in words and chance.random() < doubt:
        return "unknown"
    calm = question.worse[0][0]
    if chance.random() < alarm:
        return chance.choice([word for word in words if word not in (calm, "unknown")])
    return calm


def _number(chance: random.Random, question: Question) -> int:
    ranges = {
        "age_years": ((18, 69), (18, 69), (0, 17), (70, 100)),
        "pain_duration_days": ((0, 27), (0, 27), (28, 100), (0, 4000)),
        "pain_nrs": ((0, 10),),
        "episodes_last_year": ((0, 4),),
        "onset_age_years": ((10, 60),),
    }
    low, high = chance.choice(ranges[question.id])
    return chance.randint(low, high)
