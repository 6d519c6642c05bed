"""What a person shares with a practice: the sheet for a professional, with what they left out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from rugkompas.assess import Assessment
from rugkompas.outputs.parts import Report, Section
from rugkompas.outputs.summary import summary
from rugkompas.web.shown import words


def handover(found: Assessment, language: str, left_out: Iterable[str] = ()) -> Report:
    """The sheet as the practice gets it. What was left out is said to be left out: nothing of
    it may look like a "no" (hazard H-24)."""
    made = summary(found, language)
    said = words(language)("booking_left_out")
    gone = set(left_out)
    sections = tuple(
        Section(it.id, it.title, (said,)) if it.id in gone else it for it in made.sections
    )
    return replace(made, sections=sections)


def parts(found: Assessment, language: str) -> list[tuple[str, str]]:
    """(id, what it holds in everyday words) of everything that can be left out."""
    t = words(language)
    return [(it.id, t(f"booking_part_{it.id}")) for it in summary(found, language).sections]
