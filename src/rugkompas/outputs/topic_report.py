"""A page that explains, in one language: its statements with their sources, and its pictures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import rugkompas
from rugkompas.assess.triage import ALWAYS_WATCH
from rugkompas.catalogue import Knowledge
from rugkompas.catalogue.figures import number_at
from rugkompas.catalogue.schema import Citation
from rugkompas.catalogue.topic_schema import Number, Part, Statement, Topic
from rugkompas.outputs import topic_pictures
from rugkompas.outputs.options_frame import Catalogue
from rugkompas.outputs.parts import Item, Page, Said, Section
from rugkompas.outputs.sentences import Voice, emergency_number
from rugkompas.outputs.topic_rules import Wanted, rules_section


class Explained(Catalogue):
    """The words of one topic."""

    def __init__(self, knowledge: Knowledge, language: str, topic: Topic) -> None:
        super().__init__(knowledge, language)
        self.topic = topic
        self.told = self.words.topics[topic.id]


def in_order(knowledge: Knowledge) -> list[Topic]:
    """Every topic by its number."""
    return sorted(knowledge.topics.values(), key=lambda topic: topic.number)


def topic_page(
    knowledge: Knowledge,
    language: str,
    topic: Topic,
    *,
    on: dt.date,
    wanted: Wanted | None = None,
    signs: bool = True,
) -> Page:
    """A topic as a page. on: the day that stands on it. wanted: which rules, where rules are
    shown. signs: with the signs to call for, which the site shows on every page itself.
    """
    f = Explained(knowledge, language, topic)
    voice = f.voice
    sections = [*_sections(f, wanted or Wanted()), _uncertain(f)]
    if signs:
        sections.append(_signs(f))
    # The sources get their numbers while the sections are made.
    lines = f.source_lines()
    demonstration = not knowledge.release.signed_by
    return Page(
        language=language,
        title=f.told.title,
        made_on=voice("topics_made_on", date=voice.date(on)),
        reference="",
        status=voice("status") if demonstration else "",
        status_short=voice("status_short") if demonstration else "",
        page_of=voice("page_of", page="{page}", pages="{pages}"),
        day=on,
        emergency_number=emergency_number(knowledge),
        sections=tuple(sections),
        sources=Section("sources", voice("sources_title"), (voice("sources_text"),)),
        source_lines=lines,
        about=_about(f),
    )


def _sections(f: Explained, wanted: Wanted) -> Iterator[Section]:
    yield Section("short", f.voice("topics_short"), (f.told.lead,))
    for part in f.topic.parts:
        yield _section(f, part, wanted)


def _section(f: Explained, part: Part, wanted: Wanted) -> Section:
    title = f.told.parts[part.id]
    said = tuple(_said(f, statement) for statement in part.statements)
    drawing = part.drawing
    if drawing is None:
        return Section(part.id, title, said=said)
    words = f.told.drawn[part.id]
    if drawing.kind == "forest":
        forest = topic_pictures.forest(f, drawing, words, f.told.labels)
        return Section(part.id, title, said=said, forest=forest)
    if drawing.kind == "ranks":
        return Section(part.id, title, said=said, ranks=topic_pictures.ranks(f, drawing, words))
    if drawing.kind == "rules":
        return rules_section(f, part.id, title, said, wanted)
    band, shares = topic_pictures.course(f, drawing)
    return Section(part.id, title, said=said, band=band, shares=shares, closing=(words.caption,))


def _said(f: Explained, statement: Statement) -> Said:
    text, cited = sentence_of(f.k, f.voice.language, f.topic, statement)
    sure = f.voice(f"certainty_{statement.certainty}") if statement.certainty else ""
    return Said(text, f.rests(cited), sure)


def sentence_of(
    knowledge: Knowledge, language: str, topic: Topic, statement: Statement
) -> tuple[str, list[Citation]]:
    """The words of a statement with its numbers filled in, and everything it rests on."""
    voice = Voice(knowledge, language)
    cited = list(statement.citations)
    values = {}
    for name, number in statement.numbers.items():
        value, citations = number_of(knowledge, number)
        cited += citations
        values[name] = voice.number(value)
    said = knowledge.words[language].topics[topic.id].said[statement.id]
    return said.format(emergency_number=emergency_number(knowledge), **values), cited


def number_of(knowledge: Knowledge, number: Number) -> tuple[float, tuple[Citation, ...]]:
    """A number as a sentence says it, and what it rests on when it stands elsewhere."""
    value, cited = (number.own, ()) if number.own is not None else number_at(knowledge, number.at)
    said = {
        "plain": value,
        "whole": round(value),
        "size": round(abs(value)),
        "weeks": round(value / 7),
    }
    return said[number.said], cited


def _uncertain(f: Explained) -> Section:
    aside = (f.voice("topics_terms", terms=f.told.terms),) if f.told.terms else ()
    return Section("uncertain", f.voice("topics_uncertain"), (f.told.uncertain,), closing=aside)


def _signs(f: Explained) -> Section:
    """What cannot wait, on a page that leaves the site."""
    signs = tuple(f.voice.clause(id_, "new_or_changed") for id_ in ALWAYS_WATCH)
    how = (f.voice("net_emergency_how"),)
    return Section("signs", f.voice("watch_now"), items=(Item(points=signs, more=how),))


def _about(f: Explained) -> Section:
    voice, release = f.voice, f.k.release
    signed = (
        voice("topics_signed", name=release.signed_by)
        if release.signed_by
        else voice("topics_unsigned")
    )
    return Section(
        "about",
        voice("topics_about"),
        (
            voice("topics_read_on", date=voice.date(f.topic.read_on)),
            voice("topics_review", date=voice.date(release.review_by)),
            signed,
            voice("about_not_exam"),
            voice("out_of_scope"),
            voice("about_version", version=rugkompas.__version__, knowledge=f.k.version),
        ),
    )
