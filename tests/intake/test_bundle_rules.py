"""Without a server the component asks, judges and says the same as the library."""

from __future__ import annotations

import datetime as dt
import itertools
import json
import random
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from intake.conftest import Somebody
from intake.running import INTAKE, Guest
from rugkompas.assess import assess
from rugkompas.assess.interview import StillOpen, next_question, signs_left
from rugkompas.assess.triage import triage
from rugkompas.catalogue import Knowledge
from rugkompas.logic.steps import read
from rugkompas.outputs.data import as_data
from rugkompas.outputs.short_report import short_report
from rugkompas.people.made_up import people
from rugkompas.people.person import person
from rugkompas.rules.applies import EMERGENCY_ITEMS
from stories.people import COURSE
from test_cases import CASES, PEOPLE
from test_cases import intake as told

Answers = dict[str, Any]

BUNDLE = json.loads((INTAKE / "bundle.json").read_text("utf-8"))
ASKED = [question["id"] for question in BUNDLE["questions"]]
ALIKE = ("rugkompas", "knowledge", "demonstration", "language", "date", "triage", "safety_net")
NUMBERED = ("at_least", "below", "years_less_days_below")
ELSEWHERE = ("course", "options")
"""Parts of a short result that a bundle does not have."""
OPENS = """async () => {
  const [bundled, asking, rules, triage, book] = await Promise.all(
    ["bundled", "asking", "rules", "triage", "book"].map((it) => import(`/${it}.js`)));
  const made = book.bookOf(await (await fetch("/bundle.json")).json());
  globalThis.own = { ...bundled, ...asking, ...rules, ...triage, book: made };
}"""
OUTCOMES = """(people) => people.map((it) => {
  const holds = own.truths(own.book, own.codesOf(own.book, own.givenOf(it)));
  const rows = own.fired(own.book, (line) => holds[line]);
  return [own.highest(own.book, rows), own.contacts(own.book, rows), own.category(own.book, rows),
    rows.map((row) => row.id).sort()];
})"""
REASONS = """(people) => people.map(([given, passed]) => own
  .reasons(own.book, own.codesOf(own.book, own.givenOf(given)), (it) => !passed.includes(it))
  .map(({ value, answers }) => [value, [...answers].sort()]))"""
RESULTS = """([people, language]) => people.map((it) =>
  own.resultOf(own.book, language, own.givenOf(it)))"""
NEXT = """(steps) => steps.map(([given, passed]) =>
  own.nextQuestion(own.book, own.givenOf(given), passed))"""


@pytest.fixture
def page(alone: Somebody) -> Callable[[str, Any], Any]:
    """The modules of the component, in a browser under the policy of a practice."""
    guest: Guest = alone()
    guest.page.evaluate(OPENS)
    return guest.page.evaluate


def asked_of(answers: Answers, knowledge: Knowledge) -> Answers:
    """The answers that a bundle asks for, as an interview holds them: a set as a list."""
    given = person(answers, knowledge).given
    return {
        id_: list(given[id_]) if isinstance(given[id_], tuple) else given[id_]
        for id_ in ASKED
        if id_ in given
    }


def answers_to(id_: str, knowledge: Knowledge) -> Iterator[Any]:
    """Every answer to a question; of numbers and sets a few."""
    question = knowledge.questions[id_]
    if question.kind == "integer":
        low, high = int(question.low or 0), int(question.high or 0)
        near = {line[-1] for line in BUNDLE["lines"] if line[0] in NUMBERED and id_ in line}
        numbers = {it + one for it in near for one in (-1, 0, 1)}
        yield from sorted({low, high, *(it for it in numbers if low <= it <= high)})
    elif question.kind == "set":
        yield from ([], *([member] for member in question.values))
        if question.unknown_alone:
            yield ["unknown"]
    else:
        yield from ("yes", "no", "unknown") if question.kind == "tri" else question.values


def everyone(knowledge: Knowledge) -> list[Answers]:
    """The cases for clinicians, every single answer on top of a calm man, pairs of answers to
    emergency items, a calm man with an answer less, and made-up people."""
    calm = asked_of(COURSE, knowledge)
    single = [{**calm, id_: it} for id_ in ASKED for it in answers_to(id_, knowledge)]
    telling = [(id_, it) for id_ in EMERGENCY_ITEMS for it in answers_to(id_, knowledge)]
    pairs = [{**calm, **dict(pair)} for pair in itertools.combinations(telling, 2)]
    without = [{k: v for k, v in calm.items() if k != id_} for id_ in ASKED]
    cases = [{**told(case["person"], PEOPLE), **case.get("answers", {})} for case in CASES]
    made_up = [asked_of(it, knowledge) for it in people(500, 55, knowledge)]
    possible = [
        it
        for it in single
        if it.get("pain_duration_days", 0) <= (it.get("age_years", 120) + 1) * 366
    ]
    from_cases = [asked_of(it, knowledge) for it in cases]
    return [calm, {}, *possible, *pairs, *without, *from_cases, *made_up]


