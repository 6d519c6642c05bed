"""The shape of questions that people ask, with their answers, and of the words that find them.

The sentences stand in ``words/<language>/answers``; here stands on what each of them rests, and
how else people ask. What people say is kept as they say it: it is never shown, only searched.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from msgspec import Meta, Struct

from rugkompas.catalogue.schema import Basis, Citation, Fact, Id, Text

Theme = Literal[
    "words", "course", "move", "relief", "doctor", "night", "work", "care", "life", "mind", "help",
    "site",
]  # fmt: skip
LINKED = ("options", "answers", "topics", "pages")
"""Kinds of links onward; ``pages`` are those of ``PAGES``."""
PAGES = ("interview", "claims", "privacy", "about", "booking", "diary", "figures")
Link = Annotated[str, Meta(pattern=r"^(options|answers|topics|pages)/[a-z_]+$")]
Says = Annotated[list[Citation], Meta(min_length=1)]


class SaidOn(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """On which sources each sentence of an answer rests; two or three sentences, rarely one."""

    first: Says
    second: Says | None = None
    third: Says | None = None


class Asked(Fact, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """A question that people ask.

    number: its place on the site, in the address; never given to another question.
    checked_on: the day on which the sentences were last held against their sources.
    links: where to go on, the most useful first. nl, en: other ways in which people ask it.
    """

    number: Annotated[int, Meta(ge=1)]
    theme: Theme
    basis: Basis
    checked_on: dt.date
    links: Annotated[list[Link], Meta(min_length=1)]
    says: SaidOn
    nl: Annotated[list[Text], Meta(min_length=1)]
    en: Annotated[list[Text], Meta(min_length=1)]


class Alarm(Fact, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """Wordings of a question that sound like an alarm sign.

    flag: the row of the triage table whose reason and contact are shown; empty for thoughts of
    death, which go to the crisis line. nl, en: each line is one way to say it: all its words
    must stand in the question, in any order; ``a|b`` is either, ``plas*`` any ending. A "no"
    in the question changes nothing: what sounds like a sign is shown as one.
    harmless_nl, harmless_en: wordings that are taken away first ("valt mee").
    """

    about: Text
    flag: Id | Literal[""] = ""
    nl: Annotated[list[Text], Meta(min_length=1)]
    en: Annotated[list[Text], Meta(min_length=1)]
    harmless_nl: list[Text] = []
    harmless_en: list[Text] = []


class SearchWords(Fact, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """Words that mean the same to who searches (``same``), say nothing there (``empty``), or
    tell that a question is about another part of the body (``other``)."""

    role: Literal["same", "empty", "other"]
    nl: list[Text]
    en: list[Text]
