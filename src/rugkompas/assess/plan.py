"""A plan: what a person chose, made small enough to do, with a day to look back."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import combinations

from rugkompas.assess.assessment import Assessment
from rugkompas.assess.options import FULL_OPTION, Offer, Options, Withheld

URGENT = ("emergency", "same_day")
SOON = 7
"""Days after which one looks back at an option that shows within hours or days."""
MOST_AT_ONCE = 4
"""More than this many at a time is hard to keep up (options dossier, part C)."""


PRACTICAL = ("low_literacy", "cannot_leave_home")
"""Facts that a person knows best, beside all that begin with ``no_`` (no money, no work)."""


def about_health(fact: str) -> bool:
    """A doctor, pharmacist or physiotherapist can tell what this person fact means."""
    return not fact.startswith("no_") and fact not in PRACTICAL


class NotOffered(ValueError):
    """Picks that are not offered to this person. ``picks``: each with what stands in the way."""

    def __init__(self, picks: tuple[Withheld, ...]) -> None:
        self.picks = picks
        super().__init__(", ".join(f"{pick.id}: {pick.reason}" for pick in picks))


@dataclass(frozen=True, slots=True)
class Step:
    """One option of the plan. when: the person's own words for where and when; empty = still
    to be filled in. known_from, known_until: the days between which one can tell."""

    offer: Offer
    when: str
    known_from: dt.date
    known_until: dt.date


@dataclass(frozen=True, slots=True)
class Question:
    """Something to ask a doctor, pharmacist or physiotherapist.

    kind: ``unknown_facts`` (``facts`` are person facts that are not known and stand in the way
    of ``options``), ``caution`` (``facts`` ask for care with ``options``), ``start``
    (``options`` begin with a professional).
    """

    kind: str
    facts: tuple[str, ...]
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do, when to look, what to ask.

    kind: ``picks`` (chosen by the person), ``proposal`` (nothing chosen yet; the first shown
    combination, no better than the others), ``wait`` (wait and stay active), ``nothing``
    (asked, chose nothing), ``empty`` (no combination fits, and none is made up), ``urgent``
    (call first: no plan). ``minutes`` a week for all steps together; ``own_minutes`` those
    that the person has, if said. ``same``: pairs of picks that are one thing in two forms.
    """

    kind: str
    steps: tuple[Step, ...]
    minutes: int
    own_minutes: int | None
    same: tuple[tuple[str, str], ...]
    questions: tuple[Question, ...]
    unsure: tuple[str, ...]
    look_again: dt.date
    recheck: dt.date

    @property
    def days(self) -> tuple[dt.date, ...]:
        """The days on which a step can be judged, each once, in order."""
        return tuple(sorted({step.known_until for step in self.steps}))


def plan(assessment: Assessment) -> Plan:
    """The plan of one person, from their picks or as a proposal. Pure: no clock, no files.

    Raises NotOffered when a pick is not offered to this person; nothing is swapped silently.
    """
    options = assessment.options
    urgent = assessment.triage.urgency in URGENT
    kind, ids = ("urgent", ()) if urgent else _chosen(assessment, options)
    offers = [offer for id_ in ids if (offer := options.offer(id_)) is not None]
    given, catalogue = assessment.person.given, assessment.knowledge.options
    weeks = given.get("look_again")
    recheck = assessment.course.recheck_on
    return Plan(
        kind=kind,
        steps=tuple(_step(assessment, offer) for offer in offers),
        minutes=sum(catalogue[offer.id].asks.week_min for offer in offers),
        own_minutes=given.get("minutes_a_week"),
        same=tuple(
            (one.id, other.id)
            for one, other in combinations(offers, 2)
            if other.id in catalogue[one.id].together_with
        ),
        questions=() if urgent else _questions(assessment, options, offers),
        unsure=tuple(id_ for id_, answer in given.items() if answer in ("unknown", ("unknown",))),
        look_again=assessment.day + dt.timedelta(weeks=weeks) if weeks else recheck,
        recheck=recheck,
    )


def _chosen(assessment: Assessment, options: Options) -> tuple[str, tuple[str, ...]]:
    picks = assessment.person.given.get("picks")
    if picks is not None:
        ids = tuple(dict.fromkeys(picks))
        refused = tuple(gone for gone in options.not_offered if gone.id in ids)
        if refused:
            raise NotOffered(refused)
        return ("picks" if ids else "nothing"), ids
    if options.shown:
        return "proposal", options.shown[0].ids
    return ("wait", FULL_OPTION) if options.wait else ("empty", ())


def _step(assessment: Assessment, offer: Offer) -> Step:
    first, last = assessment.knowledge.options[offer.id].weeks_until_known
    when = assessment.person.given.get("plan_when", {}).get(offer.id, "")
    return Step(
        offer=offer,
        when=when.strip(),
        known_from=assessment.day + dt.timedelta(weeks=first),
        known_until=assessment.day + max(dt.timedelta(weeks=last), dt.timedelta(days=SOON)),
    )


def _questions(
    assessment: Assessment, options: Options, offers: list[Offer]
) -> tuple[Question, ...]:
    catalogue = assessment.knowledge.options
    found = [
        Question("start", (), (offer.id,))
        for offer in offers
        if catalogue[offer.id].asks.professional != "none"
    ]
    found += [
        Question("caution", offer.cautions, (offer.id,)) for offer in offers if offer.cautions
    ]
    waiting: dict[tuple[str, ...], list[str]] = {}
    for gone in options.not_offered:
        facts = tuple(fact for fact in gone.facts if about_health(fact))
        # Only what nothing else stands in the way of: asking about the rest changes nothing.
        if gone.reasons == ("ask_first",) and facts:
            waiting.setdefault(facts, []).append(gone.id)
    found += [Question("unknown_facts", facts, tuple(ids)) for facts, ids in waiting.items()]
    return tuple(found)
