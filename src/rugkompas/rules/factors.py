"""Which other answers say that a factor is present. Each function carries its factor's id.

Being present is not being important, and never a cause: it only says that the factor is
worth a look (course dossier, section 6d).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rugkompas.catalogue.parameters import Parameters
from rugkompas.logic.verbs import Questions, T, term
from rugkompas.rules.terms import severe

Inference = Callable[[Questions[Any], Parameters], Any]


def care_load(q: Questions[T], p: Parameters) -> T:
    """Cares for a child or an adult at home."""
    return q.care_duty.is_("child", "adult")


def catastrophizing(q: Questions[T], p: Parameters) -> T:
    """Worrying thoughts much of the time."""
    return q.worrying_thoughts_2w.is_("yes")


def high_disability(q: Questions[T], p: Parameters) -> T:
    """Half of the Roland-Morris items or more."""
    return q.rmdq_percent.at_least(p.rmdq_percent_high) | q.rmdq.at_least(p.rmdq_high)


def interrupted_sleep(q: Questions[T], p: Parameters) -> T:
    """Works at night."""
    return q.night_shifts.is_("yes")


def isolation(q: Questions[T], p: Parameters) -> T:
    """Feels at least a little isolated."""
    return q.isolated_class.is_("at_least_a_little") | q.isolated_0_10.at_least(p.isolated_from)


def leg_pain(q: Questions[T], p: Parameters) -> T:
    """Pain in a leg, anywhere."""
    return q.leg_pain.is_("one_above_knee", "one_below_knee", "both_above_knee", "both_below_knee")


def low_mood(q: Questions[T], p: Parameters) -> T:
    """Low mood almost half of the time or more, or less enjoyment."""
    return q.low_mood_2w.is_("often") | q.less_enjoyment_2w.is_("yes")


def movement_fear(q: Questions[T], p: Parameters) -> T:
    """Thinks that being active is not safe."""
    return q.activity_unsafe_belief.is_("yes")


def negative_expectations(q: Questions[T], p: Parameters) -> T:
    """Unsure of recovery, or thinks it unlikely."""
    return q.recovery_expectation_class.is_(
        "unsure_or_unlikely"
    ) | q.recovery_expectation_0_10.below(p.recovery_likely_from)


def other_illness(q: Questions[T], p: Parameters) -> T:
    """Another lasting illness."""
    return q.comorbidities.has(
        "heart_or_circulation",
        "asthma_or_allergy",
        "psychological",
        "musculoskeletal_other",
        "other",
    )


def overweight(q: Questions[T], p: Parameters) -> T:
    """Body mass index from ``bmi_overweight``."""
    return q.bmi.at_least(p.bmi_overweight)


def pain_elsewhere(q: Questions[T], p: Parameters) -> T:
    """Pain in neck or shoulder too."""
    return q.pain_elsewhere_2w.is_("yes")


def pain_intensity(q: Questions[T], p: Parameters) -> T:
    """Severe pain."""
    return severe(q, p)


def previous_episodes(q: Questions[T], p: Parameters) -> T:
    """Earlier episodes. Last year counts from two on: one of them may be the present one."""
    return (
        q.previous_episodes.at_least(1)
        | q.previous_episodes_class.is_("1_to_3", "gt_3")
        | q.episodes_last_year.at_least(2)
        | q.first_ever_episode.is_("no")
    )


def prolonged_sitting(q: Questions[T], p: Parameters) -> T:
    """Sits or drives at work."""
    return q.work.is_("sitting", "driving") | q.work_load.is_("sitting")


def sick_leave(q: Questions[T], p: Parameters) -> T:
    """Off work in the last month."""
    return q.sick_leave_days_last_month.at_least(1) | q.sick_leave_days_last_month_class.is_(
        "1_to_5", "6_or_more"
    )


def smoking(q: Questions[T], p: Parameters) -> T:
    """Smokes."""
    return q.smoking_status.is_("current")


def work_physical_load(q: Questions[T], p: Parameters) -> T:
    """Heavy physical work."""
    return q.work.is_("heavy_physical") | q.work_load.is_("heavy")


INFERRED: dict[str, Inference] = {
    function.__name__: function
    for function in (
        care_load,
        catastrophizing,
        high_disability,
        interrupted_sleep,
        isolation,
        leg_pain,
        low_mood,
        movement_fear,
        negative_expectations,
        other_illness,
        overweight,
        pain_elsewhere,
        pain_intensity,
        previous_episodes,
        prolonged_sitting,
        sick_leave,
        smoking,
        work_physical_load,
    )
}


CANNOT_RULE_OUT = {"previous_episodes": ("episodes_last_year",)}
"""Factor -> answers that can make it present but never absent: one episode in the last year
may be the present one, or an earlier one."""


@term
def present(q: Questions[T], p: Parameters, factor: str) -> T:
    """The person says that it is so, or another answer says it."""
    said = q[f"factors.{factor}"].is_("yes")
    inferred = INFERRED.get(factor)
    return said if inferred is None else said | inferred(q, p)
