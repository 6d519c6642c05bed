"""Which options may be offered to whom, and what stands in the way of the others.

Every block is a truth with a name; an option is offered when no block holds and it is of use
now. Being struck or impossible for this person is a block like any other and needs no reason.
Sources: knowledge/options, and part E of the options dossier for the combinations in
``SPECIAL``, where "the person decides" over the catalogue.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rugkompas.catalogue.option_schema import Option
from rugkompas.catalogue.parameters import Parameters
from rugkompas.logic.verbs import Questions, T, any_of, term
from rugkompas.rules import person_facts
from rugkompas.rules.course import class_truths
from rugkompas.rules.factors import present
from rugkompas.rules.person_facts import absent, holds
from rugkompas.rules.red_flags import ROWS
from rugkompas.rules.terms import severe

Block = Callable[[Questions[Any], Parameters], Any]

RADICULAR_ROWS = ("S02", "S03", "W05", "P01", "P02")
ACUTE = ("acute_improving", "acute_too_early", "subacute_improving")
DEVIATING = ("acute_deviating", "acute_unjudged", "subacute_deviating", "subacute_unjudged")
CHRONIC = ("chronic_improving", "chronic_not_improving", "chronic_unjudged", "fluctuating")
FOR_ALL = ("supervised_tailored_exercise",)
"""Of use in its phases, whichever factors play a role."""
ADULT_TRIALS = ("cft", "multidisciplinary_rehab", "mindfulness_mbsr", "act", "cbt_i")
"""Tested in adults only: not for a minor without a professional who decides."""

TALKS = ("carer_support",)
"""Its time is a talk with somebody, by phone or online."""
ANYWHERE_TOO = ("respite_care", "microbreaks")
"""The place in the catalogue binds somebody else (the person cared for goes), or not at all."""


@term
def always(q: Questions[T], p: Parameters) -> T:
    """True for everybody."""
    return q.age_years.missing | ~q.age_years.missing


@term
def phase(q: Questions[T], p: Parameters, name: str) -> T:
    """The person is in this phase. Whoever has no clear class counts as deviating; leg pain
    from a nerve root (``radicular``) comes beside one of the others."""
    if name == "prevention":
        return q.pain_free_now.is_("yes")
    if name == "radicular":
        fired: list[T] = [ROWS[id_](q, p) for id_ in RADICULAR_ROWS]
        return any_of(*fired)
    courses = class_truths(q, p)
    acute: T = any_of(*(courses[id_] for id_ in ACUTE))
    chronic: T = any_of(*(courses[id_] for id_ in CHRONIC))
    in_pain: T = ~q.pain_free_now.is_("yes")
    if name == "acute":
        return in_pain & acute
    if name == "chronic":
        return in_pain & chronic
    return in_pain & ~acute & ~chronic


@term
def _in_one_of(q: Questions[T], p: Parameters, *names: str) -> T:
    """The person is in one of these phases; many options share them."""
    phases: list[T] = [phase(q, p, name) for name in names]
    return any_of(~always(q, p), *phases)


def _in_phase(q: Questions[T], p: Parameters, option: Option, *uses: str) -> T:
    """The option has one of these uses in the person's phase; a nerve root must not forbid it."""
    names = [name for name, use in option.phases.items() if use in uses and name != "radicular"]
    fits: T = _in_one_of(q, p, *names)
    radicular: T = phase(q, p, "radicular")
    use = option.phases.get("radicular", "no")
    if use == "no":
        return fits & ~radicular
    # For a nerve root the catalogue may say "use" where the phase says "no" (an injection).
    return fits | radicular if use in uses and option.domain == "specialist" else fits


def meant_for_now(q: Questions[T], p: Parameters, option: Option) -> T:
    """The catalogue says "use" in the person's phase, not only "maybe"."""
    return _in_phase(q, p, option, "use")


def touches(q: Questions[T], p: Parameters, option: Option) -> T:
    """It touches a factor that plays a role here. Something for oneself against the pain
    itself touches it as long as there is pain."""
    truths: list[T] = [present(q, p, factor) for factor in option.targets]
    for_oneself = option.asks.professional == "none" and option.asks.cost in ("none", "low")
    if "pain_intensity" in option.targets and for_oneself:
        truths.append(~q.pain_free_now.is_("yes"))
    also = ALSO_FOR.get(option.id)
    if also is not None:
        truths.append(also(q, p))
    return any_of(~always(q, p), *truths)


def of_use(q: Questions[T], p: Parameters, option: Option) -> T:
    """Of use now: it touches a factor that plays a role, or it suits this phase whatever the
    factors are (moving, knowing, training with guidance)."""
    suits: T = _in_phase(q, p, option, "use")
    touching: T = _in_phase(q, p, option, "use", "maybe") & touches(q, p, option)
    for_all = option.domain in ("information", "physical") or option.id in FOR_ALL
    return suits | touching if for_all else touching


