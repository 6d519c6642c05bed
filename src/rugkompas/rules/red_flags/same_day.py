"""Rows that mean: today, evening and weekend included."""

from __future__ import annotations

from rugkompas.catalogue.parameters import Parameters
from rugkompas.logic.verbs import Questions, T
from rugkompas.rules.applies import emergency_missing, emergency_unknown, progress_unknown
from rugkompas.rules.red_flags.register import Rows
from rugkompas.rules.terms import (
    constant,
    infection_risk,
    leg_sign,
    maybe_pregnant,
    severe,
    sudden,
    worsening,
)

row = Rows()


@row("S01")
def fever(q: Questions[T], p: Parameters) -> T:
    """Fever or chills in the last week, also when it seems a common flu."""
    return q.fever_or_chills.is_("yes")


@row("S02")
def severe_weakness(q: Questions[T], p: Parameters) -> T:
    """A movement of one leg that cannot overcome any resistance."""
    return q.leg_weakness.is_("severe_one")


@row("S03")
def both_legs_new(q: Questions[T], p: Parameters) -> T:
    """Leg pain that is new on both sides."""
    return q.leg_pain_bilateral_new_2w.is_("yes")


@row("S04")
def significant_injury(q: Questions[T], p: Parameters) -> T:
    """A fall from stairs or bicycle, from more than a metre, or a hard blow."""
    return q.trauma.is_("significant")


@row("S05")
def present_cancer_with_telling_pain(q: Questions[T], p: Parameters) -> T:
    """Present or spread cancer with worsening, severe, constant or leg pain."""
    in_the_leg = q.leg_pain.is_(
        "one_above_knee", "one_below_knee", "both_above_knee", "both_below_knee", "unknown"
    )
    return q.cancer.is_("current_or_metastatic") & (
        worsening(q, p) | severe(q, p) | constant(q, p) | in_the_leg
    )


@row("S06")
def worse_after_a_procedure(q: Questions[T], p: Parameters) -> T:
    """Worse after an operation or injection in the back."""
    return q.spine_procedure_3m.is_("yes") & worsening(q, p)


@row("S07")
def infection_risk_with_general_signs(q: Questions[T], p: Parameters) -> T:
    """A risk for infection with weight loss, night sweats or feeling unwell."""
    return infection_risk(q, p) & (
        q.weight_loss_unintended.is_("yes") | q.night_sweats_or_malaise.is_("yes")
    )


@row("S08")
def colic_or_no_urine(q: Questions[T], p: Parameters) -> T:
    """Pain in waves in the side; one kidney or no urine counts even when not asked for."""
    return q.flank_colic.is_("yes") | q.single_kidney_or_no_urine.is_("yes")


@row("S09")
def sudden_without_movement(q: Questions[T], p: Parameters) -> T:
    """Sudden severe pain without a movement, at any age and strength."""
    return sudden(q, p)


@row("S10")
def child_with_an_alarm_sign(q: Questions[T], p: Parameters) -> T:
    """Under ``age_infant``, an alarm sign of children, or a telling pattern in a minor."""
    return (
        q.age_years.below(p.age_infant)
        | q.child_alarm.is_("yes")
        | (q.age_years.below(p.age_adult) & (constant(q, p) | q.weight_loss_unintended.is_("yes")))
    )


@row("S11")
def cannot_stand_with_fragile_bones(q: Questions[T], p: Parameters) -> T:
    """Unable to stand or walk, with a reason to think of a broken vertebra."""
    return q.can_walk_stand.is_("no") & (
        q.age_years.at_least(p.age_bone)
        | q.bone_risk.is_("yes")
        | q.steroids_oral_3m.is_("yes")
        | (q.age_years.at_least(p.age_bone_minor_fall) & q.trauma.is_("minor"))
    )


@row("S12")
def emergency_sign_not_excluded(q: Questions[T], p: Parameters) -> T:
    """An emergency sign that the person cannot judge, or a change in feeling during sex."""
    return (
        emergency_unknown(q, p)
        | q.sexual_change.is_("new_or_changed")
        | (q.sexual_change.is_("unknown") & leg_sign(q, p))
    )


@row("S13")
def pain_unmanageable(q: Questions[T], p: Parameters) -> T:
    """Pain that painkillers do not make bearable."""
    return q.pain_unmanageable.is_("yes")


@row("S14")
def urinary_signs_in_pregnancy(q: Questions[T], p: Parameters) -> T:
    """Burning or blood in the urine while pregnant, or maybe pregnant."""
    return maybe_pregnant(q, p) & q.urinary_burning_or_blood.is_("yes")


@row("S15")
def both_legs_numb(q: Questions[T], p: Parameters) -> T:
    """New numbness or tingling of both legs."""
    return q.leg_sensory.is_("both")


@row("S16")
def cannot_stand(q: Questions[T], p: Parameters) -> T:
    """Unable to stand or walk, for whatever reason."""
    return q.can_walk_stand.is_("no")


@row("S17")
def growing_weakness_not_excluded(q: Questions[T], p: Parameters) -> T:
    """Weakness, or perhaps weakness, of which the growth is not known."""
    return progress_unknown(q, p)


@row("S18")
def urinary_signs_with_weight_loss(q: Questions[T], p: Parameters) -> T:
    """Burning or blood in the urine with unintended weight loss."""
    return q.urinary_burning_or_blood.is_("yes") & q.weight_loss_unintended.is_("yes")


@row("S19")
def not_all_asked(q: Questions[T], p: Parameters) -> T:
    """The age or an emergency question is not answered: a floor, not an outcome."""
    return emergency_missing(q, p)
