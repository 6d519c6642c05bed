"""The chance of still being clearly limited at three and twelve months, for one person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rugkompas.assess.assessment import Assessment, assess
from rugkompas.catalogue import Knowledge
from rugkompas.logic.arithmetic import ForOne
from rugkompas.rules import prognosis as rules

URGENT = ("emergency", "same_day")
NOT_ASKED_ROW = "S19"
"""Fires when triage was not asked; a prognosis does not need triage."""


@dataclass(frozen=True, slots=True)
class Prognosis:
    """chances: months (3 and 12) -> the chance of a Roland-Morris score of at least 30 % of its
    maximum, with its range (0-1). known: the parts that were answered. call_first: an answer
    asks for a call today; then that comes before any prognosis."""

    assessment: Assessment
    chances: Mapping[int, rules.Chance]
    known: tuple[str, ...]
    call_first: bool


def prognosis(
    answers: Mapping[str, Any],
    *,
    on: dt.date | None = None,
    knowledge: Knowledge | None = None,
) -> Prognosis:
    """The prognosis of one person, from published figures (``docs/explanation/prognosis.md``).

    answers: as for ``assess`` (CONTRACT.md); any may be missing, also all. What is missing
    widens the range and is never read as "no".
    Raises BadAnswers (a ValueError) that lists every answer that cannot be used, and
    LookupError when the rules have no value on that day.
    """
    return prognosis_of(assess(answers, on=on, knowledge=knowledge))


def prognosis_of(found: Assessment) -> Prognosis:
    """The same, for a person who is assessed already."""
    facts, book = found.knowledge.prognosis, found.knowledge.codebook
    told = rules.told(found.person.codes, facts, book, ForOne())
    fired = [row for row in found.triage.rules if row.id != NOT_ASKED_ROW]
    return Prognosis(
        assessment=found,
        chances=rules.prognosis(found.person.codes, facts, book, ForOne()),
        known=tuple(part for part, known in told.items() if known),
        call_first=any(row.urgency in URGENT for row in fired),
    )