def blocks(q: Questions[T], p: Parameters, option: Option) -> dict[str, T]:
    """Reason -> whether it stands in the way, in the order in which reasons are shown."""
    asks, id_ = option.asks, option.id
    in_the_way: dict[str, T] = {
        "triage": person_facts.urgent(q, p),
        "rejected": q[f"rejects.{id_}"].is_("yes"),
        "not_possible": q[f"cannot.{id_}"].is_("yes"),
    }
    if option.kinds:
        in_the_way["kind_rejected"] = q.rejects_kinds.has(*option.kinds)
    if option.domain == "not_recommended" or set(option.phases.values()) <= {"no"}:
        in_the_way["advised_against"] = always(q, p)
    if option.not_if:
        forbidden: list[T] = [holds(q, p, fact) for fact in option.not_if]
        unsure: list[T] = [~absent(q, p, fact) for fact in option.not_if]
        in_the_way["contraindicated"] = any_of(*forbidden)
        in_the_way["ask_first"] = any_of(*unsure) & ~any_of(*forbidden)
    special = SPECIAL.get(id_)
    if special is not None:
        in_the_way["special"] = special(q, p)
    if option.domain in ("medication", "hands_on", "specialist") or id_ in ADULT_TRIALS:
        in_the_way["adults_only"] = q.age_years.below(p.age_adult)
    in_the_way["made_worse"] = q[f"tried.{id_}"].is_("worse")
    in_the_way["phase"] = ~_in_phase(q, p, option, "use", "maybe")
    if _needs_own_time(option):
        in_the_way["too_long"] = q.max_block_min.below(asks.block_min)
    if asks.week_min:
        in_the_way["too_much_time"] = q.minutes_a_week.below(asks.week_min)
    in_the_way["costs"] = _costs(q, p, option)
    if asks.second_person:
        in_the_way["second_person"] = holds(q, p, "no_second_person")
    if asks.unbroken_nights:
        in_the_way["nights"] = holds(q, p, "no_uninterrupted_nights")
    if asks.place in ("clinic", "pool", "work") and id_ not in ANYWHERE_TOO:
        in_the_way["cannot_leave_home"] = holds(q, p, "cannot_leave_home")
    in_the_way["not_now"] = ~of_use(q, p, option)
    return in_the_way


def _needs_own_time(option: Option) -> bool:
    """Its stretch of time is spent alone and again and again. A single appointment, visit or
    talk can be planned and may be longer (dossier, "How to read this file")."""
    if not option.asks.block_min or option.id in TALKS:
        return False
    if option.asks.professional == "start":
        return option.domain != "environmental"
    return option.asks.professional == "none" or option.practice_alone


def _costs(q: Questions[T], p: Parameters, option: Option) -> T:
    """Money: none at all, or little while the option is only a maybe in this phase."""
    cost = option.asks.cost
    if cost not in ("mid", "high"):
        return ~always(q, p)
    only_maybe: T = ~_in_phase(q, p, option, "use")
    little: T = holds(q, p, "no_supplementary_insurance") | present(q, p, "money_strain")
    dear: T = only_maybe if cost == "high" else only_maybe & little
    return holds(q, p, "no_money") | dear


def offered(q: Questions[T], p: Parameters, option: Option) -> T:
    """Nothing stands in the way."""
    in_the_way: list[T] = list(blocks(q, p, option).values())
    return ~any_of(*in_the_way)


def _arching(q: Questions[Any], p: Parameters) -> Any:
    """A possible stress fracture from arching: no end-range bending before a doctor looked."""
    return holds(q, p, "spondylolysis_suspected") | person_facts.arching_open(q, p)


def _alert_at_work_or_night(q: Questions[Any], p: Parameters) -> Any:
    """Must stay awake or wake up: drives, works nights, or is woken by someone they care for."""
    return (
        q.work.is_("driving") | q.night_shifts.is_("yes") | holds(q, p, "no_uninterrupted_nights")
    )


def _through_the_doctor(q: Questions[Any], p: Parameters) -> Any:
    """An anti-inflammatory only through the doctor or pharmacist: diabetes, age, heart."""
    return (
        q.other_conditions.has("diabetes")
        | holds(q, p, "age_ge_70")
        | holds(q, p, "cardiovascular_disease")
    )


def _weekly_class(q: Questions[Any], p: Parameters) -> Any:
    """A fixed weekly class does not go with a life on the road."""
    return q.work.is_("driving") & present(q, p, "poor_sleep_place")


def _own_baby(q: Questions[Any], p: Parameters) -> Any:
    """The care is for a newborn: nothing that is meant for a person who needs care."""
    newborn = holds(q, p, "postpartum_lt_12w") & ~q.care_duty.is_("adult")
    return newborn & ~q.has_hoist.is_("yes")


def _nobody_to_care_for(q: Questions[Any], p: Parameters) -> Any:
    """Help for carers is for whoever cares for someone at home."""
    return ~present(q, p, "care_load") | _own_baby(q, p)


