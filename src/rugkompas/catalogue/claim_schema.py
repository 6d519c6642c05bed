"""The shape of what the claim checker knows: words, patterns with a reason or a role, topics.

A pattern is written in the small language of ``rugkompas.claims.syntax``, so that it means the
same in Python and in a browser. Nothing here is compiled; that is done where claims are read.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from rugkompas.catalogue.schema import Fact, Id, Text

ClaimLanguage = Literal["nl", "en", "any"]


class ClaimPattern(
    Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True
):
    """One class of wordings.

    why: the sentence that explains it, ``why_<key>`` in ``words/<language>/claims``.
    strength: ``weak`` when it says little alone. in_question: also counts inside a question
    (the answer is in it). softened: taken back by "may", "can", "perhaps" in the same sentence.
    cased: read with capitals. match, not_match: titles that must and must not be found.
    """

    id: Id
    language: ClaimLanguage
    regex: Text
    why: str = ""
    strength: Literal["strong", "weak"] = "strong"
    in_question: bool = False
    softened: bool = False
    cased: bool = False
    match: list[str]
    not_match: list[str] = []


class ClaimMark(Fact, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """A reason of the codebook, or a role that wordings play beside it (negation, question)."""

    kind: Literal["reason", "role"]
    about: Text
    """What it is, in one English sentence, for who reads the file."""
    patterns: list[ClaimPattern]


class ClaimWords(Fact, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """Words that patterns share, as ``{id}`` in a pattern of their language."""

    nl: list[str]
    en: list[str]


class ClaimTopic(Fact, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """What a text is about, with the options of the catalogue that answer it, best fit first."""

    nl: list[str]
    en: list[str]
    options: list[Id]


class ClaimCriterion(
    Fact, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True
):
    """What good information tells (after DISCERN), as far as words can show it."""

    about: Text
    nl: list[str]
    en: list[str]


class ClaimModel(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """``claim_model.yaml``, written by ``scripts/claims_model.py``: one weight per feature.

    The probability is ``1 / (1 + exp(-(bias + sum of weights)))``. yes: from this probability
    on a title counts as oversimplified; unsure: from this one on it is not known.
    """

    made_by: str
    yes: float
    unsure: float
    bias: float
    weights: dict[str, float]
