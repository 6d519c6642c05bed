"""A page of the interview as fields to fill in, and what was filled in as answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.http import QueryDict

from rugkompas.assess.pages import OFFER, Page
from rugkompas.catalogue import Knowledge
from rugkompas.catalogue.schema import Question
from rugkompas.logic.codebook import TRI
from rugkompas.outputs.sentences import Voice
from rugkompas.people.person import person
from rugkompas.people.problems import BadAnswers
from rugkompas.web.shown import Words

NONE = "none"
"""The box for "none of these" of a set; no set has it as a member."""
DAYS_IN = {"days": 1, "weeks": 7, "months": 30}
MOST_ACTIVITIES, LONGEST_NAME = 3, 60
SCALE = 10
"""Whole numbers up to here are chosen, not typed."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to choose. apart: it stands a little apart, such as "I do not know"."""

    value: str
    text: str
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """One step of a page. kind: ``one``, ``several``, ``scale``, ``number``, ``duration`` or
    ``activities``. typed: what stands in it, as sent. error: what is wrong with that."""

    step: str
    name: str
    kind: str
    label: str
    help: str = ""
    why: str = ""
    choices: tuple[Choice, ...] = ()
    low: int = 0
    high: int = 0
    typed: tuple[str, ...] = ()
    error: str = ""

    def at(self, place: int) -> str:
        """What stands in one box of it."""
        return self.typed[place] if place < len(self.typed) else ""


@dataclass(frozen=True, slots=True)
class Filled:
    """A page that was sent: its answers, or its fields with what is wrong."""

    answers: Mapping[str, Any]
    fields: tuple[Field, ...]

    @property
    def wrong(self) -> bool:
        return any(field.error for field in self.fields)


def fields(
    page: Page, before: Mapping[str, Any], k: Knowledge, voice: Voice, t: Words
) -> tuple[Field, ...]:
    """The fields of a page, with the answers that were given before."""
    made = []
    for place, step in enumerate(page.steps):
        field = _field(step, f"answer{place or ''}", k, voice, t)
        made.append(replace(field, typed=_as_typed(field, before.get(step))))
    return tuple(made)


def filled(
    page: Page, sent: QueryDict, others: Mapping[str, Any], k: Knowledge, voice: Voice, t: Words
) -> Filled:
    """Read what was sent for a page. others: all other answers, which it may contradict.

    A field of a group that is left empty is passed over; a question on its own asks again.
    """
    answers: dict[str, Any] = {}
    read = []
    for field in fields(page, {}, k, voice, t):
        typed = tuple(sent.getlist(field.name))[: len(field.choices) + 3 * MOST_ACTIVITIES + 2]
        answer, error = _read(replace(field, typed=typed), t)
        empty = answer is None and not error
        if empty and len(page.steps) == 1 and not any(part.strip() for part in typed):
            error = t("choose_one" if field.kind in ("one", "scale") else "fill_in")
            error = t("choose_several") if field.kind == "several" else error
        answers[field.step] = answer
        read.append(replace(field, typed=typed, error=error))
    if not any(field.error for field in read):
        read = _together(read, answers, others, k, voice)
    return Filled(answers, tuple(read))


def _field(step: str, name: str, k: Knowledge, voice: Voice, t: Words) -> Field:
    kind, dot, part = step.partition(".")
    said = voice.words
    if step == OFFER:
        yes_no = tuple(Choice(word, t(f"offer_{word}")) for word in ("yes", "no"))
        return Field(step, name, "one", t("offer_title"), t("offer_text"), choices=yes_no)
    if kind == "factors":
        factor = said.factors[part]
        return Field(step, name, "one", factor.question, factor.help, choices=_tri(voice))
    if kind == "changeable":
        label = t("changeable_label", factor=said.factors[part].label)
        return Field(step, name, "one", label, choices=_tri(voice))
    if dot:
        fact = said.person_facts[part]
        return Field(step, name, "one", fact.question, fact.help, choices=_tri(voice))
    question, asked = k.questions[step], said.questions[step]
    return Field(
        step,
        name,
        _kind(question),
        asked.label,
        asked.help,
        asked.why,
        _choices(question, voice, t),
        int(question.low or 0),
        int(question.high or 0),
    )


def _kind(question: Question) -> str:
    if question.id == "pain_duration_days":
        return "duration"
    if question.kind == "integer":
        return "scale" if (question.high or 0) <= SCALE else "number"
    return {"set": "several", "ids": "several", "scored_list": "activities"}.get(
        question.kind, "one"
    )


def _tri(voice: Voice) -> tuple[Choice, ...]:
    return tuple(Choice(word, voice(f"answer_{word}"), word == "unknown") for word in TRI)


