"""What to know before going to a physiotherapist, with its sources and how long it holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from rugkompas.outputs.frame import Cited
from rugkompas.outputs.parts import Section
from rugkompas.outputs.rests import Rests
from rugkompas.web.rules import knowledge, today
from rugkompas.web.shown import words

GROUPS = ("referral", "cost", "along")


@dataclass(frozen=True, slots=True)
class Known:
    """One sentence. old: the day that it was sure to hold until is over."""

    text: str
    rests: tuple[Rests, ...]
    old: bool


def facts(language: str) -> dict[str, Any]:
    """``known``: (heading, facts) of each group. With the sources, as a report has them."""
    t, cited = words(language), Cited(knowledge(), language)
    found: dict[str, list[Known]] = {group: [] for group in GROUPS}
    for fact in sorted(knowledge().access.values(), key=lambda it: it.order):
        old = fact.holds_until is not None and today() > fact.holds_until
        text = t(f"booking_know_{fact.id}", **_written(fact.figures, language))
        found[fact.group].append(Known(text, cited.rests(fact.citations), old))
    read_on = max(fact.read_on for fact in knowledge().access.values())
    return {
        "known": [(t(f"booking_know_title_{group}"), found[group]) for group in GROUPS],
        "read_on": cited.voice.date(read_on),
        "legend": Section("sources", cited.voice("sources_title"), (cited.voice("sources_text"),)),
        "source_lines": cited.source_lines(),
    }


def _written(figures: dict[str, int], language: str) -> dict[str, str]:
    """The figures as people write them: 1.067 in Dutch, 1,067 in English; a year as it is."""
    mark = {"nl": ".", "en": ","}[language]
    return {
        name: str(it) if name == "year" else f"{it:,}".replace(",", mark)
        for name, it in figures.items()
    }
