"""Answers at random for every name that the prognosis reads, and a cohort that overlaps."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from rugkompas.catalogue import Knowledge

MADE_OF = ("pain_duration_days_min", "pain_duration_days_max")
ALSO = ("nprs", "pain_duration_days", "pain_duration_class", *MADE_OF)
"""Names that stand in ``rules/prognosis`` itself, or are another name for one that is read."""


def names(knowledge: Knowledge) -> list[str]:
    """Every question that the prognosis reads, once."""
    read = [reading.answer.partition(".")[0] for reading in knowledge.prognosis.readings]
    return list(dict.fromkeys([*read, *ALSO]))


def answer(name: str, knowledge: Knowledge, chance: np.random.Generator) -> Any:
    """One possible answer."""
    question = knowledge.questions[name]
    if name in MADE_OF:
        return int(chance.integers(0, 30)) + 30 * MADE_OF.index(name)
    if name == "pain_duration_days":
        return int(chance.integers(0, 3000))
    if name == "age_years":
        return int(chance.integers(18, 90))
    if question.kind == "tri":
        return str(chance.choice(["yes", "no", "unknown"]))
    if question.kind == "choice":
        return str(chance.choice(question.values))
    if question.kind == "set":
        return [value for value in question.values if chance.random() < 0.3]
    if question.kind == "map":
        keys = [r.answer.partition(".")[2] for r in knowledge.prognosis.readings]
        told = [key for key in keys if key in knowledge.factors and chance.random() < 0.3]
        return {key: str(chance.choice(["yes", "no", "unknown"])) for key in told}
    low, high = float(question.low or 0), float(question.high or 0)
    number = chance.uniform(low, high)
    return round(number) if question.kind == "integer" else round(number, 1)


def people(knowledge: Knowledge, size: int, *, share: float, seed: int) -> list[dict[str, Any]]:
    """People of whom each name is answered with this chance."""
    chance = np.random.default_rng(seed)
    return [
        {
            name: answer(name, knowledge, chance)
            for name in names(knowledge)
            if chance.random() < share
        }
        for _ in range(size)
    ]


def cohort(
    knowledge: Knowledge, size: int, seed: int
) -> tuple[Mapping[str, np.ndarray], np.ndarray]:
    """Codes of people whose predictors hang together, and who is limited at three months.

    One common factor runs through all groups, one through each group. What the published
    figures say of one predictor at a time then holds, while together they say far less than
    their sum: the situation that the brakes are made for. The truth is drawn from the factors,
    not from our rules.
    """
    chance = np.random.default_rng(seed)
    facts = knowledge.prognosis
    common = chance.normal(size=size)
    log_days = np.clip(chance.normal(2.6, 1.5, size) + 0.4 * common, 0, 7.5)
    disability = np.clip(52 + 25 * (0.4 * common + 0.92 * chance.normal(size=size)), 0, 100)
    codes: dict[str, np.ndarray] = {
        "pain_duration_days": np.expm1(log_days).round(),
        "rmdq_percent": disability,
    }
    odds = -1.75 + 0.3 * (log_days - 2.8) + (0.5 + 0.1 * log_days) * (disability - 52) / 25
    for group in facts.groups:
        own = math.sqrt(0.2) * common + math.sqrt(0.8) * chance.normal(size=size)
        members = [p for p in facts.predictors if p.group == group]
        strongest = max(abs(p.per_sd_3m) * p.beside for p in members)
        odds += 0.75 * strongest * own
        for predictor in members:
            loud = math.sqrt(0.5) * own + math.sqrt(0.5) * chance.normal(size=size)
            sign = 1 if predictor.per_sd_3m > 0 else -1
            value = predictor.mean + predictor.sd * sign * loud
            value = value + predictor.mean_per_log_day * (log_days - 2.8)
            reading = predictor.reads[0]
            variable = knowledge.codebook[reading.answer]
            if variable.is_number:
                value = np.expm1(np.clip(value, 0, 6)) if predictor.scale == "log" else value
                codes[reading.answer] = np.clip(value, 0, variable.high)
            else:
                words = list(reading.values)
                near = np.abs(value[:, None] - np.array(list(reading.values.values())))
                coded = np.array([variable.code(word) for word in words], dtype=np.uint8)
                codes[reading.answer] = coded[near.argmin(axis=1)]
    limited = chance.random(size) < 1 / (1 + np.exp(-odds))
    return codes, limited
