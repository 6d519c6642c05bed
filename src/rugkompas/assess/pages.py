"""The interview in pages: one question, or a small natural group of them, at a time.

A page is made of steps. A step is the id of a question, ``factors.<id>``, ``changeable.<id>``
or ``person_facts.<id>``. Triage and course come first, one question a page, in the order of
``next_question``; then, for whoever wants to go on, what plays a role and what life allows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from rugkompas.assess.interview import factor_questions, next_question, signs_left
from rugkompas.catalogue import Knowledge
from rugkompas.catalogue.parameters import Parameters
from rugkompas.logic.one import answers_of
from rugkompas.people.person import person
from rugkompas.rules.applies import APPLIES
from rugkompas.rules.person_facts import absent, holds

Stage = Literal["signs", "course", "offer", "factors", "life"]

OFFER = "offer"
"""The page between triage and the rest: go on, or see the result."""
MOST_ON_A_PAGE = 6

FACTOR_PAGES: dict[str, tuple[str, ...]] = {
    "home": (
        *("care_load", "heavy_lifting", "interrupted_sleep", "poor_sleep_place"),
        *("home_constraints", "money_strain"),
    ),
    "work": (
        *("prolonged_sitting", "work_physical_load", "work_pressure", "low_support_at_work"),
        *("vibration", "sick_leave"),
    ),
    "body": ("awkward_load", "deconditioning", "load_spike", "leg_pain", "pain_intensity"),
    "thoughts": (
        *("movement_fear", "misbeliefs", "catastrophizing", "negative_expectations"),
        *("passive_coping", "overtreatment"),
    ),
    "mood": ("stress", "low_mood", "insomnia", "isolation", "loss_or_grief"),
    "habits": ("low_activity", "overweight", "poor_diet", "smoking"),
}
"""Every factor that is asked, on a page with its like."""

FACT_PAGES: dict[str, tuple[str, ...]] = {
    "practical": (
        *("no_uninterrupted_nights", "cannot_leave_home", "no_floor_space", "no_money"),
        *("no_supplementary_insurance", "no_internet"),
    ),
    "health": (
        *("cardiovascular_disease", "heart_failure", "kidney_disease", "liver_disease"),
        *("osteoporosis", "inflammatory_disease"),
    ),
    "medicine": ("ulcer_history", "nsaid_asthma", "opioid_use", "ssri", "breastfeeding"),
    "more_health": (
        *("balance_problem", "cannot_walk", "epilepsy_self", "sleep_apnoea", "low_literacy"),
    ),
    "private": ("depression", "bipolar_or_psychosis", "ptsd", "addiction_history"),
}
"""Every fact about a person that is asked: what it forbids is not offered while unknown."""

LIFE_PAGES: dict[str, tuple[str, ...]] = {
    "goals": ("activities",),
    "care": ("care_duty",),
    "care_help": ("second_person", "has_hoist"),
    "job": ("employment",),
    "at_work": ("work", "night_shifts"),
    "time": ("max_block_min", "minutes_a_week"),
    "medicines": ("medicines",),
    **FACT_PAGES,
    "dislikes": ("rejects_kinds",),
}

OUTLOOK = (
    *("previous_episodes_class", "pain_days_last_year_class", "leg_pain_nrs"),
    *("pain_elsewhere_2w", "sleep_worse_by_back", "general_health_0_100"),
    *("recovery_expectation_0_10", "pain_control_0_10", "work_load"),
    "sick_leave_days_last_month_class",
)
"""What narrows the range of a prognosis most: asked only of who asks how it may go on."""


@dataclass(frozen=True, slots=True)
class Page:
    """What is asked at once. left: how many more pages of this stage can come at most, this
    one counted; None where nobody can know."""

    id: str
    stage: Stage
    steps: tuple[str, ...]
    left: int | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A page that was asked, with the answer to each step; None = passed over."""

    page: str
    answers: Mapping[str, Any]


def given(asked: Sequence[Asked], more: Mapping[str, Any]) -> dict[str, Any]:
    """The answers as ``person`` takes them; the offer is no answer.

    more: answers that were given elsewhere than on a page; of both, that of the page counts.
    """
    found = {name: dict(it) if isinstance(it, Mapping) else it for name, it in more.items()}
    for page in asked:
        for step, answer in page.answers.items():
            name, dot, part = step.partition(".")
            if answer is None or name == OFFER:
                continue
            if dot:
                found.setdefault(name, {})[part] = answer
            else:
                found[name] = answer
    return found


