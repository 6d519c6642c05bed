"""Which question comes next: only what can still change the outcome, most urgent first.

Pure: answers in, the id of a question out. A question is worth asking while a row of the
triage table that reads it is open and could raise the tier, the category or the contact, or
while the course needs it. Emergency questions are always asked, until one of them decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from rugkompas.assess.triage import RANK, category, contacts, highest
from rugkompas.catalogue import Knowledge
from rugkompas.catalogue.parameters import Parameters
from rugkompas.catalogue.schema import Question, RedFlag
from rugkompas.logic.codebook import Variable
from rugkompas.logic.one import Because, OnePerson, answers_of
from rugkompas.logic.verbs import Questions
from rugkompas.people.person import person
from rugkompas.rules.applies import APPLIES
from rugkompas.rules.factors import present
from rugkompas.rules.red_flags import NO_OTHER_ROW, ROWS

COURSE = (
    "pain_duration_days",
    "pain_duration_class",
    "course_activity",
    "first_ever_episode",
    "pain_free_month_before",
    "pain_nrs",
)
"""What the course and its outlook read."""


class StillOpen(OnePerson):
    """One person halfway an interview: a question that was passed over is not open any more."""

    def __init__(self, codes: Mapping[str, Any], closed: frozenset[str]) -> None:
        super().__init__(codes, open_questions=True)
        self._closed = closed

    def _compare(self, variable: Variable, code: int | float, value: bool) -> Because:
        if variable.question in self._closed:
            return Because(value, variable.asked_by)
        return super()._compare(variable, code, value)


def next_question(
    given: Mapping[str, Any],
    knowledge: Knowledge,
    p: Parameters,
    passed: frozenset[str] = frozenset(),
) -> str | None:
    """The id of the next question, None when no question is left that matters.

    given: the answers so far. passed: questions that were asked and got no answer. After an
    answer that makes it an emergency there is never another question.
    """
    q = _answers(given, knowledge, p, passed)
    rows = {id_: row(q, p) for id_, row in ROWS.items()}
    fired = [knowledge.red_flags[id_] for id_, truth in rows.items() if truth.value]
    fired = fired or [knowledge.red_flags[NO_OTHER_ROW]]
    if highest(flag.tier for flag in fired) == "emergency":
        return None
    asked = {*given, *passed}
    hangs_on = _hanging_emergency(rows, given, knowledge, p)
    if hangs_on:
        return _first(hangs_on, asked, q, knowledge, p)
    first = _first(_with_gates(_emergency(knowledge), q, p), asked, q, knowledge, p)
    if first:
        return first
    wanted: set[str] = set(COURSE)
    for id_, truth in rows.items():
        if truth.value is None and _could_raise(knowledge.red_flags[id_], fired, knowledge):
            wanted |= truth.answers
    if given.get("first_ever_episode") == "yes":
        wanted.discard("pain_free_month_before")
    return _first(wanted, asked, q, knowledge, p)


def signs_left(
    given: Mapping[str, Any],
    knowledge: Knowledge,
    p: Parameters,
    passed: frozenset[str] = frozenset(),
) -> int:
    """How many questions about signs that cannot wait may still come, at most: the emergency
    questions and what decides whether they apply."""
    q = _answers(given, knowledge, p, passed)
    wanted = _with_gates(_emergency(knowledge), q, p)
    return len(_left(wanted, {*given, *passed}, q, knowledge, p))


def factor_questions(
    given: Mapping[str, Any], knowledge: Knowledge, p: Parameters
) -> tuple[str, ...]:
    """Factors that can be asked about: not yet said, and not told by another answer."""
    q = _answers(given, knowledge, p, frozenset())
    said = given.get("factors", {})
    return tuple(
        factor.id
        for factor in knowledge.factors.values()
        if factor.asked and factor.id not in said and not present(q, p, factor.id).value
    )


def _hanging_emergency(
    rows: Mapping[str, Because], given: Mapping[str, Any], knowledge: Knowledge, p: Parameters
) -> set[str]:
    """The open questions of a row that is an emergency as long as they are not answered."""
    so_far = answers_of(person(given, knowledge).codes, knowledge.codebook)
    hanging = [
        truth.answers
        for id_, truth in rows.items()
        if knowledge.red_flags[id_].tier == "emergency"
        and truth.value is None
        and ROWS[id_](so_far, p).value
    ]
    return set().union(*hanging)


def _answers(
    given: Mapping[str, Any], knowledge: Knowledge, p: Parameters, passed: frozenset[str]
) -> Questions[Because]:
    """The answers so far; what does not apply will not be asked, so it is closed as well."""
    codes = person(given, knowledge).codes
    closed = passed
    while True:
        q = Questions(StillOpen(codes, closed), knowledge.codebook)
        never = {id_ for id_, applies in APPLIES.items() if applies(q, p).value is False}
        if never <= closed:
            return q
        closed |= never


def _with_gates(items: Iterable[str], q: Questions[Because], p: Parameters) -> set[str]:
    """These questions, and the ones that decide whether they apply."""
    wanted = set(items)
    for item in items:
        applies = APPLIES.get(item)
        truth = applies(q, p) if applies else None
        if truth is not None and truth.value is None:
            wanted |= truth.answers
    return wanted


def _first(
    wanted: set[str],
    asked: set[str],
    q: Questions[Because],
    knowledge: Knowledge,
    p: Parameters,
) -> str | None:
    """Of the wanted questions that are left and may apply, the first in order."""
    left = _left(wanted, asked, q, knowledge, p)
    return min(left, key=lambda question: (question.order, question.id)).id if left else None


def _left(
    wanted: set[str],
    asked: set[str],
    q: Questions[Because],
    knowledge: Knowledge,
    p: Parameters,
) -> list[Question]:
    return [
        knowledge.questions[id_]
        for id_ in wanted - asked
        if id_ not in APPLIES or APPLIES[id_](q, p).value is not False
    ]


def _emergency(knowledge: Knowledge) -> list[str]:
    return [id_ for id_, question in knowledge.questions.items() if question.emergency]


def _could_raise(flag: RedFlag, fired: list[RedFlag], knowledge: Knowledge) -> bool:
    """Firing would change the tier, the category or the first contact."""
    tier = highest(other.tier for other in fired)
    if RANK[flag.tier] > RANK[tier] or category([flag, *fired]) != category(fired):
        return True
    now = knowledge.contacts[contacts(fired, tier, knowledge)[0]].rank
    return flag.tier == tier and knowledge.contacts[flag.contact].rank < now
