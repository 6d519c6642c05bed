"""What the API gives, as shapes: its description is made from them, and the typed client from that.

They only describe. What is given is made in ``outputs``, and tests/api holds the two together:
no field may lack here, and none may be too many. A list of words is closed (``Literal``) where a
program has to know each of them; a program of today refuses a word that is added to it.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from rugkompas.catalogue import schema
from rugkompas.catalogue.schema import Domain, Source, Tier
from rugkompas.catalogue.words import QuestionWords
from rugkompas.rules.course import Direction as CourseDirection
from rugkompas.rules.outlook import RiskGroup as Risk

Urgency = Annotated[Tier, Meta(title="Urgency")]
Direction = Annotated[CourseDirection, Meta(title="Direction")]
Word = Annotated[Literal["no", "yes", "unknown"], Meta(title="Tri")]
Chance = Annotated[float, Meta(ge=0, le=1)]
Language = Annotated[Literal["nl", "en"], Meta(title="Language")]


class FiredRule(Struct, kw_only=True):
    """A row of the triage table that fired. because: the answers on which it rests. suspects:
    what it can fit with, never a diagnosis. basis and mark: how sure the row is."""

    id: str
    urgency: Urgency
    suspects: list[str]
    because: list[str]
    sources: list[str]
    basis: str
    mark: str


class Contact(Struct, kw_only=True):
    """Whom to contact: the most urgent, with what to do in words. all: the ids of all contacts
    of this urgency. phone: empty where people call their own practice."""

    id: str
    all: list[str]
    country: str
    when: Literal["now", "today", "this_week", "appointment", "not_needed"]
    phone: str
    do: str
    more: str


class Triage(Struct, kw_only=True):
    """How fast and to whom. complete: false while emergency questions (``missing``) are not
    answered; the urgency is then a floor, not an outcome. clarify: answers that contradict."""

    urgency: Urgency
    complete: bool
    missing: list[str]
    category: Literal["nonspecific", "radicular", "specific_suspected"]
    rules: list[FiredRule]
    contact: Contact
    clarify: list[str]


class Course(Struct, kw_only=True, rename={"class_": "class"}):
    """How long and which way. direction: the less favourable of ``said`` and ``measured``."""

    class_: str
    duration_class: str
    direction: Direction
    said: Direction
    measured: Direction
    episode: str
    recheck_in_days: int
    recheck_on: dt.date


class Factor(Struct, kw_only=True):
    """Whether something plays a role. changeable: what this person says. because: answers."""

    id: str
    domain: Domain
    state: Literal["present", "absent", "unknown"]
    changeable: Word
    because: list[str]
    sources: list[str]


class Outlook(Struct, kw_only=True):
    """risk_by: whether a score (``start_back``), counting (``factors``) or ``nothing`` gave the
    group. answered: how many of the guideline's factors were known."""

    expectation: str
    risk_group: Risk
    risk_by: str
    risk_factors: list[str]
    answered: int


class Offer(Struct, kw_only=True):
    """An option that fits this life. touches: factors that play a role here. cautions: person
    facts that ask for care. liked: +1 or -1 when the person likes or dislikes it."""

    id: str
    touches: list[str]
    cautions: list[str]
    plan_ahead: bool
    liked: int
    minutes_a_week: int
    cost: str
    certainty: str


class NotOffered(Struct, kw_only=True):
    """An option that is not offered. reason: the first thing in the way. facts: person facts
    that forbid it or have to be known first."""

    id: str
    reason: str
    reasons: list[str]
    because: list[str]
    facts: list[str]


class Combination(Struct, kw_only=True):
    """Options that go together. equals: other sets that no figure tells apart from this one."""

    ids: list[str]
    touches: list[str]
    minutes_a_week: int
    cost: int
    certainty: int
    equals: list[list[str]]


class Combinations(Struct, kw_only=True):
    """shown: the few that really differ, of ``front_size`` that no other betters."""

    shown: list[Combination]
    front_size: int


class Options(Struct, kw_only=True):
    """What fits and what does not; both empty while calling comes first. wanted: the factors
    that combinations try to touch. wait: waiting and staying active is a full option."""

    offered: list[Offer]
    not_offered: list[NotOffered]
    wanted: list[str]
    combinations: Combinations
    wait: bool


class Watch(Struct, kw_only=True, rename={"if_": "if"}):
    """If this answer becomes this value, the urgency rises to this."""

    if_: str
    becomes: str | int
    urgency: Urgency


class Assessment(Struct, kw_only=True):
    """The result of one person. Show urgency, contact and safety net together, and say that
    this is a demonstration while ``demonstration`` is true. id: as it was sent."""

    rugkompas: str
    knowledge: str
    demonstration: bool
    language: Language
    date: dt.date
    id: str | UnsetType = UNSET
    triage: Triage
    course: Course
    factors: list[Factor]
    outlook: Outlook
    options: Options
    safety_net: list[Watch]
    sources: dict[str, Source]


