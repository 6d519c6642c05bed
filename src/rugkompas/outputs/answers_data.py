"""Questions and answers for programs."""

from __future__ import annotations

from typing import Any

import msgspec

import rugkompas
from rugkompas.catalogue import Knowledge
from rugkompas.catalogue.answer_schema import Asked
from rugkompas.catalogue.check_answers import said_on
from rugkompas.outputs.sentences import contact_words, emergency_number
from rugkompas.search import Found, Sign


def found_data(found: Found, knowledge: Knowledge, language: str) -> dict[str, Any]:
    """What a search found, without the question itself. ``alarms`` come first, for good reason:
    whoever shows ``answers`` shows those before."""
    answers = [
        {
            **answer_data(knowledge.answers[hit.id], knowledge, language),
            "score": round(hit.score, 3),
        }
        for hit in found.hits
    ]
    return {
        "rugkompas": rugkompas.__version__,
        "knowledge": knowledge.version,
        "language": language,
        "alarms": [_alarm(sign, knowledge, language) for sign in found.signs],
        "answers": answers,
    }


def answer_data(asked: Asked, knowledge: Knowledge, language: str) -> dict[str, Any]:
    """One question with its answer: each sentence with its sources."""
    words = knowledge.words[language].answers[asked.id]
    number = emergency_number(knowledge)
    return {
        "id": asked.id,
        "number": asked.number,
        "theme": asked.theme,
        "question": words.question,
        "says": [
            {
                "text": words.says[key].format(emergency_number=number),
                "citations": [msgspec.to_builtins(citation) for citation in citations],
            }
            for key, citations in said_on(asked).items()
        ],
        "basis": asked.basis,
        "checked_on": asked.checked_on.isoformat(),
        "links": list(asked.links),
    }


def _alarm(sign: Sign, knowledge: Knowledge, language: str) -> dict[str, Any]:
    if not sign.flag:
        report = knowledge.words[language].report
        return {"id": sign.alarm, "urgency": "emergency", "do": report["faq_crisis_do"]}
    flag = knowledge.red_flags[sign.flag]
    do, _ = contact_words(knowledge, language, flag.contact)
    return {
        "id": sign.alarm,
        "rule": flag.id,
        "urgency": flag.tier,
        "contact": flag.contact,
        "do": do,
        "reason": knowledge.words[language].red_flags[flag.id].reason,
    }
