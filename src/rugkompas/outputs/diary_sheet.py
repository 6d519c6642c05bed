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
    reached = [moment for moment in f.found.moments if moment.state == "reached"]
    rows = [
        (
            f.say("moment_title", weeks=moment.weeks, date=f.voice.date(moment.on)),
            f.say(f"sheet_{moment.direction}"),
        )
        for moment in reached
    ]
    return Section(
        "own_diary",
        f.say("sheet_title"),
        (f.say("sheet_text", points=f.p.psk_change),),
        facts=(*facts(f), *rows),
        rests=f.rests(f.cited("psk_change")),
    )
