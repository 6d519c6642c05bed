"""``rugkompas ask``: the sign first, then answers; nothing of a question is kept."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from running import run

from rugkompas.catalogue import Knowledge


def test_a_question_in_own_words_has_three_answers_with_sources(knowledge: Knowledge) -> None:
    ran = run("ask", "spit in rug wat doen")
    words = knowledge.words["nl"]

    assert ran.code == 0
    assert f"1. {words.answers['spit'].question}" in ran.text
    assert "3. " in ran.text
    assert words.report["sources_title"] in ran.text
    assert words.report["rests_seen"] in ran.text


def test_words_need_no_quotes() -> None:
    assert run("ask", "spit", "in", "rug").out == run("ask", "spit in rug").out


@pytest.mark.hazard("H-20")
@pytest.mark.parametrize(
    ("question", "language", "rule"),
    [("ik kan niet plassen en heb rugpijn", "nl", "E01"), ("fever and back pain", "en", "S01")],
)
def test_an_alarm_sign_comes_before_everything(
    question: str, language: str, rule: str, knowledge: Knowledge
) -> None:
    words = knowledge.words[language]
    contact = words.contacts[knowledge.red_flags[rule].contact].do

    text = run("ask", question, "--lang", language).text
    data = json.loads(run("ask", question, "--lang", language, "--format", "json").out)

    assert words.report["faq_sign_title"] in " ".join(text.split("\n")[:6])
    assert contact in text
    assert data["alarms"][0]["rule"] == rule
    assert data["alarms"][0]["do"] == contact
    assert list(data).index("alarms") < list(data).index("answers")


@pytest.mark.hazard("H-22")
def test_thoughts_of_death_bring_the_crisis_line() -> None:
    assert "113" in run("ask", "ik wil niet meer leven").text.split("•")[0]


def test_an_answer_by_its_name_has_what_can_be_chosen(knowledge: Knowledge) -> None:
    text = run("ask", "mattress", "--lang", "en").text
    data = json.loads(run("ask", "mattress", "--format", "json").out)

    assert knowledge.words["en"].answers["mattress"].question in text
    assert knowledge.words["en"].options["better_sleep_surface"].label in text
    assert [sorted(it) for it in data["says"]] == [["citations", "text"]] * 2
    assert data["says"][0]["citations"] == [{"source": "kovacs_2003", "mark": "seen"}]


def test_without_a_question_comes_the_whole_list(knowledge: Knowledge) -> None:
    listed = json.loads(run("ask", "--format", "json").out)

    in_order = sorted(knowledge.answers.values(), key=lambda asked: asked.number)
    assert [it["id"] for it in listed] == [asked.id for asked in in_order]
    assert all(f"  {id_}: " in run("ask").text for id_ in ("spit", "claims"))


def test_nothing_found_is_said_and_is_no_error(knowledge: Knowledge) -> None:
    ran = run("ask", "recept voor preisoep")

    assert ran.code == 0
    assert knowledge.words["nl"].report["faq_none"] in ran.text
    assert json.loads(run("ask", "recept voor preisoep", "--format", "json").out)["answers"] == []


@pytest.mark.parametrize("question", ["   ", "rug" * 400])
def test_an_empty_or_endless_question_is_refused(question: str) -> None:
    ran = run("ask", question)

    assert ran.refused()
    assert "rugrug" not in ran.err


@pytest.mark.hazard("H-51")
@pytest.mark.parametrize("question", ["\x1b[31m spit", "'; DROP TABLE", '"rug" NEAR(*', "🦴\u202e"])
def test_hostile_text_steers_no_terminal(question: str) -> None:
    ran = run("ask", question)

    assert ran.code == 0
    assert "\x1b" not in ran.text
    assert ran.err == ""


@pytest.mark.hazard("H-46")
def test_nothing_of_a_question_is_written_anywhere(tmp_path: Path) -> None:
    ran = run("ask", "spit kanarievogel7391", HOME=str(tmp_path), XDG_CACHE_HOME=str(tmp_path))

    assert ran.code == 0
    assert "kanarievogel7391" not in ran.text + ran.err
    assert not [
        path
        for path in tmp_path.rglob("*")
        if path.is_file() and b"kanarievogel7391" in path.read_bytes()
    ]


def test_the_result_can_go_to_a_file(tmp_path: Path) -> None:
    target = tmp_path / "answer.json"

    ran = run("ask", "spit", "-o", target)

    assert ran.code == 0
    assert json.loads(target.read_text("utf-8"))["id"] == "spit"


def test_names_of_answers_are_completed() -> None:
    ran = run(_RUGKOMPAS_COMPLETE="bash_complete", COMP_WORDS="rugkompas ask matt", COMP_CWORD="2")

    assert ran.text.split() == ["plain,mattress"]
