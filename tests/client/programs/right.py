"""A program that uses the client as it is meant; mypy --strict finds nothing to say."""

from __future__ import annotations

import datetime as dt
from typing import Any, cast

from rugkompas_client import Answers, Diary, Invalid, Rugkompas, TooMany, with_answer
from rugkompas_client.results import Assessment, PageQuestion
from rugkompas_client.words import Urgency

URGENT: tuple[Urgency, ...] = ("emergency", "same_day")


def answers(row: dict[str, Any]) -> Answers:
    if row:
        return cast(Answers, row)
    return {
        "id": "desk",
        "age_years": 38,
        "bladder_change": "no",
        "leg_pain": None,
        "immune_or_infection_risk": ["dialysis_or_line"],
        "ibp_items": {"ibp_insidious": "yes"},
        "activities": [{"name": "tillen", "start_0_10": 7.5, "now_0_10": None}],
        "factors": {"low_mood": "yes", "interrupted_sleep": "unknown"},
        "person_facts": ["no_money"],
        "cannot": {"yoga": "too far"},
        "likes": ["yoga"],
    }


def ask(question: PageQuestion) -> str | list[str]:
    return [choice.value for choice in question.choices] if question.kind == "several" else "no"


def calls_first(result: Assessment) -> bool:
    return result.triage.urgency in URGENT


def used(address: str, diary: Diary) -> dict[str, dt.date | str | float | None]:
    with Rugkompas(address, language="en", patience=60) as api:
        try:
            report = api.report(answers({}))
            plan = api.plan(answers({}), language="nl").plan
        except Invalid as error:
            return {wrong.where: wrong.plain for wrong in error.problems}
        except TooMany as error:
            return {"wait": error.retry_after}
        page = api.next(answers({}), passed=["sex"], life=True).page
        told = answers({})
        for question in page.questions if page else ():
            told = with_answer(told, question.id, ask(question))
        course = api.course(diary)
        return {
            "call": report.report.answer.headline if calls_first(report) else None,
            "look": plan.look_again,
            "class": report.course.class_,
            "week": course.weeks[0].from_,
            "pain": course.now.pain,
            "fact": api.fact("red_flags", "E01").sources["nhg_lbp_2017"].title,
            "promise": api.check("title").oversimplified,
            "first": api.questions()[0].id,
        }
