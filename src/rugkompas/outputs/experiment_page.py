"""A personal experiment for reading and for programs: what it asks, where it is, what it shows.
When an answer asks for a call, only that stands there."""

from __future__ import annotations

import datetime as dt
import math
from typing import Any

import rugkompas
from rugkompas.assess.experiment import Asked, Period, Running
from rugkompas.outputs.diary_report import DiaryFrame, call, call_first
from rugkompas.outputs.options_frame import Choices
from rugkompas.outputs.options_reasons import sentence
from rugkompas.outputs.parts import Grid, Interval, Intervals, Page, Section
from rugkompas.outputs.patterns_report import (
    Outcome,
    Spoken,
    experiment_sentences,
    finding_sentences,
    stop_sentence,
    trial_sentence,
)
from rugkompas.outputs.report import page_of
from rugkompas.outputs.sentences import own_words
from rugkompas.statistics.experiment import Finding

_TRIAL = "experiment_trial_people"
_CLEAR = ("goes_with_more", "goes_with_less")


def asked_data(asked: Asked, language: str) -> dict[str, Any]:
    """What an experiment asks, for programs."""
    size = asked.size
    return {
        "call_first": asked.course.call_first,
        "urgency": asked.course.tier,
        "may_start": asked.forbids is None,
        "forbids": asked.forbids,
        "not_offered_because": list(asked.withheld.reasons) if asked.withheld else [],
        "what": asked.wish.what,
        "option": asked.wish.option,
        "outcome": asked.wish.outcome,
        "difference": asked.difference,
        "pairs": size.pairs if size else None,
        "period_days": asked.wish.period_days,
        "washout_days": asked.wish.washout_days,
        "days": size.days if size else None,
        "days_with": size.days_with if size else None,
        "power": size.power if size else None,
        "own_noise": asked.own_noise,
        "worse_is_watched": asked.watched,
        **_always(asked.course.assessment.knowledge, language),
    }


def running_data(it: Running, found: Finding | None, language: str) -> dict[str, Any]:
    """Where an experiment is, and what it shows once it is finished, for programs."""
    record = it.record
    shown = None if found is None or it.course.call_first else _finding_data(found)
    return {
        "date": it.day.isoformat(),
        "call_first": it.course.call_first,
        "urgency": it.course.tier,
        "state": it.state,
        "what": record.what,
        "option": record.option,
        "outcome": record.outcome,
        "difference": record.difference,
        "seed": record.seed,
        "level_before": it.before,
        "ended": record.ended,
        "ended_on": record.ended_on.isoformat() if record.ended_on else None,
        "with_option": it.period.with_option if it.period else None,
        "counts": it.counts,
        "periods": [
            {
                "number": period.number,
                "from": period.first.isoformat(),
                "until": period.last.isoformat(),
                "with_option": period.with_option,
            }
            for period in it.periods
        ],
        "finding": shown,
        **_always(it.course.assessment.knowledge, language),
    }


def _finding_data(found: Finding) -> dict[str, Any]:
    names = ("verdict", "difference", "low", "high", "worth_it", "days_with", "days_without")
    return {name: getattr(found, name) for name in names}


def _always(knowledge: Any, language: str) -> dict[str, Any]:
    return {
        "rugkompas": rugkompas.__version__,
        "knowledge": knowledge.version,
        "demonstration": not knowledge.release.signed_by,
        "language": language,
    }


def asked_page(asked: Asked, language: str, *, commands: bool = True) -> Page:
    """What an experiment asks and may give, before it starts; or why it may not. commands: as
    in ``diary_report``."""
    f = DiaryFrame(asked.course, language, "" if commands else "_site")
    if asked.course.call_first:
        return call_first(f)
    say = Spoken(f.k, language)
    section = _refused(asked, f, say) if asked.forbids else _asks(asked, f, say)
    return page_of(f, say("experiment_title"), (section, call(f)))


def _asks(asked: Asked, f: DiaryFrame, say: Spoken) -> Section:
    sentences = experiment_sentences(asked.size, asked.difference, f.k, say.language)
    extra = [say("experiment_own_noise" if asked.own_noise else "experiment_usual_noise")]
    if not asked.watched:
        extra.append(say("experiment_not_watched"))
    size = asked.size
    assert size is not None, "an experiment that may start has a size"
    facts = (
        (say("fact_what"), own_words(asked.wish.what)),
        (say("fact_outcome"), say(f"outcome_{asked.wish.outcome}")),
        (say("fact_days"), f.voice.number(size.days)),
        (say("fact_days_with"), f.voice.number(size.days_with)),
        (say("fact_chance"), say("chance_in_ten", count=math.floor(size.power * 10))),
    )
    return Section(
        "experiment",
        say("experiment_before"),
        facts=facts,
        closing=(*sentences, *extra),
        rests=f.rests([*f.cited(_TRIAL), *f.cited("pain_change")]),
    )


