"""The pictures of a topic from figures that stand elsewhere: forest, ranks, course, shares."""

from __future__ import annotations

import math
from collections.abc import Mapping

from rugkompas.catalogue.figures import found_at, number_at
from rugkompas.catalogue.option_schema import Comparison, Effect, Rank
from rugkompas.catalogue.schema import Citation
from rugkompas.catalogue.topic_schema import Drawing, Row
from rugkompas.catalogue.words import DrawnWords
from rugkompas.outputs import background
from rugkompas.outputs.options_frame import Catalogue
from rugkompas.outputs.parts import Band, Share
from rugkompas.outputs.plots import Forest, Interval, Place, Ranked, Ranks

LANES = ("top", "middle", "not_named", "not_better")
"""Places of an analysis, the best first."""


def forest(f: Catalogue, drawing: Drawing, words: DrawnWords, labels: Mapping[str, str]) -> Forest:
    """Rows with their intervals. labels: names of rows that are no option."""
    found: list[tuple[Row, Effect]] = [(row, found_at(f.k, row.figure)[0]) for row in drawing.rows]
    cited: list[Citation] = []
    for row, effect in found:
        computed = Citation(source=effect.citation.source, mark="computed")
        cited.append(computed if row.times else effect.citation)
    bar = None
    if drawing.bar:
        value, of_bar = number_at(f.k, drawing.bar)
        bar, cited = -value, [*cited, *of_bar]
    rows = tuple(_interval(f, row, effect, labels) for row, effect in found)
    voice = f.voice
    return Forest(
        title=words.title,
        description=voice(
            "topics_forest",
            rows="; ".join(f"{row.label} {row.value_words} {row.range_words}" for row in rows),
        ),
        caption=words.caption,
        better=words.better,
        worse=words.worse,
        decimal_mark=f.words.report["decimal_mark"],
        columns=(voice("topics_row"), voice("topics_value"), voice("topics_range")),
        rows=rows,
        bar=bar,
        bar_words=voice("topics_bar", value=voice.number(-bar)) if bar is not None else "",
        rests=f.rests(cited),
    )


def _interval(f: Catalogue, row: Row, effect: Effect, labels: Mapping[str, str]) -> Interval:
    value = effect.value
    if value is None:
        raise ValueError(f"'{row.figure}' has no value; check_topics lets no such row through")
    times = tuple(row.times) or (1.0,)
    low, high = effect.low, effect.high
    if low is not None and high is not None:
        # A figure read in two ways: the interval holds both readings.
        low, high = min(low * by for by in times), max(high * by for by in times)
    if row.times:
        low, high = low and _whole(low), high and _whole(high)
        marks = tuple(_whole(value * by) for by in times)
    else:
        marks = (value,)
    return Interval(
        label=labels.get(row.id) or f.label(row.id),
        marks=marks,
        low=low,
        high=high,
        value_words=f.voice.number(marks[0]) if len(marks) < 2 else f.voice.range(*marks),
        range_words=(
            f.voice("topics_no_range") if low is None or high is None else f.voice.range(low, high)
        ),
    )


def _whole(value: float) -> float:
    """Rounded, with halves away from zero, as people round."""
    return math.copysign(math.floor(abs(value) + 0.5), value)


def ranks(f: Catalogue, drawing: Drawing, words: DrawnWords) -> Ranks:
    """The same kinds of exercise in several analyses."""
    found = [f.k.comparisons[id_] for id_ in drawing.comparisons]
    kinds = list(dict.fromkeys(rank.option for it in found for rank in it.ranks))
    columns = tuple(_name(f, it) for it in found)
    rows = []
    for letter, kind in zip("ABCDEFGHIJKL", kinds, strict=False):
        places = [next((r for r in it.ranks if r.option == kind), None) for it in found]
        rows.append(Ranked(letter, f.label(kind), tuple(_place(f, place) for place in places)))
    told = (
        f"{row.label}: "
        + ", ".join(
            f"{who} {year} {place.words}"
            for (who, year), place in zip(columns, row.places, strict=True)
            if place.place
        )
        for row in rows
    )
    used = {place.place for row in rows for place in row.places}
    return Ranks(
        title=words.title,
        description=f.voice("topics_ranks", rows="; ".join(told)),
        caption=words.caption,
        first=f.say("best_kind"),
        columns=columns,
        lanes=tuple((lane, f.say(f"rank_{lane}")) for lane in LANES if lane in used),
        rows=tuple(rows),
        rests=f.rests(it.citation for it in found),
    )


def _name(f: Catalogue, comparison: Comparison) -> tuple[str, str]:
    """The analysis as it is known: first author, without the second half of a name, and year."""
    source = f.k.sources[comparison.citation.source]
    return source.authors.split()[0].partition("-")[0], str(source.year)


def _place(f: Catalogue, rank: Rank | None) -> Place:
    if rank is None:
        return Place("", f.say("rank_missing"))
    place = f.say(f"rank_{rank.place}")
    if rank.score is not None:
        place = f.say("rank_score", place=place, score=rank.score)
    return Place(rank.place, place)


def course(f: Catalogue, drawing: Drawing) -> tuple[Band | None, tuple[Share, ...]]:
    """The band of an expectation, or some of its proportions."""
    facts = f.k.expectations[drawing.expectation]
    band = background.band(f, facts.id) if drawing.kind == "course" else None
    shares = tuple(
        background.share(f, facts.id, proportion)
        for proportion in facts.proportions
        if proportion.id in drawing.proportions
    )
    return band, shares
