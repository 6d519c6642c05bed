"""A diary as numbers, a place for every day: what the course and the patterns read."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass

from rugkompas.people.diary.book import Book
from rugkompas.people.diary.entry import COURSE, Entry

MISSING = math.nan
_TRI = {"yes": 1.0, "no": 0.0}


@dataclass(frozen=True, slots=True)
class Days:
    """day: every local date from the first entry on, without gaps. pain: 0-10. activities: the
    mean of the own activities, 0 (no trouble) to 10 (impossible), on days when all of them have
    a score. factors: name -> 1 (yes), 0 (no) or the number of that day. said: 1, 2 or 3 for
    doing more, the same or less by the person's own words. NaN: not known."""

    day: tuple[dt.date, ...]
    pain: tuple[float, ...]
    activities: tuple[float, ...]
    factors: dict[str, tuple[float, ...]]
    said: tuple[float, ...]


def days(book: Book, through: dt.date | None = None) -> Days:
    """The days of a diary.

    through: the last day; otherwise that of the last entry. A weekly check-in that says "no
    day with pain" tells the six days before it as well, where they have no entry.
    """
    entries = [e for e in book.entries if through is None or e.day <= through]
    if not entries:
        return Days((), (), (), {}, ())
    first, last = entries[0].day, through or entries[-1].day
    count = (last - first).days + 1
    names = dict.fromkeys(name for e in entries for name in e.factors)
    pain = [MISSING] * count
    activities, said = list(pain), list(pain)
    factors = {name: list(pain) for name in names}
    for e in entries:
        at = (e.day - first).days
        pain[at] = MISSING if e.pain is None else float(e.pain)
        activities[at] = _mean(e, book)
        for name, value in e.factors.items():
            factors[name][at] = _TRI.get(value, MISSING) if isinstance(value, str) else value
        if e.week and e.week.course_activity in COURSE[:3]:
            said[at] = 1.0 + COURSE.index(e.week.course_activity)
    for e in entries:
        if e.week and e.week.pain_days == 0:
            at = (e.day - first).days
            for place in range(max(0, at - 6), at + 1):
                if math.isnan(pain[place]):
                    pain[place] = 0.0
    return Days(
        tuple(first + dt.timedelta(days=n) for n in range(count)),
        tuple(pain),
        tuple(activities),
        {name: tuple(values) for name, values in factors.items()},
        tuple(said),
    )


def _mean(e: Entry, book: Book) -> float:
    """The mean over the own activities of the episode; over some of them it would jump."""
    current = book.episode_on(e.day)
    names: Sequence[str] = current.activities if current and current.activities else ()
    scores = [e.activities[name] for name in names or e.activities if name in e.activities]
    if not scores or len(scores) < len(names):
        return MISSING
    return sum(scores) / len(scores)
