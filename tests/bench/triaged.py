"""People for comparisons with other engines: all rows fire, and no answer is always there."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

from rugkompas import load_knowledge
from rugkompas.catalogue.schema import Question

PEOPLE = 300
ASKED = (0.2, 0.7, 0.97, 1.0, 1.0)
ALARMING = (0.01, 0.05, 0.15, 0.4, 1.0)
CUT_OFFS = (5, 10, 12, 16, 18, 26, 40, 45, 46, 50, 55, 56, 60, 70)
CALM_NUMBERS = {"pain_duration_days": 5, "pain_nrs": 3, "episodes_last_year": 1}


def people() -> Iterator[dict[str, Any]]:
    """From hardly asked to fully asked, from calm to every answer drawn evenly."""
    rng = random.Random(20)
    questions = [q for q in load_knowledge().questions.values() if q.triage]
    for _ in range(PEOPLE):
        asked, alarming = rng.choice(ASKED), rng.choice(ALARMING)
        age = rng.choice((rng.randint(0, 95), rng.choice(CUT_OFFS) - rng.randint(0, 1)))
        answers: dict[str, Any] = {}
        for question in questions:
            if question.kind == "group" or rng.random() > asked:
                continue
            draw = any_answer if rng.random() < alarming else calm_answer
            answer = draw(question, age, rng)
            if question.member_of:
                answers.setdefault(question.member_of, {})[question.id] = answer
            else:
                answers[question.id] = answer
        if rng.random() < 0.3:
            answers.pop("pain_duration_days", None)
        yield answers


def any_answer(question: Question, age: int, rng: random.Random) -> Any:
    if question.kind == "tri":
        return rng.choice(("no", "yes", "unknown"))
    if question.kind == "choice":
        return rng.choice(question.values)
    if question.kind == "set":
        if question.unknown_alone and rng.random() < 0.3:
            return ["unknown"]
        return rng.sample(question.values, rng.randint(0, 2))
    if question.id == "pain_duration_days":
        since_45 = round(max(0, age - 45) * 365.25) + rng.randint(-1, 1)
        around = (20, 21, 27, 28, 83, 84, 89, 90, 1826, 1827, since_45, since_45)
        return max(0, min(rng.choice(around), 365 * age))
    if question.id == "age_years":
        return age
    return rng.randint(0, min(int(question.high or 0), 60))


def calm_answer(question: Question, age: int, rng: random.Random) -> Any:
    if question.kind == "tri":
        return "no"
    if question.kind == "choice":
        return question.worse[0][0] if question.worse else question.values[0]
    if question.kind == "set":
        return []
    return min(CALM_NUMBERS.get(question.id, age), int(question.high or 0))
