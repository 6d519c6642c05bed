"""What a person does with the options: strike, put back, plan. Each gives the visit that follows.

Everything can be sent twice: the second time changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from rugkompas.web.visit import Visit

LONGEST_WORDS = 80
"""Characters of own words, for a reason or for a place and time."""
OWN_REASONS = {"reject": "rejects", "cannot": "cannot"}
"""What a person says of an option -> the answer that holds it."""


def own_reason(visit: Visit, option: str) -> str:
    """Their own words about an option that they struck; empty without."""
    return next((told[option] for told in _reasons(visit).values() if option in told), "")


def is_struck(visit: Visit, option: str) -> bool:
    """The person does not want it, or cannot do it."""
    return any(option in told for told in _reasons(visit).values())


def struck(visit: Visit, option: str, kind: str, words: str) -> Visit:
    """The option is not wanted (``reject``) or not possible (``cannot``), and leaves the plan."""
    told = _without(visit, option)
    told[OWN_REASONS[kind]][option] = words
    return dropped(_with_reasons(visit, told), option)


def put_back(visit: Visit, option: str) -> Visit:
    """The person takes their word back; whether it fits is for the rules."""
    return replace(_with_reasons(visit, _without(visit, option)), last=option)


def picked(visit: Visit, options: Iterable[str]) -> Visit:
    """These options in the plan, after what stands there already."""
    picks = dict.fromkeys((*visit.more.get("picks", ()), *options))
    return visit.with_more(picks=list(picks))


def dropped(visit: Visit, option: str) -> Visit:
    """Not in the plan any more, and its place and time neither. An empty plan stays a choice."""
    picks = visit.more.get("picks")
    left = None if picks is None else [pick for pick in picks if pick != option]
    planned = {id_: text for id_, text in _planned(visit).items() if id_ != option}
    return replace(visit.with_more(picks=left, plan_when=planned or None), last=option)


def planned(visit: Visit, when: Mapping[str, str], weeks: int | None) -> Visit:
    """Where and when for each option, and the weeks until looking back; empty takes it away."""
    told = {id_: text for id_, text in {**_planned(visit), **when}.items() if text}
    return visit.with_more(plan_when=told or None, look_again=weeks)


def _planned(visit: Visit) -> dict[str, str]:
    return dict(visit.more.get("plan_when", {}))


def _reasons(visit: Visit) -> dict[str, dict[str, str]]:
    return {name: dict(visit.more.get(name, {})) for name in OWN_REASONS.values()}


def _without(visit: Visit, option: str) -> dict[str, dict[str, str]]:
    told = _reasons(visit)
    for reasons in told.values():
        reasons.pop(option, None)
    return told


def _with_reasons(visit: Visit, told: Mapping[str, Mapping[str, str]]) -> Visit:
    return visit.with_more(**{name: reasons or None for name, reasons in told.items()})
