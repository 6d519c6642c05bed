"""A QuestionnaireResponse becomes our answers. Nothing is guessed and nothing is dropped.

The response may be partial, in another order, without groups, or filled in by a program that
writes texts, booleans or decimals where we would write codes and whole numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from rugkompas.catalogue import Knowledge
from rugkompas.fhir.checking import listed, resource_of, status_issue
from rugkompas.fhir.layout import (
    ANSWER,
    HELP,
    NAME,
    NONE,
    OPTION,
    PART,
    Slot,
    fold,
    repeats,
    slots,
)
from rugkompas.fhir.names import ABSENT, INTAKE, RECORD
from rugkompas.fhir.outcome import Issue, Refused
from rugkompas.people.person import grouped, person
from rugkompas.people.problems import BadAnswers

_YEARS = ("a", "year", "years", "jaar")
_DAYS = ("d", "day", "days", "dag", "dagen")
_MINUTES = ("min", "minute", "minutes", "minuut", "minuten")
_UNITS = {
    **dict.fromkeys(("age_years", "onset_age_years"), _YEARS),
    **dict.fromkeys(
        ("pain_duration_days", "pain_duration_days_min", "pain_duration_days_max"), _DAYS
    ),
    "max_block_min": _MINUTES,
    "bmi": ("kg/m2", "kg/m²"),
}
"""Units in which a quantity says what we ask; for scores ``{score}`` and ``1`` too."""
_SCORE = (None, "", "1", "{score}", "score")
_NUMBER = re.compile(r"[+-]?[0-9]{1,12}([.][0-9]{1,6})?")
_UNKNOWN = ("unknown", "asked-unknown")


@dataclass(frozen=True, slots=True)
class Answers:
    """answers: as CONTRACT.md has them, checked. notes: what the reader should know, though
    nothing is wrong."""

    answers: dict[str, Any]
    notes: tuple[Issue, ...]


@dataclass(slots=True)
class _Found:
    """What was found: link id -> (path, answer), and the repeating groups, each with its own."""

    items: dict[str, list[tuple[str, Mapping[str, Any]]]] = field(default_factory=dict)
    entries: dict[str, list[tuple[str, _Found]]] = field(default_factory=dict)


def answers_from(response: Any, knowledge: Knowledge) -> Answers:
    """The answers in a response to our questionnaire.

    An item without an answer was not asked; a reason for absence "unknown" is our "unknown".
    Raises Refused with every problem at its place; no message repeats an answer.
    """
    resource = resource_of(response, "QuestionnaireResponse")
    issues = [issue for issue in (status_issue(resource),) if issue]
    notes = _form(resource, knowledge, issues)
    found = _Found()
    _walk(resource.get("item"), "QuestionnaireResponse", found, None, knowledge, issues)
    paths: dict[str, str] = {}
    answers = _read(found, knowledge, paths, issues)
    if issues:
        raise Refused(issues)
    name = _id(resource)
    try:
        given = person(answers, knowledge).given
    except BadAnswers as error:
        raise Refused(
            Issue.of(problem, paths.get(problem.where.split(".")[0], "QuestionnaireResponse"))
            for problem in error.problems
        ) from None
    return Answers(({"id": name} if name else {}) | grouped(given, knowledge), tuple(notes))


def place_of(response: Mapping[str, Any], link: str) -> str:
    """The path of the first item with this link id in a response that ``answers_from`` has read, or
    of the response when it has none."""
    root = "QuestionnaireResponse"
    return next(_places(response, link, root), root)


def _places(holder: Mapping[str, Any], link: str, path: str) -> Iterator[str]:
    for name in ("item", "answer"):
        for place, part in enumerate(holder.get(name) or ()):
            here = f"{path}.{name}[{place}]"
            if part.get("linkId") == link:
                yield here
            yield from _places(part, link, here)


def _form(resource: Mapping[str, Any], knowledge: Knowledge, issues: list[Issue]) -> list[Issue]:
    """Whether it answers our questionnaire; another version of it is only told."""
    named = resource.get("questionnaire")
    path = "QuestionnaireResponse.questionnaire"
    if named is None:
        return []
    address, _, version = named.partition("|") if isinstance(named, str) else ("", "", "")
    if address != INTAKE:
        issues.append(Issue("fhir_other_form", path, {"form": INTAKE}))
    elif version and version != knowledge.version:
        return [Issue("fhir_other_version", path, severity="information")]
    return []


def _id(resource: Mapping[str, Any]) -> str:
    """The id that the person has with us, else that of the response."""
    named = resource.get("identifier")
    if isinstance(named, Mapping) and named.get("system") in (RECORD, None):
        value = named.get("value")
        if isinstance(value, str) and value:
            return value
    id_ = resource.get("id")
    return id_ if isinstance(id_, str) else ""


def _walk(
    items: Any,
    path: str,
    found: _Found,
    entry: tuple[str, _Found] | None,
    knowledge: Knowledge,
    issues: list[Issue],
) -> None:
    known = slots(knowledge)
    for place, item in enumerate(listed(items, f"{path}.item", issues)):
        here = f"{path}.item[{place}]"
        link = item.get("linkId")
        answers = listed(item.get("answer"), f"{here}.answer", issues)
        question = knowledge.questions.get(link) if isinstance(link, str) else None
        within = entry
        if not isinstance(link, str):
            issues.append(Issue("fhir_missing", f"{here}.linkId"))
        elif question is not None and repeats(question):
            within = (link, _Found())
            found.entries.setdefault(link, []).append((here, within[1]))
        elif link in known:
            slot = known[link]
            target = entry[1] if entry and slot.entry and entry[0] == slot.question else found
            if link in target.items and answers:
                issues.append(Issue("fhir_twice", here))
            for number, answer in enumerate(answers):
                target.items.setdefault(link, []).append((f"{here}.answer[{number}]", answer))
        elif not _is_frame(link, knowledge):
            issues.append(Issue("fhir_unknown_item", f"{here}.linkId"))
        elif answers:
            issues.append(Issue("fhir_unknown_item", f"{here}.answer"))
        _walk(item.get("item"), here, found, within, knowledge, issues)
        for number, answer in enumerate(answers):
            if "item" in answer:
                inner = f"{here}.answer[{number}]"
                _walk(answer["item"], inner, found, within, knowledge, issues)


def _is_frame(link: str, knowledge: Knowledge) -> bool:
    """An item that holds others, or a text: it has no answer of its own."""
    question = knowledge.questions.get(link)
    holds = question is not None and question.kind in ("group", "map")
    return holds or link.startswith(PART) or link.endswith(HELP)


def _read(
    found: _Found, knowledge: Knowledge, paths: dict[str, str], issues: list[Issue]
) -> dict[str, Any]:
    answers: dict[str, Any] = {}
    loose: dict[str, _Found] = {}
    for link, given in found.items.items():
        slot = slots(knowledge)[link]
        paths.setdefault(slot.question, given[0][0])
        if slot.entry:
            loose.setdefault(slot.question, _Found()).items[link] = given
            continue
        value = _value(slot, given, issues)
        if value is None:
            continue
        question = knowledge.questions[slot.question]
        if slot.key or question.member_of:
            answers.setdefault(question.member_of or slot.question, {})[slot.key or link] = value
        else:
            answers[link] = value
    for id_, entry in loose.items():
        found.entries.setdefault(id_, []).append((paths[id_], entry))
    for id_, entries in found.entries.items():
        paths.setdefault(id_, entries[0][0])
        filled = [(path, entry) for path, entry in entries if entry.items]
        if filled and knowledge.questions[id_].kind == "scored_list":
            answers[id_] = [_activity(id_, entry, knowledge, issues) for _, entry in filled]
        elif filled:
            answers[id_] = _options(id_, filled, knowledge, issues)
    return answers


def _entry(
    id_: str, key: str, entry: _Found, knowledge: Knowledge, issues: list[Issue]
) -> tuple[str, Any]:
    """(path, value) of one item of an entry; the value is None when it is not there."""
    link = f"{id_}.{key}"
    given = entry.items.get(link)
    return (
        ("", None)
        if given is None
        else (
            given[0][0],
            _value(slots(knowledge)[link], given, issues),
        )
    )


def _activity(id_: str, entry: _Found, knowledge: Knowledge, issues: list[Issue]) -> dict[str, Any]:
    found = {
        link.rpartition(".")[2]: _entry(id_, link.rpartition(".")[2], entry, knowledge, issues)[1]
        for link in entry.items
    }
    return {NAME: "", **{key: value for key, value in found.items() if value is not None}}


def _options(
    id_: str,
    entries: Sequence[tuple[str, _Found]],
    knowledge: Knowledge,
    issues: list[Issue],
) -> dict[str, str]:
    found: dict[str, str] = {}
    for path, entry in entries:
        at, option = _entry(id_, OPTION, entry, knowledge, issues)
        _, said = _entry(id_, ANSWER, entry, knowledge, issues)
        if option is None:
            issues.append(Issue("fhir_missing", f"{path}.item.answer"))
        elif option == NONE:
            if len(entries) > 1:
                issues.append(Issue("fhir_not_alone", at))
        elif option in found:
            issues.append(Issue("fhir_twice", at))
        elif said is None and knowledge.questions[id_].values:
            issues.append(Issue("fhir_missing", f"{path}.item.answer"))
        else:
            found[option] = said or ""
    return found


def _value(slot: Slot, given: Sequence[tuple[str, Mapping[str, Any]]], issues: list[Issue]) -> Any:
    """The value of an item: one, or a list of them; None when nothing was answered."""
    values = [
        (path, value)
        for path, answer in given
        if (value := _one(slot, path, answer, issues)) is not None
    ]
    if slot.form == "codes":
        members = [value for _, value in values]
        if NONE in members and len(members) > 1:
            issues.append(Issue("fhir_not_alone", values[0][0]))
        return None if not values else [member for member in members if member != NONE]
    if len(values) > 1:
        issues.append(Issue("fhir_too_many", values[1][0]))
    return values[0][1] if values else None


def _one(slot: Slot, path: str, answer: Mapping[str, Any], issues: list[Issue]) -> Any:
    forms = [name for name in answer if name.startswith("value") and not _is_reason(answer[name])]
    if not forms:
        return _absent(slot, answer)
    if len(forms) > 1:
        issues.append(Issue("fhir_more_than_one", f"{path}.value"))
        return None
    form, value = forms[0], answer[forms[0]]
    read = {"code": _code, "codes": _code, "integer": _number, "number": _number, "text": _text}
    found = read[slot.form](slot, form, value)
    if found is None:
        kind = {"code": "fhir_no_code", "codes": "fhir_no_code", "text": "fhir_no_text"}
        issues.append(Issue(kind.get(slot.form, "fhir_no_number"), f"{path}.value"))
    return found


def _is_reason(value: Any) -> bool:
    """A value that is nothing but extensions has none: they can say why."""
    return isinstance(value, Mapping) and set(value) == {"extension"}


def _absent(slot: Slot, answer: Mapping[str, Any]) -> str | None:
    """The reason for absence stands beside the value, or in what a value without content has."""
    values = [part for name, part in answer.items() if name.lstrip("_").startswith("value")]
    for holder in (answer, *(part for part in values if isinstance(part, Mapping))):
        extensions = holder.get("extension")
        for part in extensions if isinstance(extensions, list) else []:
            if isinstance(part, Mapping) and part.get("url") == ABSENT:
                unknown = part.get("valueCode") in _UNKNOWN and "unknown" in slot.codes.values()
                return "unknown" if unknown else None
    return None


def _code(slot: Slot, form: str, value: Any) -> str | None:
    if form == "valueBoolean" and isinstance(value, bool):
        word = "yes" if value else "no"
        return word if {"yes", "no"} <= set(slot.codes.values()) else None
    if form == "valueString" and isinstance(value, str):
        own = value if slot.own_words and value.strip() else None
        return slot.codes.get(value) or slot.said.get(fold(value)) or own
    if form != "valueCoding" or not isinstance(value, Mapping):
        return None
    system, code, shown = value.get("system"), value.get("code"), value.get("display")
    if system not in (None, slot.system) and not (code == NONE and NONE in slot.codes):
        return None
    if isinstance(code, str):
        return slot.codes.get(code) or (code if code in slot.codes.values() else None)
    return slot.said.get(fold(shown)) if isinstance(shown, str) else None


def _number(slot: Slot, form: str, value: Any) -> int | float | None:
    if form == "valueQuantity" and isinstance(value, Mapping):
        unit = value.get("code") or value.get("unit")
        same = value.get("comparator") is None
        if unit not in (*_SCORE, *_UNITS.get(slot.question, ())) or not same:
            return None
        value = value.get("value")
    elif form == "valueString" and isinstance(value, str) and _NUMBER.fullmatch(value.strip()):
        value = float(value)
    elif form not in ("valueInteger", "valueDecimal"):
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    # A fraction where a whole number is asked is refused by ``person``, as is what is too large.
    return (
        int(value) if slot.form == "integer" and abs(value) < 1e9 and value == int(value) else value
    )


def _text(_: Slot, form: str, value: Any) -> str | None:
    return value if form == "valueString" and isinstance(value, str) else None
