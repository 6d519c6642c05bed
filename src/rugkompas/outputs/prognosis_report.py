"""The prognosis in words: so many of 10 people, how sure that is, and what it rests on."""

from __future__ import annotations

import math
from typing import Any

import rugkompas
from rugkompas.assess.prognosis import Prognosis
from rugkompas.assess.triage import ALWAYS_WATCH
from rugkompas.outputs import urgency
from rugkompas.outputs.frame import Frame
from rugkompas.outputs.parts import Item, Page, Section, Share
from rugkompas.outputs.report import assembled, page_of
from rugkompas.rules.prognosis import MONTHS, Chance

_SHOWN = 5
"""Parts that are named at most on each side."""
_SLACK = 0.2
"""People out of 10 that rounding may take off at an end."""
_NOTICED = 0.1
"""Log odds from which a part is named: some 2 in 100 people."""


def prognosis_data(found: Prognosis, language: str) -> dict[str, Any]:
    """The result for programs, as CONTRACT.md promises, with what stands behind it."""
    who, knowledge = found.assessment.person.id, found.assessment.knowledge
    data: dict[str, Any] = {"id": who}
    for months, chance in found.chances.items():
        data |= {
            f"limited_{months}m": chance.chance,
            f"limited_{months}m_lower": chance.lower,
            f"limited_{months}m_upper": chance.upper,
        }
    return data | {
        "call_first": found.call_first,
        "answered": list(found.known),
        "adds": {part: found.chances[MONTHS[0]].moves[part] for part in found.known},
        "rugkompas": rugkompas.__version__,
        "knowledge": knowledge.version,
        "demonstration": not knowledge.release.signed_by,
        "language": language,
        "date": found.assessment.day.isoformat(),
        "sources": list(dict.fromkeys(c.source for c in knowledge.prognosis.citations)),
    }


def prognosis_report(found: Prognosis, language: str) -> Page:
    """The prognosis of one person, for reading. When an answer asks for a call today, only
    that stands there."""
    f = _Frame(found, language)
    if found.call_first:
        later = Section("no_prognosis", f.say("urgent_section"), (f.say("urgent_text"),))
        sections = (urgency.why(f), later, urgency.safety_net(f))
        return assembled(f, f.say("urgent_title"), urgency.answer(f), sections)
    made = (_chance(f), _moves(f), _wide(f), _good(f), _rests(f), _call(f))
    return page_of(f, f.say("title"), made)


class _Frame(Frame):
    """A frame that also knows the prognosis."""

    def __init__(self, found: Prognosis, language: str) -> None:
        super().__init__(found.assessment, language)
        self.found = found
        self.facts = found.assessment.knowledge.prognosis

    def say(self, key: str, **values: object) -> str:
        """A sentence of words/<lang>/prognosis."""
        return self.words.prognosis[key].format(**values)


def _chance(f: _Frame) -> Section:
    return Section(
        "chance",
        f.say("chance_title"),
        (f.say("chance_text" if f.found.known else "chance_nothing"),),
        shares=tuple(_share(f, months) for months in MONTHS),
        closing=(f.say("meaning"), f.say("not_you")),
    )


def out_of_ten(chance: Chance) -> tuple[int, int]:
    """The range in whole people out of 10, rounded outwards: at most 2 in 100 narrower."""
    return math.floor(chance.lower * 10 + _SLACK), math.ceil(chance.upper * 10 - _SLACK)


def _share(f: _Frame, months: int) -> Share:
    """Whole people out of 10; never none and never all, for no figure is that sure."""
    chance = f.found.chances[months]
    low, high = out_of_ten(chance)
    when = f.say(f"at_{months}")
    if high >= 10:
        text = f.say("share_least", when=when, count=min(low, 9))
    elif low <= 0:
        text = f.say("share_most", when=when, count=max(high, 1))
    elif low == high:
        text = f.say("share_about", when=when, count=low)
    else:
        text = f.say("share_range", when=when, low=low, high=high)
    return Share(round(chance.chance * 100), text, ())


def _moves(f: _Frame) -> Section:
    moves = f.found.chances[MONTHS[0]].moves
    known = sorted(f.found.known, key=lambda part: -abs(moves[part]))
    up = [part for part in known if moves[part] >= _NOTICED][:_SHOWN]
    down = [part for part in known if moves[part] <= -_NOTICED][:_SHOWN]
    items = tuple(
        Item(title=f.say(key), points=tuple(f.say(f"part_{part}") for part in parts))
        for key, parts in (("move_up", up), ("move_down", down))
        if parts
    )
    paragraphs = (f.say("move_text"),) if items else (f.say("move_none"),)
    closing = (f.say("move_change"),)
    return Section("moves", f.say("move_title"), paragraphs, items=items, closing=closing)


def _wide(f: _Frame) -> Section:
    parts = len(f.facts.start_parts) + len(f.facts.predictors)
    missing = f.say("wide_missing", known=len(f.found.known), all=parts)
    return Section("wide", f.say("wide_title"), (missing, f.say("wide_studies")))


def _good(f: _Frame) -> Section:
    """How well published sums of this kind tell two people apart (area under the curve)."""
    right = sorted(accuracy.auc for accuracy in f.facts.accuracy)
    text = f.say("good_text", low=round(right[0] * 10), high=round(right[-1] * 10))
    rests = f.rests(accuracy.citation for accuracy in f.facts.accuracy)
    return Section("good", f.say("good_title"), (text, f.say("good_own")), rests=rests)


def _rests(f: _Frame) -> Section:
    facts = f.facts
    used = [*facts.start.citations, *facts.shrinkage_citations, *facts.overlap_citations]
    used += [c for p in facts.predictors if p.id in f.found.known for c in p.citations]
    return Section("rests", f.say("rest_title"), (f.say("rest_text"),), rests=f.rests(used))


def _call(f: _Frame) -> Section:
    """A prognosis is no triage: the signs to call for stand on this page too."""
    signs = Item(
        title=f.voice("watch_now"),
        points=tuple(f.voice.clause(id_, "new_or_changed") for id_ in ALWAYS_WATCH),
    )
    return Section("call", f.say("call_title"), (f.say("call_text"),), items=(signs,))
