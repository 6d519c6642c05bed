"""``rugkompas explain``, as its own process."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from running import run

from rugkompas.catalogue import load
from rugkompas.outputs.topic_report import in_order

TOPICS = [topic.id for topic in in_order(load())]


def test_without_a_topic_it_lists_them_all_with_the_command_for_each() -> None:
    listed = run("explain")

    assert listed.code == 0
    for topic in TOPICS:
        assert f"rugkompas explain {topic}\n" in listed.text


def test_the_list_is_there_for_programs_too() -> None:
    listed = json.loads(run("explain", "--format", "json", "--lang", "en").text)

    assert [it["id"] for it in listed] == TOPICS
    assert [it["number"] for it in listed] == list(range(1, len(TOPICS) + 1))


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("best_exercise", "Is er een beste oefening?"),
        ("BEST_EXERCISE", "Is er een beste oefening?"),
        ("6", "Is er een beste oefening?"),
        ("is er een beste oefening?", "Is er een beste oefening?"),
        ("Is there a best exercise?", "Is er een beste oefening?"),
    ],
)
def test_a_topic_is_an_id_a_number_or_a_title(typed: str, title: str) -> None:
    assert run("explain", typed).text.startswith(title)


@pytest.mark.parametrize(
    ("typed", "near"),
    [("best_exersise", "best_exercise"), ("medicine", "medicines"), ("zwanger", "pregnancy")],
)
def test_a_typo_gets_the_nearest_topic(typed: str, near: str) -> None:
    told = run("explain", typed)

    assert told.refused()
    assert f"'{near}'" in told.err


@pytest.mark.parametrize("typed", ["", "xyzzy", "99", "\t", "../../etc/passwd", "🙂"])
def test_a_topic_that_is_not_there_is_refused(typed: str) -> None:
    told = run("explain", typed, "--lang", "en")

    assert told.refused()
    assert "rugkompas explain" in told.err


def test_a_page_goes_to_a_file_in_each_form(tmp_path: Path) -> None:
    for ending, start in ((".txt", b"Is er een"), (".html", b"<!doctype"), (".pdf", b"%PDF")):
        target = tmp_path / f"page{ending}"

        assert run("explain", "best_exercise", "-o", target).code == 0
        assert target.read_bytes().lstrip().startswith(start)


def test_the_data_hold_each_number_with_where_it_stands() -> None:
    data = json.loads(run("explain", "best_exercise", "--format", "json").text)
    statement = data["parts"][0]["statements"][0]
    rows = data["parts"][2]["drawing"]["rows"]

    assert statement["numbers"]["points"] == {
        "value": 15,
        "at": "options.walking_programme.effects.pain+points_100+hayden_2021_cochrane.value",
    }
    assert {it["source"] for it in statement["citations"]} == {"hayden_2021_cochrane"}
    assert (rows[0]["value"], rows[0]["low"], rows[0]["high"]) == (-1.86, -2.54, -1.19)
    assert data["signed_by"] == ""


def test_rules_are_sifted_by_word_and_urgency() -> None:
    all_rules = run("explain", "how_it_decides").text
    found = run("explain", "how_it_decides", "--find", "koorts", "--urgency", "emergency").text

    assert f"de {len(load().red_flags)} regels" in all_rules
    assert len(found) < len(all_rules) / 3
    assert "E12" in found


def test_sifting_a_page_without_rules_says_which_page_has_them() -> None:
    told = run("explain", "work", "--find", "x")

    assert told.refused()
    assert "how_it_decides" in told.err


def test_the_shell_completes_a_topic() -> None:
    told = run(
        _RUGKOMPAS_COMPLETE="bash_complete", COMP_WORDS="rugkompas explain be", COMP_CWORD="2"
    )

    assert "best_exercise" in told.text
