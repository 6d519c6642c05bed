"""A longer text: its title, the sentences that promise too much, and what good information
tells (after DISCERN) as far as words can show it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rugkompas.catalogue import Knowledge
from rugkompas.catalogue.claim_schema import ClaimPattern
from rugkompas.catalogue.load import LANGUAGES
from rugkompas.claims import page
from rugkompas.claims.judge import Judge, Span, Verdict
from rugkompas.claims.language import by_words, detect
from rugkompas.claims.patterns import Patterns, made_ready
from rugkompas.claims.reading import REASONS
from rugkompas.claims.text import normalise

LONGEST_TITLE = 250
"""Characters; a longer text on one line is read sentence by sentence."""
MOST_SENTENCES = 5_000
"""A book chapter; what comes after is not read, and that is said."""
_SENTENCE = re.compile(r"[^\n.!?]+(?:[.!?]+(?!\s|$)[^\n.!?]*)*[.!?]*[\"')\]”’]*")
_ONE_IS_DOUBT = 0.01
"""One sentence alone stays so far under the border of "yes"."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """Code points ``start`` to ``end`` of the text, with the verdict on them."""

    start: int
    end: int
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Document:
    """text: what was read (a page without its markup); places in it are code points.
    verdict: on the whole. sentences: those that count. criteria: id -> where it is met, or
    None. mixed: sentences in both languages. cut: the text was longer than is read."""

    text: str
    title: str
    verdict: Verdict
    sentences: tuple[Sentence, ...]
    criteria: dict[str, tuple[int, int] | None]
    mixed: bool
    cut: bool


def is_title(text: str) -> bool:
    """One short line without markup: a title, not a longer text."""
    bare = text.strip()
    return "\n" not in bare and len(bare) <= LONGEST_TITLE and not page.is_html(bare)


class Reader:
    """Reads longer texts with one judge."""

    def __init__(self, knowledge: Knowledge, judge: Judge) -> None:
        self._judge = judge
        criteria = knowledge.claim_criteria.values()
        self._criteria = [criterion.id for criterion in criteria]
        self._patterns = {
            language: Patterns(
                made_ready(
                    knowledge,
                    "criterion",
                    criterion.id,
                    ClaimPattern(
                        id=language, language="any", regex="|".join(getattr(criterion, language)),
                        match=[],
                    ),
                    language,
                )
                for criterion in criteria
            )
            for language in LANGUAGES
        }  # fmt: skip

    def __call__(self, text: str, language: str | None = None) -> Document:
        """Read a text or a page. language: told, otherwise detected for each sentence."""
        title = ""
        if page.is_html(text):
            title, text = page.readable(text)
        places = list(_sentences(text))
        cut = len(places) > MOST_SENTENCES
        places = places[:MOST_SENTENCES]
        if not title and places:
            title = text[slice(*places[0])]
        criteria: dict[str, tuple[int, int] | None] = dict.fromkeys(self._criteria)
        spoken: list[str] = []
        mostly = language or detect(normalise(text)) or LANGUAGES[0]
        judged: list[Sentence] = []
        for start, end in places:
            sentence = text[start:end]
            normal = normalise(sentence)
            told = language or by_words(normal)
            if told:
                spoken.append(told)
            own = told or mostly
            judged.append(Sentence(start, end, self._judge(sentence, own)))
            for hit in self._patterns[own].look(normal).find("criterion"):
                if criteria[hit.pattern.mark] is None:
                    criteria[hit.pattern.mark] = (start, end)
        first = self._judge(title, language or by_words(normalise(title)) or mostly)
        verdict = self._whole(first, judged, spoken)
        few = min(map(spoken.count, LANGUAGES))
        return Document(
            text=text,
            title=title,
            verdict=verdict,
            sentences=tuple(it for it in judged if it.verdict.oversimplified != "no"),
            criteria=criteria,
            mixed=few * 4 >= len(spoken) > 0 and few > 0,
            cut=cut,
        )

    def _whole(self, title: Verdict, judged: list[Sentence], spoken: list[str]) -> Verdict:
        """The title decides, or two sentences; one sentence alone gives doubt."""
        language = max(LANGUAGES, key=spoken.count) if spoken else title.language
        states = {it.verdict.state for it in judged} | {title.state}
        if "judged" not in states:
            state = "not_about_backs" if "not_about_backs" in states else "too_little"
            return Verdict(language, state, "no", 0.0, (), (), False, ())
        model = self._judge.model
        ranked = sorted((it.verdict.probability for it in judged), reverse=True)
        one = min(ranked[0], round(model.yes - _ONE_IS_DOUBT, 4)) if ranked else 0.0
        second = ranked[1] if len(ranked) > 1 else 0.0
        probability = max(title.probability, second, one)
        found = "no"
        if probability >= model.yes:
            found = "yes"
        elif probability >= model.unsure:
            found = "unsure"
        marked = [it for it in judged if it.verdict.oversimplified != "no" and found != "no"]
        reasons = {reason for it in marked for reason in it.verdict.reasons} | set(title.reasons)
        return Verdict(
            language=language,
            state="judged",
            oversimplified=found,
            probability=probability,
            reasons=tuple(reason for reason in REASONS if reason in reasons),
            spans=tuple(
                Span(it.start + span.start, it.start + span.end, span.reason, span.why)
                for it in marked
                for span in it.verdict.spans
            ),
            debunks=title.debunks or sum(it.verdict.debunks for it in judged) > 1,
            topics=tuple(
                dict.fromkeys(
                    [*title.topics]
                    + [
                        t
                        for it in judged
                        if it.verdict.state == "judged"
                        for t in it.verdict.topics
                    ]
                )
            ),
        )


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    for found in _SENTENCE.finditer(text):
        bare = found[0].strip()
        if any(map(str.isalpha, bare)):
            start = found.start() + len(found[0]) - len(found[0].lstrip())
            yield start, start + len(bare)
