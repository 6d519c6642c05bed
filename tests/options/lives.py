"""Made-up lives for properties: a whole triage form, and whatever a life may bring."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from option_cases import PEOPLE, intake

from rugkompas import load_knowledge
from rugkompas.logic.codebook import TRI

KNOWLEDGE = load_knowledge()
OPTIONS = tuple(KNOWLEDGE.options)
FACTORS = tuple(factor.id for factor in KNOWLEDGE.factors.values() if factor.asked)
FACTS = tuple(KNOWLEDGE.person_facts)
KINDS = tuple(KNOWLEDGE.questions["rejects_kinds"].values)

TRIAGE_CHANGES: dict[str, tuple[Any, ...]] = {
    "age_years": (14, 17, 18, 30, 49, 50, 64, 65, 69, 70, 85),
    "pain_duration_days": (2, 20, 21, 41, 42, 83, 84, 900),
    "pain_nrs": (0, 4, 7, None),
    "course_activity": ("improving", "unchanged", "worsening", None),
    "leg_pain": ("none", "one_below_knee", "unknown"),
    "leg_weakness": ("none", "mild_one"),
    "anticoagulant": ("no", "yes", "unknown", None),
    "bone_risk": ("no", "yes", "unknown", None),
    "height_loss_or_new_stoop": ("no", "yes", "unknown", None),
    "pregnancy": ("no", "pregnant", "possible", "postpartum_6m", "unknown", None),
    "fever_or_chills": ("no", "no", "no", "no", "yes", "unknown"),
    "bladder_change": ("no", "no", "no", "no", "new_or_changed", None),
}


def some(ids: tuple[str, ...], values: st.SearchStrategy[Any], most: int = 6) -> Any:
    """An object of a few of these ids."""
    return st.dictionaries(st.sampled_from(ids), values, max_size=most)


LIFE: dict[str, st.SearchStrategy[Any]] = {
    "factors": some(FACTORS, st.sampled_from(TRI), most=10),
    "changeable": some(FACTORS, st.sampled_from(TRI)),
    "person_facts": st.one_of(
        some(FACTS, st.sampled_from(TRI), most=12),
        st.lists(st.sampled_from(FACTS), max_size=4, unique=True),
        st.just(dict.fromkeys(FACTS, "no")),
    ),
    "rejects": some(OPTIONS, st.just("")),
    "cannot": some(OPTIONS, st.just("")),
    "rejects_kinds": st.lists(st.sampled_from(KINDS), max_size=3, unique=True),
    "tried": some(OPTIONS, st.sampled_from(("helped", "no_change", "worse"))),
    "likes": st.lists(st.sampled_from(OPTIONS), max_size=3, unique=True),
    "dislikes": st.lists(st.sampled_from(OPTIONS), max_size=3, unique=True),
    "asks_about": st.lists(st.sampled_from(OPTIONS), max_size=3, unique=True),
    "max_block_min": st.sampled_from((0, 2, 5, 10, 20, 60)),
    "minutes_a_week": st.sampled_from((0, 15, 60, 130, 400)),
    "work": st.sampled_from(KNOWLEDGE.questions["work"].values),
    "employment": st.sampled_from(KNOWLEDGE.questions["employment"].values),
    "night_shifts": st.sampled_from(TRI),
    "care_duty": st.sampled_from(KNOWLEDGE.questions["care_duty"].values),
    "has_hoist": st.sampled_from(TRI),
    "second_person": st.sampled_from(KNOWLEDGE.questions["second_person"].values),
    "pain_free_now": st.sampled_from(("no", "no", "yes", "unknown")),
}


@st.composite
def lives(draw: st.DrawFn) -> dict[str, Any]:
    """One person's answers, from hardly anything to nearly everything."""
    answers = intake(draw(st.sampled_from(sorted(PEOPLE))))
    for name in draw(st.sets(st.sampled_from(sorted(TRIAGE_CHANGES)), max_size=4)):
        answers[name] = draw(st.sampled_from(TRIAGE_CHANGES[name]))
    for name in draw(st.sets(st.sampled_from(sorted(LIFE)), max_size=len(LIFE))):
        answers[name] = draw(LIFE[name])
    return answers
