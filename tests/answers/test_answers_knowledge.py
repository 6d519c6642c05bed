"""What the files of questions and answers promise: sources, links, numbers, words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import msgspec
import pytest

from readability import EASE, HARD, JARGON, LONGEST, MEAN, ease, is_whole, mean_length, sentences
from rugkompas.catalogue import Knowledge, KnowledgeError, load
from rugkompas.catalogue.answer_schema import Asked
from rugkompas.catalogue.check_answers import check_answers, said_on
from rugkompas.catalogue.load import FOLDER, LANGUAGES
from rugkompas.search.signs import Signs


@pytest.fixture
def knowledge() -> Knowledge:
    return load()


def with_answer(knowledge: Knowledge, id_: str, **changed: object) -> Knowledge:
    asked = msgspec.structs.replace(knowledge.answers[id_], **changed)
    return msgspec.structs.replace(knowledge, answers={**knowledge.answers, id_: asked})


def test_there_are_at_least_seventy_questions_with_two_or_three_sentences_mostly(
    knowledge: Knowledge,
) -> None:
    sizes = [len(said_on(asked)) for asked in knowledge.answers.values()]

    assert len(sizes) >= 70
    assert sum(size >= 2 for size in sizes) >= 0.95 * len(sizes)


@pytest.mark.hazard("H-10")
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_answer_is_plain(knowledge: Knowledge, language: str) -> None:
    words = msgspec.to_builtins(knowledge.words[language].answers)
    found = list(sentences(words))
    whole = [sentence for sentence in found if is_whole(sentence)]
    patterns = (*JARGON[language], *HARD[language], *knowledge.words[language].forbidden)
    wrong = [
        f"{sentence.place}: {pattern}"
        for sentence in found
        for pattern in patterns
        if re.search(pattern, sentence.text.lower())
    ]

    assert [s.text for s in found if len(s.words) > LONGEST] == []
    assert wrong == []
    assert mean_length(whole) <= MEAN
    assert ease(whole, language) >= EASE[language]


@pytest.mark.hazard("H-10")
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_answer_by_itself_is_hard(knowledge: Knowledge, language: str) -> None:
    hard = [
        f"{id_}: {score:.0f}"
        for id_, it in knowledge.words[language].answers.items()
        if (score := ease([s for s in sentences(it.says) if is_whole(s)], language))
        < EASE[language] - 25
    ]

    assert hard == []


def _changed_links(knowledge: Knowledge) -> Iterator[tuple[Knowledge, str]]:
    for link in ("options/no_such", "answers/no_such", "pages/no_such", "answers/spit"):
        changed = with_answer(knowledge, "spit", links=[link])
        yield changed, rf"answers/spit\.yaml.*link '{link}' leads nowhere"


def test_a_link_that_leads_nowhere_is_refused(knowledge: Knowledge) -> None:
    for changed, message in _changed_links(knowledge):
        with pytest.raises(KnowledgeError, match=message):
            check_answers(changed, FOLDER)


def test_a_number_that_stands_twice_is_refused(knowledge: Knowledge) -> None:
    changed = with_answer(knowledge, "hernia", number=knowledge.answers["spit"].number)

    with pytest.raises(KnowledgeError, match="number 1 is that of"):
        check_answers(changed, FOLDER)


def test_a_sentence_without_sources_is_refused(knowledge: Knowledge) -> None:
    says = msgspec.structs.replace(knowledge.answers["spit"].says, third=None)

    with pytest.raises(KnowledgeError, match="Every sentence needs its sources"):
        check_answers(with_answer(knowledge, "spit", says=says), FOLDER)


def test_an_alarm_without_a_row_of_the_triage_table_is_refused(knowledge: Knowledge) -> None:
    alarm = msgspec.structs.replace(knowledge.alarms["fever"], flag="Z99")
    changed = msgspec.structs.replace(knowledge, alarms={**knowledge.alarms, "fever": alarm})

    with pytest.raises(KnowledgeError, match=r"fever\.yaml.*'Z99' is no row"):
        check_answers(changed, FOLDER)


@pytest.mark.parametrize(
    "change",
    [
        lambda raw: raw.pop("says"),
        lambda raw: raw["says"].pop("first"),
        lambda raw: raw.update(links=[]),
        lambda raw: raw.update(links=["elsewhere/spit"]),
        lambda raw: raw.update(number=0),
        lambda raw: raw.update(theme="other"),
        lambda raw: raw.update(extra=1),
    ],
)
def test_a_file_of_another_shape_is_refused(
    knowledge: Knowledge, change: Callable[[dict[str, object]], object]
) -> None:
    raw = msgspec.to_builtins(knowledge.answers["spit"])
    change(raw)

    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(raw, Asked)


@pytest.mark.hazard("H-20")
def test_alarms_are_ordered_by_urgency_with_thoughts_of_death_first(knowledge: Knowledge) -> None:
    everything = "ik wil dood koorts kanker plassen gordelroos"
    heard = [sign.alarm for sign in Signs(knowledge).in_question(everything)]

    assert heard[:2] == ["death", "bladder_bowel"]
    assert heard.index("fever") < heard.index("cancer")


@pytest.mark.hazard("H-20")
def test_every_way_to_say_a_sign_can_be_heard(knowledge: Knowledge) -> None:
    """Each line of each alarm, said with the first of its words, brings that alarm."""
    signs = Signs(knowledge)
    deaf = []
    for alarm in knowledge.alarms.values():
        for line in (*alarm.nl, *alarm.en):
            said = " ".join(place.split("|")[0].rstrip("*") for place in line.split())
            if alarm.id not in [sign.alarm for sign in signs.in_question(said)]:
                deaf.append(f"{alarm.id}: {said}")

    assert deaf == []
