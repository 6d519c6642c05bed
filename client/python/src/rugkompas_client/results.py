"""What comes back. Fields that are not known here are passed over.

Made by scripts/client.py from the description of the API; do not edit.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from msgspec import Struct

from rugkompas_client.words import Direction, Language, Tri, Urgency


class Assessment(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The result of one person. Show urgency, contact and safety net together, and say that this
    is a demonstration while ``demonstration`` is true. id: as it was sent."""

    rugkompas: str
    knowledge: str
    demonstration: bool
    language: Language
    date: dt.date
    id: str | None = None
    triage: Triage
    course: Course
    factors: tuple[Factor, ...]
    outlook: Outlook
    options: Options
    safety_net: tuple[Watch, ...]
    sources: dict[str, Source]


class Triage(Struct, frozen=True, kw_only=True):
    """How fast and to whom. complete: false while emergency questions (``missing``) are not
    answered; the urgency is then a floor, not an outcome. clarify: answers that contradict."""

    urgency: Urgency
    complete: bool
    missing: tuple[str, ...]
    category: Literal["nonspecific", "radicular", "specific_suspected"]
    rules: tuple[FiredRule, ...]
    contact: Contact
    clarify: tuple[str, ...]


class FiredRule(Struct, frozen=True, kw_only=True):
    """A row of the triage table that fired. because: the answers on which it rests. suspects: what
    it can fit with, never a diagnosis. basis and mark: how sure the row is."""

    id: str
    urgency: Urgency
    suspects: tuple[str, ...]
    because: tuple[str, ...]
    sources: tuple[str, ...]
    basis: str
    mark: str


class Contact(Struct, frozen=True, kw_only=True):
    """Whom to contact: the most urgent, with what to do in words. all: the ids of all contacts of
    this urgency. phone: empty where people call their own practice."""

    id: str
    all: tuple[str, ...]
    country: str
    when: Literal["appointment", "not_needed", "now", "this_week", "today"]
    phone: str
    do: str
    more: str


class Course(Struct, frozen=True, kw_only=True, rename={"class_": "class"}):
    """How long and which way. direction: the less favourable of ``said`` and ``measured``."""

    class_: str
    duration_class: str
    direction: Direction
    said: Direction
    measured: Direction
    episode: str
    recheck_in_days: int
    recheck_on: dt.date


class Factor(Struct, frozen=True, kw_only=True):
    """Whether something plays a role. changeable: what this person says. because: answers."""

    id: str
    domain: Literal["environmental", "physical", "psychosocial"]
    state: Literal["absent", "present", "unknown"]
    changeable: Tri
    because: tuple[str, ...]
    sources: tuple[str, ...]


class Outlook(Struct, frozen=True, kw_only=True):
    """risk_by: whether a score (``start_back``), counting (``factors``) or ``nothing`` gave the
    group. answered: how many of the guideline's factors were known."""

    expectation: str
    risk_group: Literal["high", "low", "medium", "unknown"]
    risk_by: str
    risk_factors: tuple[str, ...]
    answered: int


class Options(Struct, frozen=True, kw_only=True):
    """What fits and what does not; both empty while calling comes first. wanted: the factors that
    combinations try to touch. wait: waiting and staying active is a full option."""

    offered: tuple[Offer, ...]
    not_offered: tuple[NotOffered, ...]
    wanted: tuple[str, ...]
    combinations: Combinations
    wait: bool


class Offer(Struct, frozen=True, kw_only=True):
    """An option that fits this life. touches: factors that play a role here. cautions: person
    facts that ask for care. liked: +1 or -1 when the person likes or dislikes it."""

    id: str
    touches: tuple[str, ...]
    cautions: tuple[str, ...]
    plan_ahead: bool
    liked: int
    minutes_a_week: int
    cost: str
    certainty: str


class NotOffered(Struct, frozen=True, kw_only=True):
    """An option that is not offered. reason: the first thing in the way. facts: person facts that
    forbid it or have to be known first."""

    id: str
    reason: str
    reasons: tuple[str, ...]
    because: tuple[str, ...]
    facts: tuple[str, ...]