def _nothing_to_lift(q: Questions[Any], p: Parameters) -> Any:
    """Help with lifting is for whoever lifts."""
    lifts = present(q, p, "heavy_lifting") | present(q, p, "care_load")
    return ~lifts | _own_baby(q, p)


def _nobody_to_lift(q: Questions[Any], p: Parameters) -> Any:
    """Aids that move a person are for whoever lifts one: at home (for a child only when it is
    heavy), or at work where people may be lifted: not from a chair, behind a wheel or in a
    business of one's own."""
    no_people = (
        q.work.is_("sitting", "driving")
        | q.employment.is_("self_employed")
        | holds(q, p, "no_work")
    )
    heavy = present(q, p, "heavy_lifting")
    light_child = q.care_duty.is_("child") & ~heavy & ~q.has_hoist.is_("yes")
    lifts = (present(q, p, "care_load") & ~light_child) | (heavy & ~no_people)
    return ~lifts | _own_baby(q, p)


def _home_is_fine(q: Questions[Any], p: Parameters) -> Any:
    """A visit at home is for care at home, or for a home that makes it hard."""
    return ~present(q, p, "care_load") & ~present(q, p, "home_constraints")


def _work_is_fine(q: Questions[Any], p: Parameters) -> Any:
    """Help to stay at or return to work is for whoever is off work or has trouble there."""
    trouble = ("sick_leave", "work_pressure", "low_support_at_work", "work_physical_load")
    return ~any_of(*(present(q, p, factor) for factor in trouble))


def _sleeps_through(q: Questions[Any], p: Parameters) -> Any:
    """Sharing nights and napping is for whoever is woken; naps make insomnia worse."""
    return ~present(q, p, "interrupted_sleep")


def _leg_pain_bearable(q: Questions[Any], p: Parameters) -> Any:
    """A specialist's step for leg pain is for severe pain only."""
    return ~(severe(q, p) | q.leg_pain_nrs.at_least(p.pain_severe))


def _no_slipped_disc(q: Questions[Any], p: Parameters) -> Any:
    """Surgery for a slipped disc: leg pain below the knee, severe and for six weeks or more."""
    early = q.pain_duration_days.below(p.days_6_weeks) | q.pain_duration_class.is_(
        "lt_3_weeks", "3_to_6_weeks"
    )
    below_knee = q.leg_pain.is_("one_below_knee", "both_below_knee")
    return early | ~below_knee | _leg_pain_bearable(q, p)


def _not_first(q: Questions[Any], p: Parameters) -> Any:
    """Days of treatment come after smaller steps, or with long absence or high disability."""
    return ~(present(q, p, "high_disability") | present(q, p, "sick_leave"))


SPECIAL: dict[str, Block] = {
    "stretching": _arching,
    "yoga": _arching,
    "pilates": lambda q, p: _arching(q, p) | _weekly_class(q, p) | holds(q, p, "cannot_walk"),
    "manual_therapy": _arching,
    "wait_with_check_date": _arching,
    "mckenzie": _arching,
    "strength_training": _arching,
    "graded_activity": _arching,
    "cbt_i": _alert_at_work_or_night,
    "muscle_relaxants": _alert_at_work_or_night,
    "opioids": _alert_at_work_or_night,
    "nsaid_oral": _through_the_doctor,
    "multidisciplinary_rehab": _not_first,
    "sit_stand_desk": lambda q, p: ~q.work.is_("sitting", "mixed"),
    "acupuncture": lambda q, p: holds(q, p, "pregnant"),
    "partial_hoist_use": lambda q, p: ~q.has_hoist.is_("yes"),
    "mechanical_lifting_aid": _nobody_to_lift,
    "slide_sheets_transfer_aids": _nobody_to_lift,
    "two_person_lifting": _nothing_to_lift,
    "occupational_therapy_home": _home_is_fine,
    "return_to_work_support": _work_is_fine,
    "night_rota_naps": _sleeps_through,
    "weight_management": lambda q, p: ~present(q, p, "overweight"),
    "epidural_injection": _leg_pain_bearable,
    "discectomy": _no_slipped_disc,
    "respite_care": _nobody_to_care_for,
    "night_care_at_home": _nobody_to_care_for,
    "carer_arrangements": _nobody_to_care_for,
    "carer_support": _nobody_to_care_for,
    "night_monitoring_device": _nobody_to_care_for,
}
"""Combinations of facts for which a worked person of the dossier is stricter than the
catalogue, or for which the option would make no sense."""

ALSO_FOR: dict[str, Block] = {
    "water_exercise": lambda q, p: (
        q.pregnancy.is_("pregnant") | q.other_conditions.has("knee_or_hip_pain")
    ),
    "education_reassurance": lambda q, p: q.pain_free_now.is_("yes"),
}
"""Whom an option suits beside its factors: in water when moving on land hurts, and knowing
beside exercising when the next episode is to be prevented (dossier, A2)."""
