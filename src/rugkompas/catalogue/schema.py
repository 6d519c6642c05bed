"""The shape of every kind of fact in ``knowledge/``: frozen, typed, unknown keys refused.

One file holds one fact; the file name is the fact's id. The same id names its rule, its
words and its cases. ``load.py`` turns the files into these objects and ``check.py`` holds
them against each other.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from msgspec import Meta, Struct

Id = Annotated[str, Meta(pattern=r"^[A-Za-z][A-Za-z0-9_]*$")]
Text = Annotated[str, Meta(min_length=1)]

Mark = Literal["seen", "recalled", "computed", "choice"]
"""How a fact was obtained. ``seen``: read in the source itself or its abstract. ``recalled``:
a published figure written down from memory, not yet checked. ``computed``: calculated from
an open data file. ``choice``: no source settles it; a cautious decision of this project."""

Basis = Literal["guideline", "study", "choice"]
Tier = Literal["emergency", "same_day", "within_days", "planned", "self_care"]
Domain = Literal["physical", "environmental", "psychosocial"]
Certainty = Literal["high", "moderate", "low", "very_low", "none"]

TIERS: tuple[Tier, ...] = ("self_care", "planned", "within_days", "same_day", "emergency")
"""Urgency tiers from least to most urgent; the position is the tier's rank (0-4)."""


class Fact(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """What all facts share: an id that ties data, rule, words and cases together."""

    id: Id


class Citation(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """Where one statement comes from."""

    source: Id
    mark: Mark
    place: str = ""
    """Page, table or section; empty when only the abstract was read."""


class Source(Fact, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """A publication, guideline or data set.

    ``dossier`` keeps the label under which the fact dossiers name it ("triage S06").
    """

    title: Text
    authors: str = ""
    published_in: str = ""
    year: int | None = None
    kind: Literal[
        "guideline", "agreement", "review", "study", "trial", "teaching", "data", "website", "law"
    ]
    country: str = ""
    url: str = ""
    dossier: list[Text]
    read: Literal["seen", "recalled"]
    read_note: str = ""


class Question(Fact, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """One thing that can be asked of a person.

    kind: ``tri`` (yes/no/unknown), ``choice`` (one of ``values``), ``integer``, ``number``,
    ``set`` (a list of ``values``; ``[]`` = asked, none), ``group`` (an object of the
    questions in ``members``), ``map`` (object: id of ``keys_from`` -> one of ``values``, or
    own words when ``values`` is empty), ``ids`` (a list of ids), ``scored_list`` (own
    activities with two scores), ``text``.
    """

    kind: Literal[
        "tri", "choice", "integer", "number", "set", "group", "map", "ids", "scored_list", "text"
    ]
    topic: Literal[
        "emergency",
        "person",
        "course",
        "pain",
        "leg",
        "illness",
        "bone",
        "belly",
        "pregnancy",
        "child",
        "inflammatory",
        "factors",
        "life",
        "scores",
        "prognosis",
    ]
    order: int
    triage: bool = False
    """Read by the triage rules."""
    emergency: bool = False
    """An E item: while it applies and is unanswered, the result stays at same_day or higher."""
    values: list[str] = []
    low: int | float | None = None
    high: int | float | None = None
    unit: str = ""
    members: list[Id] = []
    member_of: str = ""
    keys_from: Literal["", "factors", "options", "person_facts"] = ""
    unknown_alone: bool = False
    """For a set: "unknown" is allowed, but only by itself."""
    applies: str = ""
    """Condition in the words of the dossier; empty = asked of everyone."""
    worse: list[list[str]] = []
    """Orders from better to worse; moving up such a chain never lowers the tier."""
    can_change: bool = True
    """False for what cannot become different while waiting (age, sex, the past)."""
    optional: bool = False
    codes: dict[str, str] = {}
    citations: list[Citation] = []
    mark: Mark = "choice"


class ParameterValue(
    Struct,
    frozen=True,
    forbid_unknown_fields=True,
    kw_only=True,
    omit_defaults=True,
    rename={"from_": "from"},
):
    """One dated value. Holds from ``from`` until the day before the next value begins."""

    from_: dt.date
    until: dt.date | None = None
    value: int | float
    mark: Mark
    citations: list[Citation] = []


class Parameter(Fact, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """A number that a rule reads, with its unit, the dates for which it holds and its source."""

    unit: Text
    meaning: Text
    values: Annotated[list[ParameterValue], Meta(min_length=1)]


class RedFlag(Fact, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """One row of the triage table: who it concerns, how fast, to whom, and why."""

    tier: Tier
    category: Literal["specific", "radicular", "none"]
    contact: Id
    suspects: list[Id]
    basis: Basis
    condition: Text
    """The row's condition as a clinician signs it; ``verify`` proves that the code equals it."""
    citations: list[Citation]
    section: str = ""
    note: str = ""


class Term(Fact, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """A named part of conditions, written out once (``CES_NEW``, ``NEURO`` ...)."""

    definition: Text


class Condition(Fact, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """A health condition that a row may point to. Shown as "can fit", never as a diagnosis.

    codes: per code system (icpc1, icd10, snomed). codes_from: per code system where the code
    comes from; a code without it is not shown to anyone.
    """

    sheet: Text
    codes: dict[str, str] = {}
    codes_from: dict[str, Citation] = {}


class Contact(Fact, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """Who to contact. Numbers follow the country, never the language."""

    rank: int
    """0 = most urgent."""
    country: str
    phone: str = ""
    when: Literal["now", "today", "this_week", "appointment", "not_needed"]


class Course(Fact, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """A class of duration and direction, and when to look again."""

    duration_class: Literal["acute", "subacute", "chronic", "fluctuating", "unknown"]
    direction: Literal["improving", "not_improving", "unknown", "any"]
    expectation: str = ""
    citations: list[Citation] = []
    mark: Mark = "choice"


class Figure(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """One published figure about a factor, never a share of one person's pain."""

    about: Literal["onset", "persistence", "association", "prevention"]
    measure: Literal["OR", "RR", "aOR", "LR+", "LR", "LR-", "percent", "points", "p", "g"]
    value: float | None = None
    low: float | None = None
    high: float | None = None
    compared: str = ""
    """What is compared with what, in a few English words (for professionals)."""
    citation: Citation


class Factor(Fact, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """Something that can play a role, in one of the three domains."""

    domain: Domain
    icf: list[str]
    modifiable: Literal["person", "others", "partly", "no"]
    """Who can usually change it; what this person says goes first."""
    certainty: Certainty
    asked: bool = True
    """False when it is only derived from other answers."""
    outlook: bool = False
    """Stands in the guideline's list of factors that go with a longer course (KNGF 2021)."""
    inferred_from: str = ""
    """Condition on other answers that also makes it present; empty = only when said."""
    figures: list[Figure] = []
    citations: list[Citation] = []
    mark: Mark = "seen"


class Point(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Mean pain (0-100) of a group with its 95 % interval, some weeks after the start."""

    week: int
    mean: float
    low: float
    high: float


class Proportion(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """Of 100 people in this group, how many; with the definition that makes it true."""

    id: Id
    percent: float
    low: float | None = None
    high: float | None = None
    weeks: int | None = None
    people: int | None = None
    citation: Citation


class Expectation(Fact, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """The published course for a class: a band and proportions, never one line."""

    band: list[Point] = []
    band_citations: list[Citation] = []
    certainty: Certainty
    time_from: Literal["onset", "study_entry"]
    proportions: list[Proportion] = []
