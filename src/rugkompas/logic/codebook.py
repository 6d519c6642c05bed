"""Answers as small whole numbers, the one form that all carriers share.

Every question becomes one or more variables. A variable of words ("no", "yes", "unknown")
holds the place of its word, counted from 1; 0 means *not asked*. A variable of numbers holds
the number itself; -1 means *not asked*. "Unknown" is a word like any other, so it can never
turn into "no" by accident, and no engine's idea of null plays a part.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

NOT_ASKED_WORD = 0
NOT_ASKED_NUMBER = -1
TRI = ("no", "yes", "unknown")
MEMBER = ("no", "yes")


@dataclass(frozen=True, slots=True)
class Variable:
    """One variable: its name, the question it belongs to, and its words or its bounds.

    ``words`` is empty for a number; ``low`` and ``high`` then hold its bounds, inclusive.
    """

    name: str
    question: str
    words: tuple[str, ...] = ()
    low: int = 0
    high: int = 0

    @property
    def is_number(self) -> bool:
        return not self.words

    @property
    def not_asked(self) -> int:
        """The code that stands for "not asked"."""
        return NOT_ASKED_NUMBER if self.is_number else NOT_ASKED_WORD

    def code(self, word: str) -> int:
        """The code of a word. Raises ValueError for a word that the variable does not have."""
        try:
            return self.words.index(word) + 1
        except ValueError:
            raise ValueError(
                f"'{word}' is not an answer to '{self.question}'; it has: {', '.join(self.words)}"
            ) from None

    def word(self, code: int) -> str | None:
        """The word of a code, None when not asked."""
        return None if code == NOT_ASKED_WORD else self.words[code - 1]


Codebook = Mapping[str, Variable]
"""Variable name -> variable. A member of a set is named "question.member"."""
