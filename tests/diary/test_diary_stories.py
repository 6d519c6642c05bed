"""Twelve weeks of three people, as a clinician would tell them."""

from __future__ import annotations

import datetime as dt

import pytest
from pages_of_a_diary import DAY, KNOWLEDGE, day

from rugkompas.assess.follow_up import FollowUp, follow_up
from rugkompas.outputs.diary_report import diary_report
from rugkompas.outputs.text import render
from rugkompas.people.made_up_diaries import KINDS, Kind, diary

SEEDS = (1, 2, 3)


def in_week(kind: Kind, weeks: int, seed: int) -> FollowUp:
    return follow_up(diary(kind, seed, DAY, KNOWLEDGE), on=day(7 * weeks), knowledge=KNOWLEDGE)


def at_moment(found: FollowUp) -> dict[int, str]:
    return {m.weeks: m.direction if m.state == "reached" else m.state for m in found.moments}


@pytest.mark.parametrize("seed", SEEDS)
def test_somebody_who_recovers(seed: int) -> None:
    # Given new back pain since yesterday, and three activities that hardly go.
    # When a week has passed, it is too early to tell.
    first = in_week("recovering", 1, seed)
    assert first.assessment.course.id == "acute_too_early"
    assert first.trajectory == "too_little"
    assert at_moment(first) == {3: "to_come", 4: "to_come", 12: "to_come"}
    # When three weeks have passed, they can clearly do more, also with some pain left.
    third = in_week("recovering", 3, seed)
    assert third.direction == "improving"
    assert third.assessment.course.id == "acute_improving"
    # When four weeks have passed, that is still so: someone may look along, it need not be.
    assert in_week("recovering", 4, seed).direction == "improving"
    # Then at twelve weeks all moments went well and the pattern is "getting better".
    last = in_week("recovering", 12, seed)
    assert at_moment(last) == dict.fromkeys((3, 4, 12), "improving")
    assert (last.trajectory, last.episodes) == ("improving", 1)
    assert not last.call_first


@pytest.mark.parametrize("seed", SEEDS)
def test_somebody_who_deviates_at_three_weeks_and_goes_to_a_physiotherapist(seed: int) -> None:
    # Given new back pain since yesterday, and stairs and work that hardly go.
    assert in_week("deviating", 1, seed).assessment.course.id == "acute_too_early"
    # When three weeks have passed without clear change, the course deviates.
    third = in_week("deviating", 3, seed)
    assert third.direction == "unchanged"
    assert third.assessment.course.id == "acute_deviating"
    text = " ".join(render(diary_report(third, "en")).split())
    assert "It is a reason to look further, not a forecast." in text
    assert "62 out of 100 were doing fine after 3 months" in text
    # When four weeks have passed, it is time for an appointment.
    assert in_week("deviating", 4, seed).direction == "unchanged"
    # Given a physiotherapist from week four on: then at twelve weeks it clearly goes better.
    last = in_week("deviating", 12, seed)
    assert at_moment(last) == {3: "unchanged", 4: "unchanged", 12: "improving"}
    assert last.trajectory == "improving"
    made = diary("deviating", seed, DAY, KNOWLEDGE)
    helped = [e.day for e in made.entries if "fysiotherapeut" in e.plan]
    assert min(helped) > day(28)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_carer_whose_pain_follows_broken_nights(seed: int) -> None:
    # Given pain for more than two years, and nights that are broken by caring.
    made = diary("carer", seed, DAY, KNOWLEDGE)
    pain = {"yes": [], "no": []}  # type: dict[str, list[int]]
    for e in made.entries:
        assert e.pain is not None
        pain[str(e.factors["broken_night"])].append(e.pain)
    # Then after a broken night there is more pain in this diary.
    broken, whole = (sum(pain[word]) / len(pain[word]) for word in ("yes", "no"))
    assert broken - whole > 1
    # Then in no week there is a clear change, and all moments had passed before.
    for weeks in (1, 3, 4, 12):
        found = in_week("carer", weeks, seed)
        assert found.direction == "unchanged"
        assert found.assessment.course.id == "chronic_not_improving"
        assert at_moment(found) == dict.fromkeys((3, 4, 12), "before_diary")
        assert found.tier == "planned"
    # Then no word promises that it gets better.
    assert in_week("carer", 12, seed).trajectory in ("fluctuating", "ongoing", "no_word")


@pytest.mark.parametrize("kind", KINDS)
def test_a_story_is_the_same_for_the_same_seed(kind: Kind) -> None:
    one, same, other = (diary(kind, seed, DAY, KNOWLEDGE).lines for seed in (1, 1, 2))

    assert one == same
    assert one != other


@pytest.mark.parametrize("start", ["2026-12-20", "2027-03-10", "2028-02-01", "2037-12-20"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_story_goes_the_same_on_other_dates(kind: Kind, start: str) -> None:
    first = dt.date.fromisoformat(start)

    moved = follow_up(
        diary(kind, 1, first, KNOWLEDGE), on=first + dt.timedelta(days=84), knowledge=KNOWLEDGE
    )

    usual = in_week(kind, 12, 1)
    assert (moved.direction, moved.trajectory, at_moment(moved)) == (
        usual.direction, usual.trajectory, at_moment(usual),
    )  # fmt: skip
