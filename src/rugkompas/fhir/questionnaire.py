"""Our questions as a Questionnaire (SDC): texts in all languages, codes, and when each applies.

What other systems may know and we do not ask is there too, hidden, so that every answer of
CONTRACT.md has a place.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from rugkompas.catalogue import Knowledge
from rugkompas.catalogue.parameters import Parameters
from rugkompas.catalogue.schema import Question
from rugkompas.fhir import names
from rugkompas.fhir.conditions import Condition, asked_when, enable_when, fhirpath
from rugkompas.fhir.elements import Element, claiming, coding, concept, extension, full, translated
from rugkompas.fhir.layout import (
    ANSWER,
    HELP,
    KNOWN,
    NAME,
    NONE,
    OPTION,
    PART,
    SCORES,
    code_of,
    display,
    parts,
    repeats,
    words_of,
)

_CONTROL = "http://hl7.org/fhir/questionnaire-item-control"
_UNITS = {"age_years": ("a", "years"), "onset_age_years": ("a", "years"),
          "pain_duration_days": ("d", "days")}  # fmt: skip
"""Units of UCUM, for questions of which the unit is one."""
_ASKED_MAPS = {"factors": "question", "person_facts": "question", "changeable": "label"}


def questionnaire(
    knowledge: Knowledge,
    languages: Sequence[str] = ("nl", "en"),
    *,
    on: dt.date | None = None,
) -> Element:
    """The questionnaire. languages: the first is that of the texts, the others stand beside
    them as translations. on: the day whose thresholds hold (default: today)."""
    p = knowledge.parameters_on(on or dt.date.today())
    made = _Items(knowledge, p, tuple(languages))
    return full(
        resourceType="Questionnaire",
        id="intake",
        meta=claiming("Questionnaire"),
        language=languages[0],
        contained=[made.option_list()],
        url=names.INTAKE,
        version=knowledge.version,
        name="RugkompasIntake",
        **made.said("title", "title"),
        status="active" if knowledge.release.signed_by else "draft",
        experimental=not knowledge.release.signed_by,
        subjectType=["Patient"],
        date=knowledge.release.date.isoformat(),
        **made.said("description", "description"),
        item=[made.part(part, asked) for part, asked in parts(knowledge).items()],
    )


class _Items:
    def __init__(self, knowledge: Knowledge, p: Parameters, languages: tuple[str, ...]) -> None:
        self.k = knowledge
        self.p = p
        self.languages = languages

    def said(self, name: str, key: str) -> Element:
        """A sentence of words/<lang>/fhir."""
        words = self.k.words
        return translated(name, {lang: words[lang].fhir[key] for lang in self.languages})

    def part(self, part: str, questions: Sequence[Question]) -> Element:
        items = [item for question in questions for item in self.of(question, part)]
        hidden = part == KNOWN
        found = full(
            extension=[extension(names.HIDDEN, valueBoolean=True)] if hidden else None,
            linkId=f"{PART}{part}",
            **self.said("text", f"part_{part}"),
            type="group",
            item=items,
        )
        if part in ("factors", "changeable"):
            # The part is the map itself: one group is enough.
            found["item"] = items[0]["item"]
            found["linkId"] = part
        return found

    def of(self, question: Question, part: str) -> Iterator[Element]:
        if question.kind == "group":
            yield self._group(question)
        elif repeats(question):
            yield self._repeating(question)
        elif question.kind == "map":
            yield self._map(question)
        else:
            yield self._leaf(question, hidden=part == KNOWN)

    def _leaf(self, question: Question, hidden: bool = False) -> Element:
        limits = [*_limits(question), *self._linked(question)]
        if hidden:
            limits.append(extension(names.HIDDEN, valueBoolean=True))
        when = {} if question.member_of else self._when(question.id)
        found = full(
            extension=[*limits, *when.pop("extension", [])],
            linkId=question.id,
            code=_codes(question),
            **self._text(question),
            type=_type(question),
            **when,
            repeats=True if question.kind in ("set", "ids") else None,
            **self._options(question),
        )
        return found | self._help(question)

    def _text(self, question: Question) -> Element:
        words = self.k.words
        if question.id in words[self.languages[0]].questions:
            return translated(
                "text", {lang: words[lang].questions[question.id].label for lang in self.languages}
            )
        if question.id in words[self.languages[0]].fhir:
            return self.said("text", question.id)
        return {}

    def _help(self, question: Question) -> Element:
        words = {lang: self.k.words[lang].questions.get(question.id) for lang in self.languages}
        texts = {lang: said.help for lang, said in words.items() if said and said.help}
        if len(texts) < len(self.languages):
            return {}
        control = concept(coding(_CONTROL, "help"))
        return {
            "item": [
                {
                    "extension": [extension(names.ITEM_CONTROL, valueCodeableConcept=control)],
                    "linkId": f"{question.id}{HELP}",
                    **translated("text", texts),
                    "type": "display",
                }
            ]
        }

    def _when(self, question: str) -> Element:
        condition = asked_when(question, self.k, self.p)
        return {} if condition is None else enabling(condition)

    def _linked(self, question: Question) -> list[Element]:
        """Where an observation of today may fill it in."""
        if question.id != "pain_nrs":
            return []
        day = full(value=1, unit="day", system=names.UCUM, code="d")
        return [extension(names.LINK_PERIOD, valueDuration=day)]

    def _options(self, question: Question) -> Element:
        if question.kind == "ids" and question.keys_from:
            return {"answerValueSet": "#options"}
        options = [self._answer(question, word) for word in words_of(question)]
        if question.kind in ("set", "ids"):
            options.append(self._none())
        return full(answerOption=options)

    def _answer(self, question: Question, word: str) -> Element:
        shown = {lang: display(question, word, self.k, lang) for lang in self.languages}
        code = coding(names.ANSWERS, code_of(question, word))
        return {"valueCoding": code | (translated("display", shown) if all(shown.values()) else {})}

    def _none(self) -> Element:
        shown = {lang: self.k.words[lang].report["answer_none_of_these"] for lang in self.languages}
        return {"valueCoding": coding(names.ANSWERS, NONE) | translated("display", shown)}

    def _group(self, question: Question) -> Element:
        members = [self._leaf(self.k.questions[id_]) for id_ in question.members]
        when = self._when(question.id)
        return full(
            extension=when.pop("extension", None),
            linkId=question.id,
            **self._text(question),
            type="group",
            **when,
            item=members,
        )

    def _map(self, question: Question) -> Element:
        keys = getattr(self.k, question.keys_from)
        return full(
            linkId=question.id,
            **self._text(question),
            type="group",
            item=[self._key(question, key, fact) for key, fact in keys.items()],
        )

    def _key(self, question: Question, key: str, fact: Any) -> Element:
        kind = _ASKED_MAPS[question.id]
        texts = {
            lang: getattr(getattr(self.k.words[lang], question.keys_from)[key], kind)
            for lang in self.languages
        }
        when: Element = {}
        if question.id == "changeable":
            yes = coding(names.ANSWERS, "yes")
            said = {"question": f"factors.{key}", "operator": "=", "answerCoding": yes}
            when = {"enableWhen": [said]}
        return full(
            extension=None if fact.asked else [extension(names.HIDDEN, valueBoolean=True)],
            linkId=f"{question.id}.{key}",
            **translated("text", texts),
            type="choice",
            **when,
            answerOption=[self._answer(question, word) for word in words_of(question)],
        )

    def _repeating(self, question: Question) -> Element:
        if question.kind == "scored_list":
            items = [self._entry(question, NAME, "string", f"{question.id}_{NAME}")]
            for score in SCORES:
                found = self._entry(question, score, "decimal", f"{question.id}_{score}")
                items.append({"extension": _limits(question), **found})
        else:
            option = self._entry(question, OPTION, "choice", "option")
            items = [option | {"answerValueSet": "#options"}]
            if question.values:
                answer = self._entry(question, ANSWER, "choice", "tried_result")
                options = [self._answer(question, word) for word in question.values]
                items.append(answer | {"answerOption": options})
            else:
                items.append(self._entry(question, ANSWER, "string", "reason"))
        return full(
            linkId=question.id, **self._text(question), type="group", repeats=True, item=items
        )

    def _entry(self, question: Question, key: str, type_: str, said: str) -> Element:
        return {"linkId": f"{question.id}.{key}", **self.said("text", said), "type": type_}

    def option_list(self) -> Element:
        """All options, as a value set that travels with the questionnaire."""
        words = self.k.words
        first, *others = self.languages
        concepts = [
            full(
                code=id_,
                display=words[first].options[id_].label,
                designation=[
                    {"language": lang, "value": words[lang].options[id_].label} for lang in others
                ],
            )
            for id_ in self.k.options
        ]
        none = full(code=NONE, display=words[first].report["answer_none_of_these"])
        return {
            "resourceType": "ValueSet",
            "id": "options",
            "status": "active",
            # SDC asks for it; another version of the knowledge can have other options.
            "immutable": False,
            "compose": {
                "include": [
                    {"system": names.OPTIONS, "concept": concepts},
                    {"system": names.ANSWERS, "concept": [none]},
                ]
            },
        }


def enabling(condition: Condition) -> Element:
    """When an item applies: comparisons where they can say it, else an expression of SDC."""
    simple = enable_when(condition)
    if simple is not None:
        return simple
    expression = {"language": "text/fhirpath", "expression": fhirpath(condition)}
    return {"extension": [extension(names.ENABLE_WHEN, valueExpression=expression)]}


def _type(question: Question) -> str:
    kinds = {"integer": "integer", "number": "decimal", "text": "text"}
    if question.kind == "ids" and not question.keys_from:
        return "open-choice"
    return kinds.get(question.kind, "choice")


def _limits(question: Question) -> list[Element]:
    """Lowest and highest number, and the unit where it is one of UCUM."""
    if question.low is None or question.high is None:
        return []
    whole = question.kind == "integer"
    name = "valueInteger" if whole else "valueDecimal"
    found = [
        extension(names.MIN_VALUE, **{name: question.low}),
        extension(names.MAX_VALUE, **{name: question.high}),
    ]
    if question.id in _UNITS:
        code, unit = _UNITS[question.id]
        found.append(extension(names.UNIT, valueCoding=coding(names.UCUM, code, unit)))
    return found


def _codes(question: Question) -> list[Element]:
    """Our own code, and those of others that are sure."""
    others = [
        coding(names.SYSTEMS[system], code, names.DISPLAYS[(names.SYSTEMS[system], code)])
        for system, code in question.codes.items()
    ]
    return [coding(names.QUESTIONS, question.id), *others]
