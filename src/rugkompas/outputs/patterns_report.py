"""Personal patterns and experiments in sentences: "goes with", never "causes"."""

from __future__ import annotations

import math
from typing import Literal

from rugkompas.catalogue import Knowledge
from rugkompas.outputs.sentences import Voice
from rugkompas.statistics.experiment import WORSE_ENTRIES, Finding, Size, Stop
from rugkompas.statistics.patterns import EACH, ENTRIES, Pattern, Patterns

Outcome = Literal["pain", "activities"]

_FEW_DAYS = 45
"""Below, what is called is on average a good deal smaller than it looks (explanation/patterns)."""


class Spoken:
    """The words of ``words/<lang>/patterns``."""

    def __init__(self, knowledge: Knowledge, language: str) -> None:
        self.language = language
        self.words = knowledge.words[language].patterns

    def __call__(self, key: str, **values: object) -> str:
        return self.words[key].format(**values)

    def points(self, halves: int) -> str:
        """So many half points."""
        whole, half = divmod(abs(halves), 2)
        if not half:
            return self(f"points_{whole}") if whole < 2 else self("points_whole", whole=whole)
        return self("points_and_half", whole=whole) if whole else self("points_half")

    def about(self, points: float) -> str:
        """To the nearest half point, never none."""
        return self.points(max(1, round(2 * abs(points))))

    def range(self, low: float, high: float) -> dict[str, str]:
        """Both ends of an interval on one side of zero, the smaller first, rounded outwards."""
        near, far = sorted((abs(low), abs(high)))
        return {
            "low": self.points(math.floor(2 * near)),
            "high": self.points(math.ceil(2 * far)),
        }

    def between(self, middle: float, low: float, high: float, voice: Voice) -> str:
        """A difference and both ends, in points with one decimal and a sign."""

        def signed(points: float) -> str:
            rounded = round(points, 1)
            sign = "+" if rounded > 0 else "−" if rounded < 0 else ""
            return sign + voice.number(abs(rounded))

        return self("grid_points", middle=signed(middle), low=signed(low), high=signed(high))

    def around_zero(self, low: float, high: float) -> dict[str, str]:
        """How far an interval reaches below and above zero, rounded outwards."""
        return {
            "low": self.points(math.floor(2 * min(low, 0.0))),
            "high": self.points(math.ceil(2 * max(high, 0.0))),
        }


def patterns_sentences(
    found: Patterns, outcome: Outcome, knowledge: Knowledge, language: str
) -> tuple[str, ...]:
    """The patterns of one person, for reading: what stands out first, then what does not, what
    is not known yet, and what to keep in mind."""
    about = (pattern_sentence(p, outcome, knowledge, language) for p in in_order(found))
    return (*start_sentence(found, knowledge, language), *about, *mind(found, knowledge, language))


def in_order(found: Patterns) -> list[Pattern]:
    """What stands out first; nothing before there are days enough."""
    if found.days < ENTRIES:
        return []
    order = ("goes_with_more", "goes_with_less", "no_clear_pattern", "too_little_data")
    return sorted(found.factors, key=lambda p: (order.index(p.call), -abs(p.difference or 0.0)))


def start_sentence(found: Patterns, knowledge: Knowledge, language: str) -> tuple[str, ...]:
    """From how many days this comes, or how many it takes."""
    say = Spoken(knowledge, language)
    if found.days < ENTRIES:
        return (say("too_few_days", days=found.days, needed=ENTRIES),)
    return (say("days", days=found.days),)


def mind(found: Patterns, knowledge: Knowledge, language: str) -> tuple[str, ...]:
    """What to keep in mind with what was found; nothing when nothing was."""
    if all(p.call == "too_little_data" for p in in_order(found)):
        return ()
    few = ("few_days",) if found.days < _FEW_DAYS else ()
    keys = ("interval", "chance", *few, "not_cause", "gaps", "use")
    return tuple(map(Spoken(knowledge, language), keys))


