"""The sheet for a GP or physiotherapist, out of a diary: what it says today, and how it went."""

from __future__ import annotations

from dataclasses import replace

from rugkompas.assess.follow_up import FollowUp
from rugkompas.outputs.diary_report import DiaryFrame, facts
from rugkompas.outputs.parts import Report, Section
from rugkompas.outputs.summary import summary

_BEFORE = "history"
"""The section that the diary stands in front of: first what help is sought for."""


def diary_sheet(found: FollowUp, language: str) -> Report:
    """The sheet of ``summary`` on the answers as they hold today, with the course in the diary
    and how each moment went. Notes of the person stay out: nobody asked to share those."""
    made = summary(found.assessment, language)
    at = next(n for n, section in enumerate(made.sections) if section.id == _BEFORE)
    course = _course(DiaryFrame(found, language))
    return replace(made, sections=(*made.sections[:at], course, *made.sections[at:]))


def _course(f: DiaryFrame) -> Section:
    # Few rows: all of it has to fit one sheet of paper.
    went = [
        f.say("sheet_moment", weeks=moment.weeks, how=f.say(f"sheet_{moment.direction}"))
        for moment in f.found.moments
        if moment.state == "reached"
    ]
    rows = facts(f)[:2]
    if went:
        rows = (*rows, (f.say("sheet_moments"), "; ".join(went)))
    return Section(
        "own_diary",
        f.say("sheet_title"),
        (f.say("sheet_text", count=f.found.entries, points=f.p.psk_change),),
        facts=rows,
        rests=f.rests(f.cited("psk_change")),
    )
