"""Answers that cannot both be true. They never lower the urgency: every row has already
counted the higher reading. The person is asked to look at them once more."""

from __future__ import annotations

from rugkompas.catalogue.parameters import Parameters
from rugkompas.logic.verbs import Questions, T

PAIRS: dict[str, tuple[str, str]] = {
    "man_pregnant": ("sex", "pregnancy"),
    "no_leg_pain_both_legs": ("leg_pain", "leg_pain_bilateral_new_2w"),
    "no_weakness_growing": ("leg_weakness", "leg_weakness_progressive"),
    "adult_child_alarm": ("age_years", "child_alarm"),
    "no_pain_unmanageable": ("pain_nrs", "pain_unmanageable"),
    "first_but_earlier": ("first_ever_episode", "episodes_last_year"),
}


def contradictions(q: Questions[T], p: Parameters) -> dict[str, T]:
    """Id of the pair -> whether the two answers contradict each other."""
    pregnant = q.pregnancy.is_("pregnant", "possible", "postpartum_6m", "unknown")
    one_sided = q.leg_pain.is_("none", "one_above_knee", "one_below_knee")
    return {
        "man_pregnant": q.sex.is_("male") & (pregnant | q.pregnancy_alarm.is_("yes")),
        "no_leg_pain_both_legs": one_sided & q.leg_pain_bilateral_new_2w.is_("yes"),
        "no_weakness_growing": q.leg_weakness.is_("none") & q.leg_weakness_progressive.is_("yes"),
        "adult_child_alarm": q.age_years.at_least(p.age_adult) & q.child_alarm.is_("yes"),
        "no_pain_unmanageable": q.pain_nrs.below(1) & q.pain_unmanageable.is_("yes"),
        "first_but_earlier": q.first_ever_episode.is_("yes") & q.episodes_last_year.at_least(2),
    }