class Combinations(Struct, frozen=True, kw_only=True):
    """shown: the few that really differ, of ``front_size`` that no other betters."""

    shown: tuple[Combination, ...]
    front_size: int


class Combination(Struct, frozen=True, kw_only=True):
    """Options that go together. equals: other sets that no figure tells apart from this one."""

    ids: tuple[str, ...]
    touches: tuple[str, ...]
    minutes_a_week: int
    cost: int
    certainty: int
    equals: tuple[tuple[str, ...], ...]


class Watch(Struct, frozen=True, kw_only=True, rename={"if_": "if"}):
    """If this answer becomes this value, the urgency rises to this."""

    if_: str
    becomes: str | int
    urgency: Urgency


class Source(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A publication, guideline or data set.

    ``dossier`` keeps the label under which the fact dossiers name it ("triage S06")."""

    id: str
    title: str
    authors: str = ""
    published_in: str = ""
    year: int | None = None
    kind: str
    country: str = ""
    url: str = ""
    dossier: tuple[str, ...]
    read: str
    read_note: str = ""


class FittingOptions(Struct, frozen=True, kw_only=True):
    """The options alone, with the triage that they follow."""

    knowledge: str
    triage: Triage
    options: Options
    sources: dict[str, Source]


class Plan(Struct, frozen=True, kw_only=True):
    """kind: chosen (``picks``), a ``proposal``, ``wait``, ``nothing`` (chose nothing), ``empty``
    (nothing fits) or ``urgent`` (call first). same: pairs that are one thing in two forms."""

    kind: Literal["empty", "nothing", "picks", "proposal", "urgent", "wait"]
    steps: tuple[PlanStep, ...]
    minutes_a_week: int
    own_minutes_a_week: int | None
    same: tuple[tuple[str, str], ...]
    questions: tuple[PlanQuestion, ...]
    unsure: tuple[str, ...]
    look_again: dt.date
    recheck: dt.date


class PlanStep(Struct, frozen=True, kw_only=True):
    """when: the person's own words. known_from, known_until: when one can tell if it helps."""

    id: str
    when: str
    cautions: tuple[str, ...]
    known_from: dt.date
    known_until: dt.date


class PlanQuestion(Struct, frozen=True, kw_only=True):
    """Something to ask a professional, about these person facts and options."""

    kind: str
    facts: tuple[str, ...]
    options: tuple[str, ...]


class NextPage(Struct, frozen=True, kw_only=True):
    """page: null when nothing is left to ask, or when calling comes first. status: the words that
    stand on every page while this is a demonstration."""

    page: Page | None
    demonstration: bool
    status: str


class Page(Struct, frozen=True, kw_only=True):
    """A page to ask. left: pages of this stage that can come at most, this one counted. progress:
    how far, in words."""

    id: str
    stage: Literal["course", "factors", "life", "signs"]
    left: int | None
    title: str
    progress: str
    questions: tuple[PageQuestion, ...]


class PageQuestion(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A question of a page. id: the name of the answer; ``factors.low_mood`` is the part
    ``low_mood`` of ``factors``. kind: how to ask. nothing: the words for "none of these", an
    empty list. days_in: how many days a unit has."""

    id: str
    kind: Literal["activities", "duration", "number", "one", "scale", "several"]
    label: str
    help: str
    why: str
    choices: tuple[Choice, ...]
    nothing: str | None = None
    days_in: dict[str, int] | None = None
    low: int | None = None
    high: int | None = None


class Choice(Struct, frozen=True, kw_only=True):
    """One answer to choose."""

    value: str
    text: str


class Question(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Something that can be asked. kind: ``tri`` (yes, no, unknown), ``choice`` (one of
    ``values``), ``integer``, ``number``, ``set`` (a list of ``values``; empty: asked, none),
    ``group`` (an object of ``members``), ``map`` (an object with an answer for each id of
    ``keys_from``), ``ids`` (a list of ids), ``scored_list`` (own activities), ``text``."""

    id: str
    kind: str
    topic: str
    order: int
    triage: bool = False
    emergency: bool = False
    values: tuple[str, ...] = ()
    low: int | float | None = None
    high: int | float | None = None
    unit: str = ""
    members: tuple[str, ...] = ()
    member_of: str = ""
    keys_from: str = ""
    unknown_alone: bool = False
    applies: str = ""
    worse: tuple[tuple[str, ...], ...] = ()
    can_change: bool = True
    optional: bool = False
    codes: dict[str, str] = {}
    citations: tuple[Citation, ...] = ()
    mark: str = "choice"
    words: QuestionWords | None = None


class Citation(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Where one statement comes from."""

    source: str
    mark: str
    place: str = ""


class QuestionWords(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """label: the question itself. short: two to five words for tables. help: what it means, with
    an everyday example. why: why we ask. values: the text of each answer (tri-state answers
    share the words under ``report``). clause: per answer, the half sentence that follows
    "because" or "if" ("u niet goed kunt plassen")."""

    label: str
    short: str
    help: str = ""
    why: str = ""
    values: dict[str, str] = {}
    clause: dict[str, str] = {}


class Prognosis(Struct, frozen=True, kw_only=True):
    """The chance (0 to 1) of being clearly limited after 3 and 12 months, with its range.
    call_first: an answer asks for a call today; show that instead. answered: the parts that
    were known. adds: what each of them does to the log odds after 3 months."""

    id: str | None
    limited_3m: float
    limited_3m_lower: float
    limited_3m_upper: float
    limited_12m: float
    limited_12m_lower: float
    limited_12m_upper: float
    call_first: bool
    answered: tuple[str, ...]
    adds: dict[str, float]
    rugkompas: str
    knowledge: str
    demonstration: bool
    language: Language
    date: dt.date
    sources: tuple[str, ...]


class FactIds(Struct, frozen=True, kw_only=True):
    """The version of the knowledge, and the ids of its facts by kind."""

    version: str
    kinds: dict[str, tuple[str, ...]]


class Fact(Struct, frozen=True, kw_only=True):
    """One fact whole. data and words differ by kind. sources: all that ``data`` names."""

    id: str
    kind: str
    data: dict[str, Any]
    words: Any
    sources: dict[str, Source]


class Problem(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A refusal (RFC 9457). detail: what to do, in the language asked for. problems: at status
    422. What was sent is never repeated."""

    type: str
    title: str
    status: int
    detail: str
    problems: tuple[Wrong, ...] | None = None


class Wrong(Struct, frozen=True, kw_only=True):
    """One thing that is wrong with what was sent. where: the name of the answer. text: what is
    wrong and what to do, with that name. plain: with the question in words, for a person."""

    kind: str
    where: str
    text: str
    plain: str


class ShortReport(Struct, frozen=True, kw_only=True):
    """The short result in words, all of it plain text. status: stands on every page while this is
    a demonstration."""

    title: str
    made_on: str
    status: str
    emergency_number: str
    answer: Answer
    sections: tuple[Section, ...]
    sources: SourceList
    about: Section


class Answer(Struct, frozen=True, kw_only=True):
    """How fast, whom to call and how. At an emergency ``headline`` is the call itself: show it
    first and alone. step: 1 (least urgent) to 5. watch_first: the signs to call for stand above
    how to make an appointment."""

    urgency: Urgency
    step: int
    dial: str
    name: str
    headline: str
    action: str
    lead: tuple[str, ...]
    how: Item
    also: tuple[Item, ...]
    say: Item | None
    watch: Item | None
    watch_first: bool


class Item(Struct, frozen=True, kw_only=True):
    """One statement. lead and points belong together ("because" ...). facts: a term with what
    holds for it. more: sentences after it. aside: for professionals."""

    label: str
    title: str
    text: str
    lead: str
    points: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    more: tuple[str, ...]
    basis: str
    rests: tuple[Rests, ...]
    aside: str


class Rests(Struct, frozen=True, kw_only=True):
    """On which sources, by their number, a statement rests. words: how they were obtained."""

    words: str
    numbers: tuple[int, ...]


class Section(Struct, frozen=True, kw_only=True):
    """A part of the result, with its heading."""

    id: str
    title: str
    paragraphs: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    items: tuple[Item, ...]
    closing: tuple[str, ...]
    rests: tuple[Rests, ...]


class SourceList(Struct, frozen=True, kw_only=True):
    """The sources by number."""

    title: str
    paragraphs: tuple[str, ...]
    lines: tuple[SourceLine, ...]


class SourceLine(Struct, frozen=True, kw_only=True):
    """A source with its number in this result."""

    number: int
    text: str
    url: str
    mark: str


class Check(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A checked title; for a longer text also its sentences. quality: for each criterion of good
    information where it is met, or null. cut: the text was longer than is read."""

    language: Language
    state: Literal["judged", "not_about_backs", "too_little"]
    oversimplified: Literal["no", "unsure", "yes"]
    probability: float
    reasons: tuple[str, ...]
    debunks: bool
    topics: tuple[str, ...]
    spans: tuple[Span, ...]
    rugkompas: str
    knowledge: str
    taken_back: tuple[TakenBack, ...]
    evidence: tuple[KnownOfOption, ...]
    sources: dict[str, CitedSource]
    title: str | None = None
    text: str | None = None
    sentences: tuple[Sentence, ...] | None = None
    quality: dict[str, Quote | None] | None = None
    mixed_languages: bool | None = None
    cut: bool | None = None


class Span(Struct, frozen=True, kw_only=True):
    """``text`` stands at code points ``start`` to ``end``, and is a reason."""

    start: int
    end: int
    reason: str
    text: str


class TakenBack(Struct, frozen=True, kw_only=True):
    """What seemed a reason. how: it was denied, asked or softened."""

    start: int
    end: int
    reason: str
    text: str
    how: str


class KnownOfOption(Struct, frozen=True, kw_only=True):
    """What is known of an option that the text is about. labels, effect: by language."""

    option: str
    labels: dict[str, str]
    effect: dict[str, str]
    certainty: str
    guidelines: dict[str, str]
    phases: dict[str, str]
    sources: tuple[str, ...]


class CitedSource(Struct, frozen=True, kw_only=True):
    """read: whether the source itself was seen or recalled."""

    title: str
    url: str
    read: str


class Sentence(Struct, frozen=True, kw_only=True):
    """A sentence of a longer text, at code points ``start`` to ``end``."""

    language: Language
    state: Literal["judged", "not_about_backs", "too_little"]
    oversimplified: Literal["no", "unsure", "yes"]
    probability: float
    reasons: tuple[str, ...]
    debunks: bool
    topics: tuple[str, ...]
    spans: tuple[Span, ...]
    start: int
    end: int


class Quote(Struct, frozen=True, kw_only=True):
    """Where good information tells something."""

    start: int
    end: int
    text: str


class DiaryCourse(Struct, frozen=True, kw_only=True):
    """Is it going better? call_first: an answer asks for a call; show nothing before it.
    direction: of doing, by own activities and own words; ``by_pain`` stands beside it. triaged:
    there were answers to all questions to start from. began_known: false when days are counted
    from the first entry. asks_triage: it went so much worse that the questions should be
    answered again."""

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
    moments: tuple[Moment, ...]
    episodes: int
    flare_ups: int
    in_flare: bool
    pain_free_days: int
    trajectory: str
    level: str | None
    weeks: tuple[DiaryWeek, ...]
    rugkompas: str
    knowledge: str
    demonstration: bool
    language: Language


class Scores(Struct, frozen=True, kw_only=True):
    """Means, 0 to 10 (high is worse); null: not known."""

    activities: float | None
    pain: float | None


class Moment(Struct, frozen=True, kw_only=True):
    """3, 4 or 12 weeks after the start, and how it went then."""

    weeks: int
    on: dt.date
    state: Literal["before_diary", "reached", "to_come"]
    direction: Direction


class DiaryWeek(Struct, frozen=True, kw_only=True, rename={"from_": "from"}):
    """Seven days of a diary, with means of 0 to 10. days: how many have an entry."""

    week: int
    from_: dt.date
    pain: float | None
    activities: float | None
    days: int


class Report(Assessment, frozen=True, kw_only=True):
    """The assessment, and the short result in words."""

    report: ShortReport


class PlannedAssessment(Assessment, frozen=True, kw_only=True):
    """The assessment, and the plan."""

    plan: Plan
