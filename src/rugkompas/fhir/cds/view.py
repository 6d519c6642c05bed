"""``patient-view``: what the own answers of the last days mean, and what is not known."""

from __future__ import annotations

from collections.abc import Iterator

from rugkompas.assess import Assessment
from rugkompas.fhir.cds.back import kinds_in
from rugkompas.fhir.cds.cards import Desk, bullets, card, plain
from rugkompas.fhir.cds.record import Call, Told
from rugkompas.fhir.elements import Element
from rugkompas.outputs.sentences import Voice, contact_words

INDICATOR = {
    "emergency": "critical",
    "same_day": "warning",
    "within_days": "warning",
    "planned": "info",
    "self_care": "info",
}
"""Tier -> how loud a card is."""


def assessment_card(desk: Desk, found: Assessment, known: Told) -> Element:
    """The assessment of fresh own answers, with every rule that applies and all that is open."""
    words = desk.knowledge.words[desk.language]
    triage = found.triage
    assert known.own is not None
    date = Voice(desk.knowledge, desk.language).date(known.own)
    summary = desk.say("view_summary", date=date, tier=words.tiers[triage.urgency].name)
    sourced = next((row.sources[0] for row in triage.rules if row.sources), None)
    return card(
        desk,
        "assessment",
        summary,
        detail=list(_assessed(desk, found, known)),
        indicator=INDICATOR[triage.urgency],
        source=sourced,
        link=desk.say("link_intake"),
    )


def _assessed(desk: Desk, found: Assessment, known: Told) -> Iterator[str]:
    words = desk.knowledge.words[desk.language]
    triage = found.triage
    do, _ = contact_words(desk.knowledge, desk.language, triage.contacts[0])
    yield f"**{desk.say('advice')}** {do}"
    reasons = [words.red_flags[row.id].reason for row in triage.rules]
    yield f"**{desk.say('because')}**\n\n{bullets(map(plain, reasons))}"
    suspects = dict.fromkeys(id_ for row in triage.rules for id_ in row.suspects)
    if suspects:
        fits = bullets(plain(words.conditions[id_].name) for id_ in suspects)
        yield f"**{words.fhir['suspected']}**\n\n{fits}"
    yield from missing(desk, found)
    yield from notes(desk, known)
    yield words.fhir["handover_text"]


def missing(desk: Desk, found: Assessment) -> Iterator[str]:
    """The alarm questions that are open; an open question is never a "no"."""
    if not found.triage.complete:
        voice = Voice(desk.knowledge, desk.language)
        open_ = bullets(plain(voice.short(id_)) for id_ in found.triage.missing)
        yield f"**{desk.say('open')}**\n\n{open_}"


def notes(desk: Desk, known: Told) -> Iterator[str]:
    """From where the answers come, and what could not be read."""
    if known.known:
        voice = Voice(desk.knowledge, desk.language)
        named = voice.listed([plain(voice.short(id_)) for id_ in known.known])
        yield desk.say("from_record", named=named)
    if known.left_out.unread:
        yield desk.say("unread", count=known.left_out.unread)
    if known.left_out.others:
        yield desk.say("others", count=known.left_out.others)
    if known.left_out.partial:
        yield desk.say("partial")


def unasked_card(desk: Desk, known: Told) -> Element:
    """Back pain in the record, and nobody asked lately: said, not assessed."""
    detail = [desk.say("unasked_text")]
    if known.old is not None:
        date = Voice(desk.knowledge, desk.language).date(known.old)
        detail.append(desk.say("unasked_old", date=date))
    return card(
        desk,
        "unasked",
        desk.say("unasked_summary"),
        detail=[*detail, *notes(desk, known)],
        indicator="info",
        link=desk.say("link_intake"),
    )


def view(desk: Desk, call: Call, known: Told, found: Assessment) -> list[Element]:
    """One card about somebody with back pain; none about somebody else."""
    if known.own is not None:
        return [assessment_card(desk, found, known)]
    if kinds_in(call.conditions, desk.knowledge) or known.old is not None:
        return [unasked_card(desk, known)]
    return []
