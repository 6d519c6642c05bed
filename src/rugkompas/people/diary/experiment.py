"""The record of a personal experiment, checked: the plan before it starts, and how it ended."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from rugkompas.catalogue import Knowledge
from rugkompas.people.diary.entry import NAME, Experiment, common, converted, is_name, one_of
from rugkompas.people.problems import BadAnswers, Problem

OUTCOMES = ("pain", "activities")
ENDS = ("finished", "worse", "alarm", "own_choice")
"""At its last day; pain or trouble clearly more; an alarm sign; stopped, without a reason asked."""
LONGEST = 182
"""Days. What needs more than half a year is not offered."""
AHEAD = 60
"""Days between the plan and its first day, at most."""
PERIOD = (2, 28)
LARGEST_SEED = 10**15 - 1
"""Fifteen digits: every program that reads the file keeps all of them, ``json_value`` too."""


def experiment(given: Mapping[str, Any], knowledge: Knowledge) -> Experiment:
    """A checked experiment.

    given: the fields of ``Experiment``; ``id`` and ``written_at`` are made when they lack. A
    plan never starts before the day on which it is written: a draw afterwards is none.
    Raises BadAnswers with every problem; a message never repeats an answer.
    """
    problems: list[Problem] = []
    made = converted(Experiment, given, problems)
    if made is not None:
        common(made, problems)
        _what(made, knowledge, problems)
        _shape(made, problems)
        if made.written_at.tzinfo is not None:
            _days(made, made.written_at.date(), problems)
    if problems or made is None:
        raise BadAnswers(problems)
    return made


def _what(made: Experiment, knowledge: Knowledge, problems: list[Problem]) -> None:
    if not is_name(made.what, NAME):
        problems.append(Problem("diary_name", "what"))
    if made.option is not None and made.option not in knowledge.options:
        problems.append(Problem("diary_option", "option"))
    one_of(made.outcome, OUTCOMES, "outcome", problems)
    one_of(made.ended, ENDS, "ended", problems)


def _shape(made: Experiment, problems: list[Problem]) -> None:
    for name, low, high in (
        ("difference", 0.5, 10),
        ("pairs", 2, LONGEST // 4),
        ("period_days", *PERIOD),
        ("washout_days", 0, made.period_days - 1),
        ("power", 0, 1),
        ("seed", 0, LARGEST_SEED),
    ):
        value = getattr(made, name)
        if value is not None and not low <= value <= high:
            limits = {"low": str(low), "high": str(high)}
            problems.append(Problem("out_of_range", name, limits))
    if 2 * made.pairs * made.period_days > LONGEST:
        problems.append(Problem("diary_too_long", "pairs, period_days", {"limit": str(LONGEST)}))


def _days(made: Experiment, written: dt.date, problems: list[Problem]) -> None:
    if made.replaces is None and not 0 <= (made.day - written).days <= AHEAD:
        problems.append(Problem("diary_plan_ahead", "day", {"limit": str(AHEAD)}))
    if (made.ended is None) != (made.ended_on is None):
        problems.append(Problem("diary_ended", "ended, ended_on"))
    elif made.ended_on is not None and made.ended_on > written:
        problems.append(Problem("diary_future", "ended_on"))
