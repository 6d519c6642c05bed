"""Every rule by which the system decides, with what it rests on: for the page that explains it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rugkompas.catalogue.schema import TIERS, RedFlag
from rugkompas.outputs.options_frame import Catalogue
from rugkompas.outputs.parts import Figure, Item, Said, Section
from rugkompas.outputs.urgency import basis

BASES = ("guideline", "study", "choice", "recalled")
"""On what a rule can rest, from the strongest ground to the weakest."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which rules to show. words: all must stand in the rule. tier, basis: empty for any."""

    words: str = ""
    tier: str = ""
    basis: str = ""


def rules_section(
    f: Catalogue, id_: str, title: str, said: tuple[Said, ...], wanted: Wanted
) -> Section:
    """The rules that are wanted, the most urgent first, each with its ground and its date."""
    voice = f.voice
    parts = []
    shown = 0
    for tier in reversed(TIERS):
        items = tuple(_rule(f, flag) for flag in _of_tier(f, tier) if is_wanted(f, flag, wanted))
        shown += len(items)
        if items:
            parts.append(Section(f"rules_{tier}", f.words.tiers[tier].name, items=items))
    count = voice("topics_rules_count", count=shown, all=len(f.k.red_flags))
    if wanted == Wanted():
        parts.append(_numbers(f))
    none = () if shown else (voice("topics_rules_none"),)
    return Section(id_, title, said=said, closing=(count, *none), parts=tuple(parts))


def _of_tier(f: Catalogue, tier: str) -> Iterator[RedFlag]:
    yield from (flag for flag in f.k.red_flags.values() if flag.tier == tier)


def is_wanted(f: Catalogue, flag: RedFlag, wanted: Wanted) -> bool:
    """Whether a rule has the urgency, the ground and every word that is asked for."""
    if wanted.tier and flag.tier != wanted.tier:
        return False
    if wanted.basis and basis(f, flag) != wanted.basis:
        return False
    text = " ".join(_texts(f, flag)).casefold()
    return all(word in text for word in wanted.words.casefold().split())


def _texts(f: Catalogue, flag: RedFlag) -> Iterator[str]:
    words = f.words.red_flags[flag.id]
    yield from (flag.id, words.reason, words.say)
    for suspect in flag.suspects:
        condition = f.words.conditions[suspect]
        yield from (condition.name, condition.plain)
    for citation in flag.citations:
        source = f.k.sources[citation.source]
        yield from (source.title, source.authors)


def _rule(f: Catalogue, flag: RedFlag) -> Item:
    voice = f.voice
    conditions = [f.words.conditions[id_] for id_ in flag.suspects]
    terms = voice.listed([words.name for words in conditions], "list_or")
    dated = voice("topics_rule_date", date=voice.date(f.k.release.date))
    return Item(
        text=f.words.red_flags[flag.id].reason,
        lead=voice("topics_fits") if conditions else "",
        points=tuple(words.plain for words in conditions),
        basis=f"{voice(f'basis_{basis(f, flag)}')} {dated}",
        rests=f.rests(flag.citations),
        aside=voice("aside_terms" if terms else "aside", id=flag.id, terms=terms),
        tag="rule",
    )


def _numbers(f: Catalogue) -> Section:
    """The numbers that rules read, each with the day from which it holds."""
    voice = f.voice
    figures = tuple(
        Figure(
            factor=voice("topics_numbers_all"),
            about=voice("topics_number_from", date=voice.date(value.from_)),
            value=voice.number(value.value),
            compared=f"{parameter.unit}: {' '.join(parameter.meaning.split())}",
            rests=f.rests(value.citations),
        )
        for parameter in f.k.parameters.values()
        for value in parameter.values
    )
    return Section(
        "figures", voice("topics_numbers"), (voice("topics_numbers_text"),), figures=figures
    )
