"""What a person reads about one assessment, in the order in which they need it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

import rugkompas
from rugkompas.assess import Assessment
from rugkompas.outputs import background, options_short, urgency
from rugkompas.outputs.frame import URGENT, Frame
from rugkompas.outputs.options_frame import Choices
from rugkompas.outputs.parts import Answer, Page, Report, Section
from rugkompas.outputs.sentences import emergency_number, own_words

__all__ = ["Report", "assembled", "report"]


def report(assessment: Assessment, language: str, *, commands: bool = True) -> Report:
    """Pick the sentences for one person; text, page and PDF only give them a shape.

    language: ``nl`` or ``en``. commands: name the command that shows more.
    Raises KeyError for a language that has no words.
    """
    f = Choices(assessment, language, commands=commands)
    return assembled(f, f.voice("title"), urgency.answer(f), _sections(f))


def assembled(f: Frame, title: str, answer: Answer, made: Iterable[Section | None]) -> Report:
    """A report of these sections, with the sources that they name and all that is always there.

    The answer always tells the urgency and the contact too (hazard H-37).
    """
    return Report(**_always(f, title, made), answer=answer)


def page_of(f: Frame, title: str, made: Iterable[Section | None]) -> Page:
    """A page of these sections that says nothing about urgency, with its sources."""
    page = Page(**_always(f, title, made))
    # Without triage there is no day on which to look again.
    return replace(page, about=_about(f, valid=False))


def _always(f: Frame, title: str, made: Iterable[Section | None]) -> dict[str, Any]:
    voice = f.voice
    # The sources get their numbers while the sections are made.
    sections = tuple(section for section in made if section is not None)
    lines = f.source_lines()
    demonstration = not f.k.release.signed_by
    who = f.a.person.id
    legend = voice("sources_text" if lines else "sources_none")
    return {
        "language": voice.language,
        "title": title,
        "made_on": voice("made_on", date=voice.date(f.a.day)),
        "reference": voice("reference", id=own_words(who)) if who else "",
        "status": voice("status") if demonstration else "",
        "status_short": voice("status_short") if demonstration else "",
        "page_of": voice("page_of", page="{page}", pages="{pages}"),
        "day": f.a.day,
        "emergency_number": emergency_number(f.k),
        "sections": sections,
        "sources": Section("sources", voice("sources_title"), (legend,)),
        "source_lines": lines,
        "about": _about(f),
    }


def _sections(f: Choices) -> Iterator[Section | None]:
    yield urgency.why(f)
    yield urgency.adult_notice(f)
    yield urgency.open_questions(f)
    yield background.course(f)
    if f.tier != "emergency":
        yield background.roles(f)
    if f.tier not in URGENT:
        yield background.expectation(f)
        yield options_short.section(f)
    yield urgency.safety_net(f)
    yield background.answers(f)
    if f.tier not in URGENT:
        yield background.figures(f)


def _about(f: Frame, *, valid: bool = True) -> Section:
    voice = f.voice
    day, recheck = voice.date(f.a.day), voice.date(f.a.course.recheck_on)
    return Section(
        "about",
        voice("about_title"),
        (
            voice("about_not_exam"),
            voice("out_of_scope"),
            *((voice("about_valid", date=day, recheck=recheck),) if valid else ()),
            voice("about_keep"),
            voice("about_problem"),
            voice("about_version", version=rugkompas.__version__, knowledge=f.k.version),
        ),
    )
