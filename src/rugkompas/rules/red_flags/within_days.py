"""Rows that mean: within one to three working days, at most a week."""

from __future__ import annotations

from rugkompas.catalogue.parameters import Parameters
from rugkompas.logic.verbs import Questions, T
from rugkompas.rules.red_flags.register import Rows
from rugkompas.rules.terms import (
    cancer,
    constant,
    duration_at_least,
    duration_below,
    infection_risk,
    severe,
    worsening,
)

row = Rows()


@row("W01")
def cancer_ever(q: Questions[T], p: Parameters) -> T:
    """Cancer, now or ever, or not known whether it was cancer."""
    return cancer(q, p)


@row("W02")
def general_signs(q: Questions[T], p: Parameters) -> T:
    """Unintended weight loss, night sweats, or feeling unwell."""
    return q.weight_loss_unintended.is_("yes") | q.night_sweats_or_malaise.is_("yes")


@row("W03")
def long_steroids(q: Questions[T], p: Parameters) -> T:
    """Tablets or injections of corticosteroids for three months, at any age."""
    return q.steroids_oral_3m.is_("yes")


@row("W04")
def fragile_bones(q: Questions[T], p: Parameters) -> T:
    """A pattern in which a vertebra may have broken without a real fall."""
    age = q.age_years
    small_cause = q.trauma.is_("lifting_type", "minor")
    return (
        q.height_loss_or_new_stoop.is_("yes")
        | (q.bone_risk.is_("yes") & (small_cause | severe(q, p)))
        | (age.at_least(p.age_bone_minor_fall) & q.trauma.is_("minor") & severe(q, p))
        | (age.at_least(p.age_bone_lifting) & q.trauma.is_("lifting_type") & severe(q, p))
        | (age.at_least(p.age_bone) & (q.trauma.is_("minor") | severe(q, p)))
    )


@row("W05")
def mild_weakness(q: Questions[T], p: Parameters) -> T:
    """Less strength in one leg that does not grow."""
    return q.leg_weakness.is_("mild_one")


@row("W06")
def infection_risk_without_fever(q: Questions[T], p: Parameters) -> T:
    """A risk for infection, with pain that is not old or that grows."""
    return infection_risk(q, p) & (duration_below(q, p, p.days_12_weeks) | worsening(q, p))


@row("W07")
def lasting_pain_that_grows_or_is_constant(q: Questions[T], p: Parameters) -> T:
    """Combinations of age, duration, growth and constancy that do not fit ordinary pain."""
    older = q.age_years.at_least(p.age_tumour)
    lasting = duration_at_least(q, p, p.days_4_weeks)
    return (
        (older & lasting & (worsening(q, p) | constant(q, p)))
        | (lasting & worsening(q, p) & constant(q, p))
        | (older & constant(q, p) & severe(q, p))
        | (q.pain_constant_any_position.is_("yes") & q.night_pain.is_("constant"))
    )


@row("W08")
def blister_strip(q: Questions[T], p: Parameters) -> T:
    """A burning strip with blisters."""
    return q.blister_strip.is_("yes")


@row("W09")
def young_child(q: Questions[T], p: Parameters) -> T:
    """Under ``age_young_child``."""
    return q.age_years.below(p.age_young_child)


@row("W10")
def severe_pain_around_birth(q: Questions[T], p: Parameters) -> T:
    """Severe pain in pregnancy or after birth that grows or changes posture or walking."""
    return (
        q.pregnancy.is_("pregnant", "postpartum_6m")
        & severe(q, p)
        & (worsening(q, p) | q.height_loss_or_new_stoop.is_("yes") | q.can_walk_stand.is_("no"))
    )


@row("W11")
def trunk_band(q: Questions[T], p: Parameters) -> T:
    """Pain or numbness like a band round chest or belly."""
    return q.trunk_band.is_("yes")


@row("W12")
def urinary_signs(q: Questions[T], p: Parameters) -> T:
    """Burning or visible blood in the urine."""
    return q.urinary_burning_or_blood.is_("yes")
