"""Better or worse, episodes, flare-ups, patterns: both sides of every boundary, in days."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pages_of_a_diary import DAY, KNOWLEDGE, book, day, page, scored

from rugkompas.assess.follow_up import FollowUp, follow_up
from rugkompas.assess.follow_up_table import follow_up_table
from rugkompas.logic.arithmetic import ForOne
from rugkompas.people.made_up_diaries import rows
from rugkompas.rules import follow_up as rules

P = KNOWLEDGE.parameters_on(DAY)


def course(pains: Any = (), doing: Any = (), on: int | None = None, **start: Any) -> FollowUp:
    made = book(*scored(list(pains), list(doing)), **(start or {"activities": ("tillen",)}))
    last = max(len(list(pains)), len(list(doing))) - 1 if on is None else on
    return follow_up(made, on=day(last), knowledge=KNOWLEDGE)


@pytest.mark.parametrize(
    ("doing", "direction"),
    [
        ([7, 5], "improving"),  # 2 points: just the limit
        ([7, 6], "unchanged"),
        ([7, 8], "unchanged"),
        ([7, 9], "worsening"),
        ([3, 1], "improving"),  # a start of 3: just room enough
        ([2, 0], "unknown"),  # no room to improve is no deviating course
        ([2, 4], "worsening"),  # but worse can be seen
        ([7], "unknown"),  # one measurement is too little to tell
        ([None, 7, None, 5], "improving"),  # the first measurement is the start
        ([4, 9, 4, 4, 4, 4], "unchanged"),  # the start is not the worst day
    ],
)
def test_the_direction_follows_from_doing_against_the_first_measurement(
    doing: list[int | None], direction: str
) -> None:
    assert course(doing=doing).direction == direction


@pytest.mark.parametrize(
    ("pains", "direction"),
    [
        ([8, 6], "improving"),  # 2 points
        ([8, 7], "unchanged"),
        ([3, 2], "improving"),  # 33 %
        ([4, 3], "unchanged"),  # 25 %
        ([2, 1], "unchanged"),  # half, but of a start that is too low for a part
        ([2, 0], "improving"),  # 2 points
        ([5, 7], "worsening"),
        ([5, 6], "unchanged"),
        ([5], "unknown"),
    ],
)
def test_pain_has_limits_of_its_own(pains: list[int], direction: str) -> None:
    assert course(pains).by_pain == direction


def test_pain_alone_never_makes_the_course_better_or_worse() -> None:
    assert course([9, 1]).direction == "unknown"
    assert course([1, 9]).direction == "unknown"
    assert course([9, 1], doing=[7, 7]).direction == "unchanged"


def test_of_scores_and_own_words_the_less_favourable_counts() -> None:
    said = page(1, activities={"tillen": 3}, week={"course_activity": "unchanged"})
    made = book(page(0, activities={"tillen": 8}), said, activities=("tillen",))

    found = follow_up(made, on=day(1))

    assert (found.by_activities, found.said, found.direction) == (
        "improving", "unchanged", "unchanged",
    )  # fmt: skip


def test_a_score_of_more_than_a_week_ago_is_not_now() -> None:
    assert course(doing=[8, 3], on=7).direction == "improving"
    assert course(doing=[8, 3], on=8).direction == "unknown"


def test_a_day_on_which_not_all_activities_have_a_score_does_not_count() -> None:
    made = book(
        page(0, activities={"tillen": 8, "lopen": 2}),
        page(1, activities={"lopen": 2}),
        activities=("tillen", "lopen"),
    )

    assert follow_up(made, on=day(1)).start == (5.0, None)
    assert follow_up(made, on=day(1)).direction == "unknown"


@pytest.mark.parametrize(
    ("free", "back", "episodes"),
    [
        (30, 3, 2),  # a month without, and more than 2: a recurrence
        (29, 3, 1),
        (30, 2, 1),  # too mild to be one
        (30, 0, 1),
    ],
)
def test_a_recurrence_needs_a_month_without_pain_and_more_than_two(
    free: int, back: int, episodes: int
) -> None:
    found = course([5, 5, *[0] * free, back])

    assert found.episodes == episodes
    assert (found.began_on == day(32)) is (episodes == 2)


def test_after_a_month_without_pain_a_mild_return_is_the_start_once_it_grows() -> None:
    found = course([5, *[0] * 30, 1, 2, 4])

    assert found.episodes == 2
    assert found.began_on == day(31)


@pytest.mark.parametrize(("silent", "episodes"), [(7, 2), (8, 1)])
def test_days_without_a_word_are_not_days_without_pain(silent: int, episodes: int) -> None:
    pains = [5, *[0] * 15, *[None] * silent, *[0] * 15, 6]

    assert course(pains).episodes == episodes


def test_a_check_in_that_says_no_day_with_pain_tells_the_whole_week() -> None:
    weeks = [page(n, week={"pain_days": 0}) for n in (7, 14, 21, 28, 35)]
    made = book(page(0, pain=6), *weeks, page(36, pain=6), activities=("tillen",))

    assert follow_up(made, on=day(36)).episodes == 2


def test_in_a_new_episode_everything_counts_anew() -> None:
    pains = [5, *[0] * 30, 6, 6, 6]
    doing = [8, *[1] * 30, 7, 7, 7]

    found = course(pains, doing, began=day(-10), activities=("tillen",))

    assert found.start == (7.0, 6.0)
    assert found.direction == "unchanged"
    assert [m.on for m in found.moments] == [day(31 + n) for n in (21, 28, 84)]
    assert {m.state for m in found.moments} == {"to_come"}


USUAL = [3] * 10


@pytest.mark.parametrize(
    ("then", "flare_ups", "in_flare"),
    [
        ([5, 5, 3], 1, False),
        ([5, 5], 0, True),
        ([5, 3], 0, False),  # one day is not enough
        ([4, 4, 3], 0, False),  # not far enough above
        ([5, None, 5, 3], 1, False),  # a day without a word breaks nothing
        ([6] * 28 + [3], 1, False),  # 28 days: the longest
        ([6] * 29 + [3], 0, False),  # longer is a worse level, not a flare-up
    ],
)
def test_a_flare_up_is_worse_than_usual_for_a_while(
    then: list[int | None], flare_ups: int, in_flare: bool
) -> None:
    found = course([*USUAL, *then])

    assert (found.flare_ups, found.in_flare) == (flare_ups, in_flare)


def weeks(*means: int) -> list[int]:
    return [mean for mean in means for _ in range(7)]


@pytest.mark.parametrize(
    ("pains", "word"),
    [
        (weeks(5, 5, 5), "too_little"),
        (weeks(5, 5, 5, 5), "ongoing"),
        (weeks(5, 4, 5, 6), "ongoing"),  # within 1 of the mean
        (weeks(4, 7, 4, 7), "fluctuating"),  # 3 points between weeks
        (weeks(4, 6, 4, 6), "ongoing"),  # 2 points, within 1 of the mean
        (weeks(7, 7, 5, 5), "improving"),
        (weeks(5, 5, 7, 7), "worsening"),
        ([5, 5, *[0] * 30, 5, 5, 5], "episodic"),
        ([0] * 28, "no_word"),
        ([5, 0, 0, 5, 0, 0, 0] * 4, "no_word"),  # steady, but not on more than 4 days a week
    ],
)
def test_the_word_for_the_pattern_of_the_weeks(pains: list[int], word: str) -> None:
    assert course(pains).trajectory == word


@pytest.mark.parametrize(
    ("mean", "level"),
    [(0, "minor"), (1, "minor"), (2, "mild"), (3, "mild"), (4, "moderate"), (5, "moderate"),
     (6, "severe"), (10, "severe")],
)  # fmt: skip
def test_the_level_of_the_last_week(mean: int, level: str) -> None:
    assert course([mean, mean]).level == level


@pytest.mark.hazard("H-21")
@pytest.mark.parametrize(
    ("pains", "asks"),
    [
        ([4, 4, 4, 7], True),  # a day 3 above the week before
        ([4, 4, 4, 6], False),
        ([4, 4, 7], False),  # too few days to know
        (weeks(3) + [5] * 7, True),  # a week 2 above the week before
        (weeks(3) + [4] * 7, False),
        ([4, 4, 4, 7, 5], False),  # it is over again
    ],
)
def test_a_rise_over_the_limit_asks_for_triage_again(pains: list[int], asks: bool) -> None:
    assert course(pains).asks_triage is asks
    assert course(doing=pains).asks_triage is asks


@pytest.mark.parametrize("before", [20, 21, 22])
def test_a_moment_on_the_first_day_counts_and_an_earlier_one_is_past(before: int) -> None:
    found = course(doing=[7, 7], began=day(-before), activities=("tillen",))

    expected = {20: "reached", 21: "reached", 22: "before_diary"}
    assert found.moments[0].state == expected[before]


def test_an_empty_diary_says_nothing() -> None:
    found = follow_up(book(), on=DAY)

    assert (found.direction, found.by_pain, found.trajectory) == (
        "unknown",
        "unknown",
        "too_little",
    )
    assert (found.episodes, found.moments, found.weeks, found.level) == (0, (), (), None)
    assert not found.asks_triage


score = st.none() | st.integers(0, 10)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(st.tuples(score, score, st.sampled_from([None, 1, 2, 3])), min_size=1, max_size=80))
def test_leaving_a_score_out_never_makes_a_direction_more_sure_than_scores_do(
    made: list[tuple[int | None, int | None, int | None]],
) -> None:
    def numbers(place: int) -> list[float]:
        return [math.nan if row[place] is None else float(row[place]) for row in made]  # type: ignore[arg-type]

    nothing = [math.nan] * len(made)
    scores = rules.Scores(numbers(0), numbers(1), numbers(2))
    blank = rules.Scores(numbers(0), nothing, nothing)

    assert rules.follow_up(scores, 0.0, 0.0, P, ForOne()).direction in (0, 1, 2, 3)
    assert rules.follow_up(blank, 0.0, 0.0, P, ForOne()).direction == rules.UNKNOWN


TEXTS = ("direction", "by_activities", "by_pain", "trajectory", "level")


def one_by_one(group: pl.DataFrame) -> FollowUp:
    first = group.row(0, named=True)
    entries = [
        page(
            day=row["day"],
            pain=row["pain"],
            activities={} if row["activities"] is None else {"tillen": row["activities"]},
            week=row["course_activity"] and {"course_activity": row["course_activity"]},
        )
        for row in group.iter_rows(named=True)
    ]
    days_before = first["pain_duration_days"]
    start: dict[str, Any] = {"day": first["day"], "activities": ("tillen",)}
    if days_before is not None:
        start["answers"] = {"pain_duration_days": days_before}
    last = group["day"].max()
    return follow_up(book(*entries, **start), on=last, knowledge=KNOWLEDGE)  # type: ignore[arg-type]


@settings(max_examples=25, deadline=None, derandomize=True)
@given(st.data())
def test_a_table_of_diaries_says_what_each_diary_says(data: st.DataObject) -> None:
    chance = np.random.default_rng(data.draw(st.integers(0, 10**6)))
    made = []
    for person in range(6):
        length = int(chance.integers(1, 90))
        level = chance.integers(0, 8)
        quiet = int(chance.integers(0, 60))
        before = None if chance.random() < 0.3 else int(chance.integers(0, 100))
        for place in range(length):
            if place and chance.random() < 0.2:
                continue
            free = quiet <= place < quiet + 32
            made.append(
                {
                    "id": person,
                    "day": day(place),
                    "pain": None if chance.random() < 0.1 else int(not free) * int(
                        min(10, level + chance.integers(0, 4))),
                    "activities": None if chance.random() < 0.2 else int(chance.integers(0, 11)),
                    "course_activity": str(chance.choice(["improving", "unchanged", "worsening"]))
                    if chance.random() < 0.1 else None,
                    "pain_duration_days": before,
                }
            )  # fmt: skip
    table = pl.DataFrame(made, infer_schema_length=None)

    found = follow_up_table(table, knowledge=KNOWLEDGE).results

    for (_, group), row in zip(
        table.group_by("id", maintain_order=True), found.iter_rows(named=True), strict=True
    ):
        one = one_by_one(group)
        assert {name: getattr(one, name) for name in TEXTS} == {name: row[name] for name in TEXTS}
        assert (one.episodes, one.flare_ups, one.in_flare, one.asks_triage) == (
            row["episodes"], row["flare_ups"], row["in_flare"], row["asks_triage"],
        )  # fmt: skip
        assert (*one.start, *one.now) == (
            row["start_activities"], row["start_pain"], row["now_activities"], row["now_pain"],
        )  # fmt: skip
        told = [row[f"week_{weeks}"] for weeks in (3, 4, 12)]
        assert [m.direction if m.state == "reached" else m.state for m in one.moments] == told


def test_bad_rows_of_a_table_are_named_and_the_rest_counts() -> None:
    table = pl.DataFrame(
        {
            "id": ["a", "a", "b", "b", None],
            "day": ["2026-01-01", "2026-01-01", "soon", "2026-01-05", "2026-01-01"],
            "pain": [3, 4, 5, 11, 2],
        }
    )

    found = follow_up_table(table, knowledge=KNOWLEDGE)

    assert found.results["id"].to_list() == ["a"]
    assert {row: problems[0].kind for row, problems in found.rejected.items()} == {
        1: "diary_day_taken", 2: "diary_value", 3: "out_of_range", 4: "diary_value",
    }  # fmt: skip


def test_made_up_diaries_in_long_format_are_seeded() -> None:
    assert list(rows(6, 5, 20)) == list(rows(6, 5, 20))
    assert list(rows(6, 5, 20)) != list(rows(6, 6, 20))
