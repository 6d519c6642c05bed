"""Counts words, sentences and syllables in the sentences that people read.

As Flesch counted: a sentence ends at a full stop, colon, semicolon, question or exclamation mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import pyphen

LONGEST = 20
MEAN = 12
EASE = {"nl": 70, "en": 80}
"""Floors of reading ease: 70-80 is "fairly easy", 80-90 "easy" on Flesch's scale."""

JARGON = {
    "nl": (
        r"\ba?specifieke?\b",
        r"lumba|lumbosac|radicul",
        r"parese|sensibiliteit|reflexen",
        r"mictie|defecatie|urineretentie|incontinent",
        r"rijbroek",
        r"\buitstral",
        r"anamnese|anticoagul|comorbid|malaise",
        r"kinesiofob|catastrof|multifactor|biopsych",
        r"\b(chronisch|acuut|acute|subacuut|subacute|persister\w*)\b",
        r"\bgewoon\b",
    ),
    "en": (
        r"\bnon-?specific\b",
        r"lumbosac|radicul",
        r"paresis|micturition|defecat|urinary retention|incontinen",
        r"saddle",
        r"anticoagul|comorbid|malaise",
        r"kinesiophob|catastroph|multifactor|biopsych",
        r"\b(chronic|acute|subacute|persistent)\b",
    ),
}
"""Words of the field, to be said in everyday words."""

HARD = {
    "nl": (
        r"\b(tevens|reeds|indien|middels|omtrent|betreffende|desbetreffend\w*|conform|teneinde)\b",
        r"\b(alsmede|echter|derhalve|inzake|trachten|verstrekken|dient|dienen|bovendien)\b",
        r"\b(gelieve|ofwel|respectievelijk|welke mogelijk|in verband met|ten behoeve)\b",
        r"\b(evalueren|implementeren|realiseren|faciliteren|prevaleren|relevant\w*)\b",
    ),
    "en": (
        r"\b(utili[sz]e\w*|prior to|commence\w*|therefore|hence|thus|regarding|upon|whilst)\b",
        r"\b(obtain\w*|sufficient|approximately|subsequent\w*|via|furthermore|moreover)\b",
        r"\b(in order to|with respect to|in the event|e\.g|i\.e|facilitate\w*|relevant)\b",
    ),
}
"""Words of offices: everyone knows a plainer one."""

_DICTIONARY = {"nl": "nl_NL", "en": "en_GB"}
_PLACEHOLDER = re.compile(r"\{\w+\}")
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_END = re.compile(r"(?<=[.!?;:])[\"'”’)]*\s+|\n+")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, its place ("bladder_change.help") and its words."""

    place: str
    text: str
    words: tuple[str, ...]


def texts(content: Any, at: str = "") -> Iterator[tuple[str, str]]:
    """Every text in a file of words, with its place."""
    if isinstance(content, str):
        yield at, content
    elif isinstance(content, dict):
        for key, value in content.items():
            yield from texts(value, f"{at}.{key}" if at else str(key))


def sentences(content: Any) -> Iterator[Sentence]:
    """Every sentence; a value that is filled in counts as one word of one syllable."""
    for place, text in texts(content):
        for part in _END.split(_PLACEHOLDER.sub("x", text)):
            words = tuple(_WORD.findall(part))
            if words:
                yield Sentence(place, part.strip(), words)


def is_whole(sentence: Sentence) -> bool:
    """Not a label or a half sentence."""
    return len(sentence.words) > 2 and sentence.text[-1:] in ".?!:;"


def mean_length(found: Sequence[Sentence]) -> float:
    """Words per sentence."""
    return sum(len(sentence.words) for sentence in found) / len(found)


def ease(found: Sequence[Sentence], language: str) -> float:
    """Reading ease, higher is easier: Flesch-Douma for Dutch, Flesch for English."""
    words = [word for sentence in found for word in sentence.words]
    syllables = sum(_syllables(word, language) for word in words) / len(words)
    length = mean_length(found)
    if language == "nl":
        return 206.84 - 0.93 * length - 77 * syllables
    return 206.835 - 1.015 * length - 84.6 * syllables


@cache
def _syllables(word: str, language: str) -> int:
    return len(_split(language).inserted(word.lower()).split("-"))


@cache
def _split(language: str) -> pyphen.Pyphen:
    return pyphen.Pyphen(lang=_DICTIONARY[language])
