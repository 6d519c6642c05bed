"""The interview: one question at a time, line by line, so that a screen reader can follow.

Nothing is kept: the answers live in this process, until the person asks for a file.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from rugkompas.assess import assess
from rugkompas.assess.interview import factor_questions, next_question
from rugkompas.assess.triage import RANK
from rugkompas.catalogue import Knowledge
from rugkompas.catalogue.parameters import Parameters
from rugkompas.cli.asking import (
    BackError,
    EnoughError,
    QuitError,
    ask,
    ask_factor,
    ask_yes_no,
    tell,
)
from rugkompas.cli.say import RefusedError, Say, refused
from rugkompas.cli.writing import whole_file
from rugkompas.people.person import grouped, person
from rugkompas.people.problems import BadAnswers

_OFFER, _ENOUGH = "offer", "enough"


@dataclass
class Talk:
    """What was asked, in order, with the answers; None = asked and passed over. A step is the
    id of a question, "factors.<id>", "changeable.<id>", or the offer to go on about factors."""

    steps: list[tuple[str, Any]] = field(default_factory=list)

    @property
    def given(self) -> dict[str, Any]:
        """The answers as ``person`` takes them."""
        answers: dict[str, Any] = {}
        for step, answer in self.steps:
            name, dot, part = step.partition(".")
            if dot:
                answers.setdefault(name, {})[part] = answer
            elif answer is not None and step not in (_OFFER, _ENOUGH):
                answers[name] = answer
        return answers

    def answer(self, step: str) -> Any:
        return dict(self.steps).get(step)

    def asked(self, step: str) -> bool:
        return any(step == asked for asked, _ in self.steps)

    @property
    def passed(self) -> frozenset[str]:
        return frozenset(step for step, answer in self.steps if answer is None)


def interview(say: Say, day: dt.date) -> Mapping[str, Any] | None:
    """Ask until no question is left that matters. The answers, or None when the person quits.

    Raises RefusedError when there is no terminal to talk through.
    """
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise refused("interview_needs_terminal", "rugkompas assess")
    p = say.knowledge.parameters_on(day)
    talk = Talk()
    tell(say("interview_welcome"))
    try:
        while (step := _next_step(talk, say.knowledge, p, day)) is not None:
            try:
                talk.steps.append((step, _ask(step, talk, say)))
            except BackError:
                if talk.steps:
                    talk.steps.pop()
                else:
                    tell(say("interview_first"))
            except EnoughError:
                talk.steps.append((_ENOUGH, None))
    except (QuitError, EOFError, KeyboardInterrupt):
        tell("\n" + say("interview_quit"))
        return None
    return talk.given


def _next_step(talk: Talk, knowledge: Knowledge, p: Parameters, day: dt.date) -> str | None:
    """Triage and course first; then, when there is time for it, what plays a role."""
    given = talk.given
    question = next_question(given, knowledge, p, talk.passed)
    if question is not None:
        return question
    urgency = assess(given, on=day, knowledge=knowledge).triage.urgency
    if RANK[urgency] >= RANK["same_day"] or talk.asked(_ENOUGH):
        return None
    if not talk.asked(_OFFER):
        return _OFFER
    return _next_factor(talk, knowledge, p) if talk.answer(_OFFER) else None


def _next_factor(talk: Talk, knowledge: Knowledge, p: Parameters) -> str | None:
    left = factor_questions(talk.given, knowledge, p)
    for factor in knowledge.factors.values():
        if factor.id in left:
            return f"factors.{factor.id}"
        present = talk.answer(f"factors.{factor.id}") == "yes"
        changeable = f"changeable.{factor.id}"
        if present and factor.modifiable != "no" and not talk.asked(changeable):
            return changeable
    return None


def _ask(step: str, talk: Talk, say: Say) -> Any:
    if step == _OFFER:
        return ask_yes_no(say, say("interview_offer"), "")
    kind, dot, factor = step.partition(".")
    if dot:
        return ask_factor(say, kind, factor)
    number = len(talk.steps) + 1
    while True:
        answer = ask(say, say.knowledge.questions[step], number)
        try:
            person({**talk.given, step: answer}, say.knowledge)
        except BadAnswers as error:
            short = say.knowledge.words[say.language].questions[step].short
            for problem in error.problems:
                tell(say.problem(replace(problem, where=short)))
        else:
            return answer


def offer_file(say: Say, answers: Mapping[str, Any]) -> None:
    """Keep the answers in a file, only when the person gives it a name."""
    while True:
        try:
            name = input("\n" + say("interview_save") + " ").strip()
        except (EOFError, KeyboardInterrupt):
            name = ""
        if not name:
            tell(say("interview_not_saved"))
            return
        path = Path(name if name.endswith(".json") else f"{name}.json")
        if path.exists():
            tell(say("interview_exists", where=path))
            continue
        try:
            with whole_file(path, private=True) as stream:
                stream.write(_as_file(grouped(answers, say.knowledge)))
        except RefusedError as error:
            say.refuse(error)
            continue
        tell(say("interview_saved", where=path))
        return


def _as_file(answers: Mapping[str, Any]) -> bytes:
    return json.dumps(answers, indent=2, ensure_ascii=False).encode() + b"\n"
