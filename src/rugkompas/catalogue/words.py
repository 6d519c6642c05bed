"""The shape of ``knowledge/words/<language>/``: every sentence that a person can read.

Words live apart from facts and rules and carry the same ids. All languages hold the same
ids and the same ``{placeholders}``; a missing sentence stops the program from starting,
it is never replaced by another language.
"""

from __future__ import annotations

from msgspec import Struct


class QuestionWords(
    Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True
):
    """label: the question itself. short: two to five words for tables. help: what it means,
    with an everyday example. why: why we ask. values: the text of each answer (tri-state
    answers share the words under ``report``). clause: per answer, the half sentence that
    follows "because" or "if" ("u niet goed kunt plassen")."""

    label: str
    short: str
    help: str = ""
    why: str = ""
    values: dict[str, str] = {}
    clause: dict[str, str] = {}


class RedFlagWords(
    Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True
):
    """reason: why this answer counts. say: what to say on the phone, in first person."""

    reason: str
    say: str = ""


class ConditionWords(
    Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True
):
    """name: the term for a professional. plain: what it is, as it follows "can fit with"."""

    name: str
    plain: str


class ContactWords(
    Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True
):
    """do: the first sentence, an action. more: hours, what to do when nobody answers."""

    do: str
    more: str = ""


class TierWords(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """name: two to four words. title: the heading. text: what it means, for how long."""

    name: str
    title: str
    text: str


class CourseWords(
    Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True
):
    """name: the class in words (duration and direction both). text: what it means.
    next: what to do at the next check, who to contact when."""

    name: str
    text: str
    next: str


class FactorWords(
    Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True
):
    """label: the factor. question: how it is asked. help: an example. why: why it counts and
    how sure that is, without numbers (the figures come from the factor's file)."""

    label: str
    question: str
    help: str = ""
    why: str


class ExpectationWords(
    Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True
):
    """title, text: the course in plain words. proportions: per proportion id one sentence
    with {count} (of 100 or of 10) and, where given, {low} and {high}."""

    title: str
    text: str
    uncertain: str
    proportions: dict[str, str] = {}


class OptionWords(
    Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True
):
    """label: its name. what: what it is, in one or two sentences. first_step: one concrete
    first step, small enough for this week. effect: what trials found, in words chosen by
    certainty and size. harms: with the same care. asks: what it asks of a life. tell: when
    and how to see in one's own days whether it helps. honest: what to know before choosing.
    bad_day: what is left of it on a bad day."""

    label: str
    what: str
    first_step: str
    effect: str
    harms: str
    asks: str
    tell: str
    honest: str
    bad_day: str = ""


class PersonFactWords(
    Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True
):
    """label: the fact. question: how it is asked. help: an example."""

    label: str
    question: str
    help: str = ""


class BurdenFigureWords(
    Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True
):
    """name: a few words for a list. title: what the picture shows, as a sentence. says: what
    follows from it. definition: who counts. uncertain: how sure it is. labels: of the lines
    and, where a figure consists of ``rows``, of each row. In title, says and uncertain stand the
    numbers of the rows as ``{id}``, ``{id_low}``, ``{id_high}``; rounded to whole ones as
    ``{id_about}``; without their sign as ``{id_size}``."""

    name: str
    title: str
    says: str
    definition: str
    uncertain: str
    labels: dict[str, str] = {}


class ArticleClaimWords(
    Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True
):
    """says: the article's statement, in our own words. really: what the sources say. Numbers
    are the ``values`` of the claim."""

    says: str
    really: str


class DrawnWords(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """title: of the picture and its table. caption: how to read it, and what it does not say.
    better, worse: what the sides of a forest plot mean."""

    title: str
    caption: str
    better: str = ""
    worse: str = ""


class TopicWords(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """title: the heading. short: one line for the list of pages. lead: what to remember.
    parts: the heading of each part. said: the sentences of each statement; their numbers are
    placeholders. drawn: the words of a picture, by part. labels: names of rows that are no
    option. uncertain: what is not known. terms: how professionals call it, for them."""

    title: str
    short: str
    lead: str
    parts: dict[str, str]
    said: dict[str, str]
    uncertain: str
    drawn: dict[str, DrawnWords] = {}
    labels: dict[str, str] = {}
    terms: str = ""


class AnswerWords(
    Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True
):
    """question: as a person would ask it. says: the sentences of the answer; each stands under
    the key that its sources have in the answer's file."""

    question: str
    says: dict[str, str]


class Words(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """All words of one language."""

    language: str
    questions: dict[str, QuestionWords]
    red_flags: dict[str, RedFlagWords]
    conditions: dict[str, ConditionWords]
    contacts: dict[str, ContactWords]
    tiers: dict[str, TierWords]
    courses: dict[str, CourseWords]
    factors: dict[str, FactorWords]
    expectations: dict[str, ExpectationWords]
    options: dict[str, OptionWords]
    person_facts: dict[str, PersonFactWords]
    burden_figures: dict[str, BurdenFigureWords]
    article_claims: dict[str, ArticleClaimWords]
    burden: dict[str, str]
    topics: dict[str, TopicWords]
    answers: dict[str, AnswerWords]
    claims: dict[str, str]
    report: dict[str, str]
    options_report: dict[str, str]
    summary: dict[str, str]
    prognosis: dict[str, str]
    diary: dict[str, str]
    patterns: dict[str, str]
    fhir: dict[str, str]
    cds: dict[str, str]
    terminal: dict[str, str]
    proof: dict[str, str]
    forbidden: dict[str, str]
    errors: dict[str, str]
    web: dict[str, str]
