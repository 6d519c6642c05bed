"""Rows that mean: now. Permanent harm or death is possible within hours."""

from __future__ import annotations

from rugkompas.catalogue.parameters import Parameters
from rugkompas.logic.verbs import Questions, T
from rugkompas.rules.red_flags.register import Rows
from rugkompas.rules.terms import (
    cancer,
    ces_new,
    leg_sign,
    maybe_pregnant,
    neuro,
    severe,
    sudden,
    weak,
)

row = Rows()


@row("E01")
def bladder_bowel_or_saddle(q: Questions[T], p: Parameters) -> T:
    """One new sign of bladder, bowel or saddle area is enough, whatever else is answered."""
    return ces_new(q, p)


@row("E02")
def sexual_feeling_with_a_leg_sign(q: Questions[T], p: Parameters) -> T:
    """New loss of feeling during sex, beside any sign in a leg."""
    return q.sexual_change.is_("new_or_changed") & leg_sign(q, p)


@row("E03")
def growing_weakness_or_cord(q: Questions[T], p: Parameters) -> T:
    """Both legs weak, weakness that grows, unsteady walking, or a band with numb legs."""
    return (
        q.leg_weakness.is_("both")
        | q.leg_weakness_progressive.is_("yes")
        | q.gait_unsteady_new.is_("yes")
        | (q.trunk_band.is_("yes") & q.leg_sensory.is_("both"))
    )


@row("E04")
def cancer_with_nerve_signs(q: Questions[T], p: Parameters) -> T:
    """Cancer, now or ever, with a nerve sign; present cancer with both legs or a band."""
    present = q.cancer.is_("current_or_metastatic")
    return (
        (cancer(q, p) & neuro(q, p))
        | (cancer(q, p) & q.leg_pain_bilateral_new_2w.is_("yes"))
        | (present & (q.leg_pain.is_("both_below_knee") | q.trunk_band.is_("yes")))
    )


@row("E05")
def fever_with_nerve_signs(q: Questions[T], p: Parameters) -> T:
    """Fever with a nerve sign: infection inside the spinal canal is possible."""
    return q.fever_or_chills.is_("yes") & neuro(q, p)


@row("E06")
def seriously_ill(q: Questions[T], p: Parameters) -> T:
    """Confused, drowsy, clammy, breathing fast, or too ill to get up."""
    return q.seriously_ill.is_("yes")


@row("E07")
def aorta(q: Questions[T], p: Parameters) -> T:
    """Known widening of the aorta, collapse, or sudden severe pain from ``age_aorta`` on.

    A pain score that was left out counts as severe here.
    """
    at_risk = q.age_years.at_least(p.age_aorta) & sudden(q, p)
    return (
        q.known_aaa.is_("yes")
        | q.collapse_or_pulsating_belly.is_("yes")
        | (at_risk & (severe(q, p) | q.pain_nrs.missing))
    )


@row("E08")
def vessels_heart_or_lungs(q: Questions[T], p: Parameters) -> T:
    """A cold pale leg, chest pain or breathlessness, or sudden pain with a weak leg."""
    return (
        q.cold_pale_leg.is_("yes")
        | q.chest_pain_or_breathless.is_("yes")
        | (sudden(q, p) & weak(q, p))
    )


@row("E09")
def high_energy_or_injury_with_nerve_signs(q: Questions[T], p: Parameters) -> T:
    """A high-energy accident, or a significant or unknown one with a sign in the legs."""
    return (
        q.trauma.is_("high_energy")
        | (q.trauma.is_("significant", "unknown") & neuro(q, p))
        | (q.trauma.is_("significant") & q.leg_sensory.is_("one"))
    )


@row("E10")
def bleeding_with_nerve_signs(q: Questions[T], p: Parameters) -> T:
    """Blood thinners, sudden pain and a nerve sign."""
    return q.anticoagulant.is_("yes") & sudden(q, p) & neuro(q, p)


@row("E11")
def pregnancy_alarm(q: Questions[T], p: Parameters) -> T:
    """An alarm sign of pregnancy."""
    return q.pregnancy_alarm.is_("yes")


@row("E12")
def colic_with_a_complication(q: Questions[T], p: Parameters) -> T:
    """Colic with fever, one kidney or no urine, or a possible pregnancy."""
    return q.flank_colic.is_("yes") & (
        q.fever_or_chills.is_("yes") | q.single_kidney_or_no_urine.is_("yes") | maybe_pregnant(q, p)
    )


@row("E13")
def child_with_nerve_signs(q: Questions[T], p: Parameters) -> T:
    """A nerve sign under ``age_adult``."""
    return q.age_years.below(p.age_adult) & neuro(q, p)