def pattern_sentence(p: Pattern, outcome: Outcome, knowledge: Knowledge, language: str) -> str:
    """One factor of one person."""
    say = Spoken(knowledge, language)
    days = {"with_days": p.days_with, "without_days": p.days_without}
    suffix = "_amount" if p.number else ""
    if p.difference is None or p.low is None or p.high is None:
        return say(f"too_little_data{suffix}", what=_what(say, p), needed=EACH, **days)
    day, size = on_which_days(say, p), say.about(p.difference)
    if p.call != "no_clear_pattern":
        ends = say.range(p.low, p.high)
        text = say(f"{outcome}_{p.call}", day=day, size=size, **ends)
    elif p.low <= 0 <= p.high:
        text = say(f"{outcome}_none", day=day, **say.around_zero(p.low, p.high))
    else:
        text = say(f"{outcome}_maybe_{'more' if p.low > 0 else 'less'}", day=day, size=size)
    return f"{text} {say(f'counted{suffix}', **days)}"


def _what(say: Spoken, p: Pattern) -> str:
    key = f"what_{p.factor}"
    what = say(key) if key in say.words else say("what_own", name=p.factor)
    return say("what_day_before", what=what) if p.lag else what


def on_which_days(say: Spoken, p: Pattern) -> str:
    """The days that a pattern is about, as the start of a sentence."""
    key = f"when_{p.factor}"
    own = "when_own_amount" if p.number else "when_own"
    when = say(key) if key in say.words else say(own, name=p.factor)
    return say("day_after" if p.lag else "on_days", when=when)


def experiment_sentences(
    size: Size | None, difference: float, knowledge: Knowledge, language: str
) -> tuple[str, ...]:
    """What an experiment asks and may give, said before it starts. ``size`` None: too long."""
    say = Spoken(knowledge, language)
    if size is None:
        return (say("experiment_too_long", size=say.about(difference)),)
    days = size.washout_days
    washout = say("washout_one") if days == 1 else say("washout_many", days=days)
    return (
        say("experiment_fits"),
        say(
            "experiment_asks",
            days=size.days,
            days_with=size.days_with,
            days_without=size.days - size.days_with,
        ),
        say("experiment_entry"),
        say("experiment_draw"),
        *((say("experiment_washout", washout=washout),) if days else ()),
        say("experiment_power", size=say.about(difference), count=math.floor(size.power * 10)),
        say("experiment_unsure"),
        _worse(say, "experiment_stop", knowledge),
        say("experiment_alarm"),
        say("experiment_to_the_end"),
        trial_sentence(knowledge, language),
    )


def trial_sentence(knowledge: Knowledge, language: str) -> str:
    """What is known of such experiments in groups (source: the parameter's citation)."""
    people = int(knowledge.parameters["experiment_trial_people"].values[-1].value)
    return Spoken(knowledge, language)("experiment_trial", people=people)


def stop_sentence(state: Stop, knowledge: Knowledge, language: str) -> str:
    """Whether to go on with an experiment."""
    say = Spoken(knowledge, language)
    return (
        _worse(say, "experiment_worse", knowledge)
        if state == "worse"
        else say(f"experiment_{state}")
    )


def _worse(say: Spoken, key: str, knowledge: Knowledge) -> str:
    points = float(knowledge.parameters["pain_change"].values[-1].value)
    return say(key, entries=WORSE_ENTRIES, points=say.about(points))


def finding_sentences(
    found: Finding,
    name: str,
    wanted: float,
    outcome: Outcome,
    knowledge: Knowledge,
    language: str,
) -> tuple[str, ...]:
    """What an experiment shows. name: the option in words. wanted: the difference, in points,
    that was named beforehand."""
    say = Spoken(knowledge, language)
    if found.difference is None or found.low is None or found.high is None:
        days = {"with_days": found.days_with, "without_days": found.days_without}
        return (say("finding_too_little_data", name=name, **days),)
    key = f"finding_{outcome}_{found.verdict}"
    size = say.about(found.difference)
    if found.verdict != "cannot_tell":
        text = say(key, name=name, size=size, **say.range(found.low, found.high))
    elif found.low <= 0 <= found.high:
        text = say(key, name=name, **say.around_zero(found.low, found.high))
    else:
        text = say(f"finding_{outcome}_maybe", name=name)
    worth = say(f"worth_{found.worth_it}", size=say.about(wanted))
    shown = (worth,) if found.verdict != "goes_with_more" else ()
    return (text, *shown, say("interval"), say("finding_expected"))
