"""When a question applies. A missing gate rules nothing out.

For an emergency question this decides whether a missing or unknown answer holds the result
up; a positive answer always counts, whether or not its question applied.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rugkompas.catalogue.parameters import Parameters
from rugkompas.logic.verbs import Questions, T, any_of, term
from rugkompas.rules.terms import duration_at_least, maybe_pregnant, started_before

Applies = Callable[[Questions[Any], Parameters], Any]

EMERGENCY_ITEMS = (
    "onset_sudden_not_movement",
    "leg_pain_bilateral_new_2w",
    "leg_weakness",
    "leg_weakness_progressive",
    "gait_unsteady_new",
    "bladder_change",
    "bowel_change",
    "saddle_change",
    "fever_or_chills",
    "seriously_ill",
    "trauma",
    "known_aaa",
    "collapse_or_pulsating_belly",
    "chest_pain_or_breathless",
    "cold_pale_leg",
    "single_kidney_or_no_urine",
    "pregnancy_alarm",
    "child_alarm",
)


@term
def pregnancy(q: Questions[T], p: Parameters) -> T:
    """Not a man, and of an age at which pregnancy is possible."""
    other_age = q.age_years.below(p.age_pregnancy_from) | q.age_years.at_least(
        p.age_pregnancy_until
    )
    return ~q.sex.is_("male") & ~other_age


@term
def pregnancy_alarm(q: Questions[T], p: Parameters) -> T:
    """Maybe pregnant, or pregnancy was not asked of someone whom it could concern."""
    return maybe_pregnant(q, p) | (q.pregnancy.missing & pregnancy(q, p))


@term
def leg_pain_bilateral_new_2w(q: Questions[T], p: Parameters) -> T:
    """Unless the leg pain is known to be absent, one-sided or above both knees."""
    return ~q.leg_pain.is_("none", "one_above_knee", "one_below_knee", "both_above_knee")


@term
def leg_weakness_progressive(q: Questions[T], p: Parameters) -> T:
    """Unless there is no weakness."""
    return ~q.leg_weakness.is_("none")


@term
def claudication_relief_sitting(q: Questions[T], p: Parameters) -> T:
    """Unless there is no leg pain."""
    return ~q.leg_pain.is_("none")


@term
def pain_duration_class(q: Questions[T], p: Parameters) -> T:
    """When the days are not known."""
    return q.pain_duration_days.missing


@term
def sexual_change(q: Questions[T], p: Parameters) -> T:
    """From ``age_sexual_from``."""
    return ~q.age_years.below(p.age_sexual_from)


@term
def known_aaa(q: Questions[T], p: Parameters) -> T:
    """From ``age_aorta_asked``, or at an unknown age."""
    return ~q.age_years.below(p.age_aorta_asked)


@term
def bone_risk(q: Questions[T], p: Parameters) -> T:
    """From ``age_bone_risk_asked``."""
    return ~q.age_years.below(p.age_bone_risk_asked)


@term
def single_kidney_or_no_urine(q: Questions[T], p: Parameters) -> T:
    """Unless there is no pain in waves in the side."""
    return ~q.flank_colic.is_("no")


@term
def child_alarm(q: Questions[T], p: Parameters) -> T:
    """Under ``age_adult``, or at an unknown age."""
    return ~q.age_years.at_least(p.age_adult)


@term
def back_extension_sport(q: Questions[T], p: Parameters) -> T:
    """From ``age_young_child`` to the early twenties."""
    return q.age_years.at_least(p.age_young_child) & q.age_years.below(p.age_extension_sport_until)


@term
def inflammatory(q: Questions[T], p: Parameters) -> T:
    """Three months or more, begun before ``age_axspa_start``."""
    return duration_at_least(q, p, p.days_3_months) & started_before(q, p, p.age_axspa_start)


APPLIES: dict[str, Applies] = {
    "pregnancy": pregnancy,
    "pregnancy_alarm": pregnancy_alarm,
    "leg_pain_bilateral_new_2w": leg_pain_bilateral_new_2w,
    "leg_weakness_progressive": leg_weakness_progressive,
    "claudication_relief_sitting": claudication_relief_sitting,
    "pain_duration_class": pain_duration_class,
    "sexual_change": sexual_change,
    "known_aaa": known_aaa,
    "bone_risk": bone_risk,
    "single_kidney_or_no_urine": single_kidney_or_no_urine,
    "child_alarm": child_alarm,
    "back_extension_sport": back_extension_sport,
    "ibp_items": inflammatory,
    "ibp_onset_before_40": inflammatory,
    "ibp_insidious": inflammatory,
    "ibp_improves_with_exercise": inflammatory,
    "ibp_no_improvement_with_rest": inflammatory,
    "ibp_night_pain_better_on_rising": inflammatory,
    "onset_age_years": inflammatory,
    "spa_features": inflammatory,
}
"""Questions that are not for everyone; a question that is not here always applies."""


def where_it_applies(q: Questions[T], p: Parameters, item: str, truth: T) -> T:
    """The truth, limited to the people to whom the question applies."""
    applies = APPLIES.get(item)
    return truth if applies is None else truth & applies(q, p)


@term
def emergency_unknown(q: Questions[T], p: Parameters) -> T:
    """E_UNKNOWN: an emergency item that applies is "unknown" (weakness that grows has S17)."""
    return any_of(
        *(
            where_it_applies(q, p, item, q[item].is_("unknown"))
            for item in EMERGENCY_ITEMS
            if item != "leg_weakness_progressive"
        )
    )


@term
def progress_unknown(q: Questions[T], p: Parameters) -> T:
    """PROGRESS_UNKNOWN: there is or may be weakness, and whether it grows is unknown."""
    return where_it_applies(
        q, p, "leg_weakness_progressive", q.leg_weakness_progressive.is_("unknown")
    )


@term
def emergency_missing(q: Questions[T], p: Parameters) -> T:
    """E_MISSING: the age or an emergency item that applies was not answered."""
    return any_of(
        q.age_years.missing,
        *(where_it_applies(q, p, item, q[item].missing) for item in EMERGENCY_ITEMS),
    )