def _choices(question: Question, voice: Voice, t: Words) -> tuple[Choice, ...]:
    if question.kind == "tri":
        return _tri(voice)
    said = voice.words.questions[question.id].values
    found = tuple(
        Choice(value, said[value], value == "unknown")
        for value in question.values
        if question.kind in ("choice", "set", "ids")
    )
    if question.kind in ("set", "ids"):
        found += (Choice(NONE, t("none_of_these"), apart=True),)
        if question.unknown_alone:
            found += (Choice("unknown", said.get("unknown", voice("answer_unknown")), apart=True),)
    return found


def _as_typed(field: Field, answer: Any) -> tuple[str, ...]:
    if answer is None:
        return ()
    if field.kind == "several":
        return tuple(answer) or (NONE,)
    if field.kind == "duration":
        unit = next(unit for unit in ("months", "weeks", "days") if answer % DAYS_IN[unit] == 0)
        return (str(answer // DAYS_IN[unit]), unit)
    if field.kind == "activities":
        return tuple(
            "" if part is None else str(part)
            for it in answer
            for part in (it["name"], it.get("start_0_10"), it.get("now_0_10"))
        )
    return (str(answer),)


def _read(field: Field, t: Words) -> tuple[Any, str]:
    """(answer or None, what is wrong or nothing)."""
    reader = {
        "one": _one,
        "scale": _number,
        "number": _number,
        "duration": _duration,
        "several": _several,
        "activities": _activities,
    }[field.kind]
    return reader(field, t)


def _one(field: Field, t: Words) -> tuple[Any, str]:
    if not field.typed:
        return None, ""
    known = field.typed[0] in {choice.value for choice in field.choices}
    if len(field.typed) == 1 and known:
        return field.typed[0], ""
    return None, t("choose_one")


def _number(field: Field, t: Words) -> tuple[Any, str]:
    typed = field.typed[0].strip() if field.typed else ""
    if not typed:
        return None, ""
    wrong = t("number_hint", low=field.low, high=field.high)
    if len(field.typed) > 1 or not (typed.isascii() and typed.isdecimal() and len(typed) < 8):
        return None, wrong
    number = int(typed)
    return (number, "") if field.low <= number <= field.high else (None, wrong)


def _duration(field: Field, t: Words) -> tuple[Any, str]:
    if not field.typed or not field.typed[0].strip():
        return None, ""
    unit = field.typed[1] if len(field.typed) == 2 else ""
    number, wrong = _number(replace(field, typed=field.typed[:1]), t)
    if wrong or unit not in DAYS_IN or number * DAYS_IN[unit] > field.high:
        return None, t("duration_hint")
    return number * DAYS_IN[unit], ""


def _several(field: Field, t: Words) -> tuple[Any, str]:
    if not field.typed:
        return None, ""
    members = set(field.typed)
    if not members <= {choice.value for choice in field.choices}:
        return None, t("choose_several")
    alone = members & {NONE, "unknown"}
    if alone and len(members) > 1:
        return None, t("choose_alone")
    return ([] if members == {NONE} else sorted(members)), ""


def _activities(field: Field, t: Words) -> tuple[Any, str]:
    """Up to three rows of a name and two numbers; rows without a word are left out."""
    if len(field.typed) != 3 * MOST_ACTIVITIES:
        return None, t("activities_hint") if field.typed else ""
    found = []
    for row in range(MOST_ACTIVITIES):
        name, start, now = (part.strip() for part in field.typed[3 * row : 3 * row + 3])
        if not (name or start or now):
            continue
        numbers = [part for part in (start, now) if part.isascii() and part.isdecimal()]
        good = len(numbers) == 2 and all(len(it) < 3 and int(it) <= SCALE for it in numbers)
        if not name or len(name) > LONGEST_NAME or not good:
            return None, t("activities_hint")
        found.append({"name": name, "start_0_10": int(start), "now_0_10": int(now)})
    return found or None, ""


def _together(
    read: list[Field],
    answers: Mapping[str, Any],
    others: Mapping[str, Any],
    k: Knowledge,
    voice: Voice,
) -> list[Field]:
    """What is right alone and cannot be beside another answer, said at its field."""
    plain = {step: answer for step, answer in answers.items() if step in k.questions}
    try:
        person({**others, **plain}, k)
    except BadAnswers as error:
        first = error.problems[0]
        here = next((it.step for it in read if it.step == first.where), read[0].step)
        said = replace(first, where=voice.short(first.where)).said(k, voice.language)
        return [replace(it, error=said) if it.step == here else it for it in read]
    return read
