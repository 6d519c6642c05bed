"""What the prognosis is made of."""

from __future__ import annotations

from collections.abc import Iterable

from made.markdown import cited, table
from rugkompas.catalogue import Knowledge
from rugkompas.catalogue.schema import Citation


def prognosis(knowledge: Knowledge) -> str:
    """The figures that the prognosis rests on."""
    facts = knowledge.prognosis
    start = facts.start
    moments = [
        (
            f"{m.days:g}",
            f"{m.limited_3m:.0%}",
            f"{m.limited_12m:.0%}",
            f"{m.disability_mean:g} %",
            f"{m.disability_per_sd:g}",
        )
        for m in start.moments
    ]
    predictors = [
        (
            f"`{p.id}`",
            ", ".join(f"`{reading.answer}`" for reading in p.reads),
            p.group,
            f"{p.mean:g} ({p.sd:g}){' log' if p.scale == 'log' else ''}",
            f"{p.per_sd_3m:g} / {p.per_sd_12m:g} ({p.error:g})",
            f"{p.beside:g}",
            p.derived,
            _linked(p.citations),
        )
        for p in facts.predictors
    ]
    accuracy = [
        (a.compared, f"{a.auc:g}", "" if a.low is None else f"{a.low:g} to {a.high:g}",
         a.people or "", _linked([a.citation]))
        for a in facts.accuracy
    ]  # fmt: skip
    groups = ", ".join(f"{group} {r:g}" for group, r in facts.groups.items())
    derived = "\n".join(
        f"- {name.replace('_', ' ')}: {' '.join(text.split())}"
        for name, text in start.derived.items()
    )
    head = ("days since the start", "limited at 3 months", "at 12 months",
            "mean Roland-Morris now", "log odds per SD of it")  # fmt: skip
    return "\n".join(
        (
            "### Start\n",
            table(head, moments),
            f"One SD of the Roland-Morris score is {start.disability_sd:g} %; its weight at twelve "
            f"months is {start.disability_later:g} of this. Spread between cohorts, in log odds: "
            f"{start.spread_3m:g} and {start.spread_12m:g}.\n",
            f"{derived}\n",
            f"Sources: {_linked(start.citations)}\n",
            "### Brakes\n",
            f"Shrinkage {facts.shrinkage:g} ({_linked(facts.shrinkage_citations)}). Mean "
            f"correlation between groups {facts.between_groups:g}; within groups: {groups}.\n",
            f"{' '.join(facts.overlap_derived.split())} {_linked(facts.overlap_citations)}\n",
            "### Predictors\n",
            "Log odds for one SD more, at 3 and 12 months, with the standard error. Means and SDs "
            "are choices unless the derivation cites them.\n",
            table(
                (
                    "predictor",
                    "answers, the exact one first",
                    "group",
                    "mean (SD)",
                    "log odds per SD",
                    "beside disability",
                    "derived from",
                    "sources",
                ),
                predictors,
            ),
            "### Published accuracy\n",
            table(("tool", "area under the curve", "range", "people", "source"), accuracy),
        )
    )


def _linked(citations: Iterable[Citation]) -> str:
    """``cited``, from a page outside the reference."""
    return cited(citations).replace("(sources.md#", "(../reference/sources.md#")
