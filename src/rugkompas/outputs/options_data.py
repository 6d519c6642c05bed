"""The options as plain data, in the shape of CONTRACT.md, and the sources behind them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rugkompas.assess.options import Options
from rugkompas.catalogue import Knowledge
from rugkompas.rules.combine import Combination


def options_data(found: Options, knowledge: Knowledge) -> dict[str, Any]:
    """Every option in ``offered`` or, with its reason, in ``not_offered``; none when urgent."""
    return {
        "offered": [
            {
                "id": offer.id,
                "touches": list(offer.touches),
                "cautions": list(offer.cautions),
                "plan_ahead": offer.plan_ahead,
                "liked": offer.liked,
                "minutes_a_week": knowledge.options[offer.id].asks.week_min,
                "cost": knowledge.options[offer.id].asks.cost,
                "certainty": knowledge.options[offer.id].certainty,
            }
            for offer in found.offered
        ],
        "not_offered": [
            {
                "id": gone.id,
                "reason": gone.reason,
                "reasons": list(gone.reasons),
                "because": list(gone.because),
                "facts": list(gone.facts),
            }
            for gone in found.not_offered
        ],
        "wanted": list(found.wanted),
        "combinations": {
            "shown": [_combination(it, found.wanted) for it in found.shown],
            "front_size": len(found.good),
        },
        "wait": found.wait,
    }


def _combination(it: Combination, wanted: tuple[str, ...]) -> dict[str, Any]:
    return {
        "ids": list(it.ids),
        "touches": [factor for place, factor in enumerate(wanted) if it.touches >> place & 1],
        "minutes_a_week": it.minutes,
        "cost": it.cost,
        "certainty": it.certainty,
        "equals": [list(ids) for ids in it.equals],
    }


def options_cited(found: Options, knowledge: Knowledge) -> Iterator[str]:
    """The sources of what is offered."""
    for offer in found.offered:
        option = knowledge.options[offer.id]
        for citation in (*option.citations, *(effect.citation for effect in option.effects)):
            yield citation.source
