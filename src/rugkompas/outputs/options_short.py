"""The options in an ordinary result: a few combinations, and how to see the rest."""

from __future__ import annotations

from rugkompas.outputs.options_frame import Choices
from rugkompas.outputs.options_items import minutes, sure
from rugkompas.outputs.parts import Item, Section
from rugkompas.rules.combine import Combination


def section(f: Choices) -> Section:
    """Short: whoever wants to choose looks at all of it, with what speaks for and against."""
    options = f.options
    paragraphs = [f.say("short_best")]
    if f.after_doctor:
        paragraphs.insert(0, f.say("action_after"))
    if options.wait:
        paragraphs.append(f.say("short_wait"))
    if options.shown:
        paragraphs.append(f.say("short_text"))
    elif not options.wait:
        paragraphs.append(f.say("short_none", offered=len(options.offered)))
    more = f.command("short_more")
    items = tuple(_set(f, combination) for combination in options.shown)
    if not items:
        paragraphs += more
    return Section(
        "options",
        f.say("short_title"),
        (" ".join(paragraphs),),
        items=items,
        closing=more if items else (),
    )


def _set(f: Choices, combination: Combination) -> Item:
    return Item(
        title=" + ".join(f.labels(combination.ids)),
        text=f.say(
            "short_set_text",
            count=combination.touches.bit_count(),
            all=len(f.options.wanted),
            time=minutes(f, combination.minutes),
            sure=sure(f, combination.certainty),
        ),
    )
