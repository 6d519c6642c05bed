"""Facts about a person that block or limit options: holds, surely absent, or not known.

A fact holds when the person says so or when another answer says it; it is surely absent only
when the person says no, or when an answer rules it out. What is neither was not asked or is
not known, and unknown is never no: whatever the fact forbids is then not offered.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rugkompas.catalogue.parameters import Parameters
from rugkompas.logic.verbs import Questions, T, any_of, term
from rugkompas.rules import applies
from rugkompas.rules.red_flags import ROWS
from rugkompas.rules.terms import severe

Fact = Callable[[Questions[Any], Parameters], Any]

URGENT_ROWS = tuple(id_ for id_ in ROWS if id_[0] in "ES")
FRACTURE_ROWS = ("E09", "S04", "S11", "W03", "W04", "W10")


def _fires(q: Questions[T], p: Parameters, ids: tuple[str, ...]) -> T:
    truths: list[T] = [ROWS[id_](q, p) for id_ in ids]
    return any_of(*truths)


@term
def urgent(q: Questions[T], p: Parameters) -> T:
    """An emergency or same-day row fires: a doctor looks first."""
    return _fires(q, p, URGENT_ROWS)


@term
def fracture_suspected(q: Questions[T], p: Parameters) -> T:
    """A row fires that points to a broken vertebra."""
    return _fires(q, p, FRACTURE_ROWS)


@term
def fracture_open(q: Questions[T], p: Parameters) -> T:
    """An answer that could still point to a broken vertebra (row W03 or W04) is not known.

    "I do not know" counts at any age; what was not asked counts from ``age_bone_minor_fall``
    on (or at an unknown age), for below it these rows need a risk that a person would name.
    """
    older = ~q.age_years.below(p.age_bone_minor_fall)
    no_score = q.pain_nrs.missing
    small_injury = q.trauma.is_("lifting_type", "minor")
    bone_would_count = small_injury | severe(q, p) | no_score
    score_would_count = (
        q.bone_risk.is_("yes")
        | q.age_years.at_least(p.age_bone)
        | (older & q.trauma.is_("minor"))
        | (q.age_years.at_least(p.age_bone_lifting) & q.trauma.is_("lifting_type"))
    )
    return any_of(
        q.height_loss_or_new_stoop.is_("unknown"),
        q.steroids_oral_3m.is_("unknown"),
        q.bone_risk.is_("unknown") & bone_would_count,
        older & (q.height_loss_or_new_stoop.missing | q.steroids_oral_3m.missing),
        older & q.bone_risk.missing & bone_would_count,
        no_score & score_would_count,
    )


@term
def arching_open(q: Questions[T], p: Parameters) -> T:
    """Pain on arching back is unknown, or was not asked of a minor."""
    not_asked = q.back_extension_sport.missing & q.age_years.below(p.age_adult)
    unknown = q.back_extension_sport.is_("unknown") & applies.back_extension_sport(q, p)
    return unknown | not_asked


HOLDS: dict[str, Fact] = {
    "red_flag": urgent,
    "vertebral_fracture_suspected": fracture_suspected,
    "spondylolysis_suspected": lambda q, p: q.back_extension_sport.is_("yes"),
    "progressive_weakness": lambda q, p: q.leg_weakness_progressive.is_("yes"),
    "pregnant": lambda q, p: q.pregnancy.is_("pregnant", "possible", "unknown"),
    "postpartum_lt_12w": lambda q, p: q.pregnancy.is_("postpartum_6m"),
    "age_lt_18": lambda q, p: q.age_years.below(p.age_adult),
    "age_ge_65": lambda q, p: q.age_years.at_least(p.age_older),
    "age_ge_70": lambda q, p: q.age_years.at_least(p.age_low_threshold),
    "osteoporosis": lambda q, p: q.bone_risk.is_("yes"),
    "long_term_steroids": lambda q, p: q.steroids_oral_3m.is_("yes"),
    "anticoagulant": lambda q, p: q.anticoagulant.is_("yes"),
    "cancer_history": lambda q, p: q.cancer.is_("past", "current_or_metastatic", "unknown"),
    "opioid_use": lambda q, p: q.medicines.has("opioid"),
    "cannot_walk": lambda q, p: q.can_walk_stand.is_("no"),
    "no_second_person": lambda q, p: q.second_person.is_("no"),
    "no_employer": lambda q, p: (
        q.employment.is_("self_employed", "none", "student", "retired")
        | q.work_status.is_("self_employed", "student", "unemployed", "retired")
    ),
    "no_work": lambda q, p: (
        q.work.is_("none")
        | q.employment.is_("none", "retired")
        | q.work_status.is_("unemployed", "retired")
    ),
    "no_uninterrupted_nights": lambda q, p: q.night_shifts.is_("yes"),
    "depression": lambda q, p: q.low_mood_2w.is_("often") & q.lost_interest_2w.is_("often"),
}
"""Fact -> other answers that make it hold, beside the person's own word."""

