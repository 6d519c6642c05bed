"""Named parts that several rows share; each carries the name of its file in ``knowledge/terms``.

Duration is three-fold: days when known, else an interval, else anything. ``duration_at_least``
and ``duration_below`` are true when the answer leaves it possible (the cautious side).
"""

from __future__ import annotations

from rugkompas.catalogue.parameters import Parameters
from rugkompas.logic.verbs import Questions, T, any_of, at_least_of, term

INFECTION_RISKS = (
    "immunosuppressed",
    "diabetes_poorly_controlled",
    "dialysis_or_line",
    "injecting_drugs",
    "recent_serious_infection",
    "heart_valve_prosthesis",
    "tb_risk",
)
IBP_ITEMS = (
    "ibp_onset_before_40",
    "ibp_insidious",
    "ibp_improves_with_exercise",
    "ibp_no_improvement_with_rest",
    "ibp_night_pain_better_on_rising",
)
DURATION_CLASSES: dict[str, tuple[int, int | None]] = {
    "lt_3_weeks": (0, 20),
    "3_to_6_weeks": (21, 41),
    "6_to_12_weeks": (42, 83),
    "gt_12_weeks": (84, None),
    "comes_and_goes": (0, None),
}
"""Days that each interval leaves possible, inclusive; None = no upper end."""


@term
def ces_new(q: Questions[T], p: Parameters) -> T:
    """CES_NEW: bladder, bowel or saddle area, new or changed."""
    return (
        q.bladder_change.is_("new_or_changed")
        | q.bowel_change.is_("new_or_changed")
        | q.saddle_change.is_("new_or_changed")
    )


@term
def weak(q: Questions[T], p: Parameters) -> T:
    """WEAK: less strength in a leg, or weakness that grows."""
    return q.leg_weakness.is_("mild_one", "severe_one", "both") | q.leg_weakness_progressive.is_(
        "yes"
    )


@term
def neuro(q: Questions[T], p: Parameters) -> T:
    """NEURO: any sign of nerves or cord. "Unknown" is not one; it fires S12 or S17."""
    return ces_new(q, p) | weak(q, p) | q.gait_unsteady_new.is_("yes") | q.leg_sensory.is_("both")


@term
def constant(q: Questions[T], p: Parameters) -> T:
    """CONSTANT: the same in every position, or all night."""
    return q.pain_constant_any_position.is_("yes") | q.night_pain.is_("constant")


@term
def severe(q: Questions[T], p: Parameters) -> T:
    """SEVERE: pain from ``pain_severe`` on."""
    return q.pain_nrs.at_least(p.pain_severe)


@term
def worsening(q: Questions[T], p: Parameters) -> T:
    """WORSENING: doing less than at the start."""
    return q.course_activity.is_("worsening")


@term
def sudden(q: Questions[T], p: Parameters) -> T:
    """SUDDEN: sudden and severe, without a movement."""
    return q.onset_sudden_not_movement.is_("yes")


@term
def infection_risk(q: Questions[T], p: Parameters) -> T:
    """INFRISK: a risk for infection, or a procedure in the back."""
    return q.immune_or_infection_risk.has(*INFECTION_RISKS) | q.spine_procedure_3m.is_("yes")


@term
def cancer(q: Questions[T], p: Parameters) -> T:
    """CANCER: earlier or present cancer, or not known whether it was cancer."""
    return q.cancer.is_("past", "current_or_metastatic", "unknown")


@term
def maybe_pregnant(q: Questions[T], p: Parameters) -> T:
    """MAYBE_PREGNANT: pregnant, or it cannot be excluded."""
    return q.pregnancy.is_("pregnant", "possible", "unknown")


@term
def leg_sign(q: Questions[T], p: Parameters) -> T:
    """LEG_SIGN: pain below the knee, numbness of both legs, or weakness, also when unsure."""
    return (
        q.leg_pain.is_("one_below_knee", "both_below_knee", "unknown")
        | q.leg_sensory.is_("both")
        | weak(q, p)
        | q.leg_weakness.is_("unknown")
    )