@pytest.mark.hazard("H-55")
def test_thousands_of_people_get_the_rows_the_tier_and_the_contact_of_the_library(
    page: Callable[[str, Any], Any], knowledge: Knowledge
) -> None:
    all_ = everyone(knowledge)
    p = knowledge.parameters_on(knowledge.release.date)

    found = page(OUTCOMES, all_)

    assert len(all_) > 3000
    tiers = set()
    for answers, outcome in zip(all_, found, strict=True):
        expected = triage(person(answers, knowledge), knowledge, p)
        rows = sorted(row.id for row in expected.rules)
        same = [expected.urgency, list(expected.contacts), expected.category, rows]
        assert outcome == same, answers
        tiers.add(expected.urgency)
    assert tiers == set(BUNDLE["tiers"])


def test_every_line_has_the_truth_and_the_reasons_of_the_library(
    page: Callable[[str, Any], Any], knowledge: Knowledge
) -> None:
    chance = random.Random(55)
    halfway = []
    for answers in people(40, 8, knowledge):
        given = asked_of(answers, knowledge)
        passed = [id_ for id_ in ASKED if id_ not in given and chance.random() < 0.5]
        halfway.append((given, passed))
    # A day more or less decides whether it began before an age.
    halfway += [
        ({"age_years": age, "pain_duration_days": days}, [])
        for age, days in ((45, 0), (45, 1), (46, 365), (46, 366), (49, 1461), (49, 1462))
    ]

    found = page(REASONS, halfway)

    for (given, passed), lines in zip(halfway, found, strict=True):
        carrier = StillOpen(person(given, knowledge).codes, frozenset(passed))
        truths = read(BUNDLE["lines"], carrier, knowledge.codebook)
        assert lines == [[it.value, sorted(it.answers)] for it in truths]


@pytest.mark.hazard("H-37", "H-55")
@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_result_says_what_the_api_says_sentence_by_sentence(
    language: str, page: Callable[[str, Any], Any], knowledge: Knowledge, day: dt.date
) -> None:
    some = [asked_of(it, knowledge) for it in people(90, 21, knowledge)]

    found = page(RESULTS, [[*some, {}], language])

    for answers, made in zip([*some, {}], found, strict=True):
        assessment = assess(answers, on=day, knowledge=knowledge)
        data = json.loads(json.dumps(as_data(assessment, language)))
        said = json.loads(json.dumps(short_report(assessment, language)))
        assert {name: made[name] for name in ALIKE} == {name: data[name] for name in ALIKE}
        report = made["report"]
        for name in ("title", "made_on", "status", "answer"):
            assert report[name] == said[name], name
        sections = [it for it in said["sections"] if it["id"] not in ELSEWHERE]
        assert report["sections"] == sections
        lines = report["sources"]["lines"]
        assert lines == said["sources"]["lines"][: len(lines)]
        assert set(report["about"]["paragraphs"]) < set(said["about"]["paragraphs"])


@pytest.mark.hazard("H-55")
def test_at_every_step_the_next_question_is_that_of_the_library(
    page: Callable[[str, Any], Any], knowledge: Knowledge
) -> None:
    chance = random.Random(36)
    p = knowledge.parameters_on(knowledge.release.date)
    steps: list[tuple[Answers, list[str]]] = []
    expected: list[dict[str, Any] | None] = []
    # With sudden pain at 70 the score is asked first: until then it counts as severe. After a
    # first episode ever, the month before it is not asked.
    special = (
        {**COURSE, "age_years": 70, "onset_sudden_not_movement": "yes"},
        {**COURSE, "first_ever_episode": "yes"},
    )
    for answers in (*special, *people(60, 36, knowledge)):
        own = asked_of(answers, knowledge)
        given: Answers = {}
        passed: list[str] = []
        question: str | None = ""
        while question is not None:
            question = next_question(given, knowledge, p, frozenset(passed))
            left = signs_left(given, knowledge, p, frozenset(passed))
            steps.append((dict(given), list(passed)))
            expected.append(None if question is None else {"question": question, "left": left})
            if question in own and chance.random() < 0.95:
                given[question] = own[question]
            elif question is not None:
                passed.append(question)

    found = page(NEXT, steps)

    assert len(steps) > 1000
    for step, made, same in zip(steps, found, expected, strict=True):
        assert made == same, step
