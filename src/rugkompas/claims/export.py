"""The knowledge of the claim checker as JSON, for a script that gives the same results.

The format is described in docs/explanation/claims-format.md.
"""

from __future__ import annotations

from typing import Any

import rugkompas
from rugkompas.catalogue import Knowledge
from rugkompas.claims import reading, text
from rugkompas.claims.judge import LETTERS, LOOKED_AT, SCALE, Judge
from rugkompas.claims.language import LETTER_GROUPS, SMALL_WORDS, STRIPPED, SUBJECT_WORDS
from rugkompas.claims.patterns import ready

FORMAT = 1
"""Raised when a reader of the JSON must change."""
_SHOWN = (
    "reason_",
    "why_",
    "badge_",
    "yes",
    "unsure",
    "no",
    "chance",
    "about",
    "back_",
    "not_",
    "too_",
)


def exported(knowledge: Knowledge) -> dict[str, Any]:
    """Everything that is needed to judge a title, and the words to explain it."""
    model = knowledge.claim_model
    judge = Judge(knowledge)
    return {
        "format": FORMAT,
        "rugkompas": rugkompas.__version__,
        "knowledge": knowledge.version,
        "normal": {
            "longest": text.LONGEST,
            "unseen": sorted(text.UNSEEN),
            "same": text.SAME,
            "placeholder": text.PLACEHOLDER,
        },
        "language": {
            "small_words": {key: sorted(it) for key, it in SMALL_WORDS.items()},
            "subject_words": {key: sorted(it) for key, it in SUBJECT_WORDS.items()},
            "letter_groups": {key: list(it) for key, it in LETTER_GROUPS.items()},
            "stripped": STRIPPED,
        },
        "limits": {
            "letters": LETTERS,
            "looked_at": LOOKED_AT,
            "ends": reading.ENDS,
            "near": reading.NEAR,
            "short": reading.SHORT,
            "teaser_words": reading.TEASER_WORDS,
            "unknown_words": reading.UNKNOWN_WORDS,
        },
        "reasons": list(reading.REASONS),
        "roles": list(reading.ROLES),
        "against": list(reading.AGAINST),
        "sold": reading.SOLD,
        "chosen": list(reading.CHOSEN),
        "with_strong": list(reading.WITH_STRONG),
        "patterns": [
            {
                "name": it.name,
                "kind": it.kind,
                "mark": it.mark,
                "language": it.language,
                "regex": it.regex,
                "weak": it.strength == "weak",
                "why": it.why,
                "in_question": it.in_question,
                "softened": it.softened,
                "cased": it.cased,
                "needs": [
                    [sorted({word.lower() for word in words}) for words in sets]
                    for sets in it.needs
                ],
            }
            for it in ready(knowledge)
        ],
        "model": {
            "scale": SCALE,
            "bias": judge.bias,
            "weights": dict(sorted(judge.weights.items())),
            "yes": model.yes,
            "unsure": model.unsure,
        },
        "words": {
            language: {key: said for key, said in words.claims.items() if key.startswith(_SHOWN)}
            for language, words in knowledge.words.items()
        },
    }


def vector(title: str, language: str | None, judge: Judge) -> dict[str, Any]:
    """One title with its result, for holding two programs against each other."""
    found = judge(title, language)
    return {
        "title": title,
        "lang": language,
        "language": found.language,
        "state": found.state,
        "oversimplified": found.oversimplified,
        "probability": found.probability,
        "reasons": list(found.reasons),
        "debunks": found.debunks,
        "topics": list(found.topics),
        "spans": [[span.start, span.end, span.reason, span.why] for span in found.spans],
        "features": sorted(found.features),
    }