@term
def inflammatory_pattern(q: Questions[T], p: Parameters) -> T:
    """IBP: enough of the five items, where unknown items may complete a nearly full pattern."""
    certain = [q[item].is_("yes") for item in IBP_ITEMS]
    possible = [q[item].is_("yes", "unknown") for item in IBP_ITEMS]
    return at_least_of(p.ibp_items_needed, certain) | (
        at_least_of(p.ibp_items_sure, certain) & at_least_of(p.ibp_items_needed, possible)
    )


@term
def cafaspa(q: Questions[T], p: Parameters) -> T:
    """CAFASPA >= 2: the Dutch referral rule for inflammatory back pain."""
    items = [
        inflammatory_pattern(q, p),
        q.spa_features.has("nsaid_response"),
        q.spa_features.has("family"),
        q.pain_duration_days.at_least(p.days_5_years + 1),
    ]
    return at_least_of(p.cafaspa_items_needed, items)


@term
def duration_at_least(q: Questions[T], p: Parameters, days: int) -> T:
    """DUR >= days, wherever the answer leaves it possible."""
    classes = [name for name, (_, top) in DURATION_CLASSES.items() if top is None or top >= days]
    open_interval = q.pain_duration_class.is_(*classes) | q.pain_duration_class.missing
    return q.pain_duration_days.at_least(days) | (q.pain_duration_days.missing & open_interval)


@term
def duration_below(q: Questions[T], p: Parameters, days: int) -> T:
    """DUR < days, wherever the answer leaves it possible."""
    classes = [name for name, (bottom, _) in DURATION_CLASSES.items() if bottom < days]
    open_interval = q.pain_duration_class.is_(*classes) | q.pain_duration_class.missing
    return q.pain_duration_days.below(days) | (q.pain_duration_days.missing & open_interval)


@term
def started_before(q: Questions[T], p: Parameters, age: int) -> T:
    """START_AGE < age: the age given, else age now less the shortest possible duration."""
    started = q.age_years.less_days_below(q.pain_duration_days, age)
    no_days = q.pain_duration_days.missing
    at_least_weeks = q.pain_duration_class.is_("3_to_6_weeks", "6_to_12_weeks", "gt_12_weeks")
    by_class = no_days & (q.age_years.below(age) | (at_least_weeks & q.age_years.below(age + 1)))
    return q.onset_age_years.below(age) | (q.onset_age_years.missing & (started | by_class))


@term
def unsure(q: Questions[T], p: Parameters) -> T:
    """UNSURE: "I do not know" on an item that, answered "yes", would lift the result."""
    maybe_constant = q.pain_constant_any_position.is_("yes", "unknown")
    maybe_all_night = q.night_pain.is_("constant", "unknown")
    telling = q.age_years.below(p.age_adult) | (q.age_years.at_least(p.age_tumour) & severe(q, p))
    teenager = q.age_years.at_least(p.age_young_child) & q.age_years.below(p.age_adult)
    return any_of(
        *(
            q[item].is_("unknown")
            for item in (
                "leg_pain",
                "leg_sensory",
                "night_sweats_or_malaise",
                "weight_loss_unintended",
                "steroids_oral_3m",
                "height_loss_or_new_stoop",
                "spine_procedure_3m",
                "flank_colic",
                "urinary_burning_or_blood",
                "blister_strip",
                "pain_unmanageable",
                "trunk_band",
            )
        ),
        q.immune_or_infection_risk.has("unknown"),
        q.claudication_relief_sitting.is_("unknown") & q.age_years.at_least(p.age_stenosis),
        q.back_extension_sport.is_("unknown") & teenager,
        q.bone_risk.is_("unknown") & (q.trauma.is_("lifting_type", "minor") | severe(q, p)),
        q.night_pain.is_("unknown") & (telling | maybe_constant),
        q.pain_constant_any_position.is_("unknown") & (telling | maybe_all_night),
        q.first_ever_episode.is_("unknown")
        & q.age_years.at_least(p.age_late_first_episode)
        & duration_at_least(q, p, p.days_3_weeks),
    )
