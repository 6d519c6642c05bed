"""What a person's own days show: which of their factors go with a better or a worse day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from rugkompas.assess.follow_up import FollowUp, follow_up
from rugkompas.catalogue import Knowledge, load
from rugkompas.people.diary import Book, days

if TYPE_CHECKING:
    from rugkompas.statistics import patterns as statistics
    from rugkompas.statistics.columns import Diary

Outcome = Literal["pain", "activities"]
OUTCOMES: tuple[Outcome, ...] = ("pain", "activities")
NEXT_DAY = ("lifting",)
"""Factors that count for the day after as well: a heavy day may be felt the next morning."""


@dataclass(frozen=True, slots=True)
class OwnPatterns:
    """The patterns in one diary. outcome: pain, or the mean of the own activities; of both
    higher is worse. found: what goes with it. course: triage and the rest on that day; when it
    says ``call_first``, nothing of the patterns is shown."""

    outcome: Outcome
    found: statistics.Patterns
    course: FollowUp


def patterns(
    book: Book,
    *,
    outcome: Outcome = "pain",
    on: dt.date | None = None,
    knowledge: Knowledge | None = None,
) -> OwnPatterns:
    """The patterns of one diary (docs/explanation/patterns.md). They never tell what causes what.

    outcome: ``pain`` or ``activities``. on: the local day for which it holds (default: today);
    later entries are left out.
    Raises ImportError without numpy, which the extras ``tables`` and ``web`` bring.
    """
    from rugkompas.statistics import patterns as statistics

    knowledge = knowledge or load()
    course = follow_up(book, on=on, knowledge=knowledge)
    return OwnPatterns(outcome, statistics.patterns(columns(book, outcome, course.day)), course)


def columns(book: Book, outcome: Outcome, through: dt.date) -> Diary:
    """The days of a diary as the statistics read them."""
    from rugkompas.statistics.columns import Diary

    found = days(book, through)
    return Diary(
        day=found.day,
        outcome=getattr(found, outcome),
        factors=found.factors,
        lagged=[name for name in NEXT_DAY if name in found.factors],
    )
