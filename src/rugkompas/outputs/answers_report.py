"""Questions and answers as people read them: the alarm sign first, every sentence with its
sources, and a way onward."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rugkompas.catalogue import Knowledge
from rugkompas.catalogue.answer_schema import Asked
from rugkompas.catalogue.check_answers import said_on
from rugkompas.catalogue.schema import Tier
from rugkompas.outputs.frame import Cited
from rugkompas.outputs.parts import Item, Section, SourceLine
from rugkompas.outputs.rests import Rests
from rugkompas.outputs.sentences import contact_words, emergency_number, steps
from rugkompas.search import Found, Sign


@dataclass(frozen=True, slots=True)
class Onward:
    """A way on from an answer. kind: ``answers`` or ``pages``. number: of an answer."""

    kind: str
    id: str
    text: str
    number: int = 0


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence of an answer, with what it rests on."""

    text: str
    rests: tuple[Rests, ...]


@dataclass(frozen=True, slots=True)
class AnswerPart:
    """One question with its answer. options: what can be chosen, from the catalogue."""

    id: str
    number: int
    question: str
    said: tuple[Said, ...]
    onward: tuple[Onward, ...]
    onward_title: str
    options: tuple[Item, ...]
    options_title: str
    basis: str


@dataclass(frozen=True, slots=True)
class SignPart:
    """What to do first when a question sounds like an alarm sign. phone: only when a number
    itself is to be called. do: whom to call. why: per sign. say: what to say on the phone."""

    tier: Tier
    title: str
    text: str
    do: str
    why_title: str
    why: tuple[str, ...]
    say: Item | None
    how: Item
    phone: str
    after: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A question in the list of all."""

    id: str
    number: int
    question: str


@dataclass(frozen=True, slots=True)
class AnswersReport:
    """headline: what was found, or that nothing was. sign: shown before all else."""

    language: str
    headline: str
    lead: str
    sign: SignPart | None
    answers: tuple[AnswerPart, ...]
    sources: Section
    source_lines: tuple[SourceLine, ...]


def found_report(found: Found, knowledge: Knowledge, language: str) -> AnswersReport:
    """What a search found: the sign first, then the answers, or that there is none."""
    f = Cited(knowledge, language)
    answers = tuple(_answer(f, knowledge.answers[hit.id]) for hit in found.hits)
    sign = _sign(f, found.signs) if found.signs else None
    headline = f.voice("faq_found" if answers else "faq_none")
    return _report(f, answers, headline, "" if answers else f.voice("faq_none_text"), sign)


def one_report(asked: Asked, knowledge: Knowledge, language: str) -> AnswersReport:
    """One answer by itself, with what can be chosen."""
    f = Cited(knowledge, language)
    answer = _answer(f, asked, with_options=True)
    return _report(f, (answer,), answer.question, "", None)


def themes(knowledge: Knowledge, language: str) -> tuple[tuple[str, tuple[Listed, ...]], ...]:
    """Every question under its theme, in the order of their numbers."""
    f = Cited(knowledge, language)
    found: dict[str, list[Listed]] = {}
    for asked in sorted(knowledge.answers.values(), key=lambda it: it.number):
        question = f.words.answers[asked.id].question
        found.setdefault(asked.theme, []).append(Listed(asked.id, asked.number, question))
    return tuple((f.voice(f"theme_{theme}"), tuple(listed)) for theme, listed in found.items())


def _report(
    f: Cited, answers: tuple[AnswerPart, ...], headline: str, lead: str, sign: SignPart | None
) -> AnswersReport:
    """With the sources that were named on the way."""
    lines = f.source_lines()
    legend = (f.voice("sources_text"),) if lines else ()
    return AnswersReport(
        language=f.voice.language,
        headline=headline,
        lead=lead,
        sign=sign,
        answers=answers,
        sources=Section("sources", f.voice("sources_title"), legend),
        source_lines=lines,
    )


def _answer(f: Cited, asked: Asked, with_options: bool = False) -> AnswerPart:
    words = f.words.answers[asked.id]
    checked = f.voice("faq_checked", date=f.voice.date(asked.checked_on))
    links = [link.partition("/")[::2] for link in asked.links]
    number = emergency_number(f.k)
    return AnswerPart(
        id=asked.id,
        number=asked.number,
        question=words.question,
        said=tuple(
            Said(words.says[key].format(emergency_number=number), f.rests(citations))
            for key, citations in said_on(asked).items()
        ),
        onward=tuple(_onward(f, kind, id_) for kind, id_ in links if kind != "options"),
        onward_title=f.voice("faq_onward"),
        options_title=f.voice("faq_options"),
        options=tuple(_option(f, id_) for kind, id_ in links if kind == "options" and with_options),
        basis=f"{f.voice(f'faq_basis_{asked.basis}')} {checked}",
    )


def _onward(f: Cited, kind: str, id_: str) -> Onward:
    if kind == "answers":
        return Onward(kind, id_, f.words.answers[id_].question, f.k.answers[id_].number)
    if kind == "topics":
        return Onward(kind, id_, f.words.topics[id_].title, f.k.topics[id_].number)
    return Onward(kind, id_, f.voice(f"faq_page_{id_}"))


def _option(f: Cited, id_: str) -> Item:
    words, option = f.words.options[id_], f.k.options[id_]
    citations = (*option.citations, *(effect.citation for effect in option.effects))
    return Item(
        title=words.label,
        text=words.what,
        more=(words.effect, words.harms),
        rests=f.rests(citations),
        ref=id_,
    )


def _sign(f: Cited, signs: Iterable[Sign]) -> SignPart:
    flags = [f.k.red_flags[sign.flag] for sign in signs if sign.flag]
    crisis = any(not sign.flag for sign in signs)
    reasons = [f.words.red_flags[flag.id].reason for flag in flags]
    if crisis:
        do, more, say, phone = (
            f.voice("faq_crisis_do"), f.voice("faq_crisis_more"), "", "",
        )  # fmt: skip
        reasons.insert(0, f.voice("faq_crisis_why"))
    else:
        first = min(flags, key=lambda flag: f.k.contacts[flag.contact].rank)
        do, more = contact_words(f.k, f.voice.language, first.contact)
        say, phone = f.words.red_flags[first.id].say, f.k.contacts[first.contact].phone
    return SignPart(
        tier="emergency" if crisis else flags[0].tier,
        title=f.voice("faq_sign_title"),
        text=f.voice("faq_sign_if"),
        do=do,
        why_title=f.voice("faq_sign_why"),
        why=tuple(dict.fromkeys(reasons)),
        say=Item(title=f.voice("say_title"), points=(say,)) if say else None,
        how=Item(title=f.voice("how_title"), points=steps(more)),
        phone=phone,
        after=f.voice("faq_sign_not"),
    )