def _refused(asked: Asked, f: DiaryFrame, say: Spoken) -> Section:
    texts = [say(f"forbids_{asked.forbids}", size=say.about(asked.difference))]
    if asked.forbids == "not_offered" and asked.withheld:
        c = Choices(f.a, say.language)
        texts += [sentence(c, asked.withheld.id, reason) for reason in asked.withheld.reasons[:2]]
    return Section("experiment", say("forbids_title"), tuple(texts))


def running_page(
    it: Running, found: Finding | None, language: str, *, commands: bool = True
) -> Page:
    """Where an experiment is on a day; once it is finished, what it shows. commands: as in
    ``diary_report``."""
    f = DiaryFrame(it.course, language, "" if commands else "_site")
    if it.course.call_first:
        return call_first(f)
    say = Spoken(f.k, language)
    finding = _finding(it, found, f, say) if found else None
    made = (finding, _today(it, f, say), _plan(it, f, say), call(f))
    return page_of(f, say("experiment_title"), made)


def _today(it: Running, f: DiaryFrame, say: Spoken) -> Section:
    texts = [_state_sentence(it, f, say)]
    if it.state == "go_on" and it.period:
        name = own_words(it.record.what)
        texts.append(say("today_with" if it.period.with_option else "today_without", name=name))
        texts.append(say("today_until", date=f.voice.date(it.period.last)))
        if not it.counts:
            texts.append(say("today_washout"))
        if it.before is None:
            texts.append(say("experiment_not_watched"))
    return Section("today", say("today_title"), tuple(texts))


def _state_sentence(it: Running, f: DiaryFrame, say: Spoken) -> str:
    if it.state in ("go_on", "worse", "finished"):
        return stop_sentence(it.state, f.k, say.language)
    if it.state == "to_come":
        return say("experiment_to_come", date=f.voice.date(it.record.day))
    if it.state == "alarm":
        return say("experiment_stop_alarm")
    return say("experiment_stopped", date=f.voice.date(it.record.ended_on or it.day))


def _plan(it: Running, f: DiaryFrame, say: Spoken) -> Section:
    columns = tuple(say(f"plan_{name}") for name in ("period", "from", "until", "what"))
    rows = tuple(_row(period, it.day, f, say) for period in it.periods)
    facts = (
        (say("fact_what"), own_words(it.record.what)),
        (say("fact_outcome"), say(f"outcome_{it.record.outcome}")),
        (say("fact_seed"), str(it.record.seed)),
    )
    grid = Grid(say("plan_title"), columns, rows, ())
    return Section("plan", say("plan_title"), (say("plan_text"),), facts=facts, grid=grid)


def _row(period: Period, day: dt.date, f: DiaryFrame, say: Spoken) -> tuple[str, ...]:
    is_now = period.first <= day <= period.last
    number = f.voice.number(period.number)
    return (
        say("plan_now", number=number) if is_now else number,
        f.voice.date(period.first),
        f.voice.date(period.last),
        say("plan_with" if period.with_option else "plan_without"),
    )


def _finding(it: Running, found: Finding, f: DiaryFrame, say: Spoken) -> Section:
    outcome: Outcome = "activities" if it.record.outcome == "activities" else "pain"
    name = own_words(it.record.what)
    texts = finding_sentences(found, name, it.record.difference, outcome, f.k, say.language)
    return Section(
        "finding",
        say("finding_title"),
        texts,
        intervals=_chart(found, name, outcome, f, say),
        closing=(trial_sentence(f.k, say.language),),
        rests=f.rests(f.cited(_TRIAL)),
    )


def _chart(
    found: Finding, name: str, outcome: Outcome, f: DiaryFrame, say: Spoken
) -> Intervals | None:
    if found.difference is None or found.low is None or found.high is None:
        return None
    words = say.between(found.difference, found.low, found.high, f.voice)
    label = say("finding_row", name=name)
    row = Interval(label, found.difference, found.low, found.high, found.verdict in _CLEAR, words)
    return Intervals(
        title=say("chart_title"),
        description=say("chart_description", rows=f"{label}: {words}"),
        caption=f"{words}. {say('chart_caption')}",
        less=say(f"chart_less_{outcome}"),
        more=say(f"chart_more_{outcome}"),
        rows=(row,),
    )
