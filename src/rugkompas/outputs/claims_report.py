"""A checked claim as people read it: the verdict, the words that count, what is known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rugkompas.assess import Assessment
from rugkompas.catalogue import Knowledge
from rugkompas.catalogue.option_schema import Option
from rugkompas.claims.document import Document
from rugkompas.claims.evidence import MOST, options_for
from rugkompas.claims.judge import Span, Verdict
from rugkompas.outputs import options_reasons
from rugkompas.outputs.frame import URGENT
from rugkompas.outputs.options_frame import Catalogue, Choices
from rugkompas.outputs.options_items import PHASES, certainty, guidelines, known_from
from rugkompas.outputs.parts import Item, Section, SourceLine
from rugkompas.outputs.sentences import contact_words

_MOST_SENTENCES = 12


@dataclass(frozen=True, slots=True)
class Marked:
    """A stretch of the text; ``tag`` is empty, or the reason that it led to."""

    text: str
    tag: str = ""


@dataclass(frozen=True, slots=True)
class ClaimReport:
    """language: of the report. verdict: ``yes``, ``unsure``, ``no``, or a state. marked: the
    title in stretches. chance: the probability in words, where it was judged."""

    language: str
    title: str
    verdict: str
    headline: str
    lead: tuple[str, ...]
    chance: str
    marked: tuple[Marked, ...]
    sections: tuple[Section, ...]
    sources: Section
    source_lines: tuple[SourceLine, ...]
    about: tuple[str, ...]


def claim_report(
    verdict: Verdict,
    title: str,
    knowledge: Knowledge,
    language: str,
    document: Document | None = None,
    assessment: Assessment | None = None,
) -> ClaimReport:
    """The report on a title, or on the text of ``document`` with this title."""
    f = _Claims(knowledge, language)
    judged = verdict.state == "judged"
    made = [
        _sentences(f, document) if document else _words(f, verdict, title),
        _taken_back(f, verdict, title)
        if document is None and verdict.oversimplified != "yes"
        else None,
        _evidence(f, verdict, assessment) if judged else None,
        _quality(f, document) if document and judged else None,
    ]
    lines = f.source_lines()
    legend = f.voice("sources_text" if lines else "sources_none")
    return ClaimReport(
        language=language,
        title=f.claim("title"),
        verdict=verdict.oversimplified if judged else verdict.state,
        headline=f.claim(verdict.oversimplified if judged else verdict.state),
        lead=tuple(_lead(f, verdict, document)),
        chance=f.claim("chance", percent=round(100 * verdict.probability)) if judged else "",
        marked=marked(title, verdict.spans if document is None else ()),
        sections=tuple(section for section in made if section is not None),
        sources=Section("sources", f.voice("sources_title"), (legend,)),
        source_lines=lines,
        about=(f.claim("chance_note"), f.claim("about")),
    )


class _Claims(Catalogue):
    """The words of the claim checker."""

    def claim(self, key: str, **values: object) -> str:
        """A sentence of words/<lang>/claims."""
        return self.words.claims[key].format(**values)


def _lead(f: _Claims, verdict: Verdict, document: Document | None) -> Iterator[str]:
    if verdict.state != "judged":
        yield f.claim(f"{verdict.state}_text")
        return
    yield f.claim(f"{verdict.oversimplified}_text")
    if verdict.debunks:
        yield f.claim("debunks_text")
    if verdict.oversimplified == "no" and any(how == "asked" for how, _ in verdict.taken_back):
        yield f.claim("asks_text")
    if document and document.mixed:
        yield f.claim("languages_mixed")
    if document and document.cut:
        yield f.claim("cut")


def marked(text: str, spans: tuple[Span, ...]) -> tuple[Marked, ...]:
    """The text in stretches; where reasons overlap, the first one goes on."""
    made: list[Marked] = []
    at = 0
    for span in spans:
        start = max(at, span.start)
        if span.end <= start:
            continue
        made += [Marked(text[at:start]), Marked(text[start : span.end], span.reason)]
        at = span.end
    return tuple(part for part in [*made, Marked(text[at:])] if part.text)


def _words(f: _Claims, verdict: Verdict, title: str) -> Section | None:
    if verdict.state != "judged" or not verdict.spans:
        return None
    return Section("words", f.claim("words_title"), items=tuple(_reasons(f, verdict, title)))


def _reasons(f: _Claims, verdict: Verdict, text: str) -> Iterator[Item]:
    """For each reason, its words and why they count."""
    for reason in verdict.reasons:
        spans = [span for span in verdict.spans if span.reason == reason]
        yield Item(
            title=f.claim(f"reason_{reason}"),
            points=tuple(f"“{_said(text, span)}”" for span in spans),
            more=tuple(dict.fromkeys(f.claim(f"why_{span.why}") for span in spans)),
            tag="claim",
        )


def _said(text: str, span: Span) -> str:
    return " ".join(text[span.start : span.end].split())


def _taken_back(f: _Claims, verdict: Verdict, title: str) -> Section | None:
    points = {
        f"“{_said(title, span)}”: {f.claim(f'back_{how}')}" for how, span in verdict.taken_back
    }
    if not points:
        return None
    return Section("taken-back", f.claim("back_title"), items=(Item(points=tuple(sorted(points))),))


def _sentences(f: _Claims, document: Document) -> Section | None:
    if not document.sentences or document.verdict.oversimplified == "no":
        return None
    shown = document.sentences[:_MOST_SENTENCES]
    items = []
    for it in shown:
        sentence = document.text[it.start : it.end]
        why = [f.claim(f"reason_{reason}") for reason in it.verdict.reasons]
        items.append(Item(text=f"“{' '.join(sentence.split())}”", points=tuple(why), tag="short"))
    rest = len(document.sentences) - len(shown)
    closing = (f.claim("sentences_more", count=rest),) if rest else ()
    return Section("sentences", f.claim("sentences_title"), items=tuple(items), closing=closing)


def _evidence(f: _Claims, verdict: Verdict, assessment: Assessment | None) -> Section:
    ids = options_for(verdict.topics, f.k)
    if not ids:
        return Section("evidence", f.claim("evidence_title"), (f.claim("evidence_none"),))
    person = Choices(assessment, f.voice.language) if assessment else None
    if person and person.tier in URGENT:
        rule = person.a.triage.rules[0]
        contact = f.k.red_flags[rule.id].contact
        do = contact_words(f.k, f.voice.language, contact)[0]
        return Section("evidence", f.claim("evidence_title"), (f.claim("you_urgent", do=do),))
    items = tuple(_option(f, f.option(id_), person) for id_ in ids[:MOST])
    rest = f.labels(ids[MOST:])
    closing = (f.claim("evidence_more", labels="; ".join(rest)),) if rest else ()
    text = (f.claim("evidence_text"),)
    return Section("evidence", f.claim("evidence_title"), text, items=items, closing=closing)


def _option(f: _Claims, option: Option, person: Choices | None) -> Item:
    words = f.words.options[option.id]
    facts = [
        (f.say("row_effect"), words.effect),
        (f.say("row_sure"), certainty(f, option)),
        (f.claim("evidence_for_whom"), _for_whom(f, option)),
        (f.say("row_guidelines"), guidelines(f, option)),
        (f.say("row_honest"), words.honest),
    ]
    if person is not None:
        facts.insert(0, (f.claim("evidence_you"), _for_you(f, option, person)))
    return Item(
        title=words.label,
        text=words.what,
        facts=tuple(facts),
        rests=f.rests(known_from(option)),
        tag="option",
    )


def _for_whom(f: _Claims, option: Option) -> str:
    if option.domain == "not_recommended":
        return f.claim("evidence_not_advised")
    said = []
    for use, key in (("use", "for_use"), ("maybe", "for_maybe")):
        phases = [f.claim(f"phase_{name}") for name in PHASES if option.phases.get(name) == use]  # type: ignore[call-overload]
        if phases:
            said.append(f.claim(key, phases="; ".join(phases)))
    return " ".join(said) or f.claim("for_nobody")


def _for_you(f: _Claims, option: Option, person: Choices) -> str:
    offer = person.options.offer(option.id)
    if offer is not None:
        return f.claim("you_ask_first" if offer.cautions else "you_offered")
    gone = person.withheld(option.id)
    if gone is None:
        return f.claim("you_not")
    return f"{f.claim('you_not')} {options_reasons.sentence(person, option.id, gone.reason)}"


def _quality(f: _Claims, document: Document) -> Section:
    items = []
    for id_, at in document.criteria.items():
        label = f.claim("quality_not_met" if at is None else "quality_met")
        said = "" if at is None else f"“{' '.join(document.text[slice(*at)].split())}”"
        items.append(Item(label=label, title=f.claim(f"criterion_{id_}"), text=said))
    count = sum(at is not None for at in document.criteria.values())
    text = f.claim("quality_text", count=count, all=len(document.criteria))
    return Section("quality", f.claim("quality_title"), (text,), items=tuple(items))
