"""Text as the search reads it: small letters without accents, word by word."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from rugkompas.claims.text import normalise

_WORD = re.compile(r"[a-z0-9]+")
_LATIN = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "ß": "ss", "ł": "l", "'": None})


def tokens(text: str) -> list[str]:
    """The words, in order. Longer than ``claims.text.LONGEST`` characters is cut."""
    plain = unicodedata.normalize("NFD", normalise(text).text.translate(_LATIN))
    return _WORD.findall("".join(char for char in plain if not unicodedata.combining(char)))


@lru_cache(maxsize=20_000)
def lemma(word: str, language: str) -> str:
    """The form under which a word stands in a dictionary: ``bukte`` is ``bukken``."""
    # Loaded when the first word is read: its word lists take a third of a second.
    import simplemma

    found = tokens(simplemma.lemmatize(word, language))
    return found[0] if len(found) == 1 else word


@lru_cache(maxsize=20_000)
def is_word(word: str) -> bool:
    """Whether it stands in a dictionary, so that it is no slip of another word."""
    import simplemma

    return any(simplemma.is_known(word, language) for language in ("nl", "en"))