RULED_OUT: dict[str, Fact] = {
    "red_flag": lambda q, p: ~urgent(q, p),
    "vertebral_fracture_suspected": lambda q, p: ~fracture_suspected(q, p),
    "spondylolysis_suspected": lambda q, p: (
        q.back_extension_sport.is_("no")
        | (~applies.back_extension_sport(q, p) & ~q.age_years.missing)
    ),
    "progressive_weakness": lambda q, p: (
        q.leg_weakness.is_("none") | q.leg_weakness_progressive.is_("no")
    ),
    "pregnant": lambda q, p: q.pregnancy.is_("no", "postpartum_6m") | ~applies.pregnancy(q, p),
    "postpartum_lt_12w": lambda q, p: q.pregnancy.is_("no", "pregnant") | ~applies.pregnancy(q, p),
    "age_lt_18": lambda q, p: q.age_years.at_least(p.age_adult),
    "age_ge_65": lambda q, p: q.age_years.below(p.age_older),
    "age_ge_70": lambda q, p: q.age_years.below(p.age_low_threshold),
    "osteoporosis": lambda q, p: q.bone_risk.is_("no") | ~applies.bone_risk(q, p),
    "long_term_steroids": lambda q, p: q.steroids_oral_3m.is_("no"),
    "anticoagulant": lambda q, p: q.anticoagulant.is_("no"),
    "cancer_history": lambda q, p: q.cancer.is_("none", "basal_cell_only"),
    "cannot_walk": lambda q, p: q.can_walk_stand.is_("yes", "with_difficulty"),
    "no_second_person": lambda q, p: q.second_person.is_("yes", "sometimes"),
    "no_employer": lambda q, p: (
        q.employment.is_("employee") | q.work_status.is_("full_time", "part_time")
    ),
    "no_work": lambda q, p: (
        q.employment.is_("employee", "self_employed")
        | q.work.is_("sitting", "standing", "light_physical", "heavy_physical", "driving", "mixed")
    ),
}
"""Fact -> other answers that say that it does not hold. ``osteoporosis`` under the age at
which it is asked counts as absent: the dossier asks bone risk from 40 on."""

OPEN: dict[str, Fact] = {
    "vertebral_fracture_suspected": fracture_open,
    "spondylolysis_suspected": arching_open,
}
"""Fact -> answers not known that could still make it hold. A person cannot judge such a
suspicion, so their own "no" does not settle it."""


def _said(q: Questions[T], fact: str, word: str) -> T:
    return q[f"person_facts.{fact}"].is_(word)


@term
def holds(q: Questions[T], p: Parameters, fact: str) -> T:
    """The person says so, or another answer says it."""
    said = _said(q, fact, "yes")
    derived = HOLDS.get(fact)
    return said if derived is None else said | derived(q, p)


@term
def absent(q: Questions[T], p: Parameters, fact: str) -> T:
    """It does not hold, and that is known: a person's own "unknown" leaves it open, whatever
    other answers say."""
    said_no = _said(q, fact, "no")
    ruled_out = RULED_OUT.get(fact)
    known = said_no if ruled_out is None else said_no | ruled_out(q, p)
    left_open = OPEN.get(fact)
    sure = known if left_open is None else known & ~left_open(q, p)
    return sure & ~_said(q, fact, "unknown") & ~holds(q, p, fact)
