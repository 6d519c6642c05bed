"""There is no best exercise: the analyses that contradict each other, and what they agree on."""

from __future__ import annotations

from rugkompas.catalogue.option_schema import Comparison, Rank
from rugkompas.catalogue.schema import Citation
from rugkompas.outputs.options_frame import Choices
from rugkompas.outputs.parts import Grid, Section, Share

PREFERENCE = Citation(source="preference_group_2008", mark="seen")
TAILORED = Citation(source="fleckenstein_2022", mark="seen")
PREVENTION = Citation(source="steffens_2016", mark="seen")
ACUTE = Citation(source="cashin_2025", mark="seen")


def section(f: Choices) -> Section:
    """Said in so many words, with the figures that make it true."""
    found = sorted(f.k.comparisons.values(), key=lambda comparison: comparison.order)
    sizes = [comparison for comparison in found if comparison.kind == "size"]
    said = ("best_acute", "best_prevent", "best_enjoy", "best_own")
    return Section(
        "best",
        f.say("best_title"),
        (f.say("best_text"),),
        grid=_grid(f, [comparison for comparison in found if comparison.kind == "ranking"]),
        closing=(f.say("best_overlap"),),
        parts=(
            Section(
                "best_sizes",
                f.say("best_sizes"),
                shares=tuple(_size(f, comparison) for comparison in sizes),
                closing=tuple(f.say(key) for key in said),
                rests=f.rests((ACUTE, PREVENTION, PREFERENCE, TAILORED)),
            ),
        ),
    )


def _grid(f: Choices, rankings: list[Comparison]) -> Grid:
    kinds = list(dict.fromkeys(rank.option for it in rankings for rank in it.ranks))
    rows = []
    for kind in kinds:
        ranks = [next((r for r in it.ranks if r.option == kind), None) for it in rankings]
        rows.append((f.label(kind), *(_place(f, rank) for rank in ranks)))
    return Grid(
        title=f.say("best_table"),
        columns=(f.say("best_kind"), *(_name(f, it) for it in rankings)),
        rows=tuple(rows),
        rests=f.rests(it.citation for it in rankings),
    )


def _name(f: Choices, comparison: Comparison) -> str:
    """The analysis as it is known: first author and year."""
    source = f.k.sources[comparison.citation.source]
    return f"{source.authors.split()[0]} {source.year}"


def _place(f: Choices, rank: Rank | None) -> str:
    if rank is None:
        return f.say("rank_missing")
    place = f.say(f"rank_{rank.place}")
    return place if rank.score is None else f.say("rank_score", place=place, score=rank.score)


def _size(f: Choices, comparison: Comparison) -> Share:
    low, high = comparison.points
    text = f.say(
        comparison.id,
        low=f.voice.number(low),
        high=f.voice.number(high),
        trials=comparison.trials,
    )
    return Share(round(high), text, f.rests((comparison.citation,)))