def passed(asked: Sequence[Asked]) -> frozenset[str]:
    """The steps that were asked and got no answer."""
    return frozenset(
        step for page in asked for step, answer in page.answers.items() if answer is None
    )


def next_page(
    asked: Sequence[Asked], more: Mapping[str, Any], knowledge: Knowledge, p: Parameters
) -> Page | None:
    """The next page of triage and course; None when nothing is left, or at emergency.

    more: as in ``given``; it is not asked again.
    """
    answers, skipped = given(asked, more), passed(asked)
    question = next_question(answers, knowledge, p, skipped)
    if question is None:
        return None
    left = signs_left(answers, knowledge, p, skipped)
    return Page(question, "signs" if left else "course", (question,), left or None)


def next_page_of_life(
    asked: Sequence[Asked], more: Mapping[str, Any], knowledge: Knowledge, p: Parameters
) -> Page | None:
    """The next page about what plays a role and what life allows; first of all the offer."""
    told = {step: answer for page in asked for step, answer in page.answers.items()}
    if OFFER not in told:
        return Page(OFFER, "offer", (OFFER,))
    if told[OFFER] != "yes":
        return None
    answers = given(asked, more)
    left = [
        page
        for page in (*_factor_pages(answers, knowledge, p), *_life_pages(answers, knowledge, p))
        if not set(page.steps) <= {*told, *answers}
    ]
    if not left:
        return None
    first = left[0]
    steps = tuple(step for step in first.steps if step not in told)
    return Page(first.id, first.stage, steps, sum(page.stage == first.stage for page in left))


def _factor_pages(answers: Mapping[str, Any], knowledge: Knowledge, p: Parameters) -> list[Page]:
    left = set(factor_questions({**answers, "factors": {}}, knowledge, p))
    pages = [
        Page(f"factors_{name}", "factors", tuple(f"factors.{id_}" for id_ in ids if id_ in left))
        for name, ids in FACTOR_PAGES.items()
    ]
    present = [
        id_
        for ids in FACTOR_PAGES.values()
        for id_ in ids
        if answers.get("factors", {}).get(id_) == "yes"
        and knowledge.factors[id_].modifiable != "no"
    ]
    for number, start in enumerate(range(0, len(present), MOST_ON_A_PAGE), start=1):
        few = present[start : start + MOST_ON_A_PAGE]
        steps = tuple(f"changeable.{id_}" for id_ in few)
        pages.append(Page(f"changeable_{number}", "factors", steps))
    return [page for page in pages if page.steps]


def _life_pages(answers: Mapping[str, Any], knowledge: Knowledge, p: Parameters) -> list[Page]:
    facts = {id_ for ids in FACT_PAGES.values() for id_ in ids}
    without = {name: answer for name, answer in answers.items() if name != "person_facts"}
    q = answers_of(person(without, knowledge).codes, knowledge.codebook)
    skipped = {id_ for id_ in facts if (holds(q, p, id_) | absent(q, p, id_)).value}
    if answers.get("sex") == "male":
        skipped.add("breastfeeding")
    if answers.get("care_duty") not in ("child", "adult"):
        skipped |= {"second_person", "has_hoist"}
    if answers.get("employment") in ("none", "retired"):
        skipped |= {"work", "night_shifts"}
    pages = []
    for name, ids in LIFE_PAGES.items():
        prefix = "person_facts." if name in FACT_PAGES else ""
        steps = tuple(f"{prefix}{id_}" for id_ in ids if id_ not in skipped)
        if steps:
            pages.append(Page(f"life_{name}", "life", steps))
    return pages


def answered(
    asked: Sequence[Asked],
    place: int,
    page: Asked,
    more: Mapping[str, Any],
    knowledge: Knowledge,
    p: Parameters,
) -> tuple[Asked, ...]:
    """The pages with this one at its place, counted from 0.

    Pages that this answer makes idle go: a fresh interview would not ask them. Answers that
    contradicted each other before stay, so that the higher reading stays too.
    """
    kept = [*asked[:place], page, *asked[place + 1 :]]
    before = _idle(asked, more, knowledge, p)
    while True:
        idle = _idle(kept, more, knowledge, p) - before
        still = [it for it in kept if not set(it.answers) <= idle]
        if len(still) == len(kept):
            return tuple(kept)
        kept = still


def _idle(
    asked: Sequence[Asked], more: Mapping[str, Any], knowledge: Knowledge, p: Parameters
) -> set[str]:
    """The questions that surely do not apply. What only may apply is not among them."""
    q = answers_of(person(given(asked, more), knowledge).codes, knowledge.codebook)
    return {id_ for id_, applies in APPLIES.items() if applies(q, p).value is False}
