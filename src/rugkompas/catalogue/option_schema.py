"""The shape of an option: something a person could do, what is known of it, what it asks.

Kept apart from ``schema`` only because it is long. One file in ``knowledge/options/`` each.
"""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct

from rugkompas.catalogue.schema import Certainty, Citation, Fact, Id

Phase = Literal["acute", "deviating", "chronic", "radicular", "prevention"]
Use = Literal["use", "maybe", "no"]
Part = Literal["yes", "part", "no"]


class Effect(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """One published result. Negative = less pain or disability = better, unless said."""

    about: Literal[
        "pain",
        "function",
        "worry",
        "episodes",
        "recovery",
        "mood",
        "sleep",
        "work",
        "load",
        "injury",
        "satisfaction",
        "harm",
        "spread",
        "other",
    ]
    phase: Literal["acute", "deviating", "chronic", "radicular", "prevention", "any"] = "any"
    measure: Literal[
        "points_100",
        "points_10",
        "points_5",
        "rmdq",
        "odi",
        "SMD",
        "g",
        "RR",
        "HR",
        "OR",
        "days",
        "percent",
        "per_1000",
        "words",
    ]
    """``points_100``: pain or function 0-100. ``words``: no number, see ``said``."""
    value: float | None = None
    low: float | None = None
    high: float | None = None
    compared: str
    """With what it was compared, and in whom, in a few English words."""
    said: str = ""
    """What a number cannot hold, in a few English words (for professionals)."""
    positive_is_better: bool = False
    trials: int | None = None
    people: int | None = None
    certainty: Certainty | Literal["unstated"] = "unstated"
    indirect: bool = False
    """Tested in other people than those with this problem or this life."""
    citation: Citation


class Guideline(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """What one guideline says of it. ``recalled``: the dossier marks it with a question mark."""

    says: Literal["recommend", "consider", "no_recommendation", "against", "not_covered"]
    remark: str = ""
    recalled: bool = False


class Asks(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """What it asks of a life. Minutes; ``block_min`` is the shortest useful stretch that a
    person must have undisturbed for what they do alone and repeatedly."""

    week_min: int
    block_min: int
    cost: Literal["none", "low", "mid", "high"]
    """low: under 50 euro, mid: 50 to 300, high: more (for the person, without extra cover)."""
    cost_remark: str = ""
    place: Literal["home", "anywhere", "clinic", "work", "pool"]
    professional: Literal["none", "start", "each"]
    second_person: bool = False
    while_caring: Part
    seated: Part
    unbroken_nights: bool = False


class Option(Fact, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """An option of the catalogue, also those that guidelines advise against."""

    domain: Literal[
        "information",
        "physical",
        "hands_on",
        "environmental",
        "psychosocial",
        "medication",
        "specialist",
        "not_recommended",
    ]
    targets: list[Id]
    """Factors that it touches."""
    phases: dict[Phase, Use]
    effects: list[Effect]
    certainty: Certainty | Literal["indirect"]
    """Of its best-studied effect for ordinary use, as the dossier states it; the lowest when
    it names several; ``none``: not tested; ``indirect``: tested in another group only."""
    guidelines: dict[Literal["WHO", "KNGF", "NICE", "NHG"], Guideline]
    not_if: list[Id]
    caution_if: list[Id]
    asks: Asks
    kinds: list[
        Literal["groups", "being_touched", "gym", "water", "apps", "homework", "spiritual"]
    ] = []
    """What somebody may dislike as a kind (CONTRACT ``rejects_kinds``)."""
    weeks_until_known: list[int]
    """From and until how many weeks before one can tell, [0, 0] for hours or days."""
    smaller: list[Id] = []
    """Smaller steps in the same direction, the smallest last (option ids)."""
    together_with: list[Id] = []
    """Options that are the same thing in another form: at most one of them in a plan."""
    practice_alone: bool = False
    """Also when a professional gives it: asks for daily practice alone, ``block_min`` long."""
    refer: Literal["", "gp", "specialist", "physio", "occupational", "municipality"] = ""
    """Through whom it goes when a person cannot start it alone."""
    citations: list[Citation] = []


class PersonFact(Fact, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """Something about a person that blocks or limits options."""

    derived_from: str = ""
    """Condition on other answers that makes it hold; empty = only when said. Where it is
    false, that means "no" only when its answers were given and none is "unknown"."""
    asked: bool = True
    """Whether it is asked directly, for what the condition does not settle."""


class Rank(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """Where one kind of exercise stands among those that one analysis compared.

    ``not_better``: its interval includes no difference from doing nothing. ``not_named``:
    compared, but not named among the best. score: the SUCRA of the analysis, 0-100.
    """

    option: Id
    place: Literal["top", "middle", "not_better", "not_named"]
    score: int | None = None


class Comparison(Fact, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """What one analysis of trials says of "is there a best exercise?".

    kind: ``ranking`` orders kinds of exercise; ``size`` tells how many points of 100 less pain
    exercise gives (from and until), under one way of counting. order: where it is shown.
    """

    kind: Literal["ranking", "size"]
    order: int
    points: Annotated[list[float], Meta(max_length=2)] = []
    ranks: list[Rank] = []
    trials: int | None = None
    people: int | None = None
    certainty: Certainty | None = None
    note: str = ""
    """How it was counted, in a few English words (for professionals)."""
    citation: Citation
