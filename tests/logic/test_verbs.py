"""What each verb means: a small table in, an answer out, the same on every carrier."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from carriers import BOOK, CARRIERS, Codes, Expression, by_one
from hypothesis import given, settings
from hypothesis import strategies as st

from rugkompas.logic import one, packed
from rugkompas.logic.steps import Steps, Walked
from rugkompas.logic.verbs import Questions, all_of, any_of, at_least_of

NOT_ASKED, NO, YES, UNKNOWN = 0, 1, 2, 3


def fever(*codes: int) -> list[Codes]:
    return [{"fever": code} if code else {} for code in codes]


def ages(*numbers: int) -> list[Codes]:
    return [{"age": number} if number >= 0 else {} for number in numbers]


CHAPTERS: dict[str, tuple[list[Codes], Expression, list[bool]]] = {
    "is_: only the word itself; unknown and not asked are not it": (
        fever(NOT_ASKED, NO, YES, UNKNOWN),
        lambda q: q.fever.is_("yes"),
        [False, False, True, False],
    ),
    "is_ with more words: any of them": (
        fever(NOT_ASKED, NO, YES, UNKNOWN),
        lambda q: q.fever.is_("yes", "unknown"),
        [False, False, True, True],
    ),
    "missing: not even unknown was answered": (
        fever(NOT_ASKED, NO, YES, UNKNOWN),
        lambda q: q.fever.missing,
        [True, False, False, False],
    ),
    "not: everything but the word, so also unknown and not asked": (
        fever(NOT_ASKED, NO, YES, UNKNOWN),
        lambda q: ~q.fever.is_("yes"),
        [True, True, False, True],
    ),
    "at_least: the boundary counts, not asked does not": (
        ages(-1, 0, 49, 50, 51),
        lambda q: q.age.at_least(50),
        [False, False, False, True, True],
    ),
    "below: the boundary does not count, not asked neither": (
        ages(-1, 0, 49, 50, 51),
        lambda q: q.age.below(50),
        [False, True, True, False, False],
    ),
    "has: the set holds one of these": (
        [{}, {"risk.drugs": 1, "risk.valve": 1}, {"risk.drugs": 1, "risk.valve": 2}],
        lambda q: q.risk.has("drugs", "valve"),
        [False, False, True],
    ),
    "less_days_below: years less days; a day more or less decides; not asked is never it": (
        # 45 years less 1 day is below 45; 46 less 365 days is 45.0007, less 366 is 44.998.
        [
            {"age": 45, "days": 0},
            {"age": 45, "days": 1},
            {"age": 46, "days": 365},
            {"age": 46, "days": 366},
            {"days": 9},
            {"age": 9},
        ],
        lambda q: q.age.less_days_below(q.days, 45),
        [False, True, False, True, False, False],
    ),
    "and, or": (
        [{"fever": YES, "age": 60}, {"fever": YES, "age": 20}, {"age": 60}, {}],
        lambda q: q.fever.is_("yes") & (q.age.at_least(50) | q.age.missing),
        [True, False, False, False],
    ),
    "any_of, all_of": (
        fever(NOT_ASKED, NO, YES),
        lambda q: any_of(q.fever.missing, all_of(q.fever.is_("yes"), ~q.fever.is_("no"))),
        [True, False, True],
    ),
    "at_least_of: two of three": (
        [{"fever": YES, "age": 60}, {"fever": YES, "weakness": 3}, {"weakness": 3}, {}],
        lambda q: at_least_of(
            2, [q.fever.is_("yes"), q.age.at_least(50), q.weakness.is_("severe")]
        ),
        [True, True, False, False],
    ),
}


@pytest.mark.parametrize("carrier", CARRIERS)
@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_verb_means_the_same_on_every_carrier(chapter: str, carrier: str) -> None:
    people, expression, expected = CHAPTERS[chapter]

    found = CARRIERS[carrier](people, expression)

    assert expected == found


def test_a_column_that_the_table_lacks_was_asked_of_nobody() -> None:
    q = packed.answers_of({"age": np.array([60, -1], np.int32)}, 2, BOOK)
    found = [q.fever.is_("yes"), q.fever.missing, q.days.below(9), q.age.less_days_below(q.days, 9)]

    assert [[False] * 2, [True] * 2, [False] * 2, [False] * 2] == [
        packed.unpacked(truths, 2).tolist() for truths in found
    ]


def test_the_first_step_that_holds_gives_the_number() -> None:
    ages = np.array([5, 15, 45, 85, -1] * 3, np.int32)
    q = packed.answers_of({"age": ages}, len(ages), BOOK)
    steps = [(q.age.below(10), 3), (q.age.below(20), 200), (q.age.at_least(80), 0)]

    assert [3, 200, 7, 0, 7] * 3 == packed.first_of(steps, 7, len(ages)).tolist()


def test_reasons_name_only_the_answers_on_which_the_truth_rests() -> None:
    q = one.answers_of({"fever": YES, "age": 20, "weakness": 2}, BOOK)

    either = q.fever.is_("yes") | q.age.at_least(50)
    neither = q.fever.is_("no") & q.age.at_least(50)

    assert (True, {"fever"}) == (either.value, set(either.answers))
    assert (False, {"fever", "age"}) == (neither.value, set(neither.answers))


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        (lambda q: q.fever.is_("yes") & q.weakness.is_("none"), False),
        (lambda q: q.fever.is_("yes") & q.weakness.is_("severe"), None),
        (lambda q: q.fever.is_("yes") | q.weakness.is_("severe"), True),
        (lambda q: q.fever.is_("yes") | q.weakness.is_("none"), None),
        (lambda q: ~q.fever.is_("yes"), None),
        (lambda q: q.fever.missing, None),
    ],
)
def test_an_open_question_leaves_open_what_it_can_still_decide(
    expression: Expression, value: bool | None
) -> None:
    q = one.answers_of({"weakness": 3}, BOOK, open_questions=True)

    assert value == expression(q).value


def test_a_word_that_a_question_does_not_have_is_refused() -> None:
    q = one.answers_of({}, BOOK)

    with pytest.raises(ValueError, match="'maybe' is not an answer to 'fever'"):
        q.fever.is_("maybe")


people = st.fixed_dictionaries(
    {},
    optional={
        "fever": st.integers(1, 3),
        "weakness": st.integers(1, 4),
        "age": st.integers(0, 120),
        "days": st.integers(0, 43800),
        "risk.drugs": st.integers(1, 2),
        "risk.valve": st.integers(1, 2),
    },
)
atoms: list[Expression] = [
    lambda q: q.fever.is_("yes"),
    lambda q: q.fever.missing,
    lambda q: q.weakness.is_("mild", "severe"),
    lambda q: q.age.at_least(50),
    lambda q: q.age.below(18),
    lambda q: q.risk.has("drugs", "valve"),
    lambda q: q.age.less_days_below(q.days, 45),
]


def _combine(parts: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    def both(pair: tuple[Expression, Expression]) -> Expression:
        return lambda q: pair[0](q) & pair[1](q)

    def either(pair: tuple[Expression, Expression]) -> Expression:
        return lambda q: pair[0](q) | pair[1](q)

    def inverse(part: Expression) -> Expression:
        return lambda q: ~part(q)

    pairs = st.tuples(parts, parts)
    return pairs.map(both) | pairs.map(either) | parts.map(inverse)


expressions: st.SearchStrategy[Any] = st.recursive(st.sampled_from(atoms), _combine, max_leaves=8)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(people, min_size=1, max_size=12), expressions)
def test_any_expression_gives_the_same_truths_on_every_carrier(
    group: list[Codes], expression: Expression
) -> None:
    expected = by_one(group, expression)

    for name, carrier in CARRIERS.items():
        assert expected == carrier(group, expression), name


@settings(max_examples=60, deadline=None, derandomize=True)
@given(people, expressions)
def test_steps_rest_on_the_same_answers_as_the_rule(codes: Codes, expression: Expression) -> None:
    steps = Steps()
    truth = expression(Questions(steps, BOOK))

    assert expression(one.answers_of(codes, BOOK)).answers == Walked(steps, codes).because(truth)


def test_what_rules_share_is_one_step() -> None:
    steps = Steps()
    q = Questions(steps, BOOK)

    first, again = (q.fever.is_("yes") & ~q.age.at_least(50) for _ in range(2))

    assert first is again
