"""Every entry is triaged again; an alarm sign counts at once and does not fade."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pages_of_a_diary import DAY, KNOWLEDGE, book, day, page

from rugkompas.assess.diary_answers import answers_on
from rugkompas.assess.follow_up import follow_up, interrupts
from rugkompas.assess.triage import RANK
from rugkompas.people.diary import Book
from rugkompas.people.made_up_diaries import KINDS, diary
from rugkompas.people.person import person
from rugkompas.rules.applies import EMERGENCY_ITEMS

CALM = diary("recovering", 1, DAY, KNOWLEDGE).episodes[0].answers
SIGNS = ("bladder_change", "bowel_change", "saddle_change")


def rank(made: Book, on: int) -> int:
    return RANK[follow_up(made, on=day(on), knowledge=KNOWLEDGE).tier]


@pytest.mark.hazard("H-21", "H-01")
@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize("start", [{}, {"answers": CALM}], ids=["no answers", "calm answers"])
@pytest.mark.parametrize("on", [-5, 0, 3])
def test_a_new_alarm_sign_in_any_entry_is_urgent_at_once(
    sign: str, start: dict[str, Any], on: int
) -> None:
    before = book(page(1, pain=3), **start)
    after = book(page(1, pain=3), page(on, signs={sign: "new_or_changed"}), **start)

    answers = [answers_on(made, day(3), KNOWLEDGE) for made in (before, after)]
    found = interrupts(*answers, day(3), KNOWLEDGE)

    assert found is not None
    assert found.triage.urgency == "emergency"
    assert follow_up(after, on=day(3)).call_first


@pytest.mark.hazard("H-21")
@pytest.mark.parametrize("kind", KINDS)
def test_a_red_flag_on_any_day_of_a_made_up_diary_gives_the_urgent_result(kind: Any) -> None:
    for number in (0, 5, 40, 84):
        made = diary(kind, 3, DAY, KNOWLEDGE)
        stands = made.entry_on(day(number))
        flag = page(
            day=day(number),
            signs={"saddle_change": "new_or_changed"},
            id="flag-flag",
            replaces=stands.id if stands else None,
        )
        made.take(flag)

        assert follow_up(made, on=day(84), knowledge=KNOWLEDGE).tier == "emergency"


signs = st.fixed_dictionaries(
    {},
    optional={
        "bladder_change": st.sampled_from(["no", "new_or_changed", "unknown"]),
        "leg_weakness": st.sampled_from(["none", "mild_one", "severe_one", "both", "unknown"]),
        "fever_or_chills": st.sampled_from(["no", "yes", "unknown"]),
        "trauma": st.sampled_from(["none", "minor", "significant"]),
    },
)


@pytest.mark.hazard("H-21", "H-07")
@settings(max_examples=120, deadline=None, derandomize=True)
@given(st.lists(signs, min_size=1, max_size=6))
def test_an_earlier_low_result_never_lowers_a_later_one(given_: list[dict[str, str]]) -> None:
    """T10.25: with the days before it, an entry is never less urgent than by itself."""
    last = len(given_) - 1
    whole = book(*(page(n, signs=s) for n, s in enumerate(given_)), answers=CALM)
    alone = book(page(last, signs=given_[-1]), answers=CALM)

    assert rank(whole, last) >= rank(alone, last)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(signs, min_size=2, max_size=6))
def test_an_alarm_stays_until_a_doctor_looked_at_it(given_: list[dict[str, str]]) -> None:
    ranks = []
    for last in range(len(given_)):
        made = book(*(page(n, signs=s) for n, s in enumerate(given_[: last + 1])), answers=CALM)
        alarms = {
            id_ for id_, answer in answers_on(made, day(last), KNOWLEDGE).items()
            if id_ in EMERGENCY_ITEMS and answer not in ("no", "none", "unknown")
        }  # fmt: skip
        ranks.append(alarms)

    assert all(earlier <= later for earlier, later in pairwise(ranks))


def test_once_a_doctor_looked_and_it_is_gone_the_sign_is_gone() -> None:
    flagged = page(0, signs={"bladder_change": "new_or_changed"})
    only_calm = page(1, signs={"bladder_change": "no"})
    looked = page(2, signs={"bladder_change": "no"}, looked_at="yes")
    unsure = page(2, signs={"bladder_change": "unknown"}, looked_at="yes")

    assert rank(book(flagged, only_calm, answers=CALM), 1) == RANK["emergency"]
    assert rank(book(flagged, only_calm, looked, answers=CALM), 2) == RANK["self_care"]
    assert rank(book(flagged, only_calm, unsure, answers=CALM), 2) == RANK["emergency"]


@pytest.mark.hazard("H-05")
def test_a_sign_that_was_skipped_is_not_answered() -> None:
    made = book(page(0, pain=3), page(1, signs={"fever_or_chills": "unknown"}))

    answers = answers_on(made, day(1), KNOWLEDGE)

    assert answers == {"fever_or_chills": "unknown", "pain_nrs": 3}
    assert rank(made, 1) >= RANK["same_day"]


def test_a_diary_without_answers_does_not_call_for_help_by_itself() -> None:
    found = follow_up(book(page(0, pain=3)), on=DAY)

    assert (found.triaged, found.call_first) == (False, False)


@pytest.mark.hazard("H-28")
@pytest.mark.parametrize(("later", "days"), [(0, 5), (16, 21), (360, 365)])
def test_the_duration_goes_on_with_the_days(later: int, days: int) -> None:
    made = book(page(0, pain=3), answers={**CALM, "pain_duration_days": 5})

    assert answers_on(made, day(later), KNOWLEDGE)["pain_duration_days"] == days


def test_a_duration_class_grows_as_well_and_is_never_held_for_an_old_one() -> None:
    answers = {"pain_duration_class": "lt_3_weeks"}
    made = book(page(0, pain=3), answers=answers)

    def after(number: int) -> str | None:
        given_ = person(answers_on(made, day(number), KNOWLEDGE), KNOWLEDGE).given
        found: str | None = given_.get("pain_duration_class")
        return found

    assert after(0) == "lt_3_weeks"
    assert after(21) == "3_to_6_weeks"
    assert after(10) is None
    assert after(64) == "gt_12_weeks" if after(84) is None else after(84) == "gt_12_weeks"


def test_what_was_said_two_weeks_ago_is_not_said_now() -> None:
    said = page(0, week={"course_activity": "worsening"})
    made = book(said, answers=CALM)

    assert answers_on(made, day(14), KNOWLEDGE)["course_activity"] == "worsening"
    assert "course_activity" not in answers_on(made, day(15), KNOWLEDGE)


def test_answers_that_are_given_anew_keep_the_course_and_count_from_then_on() -> None:
    made = diary("recovering", 1, DAY, KNOWLEDGE)
    before = follow_up(made, on=day(30), knowledge=KNOWLEDGE)
    start = made.episodes[0]
    from rugkompas.people.diary import episode

    again = {
        "id": "episode-2", "day": day(30), "activities": start.activities, "began": start.began,
        "written_at": dt.datetime(2026, 12, 25, 12, tzinfo=dt.UTC),
        "answers": {**CALM, "fever_or_chills": "yes"},
    }  # fmt: skip
    made.take(episode(again, KNOWLEDGE))

    after = follow_up(made, on=day(30), knowledge=KNOWLEDGE)

    assert (after.start, after.direction, after.moments) == (
        before.start, before.direction, before.moments,
    )  # fmt: skip
    assert RANK[after.tier] >= RANK["same_day"]
