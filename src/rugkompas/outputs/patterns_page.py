"""The patterns of one diary for reading and for programs: a chart, the same numbers in a table,
and a sentence for each factor. When an answer asks for a call, only that stands there."""

from __future__ import annotations

from typing import Any

import rugkompas
from rugkompas.assess.patterns import OwnPatterns
from rugkompas.outputs.diary_report import DiaryFrame, call, call_first
from rugkompas.outputs.parts import Grid, Interval, Intervals, Item, Page, Section
from rugkompas.outputs.patterns_report import (
    Spoken,
    in_order,
    mind,
    on_which_days,
    pattern_sentence,
    start_sentence,
)
from rugkompas.outputs.report import page_of
from rugkompas.statistics.patterns import ENTRIES, Pattern


def patterns_data(own: OwnPatterns, language: str) -> dict[str, Any]:
    """The patterns for programs. Empty of factors while ``call_first`` holds."""
    course, knowledge = own.course, own.course.assessment.knowledge
    found = own.found
    return {
        "date": course.day.isoformat(),
        "call_first": course.call_first,
        "urgency": course.tier,
        "outcome": own.outcome,
        "days": found.days,
        "days_needed": ENTRIES,
        "factors": [] if course.call_first else [_data(p) for p in in_order(found)],
        "rugkompas": rugkompas.__version__,
        "knowledge": knowledge.version,
        "demonstration": not knowledge.release.signed_by,
        "language": language,
    }


def _data(p: Pattern) -> dict[str, Any]:
    return {
        "factor": p.factor,
        "day_before": bool(p.lag),
        "call": p.call,
        "difference": p.difference,
        "low": p.low,
        "high": p.high,
        "days_with": p.days_with,
        "days_without": p.days_without,
        "step": p.step if p.number else None,
    }


def patterns_page(own: OwnPatterns, language: str, *, commands: bool = True) -> Page:
    """The patterns of one diary, for reading. commands: as in ``diary_report``."""
    f = DiaryFrame(own.course, language, "" if commands else "_site")
    if own.course.call_first:
        return call_first(f)
    say = Spoken(f.k, language)
    return page_of(f, say("title"), (_found(own, f, say), _mind(own, f, say), call(f)))


def _found(own: OwnPatterns, f: DiaryFrame, say: Spoken) -> Section:
    found, language = own.found, say.language
    told = in_order(found)
    known = [p for p in told if p.difference is not None]
    items = tuple(Item(pattern_sentence(p, own.outcome, f.k, language)) for p in told)
    paragraphs = start_sentence(found, f.k, language)
    if not told and found.days >= ENTRIES:
        paragraphs = (*paragraphs, say("no_factors"))
    return Section(
        "patterns",
        say(f"found_{own.outcome}"),
        paragraphs,
        items=items,
        intervals=_chart(known, own, f, say) if known else None,
        grid=_grid(told, f, say) if told else None,
    )


def _chart(known: list[Pattern], own: OwnPatterns, f: DiaryFrame, say: Spoken) -> Intervals:
    rows = tuple(
        Interval(
            name=on_which_days(say, p),
            middle=p.difference or 0.0,
            low=p.low or 0.0,
            high=p.high or 0.0,
            clear=p.call != "no_clear_pattern",
            words=_between(p, f, say),
        )
        for p in known
    )
    said = "; ".join(f"{row.name}: {row.words}" for row in rows)
    return Intervals(
        title=say("chart_title"),
        description=say("chart_description", rows=said),
        caption=say("chart_caption"),
        less=say(f"chart_less_{own.outcome}"),
        more=say(f"chart_more_{own.outcome}"),
        rows=rows,
    )


def _grid(told: list[Pattern], f: DiaryFrame, say: Spoken) -> Grid:
    columns = tuple(say(f"grid_{name}") for name in ("days", "call", "between", "count"))
    rows = tuple(
        (
            on_which_days(say, p),
            say(f"call_{p.call}"),
            _between(p, f, say),
            say("grid_days_count", with_days=p.days_with, without_days=p.days_without),
        )
        for p in told
    )
    return Grid(say("grid_title"), columns, rows, ())


def _between(p: Pattern, f: DiaryFrame, say: Spoken) -> str:
    if p.difference is None or p.low is None or p.high is None:
        return say("grid_nothing")
    return say.between(p.difference, p.low, p.high, f.voice)


def _mind(own: OwnPatterns, f: DiaryFrame, say: Spoken) -> Section | None:
    sentences = mind(own.found, f.k, say.language)
    return Section("mind", say("mind_title"), sentences) if sentences else None
