"""Where every answer stands in the questionnaire: link ids, codes and forms, in one place.

The link id of a question is its own id. A map of factors or facts is a group with an item per
id (``factors.low_mood``). A map of options, and own activities, are groups that repeat.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from rugkompas.catalogue import Knowledge
from rugkompas.catalogue.schema import Question
from rugkompas.fhir.names import ANSWERS, OPTIONS
from rugkompas.logic.codebook import TRI

Form = Literal["code", "codes", "integer", "number", "text"]
NONE = "none_of_these"
"""The code of "asked, and none of these": an empty list, or an empty map of options."""
OPTION, ANSWER = "option", "answer"
"""The two items of a group that holds one option with what was said of it."""
NAME, SCORES = "name", ("start_0_10", "now_0_10")
PARTS = ("triage", "factors", "changeable", "life", "known")
KNOWN = "known"
"""What other systems may know and we do not ask: scores, and answers for a prognosis."""
HELP = ".help"
PART = "part-"


@dataclass(frozen=True, slots=True)
class Slot:
    """One item that can hold an answer. codes: code -> our word, in the order of the options;
    system: of those codes. said: what people see or write, folded -> our word. entry: the
    repeating group that it is part of. own_words: an answer that has no code may be a text."""

    link: str
    question: str
    key: str
    form: Form
    codes: Mapping[str, str]
    system: str
    said: Mapping[str, str]
    entry: bool
    own_words: bool = False


def parts(knowledge: Knowledge) -> dict[str, list[Question]]:
    """The questions by part of the questionnaire, each in the order in which we ask."""
    found: dict[str, list[Question]] = {part: [] for part in PARTS}
    for question in sorted(knowledge.questions.values(), key=lambda q: (q.order, q.id)):
        if not question.member_of:
            found[_part(question)].append(question)
    return found


def _part(question: Question) -> str:
    if question.id in ("factors", "changeable"):
        return question.id
    if question.triage or question.id == "pain_free_month_before":
        return "triage"
    if question.topic == "life" or question.kind == "scored_list":
        return "life"
    return KNOWN


def repeats(question: Question) -> bool:
    """Asked as a group that comes as often as there is something to say."""
    of_options = question.kind == "map" and question.keys_from == "options"
    return question.kind == "scored_list" or of_options


def words_of(question: Question) -> tuple[str, ...]:
    """The words that answer a question, or one key of its map."""
    if question.kind == "tri":
        return TRI
    if question.kind == "set" and question.unknown_alone:
        return (*question.values, "unknown")
    return tuple(question.values)


def code_of(question: Question, word: str) -> str:
    """The code of an answer: ``yes``, ``no`` and ``unknown`` are shared by all questions of
    that kind, others carry the question (``leg_pain.none``)."""
    return word if set(words_of(question)) == set(TRI) else f"{question.id}.{word}"


def display(question: Question, word: str, knowledge: Knowledge, language: str) -> str:
    """An answer in words, empty when no words exist (for what we do not ask)."""
    words = knowledge.words[language]
    said = words.questions.get(question.id)
    if said and word in said.values:
        return said.values[word]
    if question.id in ("tried", "other_conditions"):
        return words.summary[f"{'tried' if question.id == 'tried' else 'other'}_{word}"]
    if word in TRI and not (said and said.values):
        return words.report[f"answer_{word}"]
    return ""


def slots(knowledge: Knowledge) -> Mapping[str, Slot]:
    """Link id -> the item. Made once per knowledge."""
    held: dict[str, dict[str, Slot]] = knowledge.__dict__.setdefault("fhir_slots", {})
    if not held:
        held["all"] = {
            slot.link: slot
            for question in knowledge.questions.values()
            for slot in _slots(question, knowledge)
        }
    return held["all"]


def _slots(question: Question, knowledge: Knowledge) -> Iterator[Slot]:
    id_ = question.id
    if question.kind == "group":
        return
    if question.kind == "scored_list":
        yield _plain(f"{id_}.{NAME}", id_, NAME, "text", entry=True)
        for score in SCORES:
            yield _plain(f"{id_}.{score}", id_, score, "number", entry=True)
    elif repeats(question):
        yield _option(f"{id_}.{OPTION}", question, OPTION, "code", knowledge)
        if question.values:
            yield _coded(f"{id_}.{ANSWER}", question, ANSWER, "code", knowledge, entry=True)
        else:
            yield _plain(f"{id_}.{ANSWER}", id_, ANSWER, "text", entry=True)
    elif question.kind == "map":
        for key in getattr(knowledge, question.keys_from):
            yield _coded(f"{id_}.{key}", question, key, "code", knowledge)
    elif question.kind == "ids" and question.keys_from:
        yield _option(id_, question, "", "codes", knowledge)
    elif question.kind in ("tri", "choice"):
        yield _coded(id_, question, "", "code", knowledge)
    elif question.kind in ("set", "ids"):
        yield _coded(id_, question, "", "codes", knowledge)
    else:
        forms: dict[str, Form] = {"integer": "integer", "number": "number"}
        yield _plain(id_, id_, "", forms.get(question.kind, "text"))


def _plain(link: str, question: str, key: str, form: Form, entry: bool = False) -> Slot:
    return Slot(link, question, key, form, {}, "", {}, entry)


def _coded(
    link: str,
    question: Question,
    key: str,
    form: Form,
    knowledge: Knowledge,
    entry: bool = False,
) -> Slot:
    codes = {code_of(question, word): word for word in words_of(question)}
    shown = [
        (display(question, word, knowledge, language), word)
        for language in knowledge.words
        for word in words_of(question)
    ]
    if form == "codes":
        codes[NONE] = NONE
    plain = [(word, word) for word in codes.values()]
    own_words = question.kind == "ids"
    said = _folded(shown + plain)
    return Slot(link, question.id, key, form, codes, ANSWERS, said, entry, own_words)


def _option(link: str, question: Question, key: str, form: Form, knowledge: Knowledge) -> Slot:
    shown = [
        (words.options[id_].label, id_)
        for words in knowledge.words.values()
        for id_ in knowledge.options
    ]
    codes = {id_: id_ for id_ in knowledge.options} | {NONE: NONE}
    return Slot(link, question.id, key, form, codes, OPTIONS, _folded(shown), key == OPTION)


def _folded(pairs: list[tuple[str, str]]) -> dict[str, str]:
    """Words as somebody may write them -> ours; what could mean two things is left out."""
    found: dict[str, str] = {}
    double: set[str] = set()
    for text, word in pairs:
        folded = fold(text)
        if folded and found.setdefault(folded, word) != word:
            double.add(folded)
    return {text: word for text, word in found.items() if text not in double}


def fold(text: str) -> str:
    """Text without the differences that carry no meaning."""
    return " ".join(text.split()).casefold()
