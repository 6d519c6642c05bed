"""The short result in words, as plain data, for a program that shows it and has no words itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rugkompas.assess import Assessment
from rugkompas.outputs import background, options_short, urgency
from rugkompas.outputs.frame import URGENT
from rugkompas.outputs.options_frame import Choices
from rugkompas.outputs.parts import Answer, Item, Report, Section
from rugkompas.outputs.report import assembled
from rugkompas.outputs.rests import Rests


def short_report(assessment: Assessment, language: str) -> dict[str, Any]:
    """What to do and how fast, then why, the course, what fits, and what to watch.

    language: ``nl`` or ``en``. The answer, the sections, the sources that they name by number and
    what holds for every result are the ones of ``report``; drawings and figures are left out.
    """
    f = Choices(assessment, language, commands=False)
    return _data(assembled(f, f.voice("title"), urgency.answer(f), _sections(f)))


def _sections(f: Choices) -> Iterator[Section | None]:
    yield urgency.why(f)
    yield urgency.adult_notice(f)
    yield urgency.open_questions(f)
    yield background.course(f)
    if f.tier not in URGENT:
        yield options_short.section(f)
    yield urgency.safety_net(f)


def _data(report: Report) -> dict[str, Any]:
    return {
        "title": report.title,
        "made_on": report.made_on,
        "status": report.status,
        "emergency_number": report.emergency_number,
        "answer": _answer(report.answer),
        "sections": [_section(section) for section in report.sections],
        "sources": {
            "title": report.sources.title,
            "paragraphs": list(report.sources.paragraphs),
            "lines": [
                {"number": line.number, "text": line.text, "url": line.url, "mark": line.mark}
                for line in report.source_lines
            ],
        },
        "about": _section(report.about),
    }


def _answer(answer: Answer) -> dict[str, Any]:
    return {
        "urgency": answer.tier,
        "step": answer.step,
        "dial": answer.dial,
        "name": answer.name,
        "headline": answer.headline,
        "action": answer.action,
        "lead": list(answer.lead),
        "how": item_data(answer.how),
        "also": [item_data(item) for item in answer.also],
        "say": item_data(answer.say) if answer.say else None,
        "watch": item_data(answer.watch) if answer.watch else None,
        "watch_first": answer.watch_first,
    }


def _section(section: Section) -> dict[str, Any]:
    return {
        "id": section.id,
        "title": section.title,
        "paragraphs": list(section.paragraphs),
        "facts": [list(fact) for fact in section.facts],
        "items": [item_data(item) for item in section.items],
        "closing": list(section.closing),
        "rests": _rests(section.rests),
    }


def item_data(item: Item) -> dict[str, Any]:
    """One statement, as a program gets it."""
    return {
        "label": item.label,
        "title": item.title,
        "text": item.text,
        "lead": item.lead,
        "points": list(item.points),
        "facts": [list(fact) for fact in item.facts],
        "more": list(item.more),
        "basis": item.basis,
        "rests": _rests(item.rests),
        "aside": item.aside,
    }


def _rests(rests: tuple[Rests, ...]) -> list[dict[str, Any]]:
    return [{"words": it.words, "numbers": list(it.numbers)} for it in rests]