class FittingOptions(Struct, kw_only=True):
    """The options alone, with the triage that they follow."""

    knowledge: str
    triage: Triage
    options: Options
    sources: dict[str, Source]


class PlanStep(Struct, kw_only=True):
    """when: the person's own words. known_from, known_until: when one can tell if it helps."""

    id: str
    when: str
    cautions: list[str]
    known_from: dt.date
    known_until: dt.date


class PlanQuestion(Struct, kw_only=True):
    """Something to ask a professional, about these person facts and options."""

    kind: str
    facts: list[str]
    options: list[str]


class Plan(Struct, kw_only=True):
    """kind: chosen (``picks``), a ``proposal``, ``wait``, ``nothing`` (chose nothing), ``empty``
    (nothing fits) or ``urgent`` (call first). same: pairs that are one thing in two forms."""

    kind: Literal["picks", "proposal", "wait", "nothing", "empty", "urgent"]
    steps: list[PlanStep]
    minutes_a_week: int
    own_minutes_a_week: int | None
    same: list[tuple[str, str]]
    questions: list[PlanQuestion]
    unsure: list[str]
    look_again: dt.date
    recheck: dt.date


class Prognosis(Struct, kw_only=True):
    """The chance (0 to 1) of being clearly limited after 3 and 12 months, with its range.
    call_first: an answer asks for a call today; show that instead. answered: the parts that were
    known. adds: what each of them does to the log odds after 3 months."""

    id: str | None
    limited_3m: Chance
    limited_3m_lower: Chance
    limited_3m_upper: Chance
    limited_12m: Chance
    limited_12m_lower: Chance
    limited_12m_upper: Chance
    call_first: bool
    answered: list[str]
    adds: dict[str, float]
    rugkompas: str
    knowledge: str
    demonstration: bool
    language: Language
    date: dt.date
    sources: list[str]


class Choice(Struct, kw_only=True):
    """One answer to choose."""

    value: str
    text: str


class PageQuestion(Struct, kw_only=True):
    """A question of a page. id: the name of the answer; ``factors.low_mood`` is the part
    ``low_mood`` of ``factors``. kind: how to ask. nothing: the words for "none of these", an
    empty list. days_in: how many days a unit has."""

    id: str
    kind: Literal["one", "several", "scale", "number", "duration", "activities"]
    label: str
    help: str
    why: str
    choices: list[Choice]
    nothing: str | UnsetType = UNSET
    days_in: dict[str, int] | UnsetType = UNSET
    low: int | UnsetType = UNSET
    high: int | UnsetType = UNSET


class Page(Struct, kw_only=True):
    """A page to ask. left: pages of this stage that can come at most, this one counted.
    progress: how far, in words."""

    id: str
    stage: Literal["signs", "course", "factors", "life"]
    left: int | None
    title: str
    progress: str
    questions: Annotated[list[PageQuestion], Meta(min_length=1)]


class NextPage(Struct, kw_only=True):
    """page: null when nothing is left to ask, or when calling comes first. status: the words
    that stand on every page while this is a demonstration."""

    page: Page | None
    demonstration: bool
    status: str


class Question(
    schema.Question, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """Something that can be asked. kind: ``tri`` (yes, no, unknown), ``choice`` (one of
    ``values``), ``integer``, ``number``, ``set`` (a list of ``values``; empty: asked, none),
    ``group`` (an object of ``members``), ``map`` (an object with an answer for each id of
    ``keys_from``), ``ids`` (a list of ids), ``scored_list`` (own activities), ``text``."""

    words: QuestionWords | UnsetType = UNSET


class FactIds(Struct, kw_only=True):
    """The version of the knowledge, and the ids of its facts by kind."""

    version: str
    kinds: dict[str, list[str]]


class Fact(Struct, kw_only=True):
    """One fact whole. data and words differ by kind. sources: all that ``data`` names."""

    id: str
    kind: str
    data: dict[str, Any]
    words: Any
    sources: dict[str, Source]


class Wrong(Struct, kw_only=True):
    """One thing that is wrong with what was sent. where: the name of the answer. text: what is
    wrong and what to do, with that name. plain: with the question in words, for a person."""

    kind: str
    where: str
    text: str
    plain: str


class Problem(Struct, kw_only=True):
    """A refusal (RFC 9457). detail: what to do, in the language asked for. problems: at status
    422. What was sent is never repeated."""

    type: str
    title: str
    status: int
    detail: str
    problems: list[Wrong] | UnsetType = UNSET
