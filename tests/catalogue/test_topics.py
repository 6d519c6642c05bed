"""Pages that explain are checked when they are loaded: what is wrong is refused with its place."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from rugkompas.catalogue import load
from rugkompas.catalogue.check_topics import check_topics, statements
from rugkompas.catalogue.figures import found_at, number_at
from rugkompas.catalogue.files import KnowledgeError, convert, read
from rugkompas.catalogue.load import FOLDER, LANGUAGES, Knowledge
from rugkompas.catalogue.topic_schema import Topic
from rugkompas.catalogue.words import TopicWords

ASKED_FOR = {
    *("what_it_is", "with_and_without_cause", "stages", "three_domains", "what_to_expect"),
    *("best_exercise", "imaging_and_operations", "medicines", "work", "caring", "children"),
    *("pregnancy", "older", "how_it_decides"),
}


def test_every_page_that_was_asked_for_is_there_with_words_in_both_languages() -> None:
    assert set(load().topics) == ASKED_FOR
    for words in load().words.values():
        assert set(words.topics) == ASKED_FOR


@pytest.mark.parametrize("id_", sorted(ASKED_FOR))
def test_every_statement_has_a_source_and_words(id_: str) -> None:
    held = load()
    for statement in statements(held.topics[id_]):
        cited = list(statement.citations)
        for number in statement.numbers.values():
            if number.at:
                cited += number_at(held, number.at)[1]

        assert cited, statement.id
        assert {citation.source for citation in cited} <= set(held.sources)
        for language in LANGUAGES:
            assert held.words[language].topics[id_].said[statement.id].strip()


def test_a_statement_of_ours_says_so_and_others_cite_more_than_ourselves() -> None:
    for topic in load().topics.values():
        for statement in statements(topic):
            sources = {citation.source for citation in statement.citations}
            if statement.basis == "choice":
                assert sources <= {"rugkompas_choice", "noorderbad_article"}, statement.id
            elif not statement.numbers:
                assert sources - {"rugkompas_choice"}, statement.id


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The files of the topics alone, to make mistakes in."""
    for part in ("topics", *(f"words/{language}/topics" for language in LANGUAGES)):
        shutil.copytree(FOLDER / part, tmp_path / "knowledge" / part)
    return tmp_path / "knowledge"


def reread(folder: Path) -> Knowledge:
    """The knowledge with these topics. Raises KnowledgeError."""
    held = load()
    topics = {}
    for path in sorted((folder / "topics").glob("*.yaml")):
        topics[path.stem] = convert(path, read(path), Topic)
    words = {}
    for language in LANGUAGES:
        found: dict[str, TopicWords] = {}
        for path in sorted((folder / "words" / language / "topics").glob("*.yaml")):
            found |= convert(path, read(path), dict[str, TopicWords])
        words[language] = _with(held.words[language], topics=found)
    made: Knowledge = _with(held, topics=topics, words=words)
    check_topics(made, folder)
    return made


def _with(struct: object, **changes: object) -> object:
    import msgspec

    return msgspec.structs.replace(struct, **changes)  # type: ignore[type-var]


def change(file: str, old: str, new: str) -> Callable[[Path], None]:
    def changed(folder: Path) -> None:
        path = folder / file
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")

    return changed


WORK, SAID = "topics/work.yaml", "words/nl/topics/work.yaml"
MISTAKES = {
    "no source": (
        change(WORK, "citations: [{source: nice_ng59, mark: seen}]", "citations: []"),
        "topics/work.yaml, line 13: statement 'pain_at_work' has no source",
    ),
    "no sentence": (change(SAID, "    talk:", "    tall:"), "no words for 'said.talk'"),
    "a sentence too many": (
        change(SAID, "    talk:", '    extra: "Zomaar."\n    talk:'),
        "'said.extra' has words but no fact",
    ),
    "a number that is nowhere": (
        change(WORK, "back_to_work_3m.percent", "back_to_work_3y.percent"),
        "topics/work.yaml, line",
    ),
    "a path to no number": (
        change(WORK, "back_to_work_3m.percent", "back_to_work_3m.id"),
        "is not a number",
    ),
    "another placeholder": (
        change(SAID, "meer dan {heavy} kilo", "meer dan 25 kilo"),
        "'kilos' says ['light'], and its numbers are ['heavy', 'light']",
    ),
    "a number that is taken": (change(WORK, "number: 9", "number: 8"), "is the number of"),
    "a name twice": (change(WORK, "id: pressure", "id: load"), "'load' stands twice"),
    "onward to nowhere": (
        change(WORK, "[three_domains,", "[four_domains,"),
        "'four_domains' is not a topic",
    ),
    "a row that is no effect": (
        change("topics/best_exercise.yaml", "effects.pain+points_100+cashin_2025", "domain"),
        "is not an effect with a value",
    ),
    "a row that fits two": (
        change("topics/best_exercise.yaml", "effects.pain+points_100+cashin_2025", "effects.pain"),
        "has to point at one",
    ),
    "a comparison that ranks nothing": (
        change("topics/best_exercise.yaml", "[ranking_owen,", "[size_placebo,"),
        "'size_placebo' is not a ranking",
    ),
    "a key that does not exist": (change(WORK, "basis:", "bases:"), "unknown key 'bases'"),
}


def test_the_copied_files_are_right(folder: Path) -> None:
    assert set(reread(folder).topics) == ASKED_FOR


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_refused_with_file_and_line(mistake: str, folder: Path) -> None:
    make, told = MISTAKES[mistake]
    make(folder)

    with pytest.raises(KnowledgeError) as refused:
        reread(folder)

    assert told in str(refused.value)
    assert "knowledge/" in str(refused.value)


def test_a_figure_is_found_with_what_it_rests_on() -> None:
    value, cited = number_at(load(), "expectations.acute.proportions.pain_free_2w.percent")

    assert value == 35.8
    assert [citation.source for citation in cited] == ["downie_2016"]


@pytest.mark.parametrize(
    "at",
    [
        *("nowhere", "options.nobody", "options.pilates.effects.99", "options.pilates.domains"),
        *("options.pilates.domain", "options.pilates.effects", "release.version", ""),
    ],
)
def test_a_path_to_nothing_is_a_lookup_error(at: str) -> None:
    with pytest.raises(LookupError):
        number_at(load(), at)


def test_a_member_is_named_by_any_of_its_texts() -> None:
    effect, _ = found_at(load(), "options.pilates.effects.pain+SMD+owen_2020")

    assert (effect.value, effect.low, effect.high) == (-1.86, -2.54, -1.19)
