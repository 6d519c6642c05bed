"""Answers as small whole numbers, the one form that all carriers share.

Every question becomes one or more variables. A variable of words ("no", "yes", "unknown")
holds the place of its word, counted from 1; 0 means *not asked*. A variable of numbers holds
the number itself; -1 means *not asked*. "Unknown" is a word like any other, so it can never
turn into "no" by accident, and no engine's idea of null plays a part.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

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
    not_asked: int = field(init=False)
    """The code that stands for "not asked"."""
    asked_by: frozenset[str] = field(init=False)
    """The question, as the set of reasons that an answer to it is."""
    coded: dict[tuple[str, ...], tuple[int, ...]] = field(init=False, compare=False, repr=False)
    """Codes of words, remembered: rules ask for the same few again and again."""

    def __post_init__(self) -> None:
        code = NOT_ASKED_WORD if self.words else NOT_ASKED_NUMBER
        object.__setattr__(self, "not_asked", code)
        object.__setattr__(self, "asked_by", frozenset((self.question,)))
        object.__setattr__(self, "coded", {})

    @property
    def is_number(self) -> bool:
        return not self.words

    def code(self, word: str) -> int:
        """The code of a word. Raises ValueError for a word that the variable does not have."""
        try:
            return self.words.index(word) + 1
        except ValueError:
            raise ValueError(
                f"'{word}' is not an answer to '{self.question}'; it has: {', '.join(self.words)}"
            ) from None

    def codes(self, words: tuple[str, ...]) -> tuple[int, ...]:
        """The codes of words, in their order."""
        codes = self.coded.get(words)
        if codes is None:
            codes = self.coded[words] = tuple(self.code(word) for word in words)
        return codes

    def word(self, code: int) -> str | None:
        """The word of a code, None when not asked."""
        return None if code == NOT_ASKED_WORD else self.words[code - 1]


class Codebook(dict[str, Variable]):
    """Variable name -> variable. A member of a set is named "question.member"."""

    def __init__(self, variables: Iterable[Variable] = ()) -> None:
        super().__init__((variable.name, variable) for variable in variables)
