"""Which options of the catalogue answer the topics of a text."""

from __future__ import annotations

from collections.abc import Iterable

from rugkompas.catalogue import Knowledge

MOST = 4
"""Options that are told whole; the others are named."""


def options_for(topics: Iterable[str], knowledge: Knowledge) -> tuple[str, ...]:
    """Option ids: first the best fit of each topic, then their other options."""
    lists = [knowledge.claim_topics[topic].options for topic in topics]
    firsts = [options[0] for options in lists if options]
    others = [option for options in lists for option in options[1:]]
    return tuple(dict.fromkeys([*firsts, *others]))
