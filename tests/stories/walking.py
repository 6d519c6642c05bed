"""Going through the questions page by page, as somebody who knows their answers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from rugkompas.assess.pages import FACT_PAGES, FACTOR_PAGES, OFFER
from stories.visitor import Visitor

MOST_PAGES = 90
_QUESTION = re.compile(r"/(vragen|controle)/\d+/")


def walks(visitor: Visitor, told: Mapping[str, Any], *, until: str = "") -> list[str]:
    """Answer every page that comes, up to the first that is no question or asks ``until``.

    A question on its own for which there is no answer is answered with "I do not know"; in a
    group it stays open. The steps that were asked, in order.
    """
    steps: list[str] = []
    for _ in range(MOST_PAGES):
        here = asked(visitor)
        if not here or until in here:
            return steps
        steps += here
        known = [step for step in here if told.get(step) is not None]
        for step in known:
            visitor.fills_in(step, told[step])
        if known or len(here) > 1:
            visitor.goes_on()
        else:
            _does_not_know(visitor, here[0])
    raise AssertionError(f"the questions do not end: {steps[-5:]}")


def asked(visitor: Visitor) -> list[str]:
    """The steps that the page asks, read from its headings; none on any other page."""
    if not _QUESTION.fullmatch(visitor.path):
        return []
    labels = _labels(visitor)
    texts = visitor.main.get_by_role("heading").all_inner_texts()
    found = [labels[text] for text in texts if text in labels]
    assert found, f"no question that we know stands on this page: {texts}"
    return found


def _does_not_know(visitor: Visitor, step: str) -> None:
    if "unknown" in {choice.value for choice in visitor.field(step).choices}:
        visitor.answers(step, "unknown")
    else:
        visitor.passes()


def _labels(visitor: Visitor) -> dict[str, str]:
    """What each step is called on its page -> the step. Made once for each visitor."""
    if visitor.language not in visitor.labels:
        found = {visitor.field(step).label: step for step in _all_steps(visitor)}
        visitor.labels[visitor.language] = {
            " ".join(label.split()): step for label, step in found.items()
        }
    return visitor.labels[visitor.language]


def _all_steps(visitor: Visitor) -> Iterator[str]:
    yield OFFER
    yield from visitor.knowledge.words[visitor.language].questions
    for ids in FACTOR_PAGES.values():
        yield from (f"{kind}.{id_}" for id_ in ids for kind in ("factors", "changeable"))
    for ids in FACT_PAGES.values():
        yield from (f"person_facts.{id_}" for id_ in ids)
