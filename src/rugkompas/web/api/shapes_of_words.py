"""Shapes of what the API gives to read: the short result, a checked text, the course in a diary."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from msgspec import UNSET, Struct, UnsetType

from rugkompas.web.api.shapes import Direction, Language, Urgency


class Rests(Struct, kw_only=True):
    """On which sources, by their number, a statement rests. words: how they were obtained."""

    words: str
    numbers: list[int]


class Item(Struct, kw_only=True):
    """One statement. lead and points belong together ("because" ...). facts: a term with what
    holds for it. more: sentences after it. aside: for professionals."""

    label: str
    title: str
    text: str
    lead: str
    points: list[str]
    facts: list[tuple[str, str]]
    more: list[str]
    basis: str
    rests: list[Rests]
    aside: str


class Section(Struct, kw_only=True):
    """A part of the result, with its heading."""

    id: str
    title: str
    paragraphs: list[str]
    facts: list[tuple[str, str]]
    items: list[Item]
    closing: list[str]
    rests: list[Rests]


class Answer(Struct, kw_only=True):
    """How fast, whom to call and how. At an emergency ``headline`` is the call itself: show it
    first and alone. step: 1 (least urgent) to 5. watch_first: the signs to call for stand
    above how to make an appointment."""

    urgency: Urgency
    step: int
    dial: str
    name: str
    headline: str
    action: str
    lead: list[str]
    how: Item
    also: list[Item]
    say: Item | None
    watch: Item | None
    watch_first: bool


class SourceLine(Struct, kw_only=True):
    """A source with its number in this result."""

    number: int
    text: str
    url: str
    mark: str


class SourceList(Struct, kw_only=True):
    """The sources by number."""

    title: str
    paragraphs: list[str]
    lines: list[SourceLine]


class ShortReport(Struct, kw_only=True):
    """The short result in words, all of it plain text. status: stands on every page while this
    is a demonstration."""

    title: str
    made_on: str
    status: str
    emergency_number: str
    answer: Answer
    sections: list[Section]
    sources: SourceList
    about: Section


class Span(Struct, kw_only=True):
    """``text`` stands at code points ``start`` to ``end``, and is a reason."""

    start: int
    end: int
    reason: str
    text: str


class TakenBack(Span, kw_only=True):
    """What seemed a reason. how: it was denied, asked or softened."""

    how: str


class Verdict(Struct, kw_only=True):
    """What a text promises. language: in which it was read. probability: 0 to 1 that it is
    oversimplified."""

    language: Language
    state: Literal["judged", "not_about_backs", "too_little"]
    oversimplified: Literal["yes", "unsure", "no"]
    probability: float
    reasons: list[str]
    debunks: bool
    topics: list[str]
    spans: list[Span]


class Sentence(Verdict, kw_only=True):
    """A sentence of a longer text, at code points ``start`` to ``end``."""

    start: int
    end: int


class Quote(Struct, kw_only=True):
    """Where good information tells something."""

    start: int
    end: int
    text: str


class KnownOfOption(Struct, kw_only=True):
    """What is known of an option that the text is about. labels, effect: by language."""

    option: str
    labels: dict[str, str]
    effect: dict[str, str]
    certainty: str
    guidelines: dict[str, str]
    phases: dict[str, str]
    sources: list[str]


class CitedSource(Struct, kw_only=True):
    """read: whether the source itself was seen or recalled."""

    title: str
    url: str
    read: str


class Check(Verdict, kw_only=True):
    """A checked title; for a longer text also its sentences. quality: for each criterion of
    good information where it is met, or null. cut: the text was longer than is read."""

    rugkompas: str
    knowledge: str
    taken_back: list[TakenBack]
    evidence: list[KnownOfOption]
    sources: dict[str, CitedSource]
    title: str | UnsetType = UNSET
    text: str | UnsetType = UNSET
    sentences: list[Sentence] | UnsetType = UNSET
    quality: dict[str, Quote | None] | UnsetType = UNSET
    mixed_languages: bool | UnsetType = UNSET
    cut: bool | UnsetType = UNSET


class Scores(Struct, kw_only=True):
    """Means, 0 to 10 (high is worse); null: not known."""

    activities: float | None
    pain: float | None


class Moment(Struct, kw_only=True):
    """3, 4 or 12 weeks after the start, and how it went then."""

    weeks: int
    on: dt.date
    state: Literal["to_come", "before_diary", "reached"]
    direction: Direction


class DiaryWeek(Struct, kw_only=True, rename={"from_": "from"}):
    """Seven days of a diary, with means of 0 to 10. days: how many have an entry."""

    week: int
    from_: dt.date
    pain: float | None
    activities: float | None
    days: int


class DiaryCourse(Struct, kw_only=True):
    """Is it going better? call_first: an answer asks for a call; show nothing before it.
    direction: of doing, by own activities and own words; ``by_pain`` stands beside it.
    triaged: there were answers to all questions to start from. began_known: false when days
    are counted from the first entry. asks_triage: it went so much worse that the questions
    should be answered again."""

    date: dt.date
    entries: int
    call_first: bool
    urgency: Urgency
    triaged: bool
    asks_triage: bool
    direction: Direction
    by_activities: Direction
    by_pain: Direction
    said: Direction
    start: Scores
    now: Scores
    began_on: dt.date | None
    began_known: bool
    moments: list[Moment]
    episodes: int
    flare_ups: int
    in_flare: bool
    pain_free_days: int
    trajectory: str
    level: str | None
    weeks: list[DiaryWeek]
    rugkompas: str
    knowledge: str
    demonstration: bool
    language: Language
