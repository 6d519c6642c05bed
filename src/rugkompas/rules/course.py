"""Which course: how long, and which way it goes, judged on doing and not on pain alone.

The article's criterion (and KNGF 2013): a course deviates when activities and participation
have not clearly improved within three weeks. Sources: knowledge/courses, parameters psk_*.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from rugkompas.catalogue.parameters import Parameters
from rugkompas.logic.verbs import Questions, T

Direction = Literal["improving", "unchanged", "worsening", "unknown"]

DIRECTIONS: tuple[Direction, ...] = ("improving", "unchanged", "worsening")
COURSES = (
    "fluctuating",
    "acute_improving",
    "acute_too_early",
    "acute_deviating",
    "acute_unjudged",
    "subacute_improving",
    "subacute_deviating",
    "subacute_unjudged",
    "chronic_improving",
    "chronic_not_improving",
    "chronic_unjudged",
)
"""The classes in the order in which they are looked for; ``unknown_start`` is what is left."""


def class_truths(q: Questions[T], p: Parameters) -> dict[str, T]:
    """For each course class whether it holds; at most one does.

    Reads ``course_direction``: what the person says and what their activities show, together.
    """
    days = q.pain_duration_days

    def lasts(low: int, high: int | None, name: str) -> T:
        within = days.at_least(low) if high is None else days.at_least(low) & days.below(high)
        return within | (days.missing & q.pain_duration_class.is_(name))

    first = lasts(0, p.days_3_weeks, "lt_3_weeks")
    second = lasts(p.days_3_weeks, p.days_6_weeks, "3_to_6_weeks")
    subacute = lasts(p.days_6_weeks, p.days_12_weeks, "6_to_12_weeks")
    chronic = lasts(p.days_12_weeks, None, "gt_12_weeks")
    better = q.course_direction.is_("improving")
    not_better = q.course_direction.is_("unchanged", "worsening")
    unjudged = ~better & ~not_better
    return {
        "fluctuating": days.missing & q.pain_duration_class.is_("comes_and_goes"),
        "acute_improving": (first | second) & better,
        "acute_too_early": first & ~better,
        "acute_deviating": second & not_better,
        "acute_unjudged": second & unjudged,
        "subacute_improving": subacute & better,
        "subacute_deviating": subacute & not_better,
        "subacute_unjudged": subacute & unjudged,
        "chronic_improving": chronic & better,
        "chronic_not_improving": chronic & not_better,
        "chronic_unjudged": chronic & unjudged,
    }


def measured_direction(activities: Sequence[tuple[float, float]], p: Parameters) -> Direction:
    """The direction by own activities, (start, now) pairs with 0 = no trouble, 10 = impossible.

    A mean change smaller than ``psk_change`` is no clear change. With a start below
    ``psk_baseline_floor`` there is no room to improve, so only worsening can be seen.
    """
    if not activities:
        return "unknown"
    start = sum(a for a, _ in activities) / len(activities)
    now = sum(b for _, b in activities) / len(activities)
    if now - start >= p.psk_change:
        return "worsening"
    if start < p.psk_baseline_floor:
        return "unknown"
    return "improving" if start - now >= p.psk_change else "unchanged"


_LESS_FAVOURABLE: dict[Direction, int] = {
    "unknown": -1,
    "improving": 0,
    "unchanged": 1,
    "worsening": 2,
}


def together(said: Direction, measured: Direction) -> Direction:
    """What the person says and what their activities show: the less favourable one counts."""
    return max(said, measured, key=_LESS_FAVOURABLE.__getitem__)


def episode_kind(first_ever: str | None, pain_free_before: str | None) -> str:
    """first, recurrence (after a month without pain), ongoing (no such month) or unknown."""
    if first_ever == "yes":
        return "first"
    if pain_free_before == "yes":
        return "recurrence"
    if pain_free_before == "no":
        return "ongoing"
    return "unknown"


def recheck_in_days(tier: str, course: str, days: int | None, p: Parameters) -> int:
    """Days until the next look: by urgency first, then the next milestone of the course."""
    by_tier = {
        "emergency": p.recheck_after_emergency,
        "same_day": p.recheck_after_same_day,
        "within_days": p.recheck_after_within_days,
    }
    if tier in by_tier:
        return by_tier[tier]
    if days is not None:
        for milestone in (p.days_3_weeks, p.days_4_weeks, p.days_12_weeks):
            if days < milestone:
                return min(milestone - days, p.recheck_ordinary)
    return p.recheck_chronic if course.startswith("chronic") else p.recheck_ordinary
