"""Rows that mean: an ordinary appointment within one to three weeks."""

from __future__ import annotations

from rugkompas.catalogue.parameters import Parameters
from rugkompas.logic.verbs import Questions, T
from rugkompas.rules.red_flags.register import Rows
from rugkompas.rules.terms import (
    cafaspa,
    duration_at_least,
    inflammatory_pattern,
    started_before,
    unsure,
)

row = Rows()


@row("P01")
def leg_pain_below_the_knee(q: Questions[T], p: Parameters) -> T:
    """Pain below the knee, or a numb or tingling leg."""
    return q.leg_pain.is_("one_below_knee", "both_below_knee") | q.leg_sensory.is_("one")


@row("P02")
def relief_by_sitting(q: Questions[T], p: Parameters) -> T:
    """Leg complaints on walking that sitting takes away, from ``age_stenosis``."""
    return q.claudication_relief_sitting.is_("yes") & q.age_years.at_least(p.age_stenosis)


@row("P03")
def inflammatory(q: Questions[T], p: Parameters) -> T:
    """Three months or more, begun young, with an inflammatory pattern or feature."""
    return (
        duration_at_least(q, p, p.days_3_months)
        & started_before(q, p, p.age_axspa_start)
        & (
            inflammatory_pattern(q, p)
            | cafaspa(q, p)
            | q.spa_features.has("uveitis", "psoriasis", "ibd", "heel_or_joint_swelling")
        )
    )


@row("P04")
def three_or_four_weeks(q: Questions[T], p: Parameters) -> T:
    """Three weeks without clearly doing more, or four weeks however it goes.

    A course that was not answered or is unknown counts as not improving.
    """
    return (
        duration_at_least(q, p, p.days_3_weeks) & ~q.course_activity.is_("improving")
    ) | duration_at_least(q, p, p.days_4_weeks)


@row("P05")
def twelve_weeks(q: Questions[T], p: Parameters) -> T:
    """Twelve weeks: look at everything again."""
    return duration_at_least(q, p, p.days_12_weeks)


@row("P06")
def around_birth(q: Questions[T], p: Parameters) -> T:
    """Pregnant, maybe pregnant, or up to six months after birth."""
    return q.pregnancy.is_("pregnant", "possible", "unknown", "postpartum_6m")


@row("P07")
def older(q: Questions[T], p: Parameters) -> T:
    """From ``age_low_threshold``: a low threshold."""
    return q.age_years.at_least(p.age_low_threshold)


@row("P08")
def teenager(q: Questions[T], p: Parameters) -> T:
    """Ten to seventeen, four weeks or more, or sport with backward bending."""
    return (
        q.age_years.at_least(p.age_young_child)
        & q.age_years.below(p.age_adult)
        & (duration_at_least(q, p, p.days_4_weeks) | q.back_extension_sport.is_("yes"))
    )


@row("P09")
def often_or_never_looked_at(q: Questions[T], p: Parameters) -> T:
    """Frequent episodes, an old complaint never examined, or a late first episode."""
    late_first = (
        q.first_ever_episode.is_("yes")
        & q.age_years.at_least(p.age_late_first_episode)
        & duration_at_least(q, p, p.days_3_weeks)
    )
    return (
        q.episodes_last_year.at_least(p.episodes_often)
        | q.bladder_change.is_("old_unassessed")
        | q.bowel_change.is_("old_unassessed")
        | q.saddle_change.is_("old_unassessed")
        | q.sexual_change.is_("old_unassessed")
        | late_first
    )


@row("P10")
def not_sure(q: Questions[T], p: Parameters) -> T:
    """Unsure about something that would count: unknown is never no."""
    return unsure(q, p)


@row("P11")
def minor(q: Questions[T], p: Parameters) -> T:
    """Under ``age_adult``: the tool is made for adults."""
    return q.age_years.below(p.age_adult)
