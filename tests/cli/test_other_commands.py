"""``questions``, ``sources``, ``show``, ``example``, help, and what starting costs."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from running import environment, run

from rugkompas.catalogue import Knowledge
from rugkompas.catalogue.load import KINDS
from rugkompas.cli.app import COMMANDS
from rugkompas.cli.verify import readable
from rugkompas.rules.red_flags import ROWS


@pytest.mark.parametrize("language", ["nl", "en"])
def test_questions_tell_programs_all_they_need(language: str, knowledge: Knowledge) -> None:
    listed = json.loads(run("questions", "--format", "json", "--lang", language).out)

    assert {question["id"] for question in listed} == set(knowledge.questions)
    assert [q["order"] for q in listed] == sorted(q["order"] for q in listed)
    by_id = {question["id"]: question for question in listed}
    assert by_id["fever_or_chills"]["values"] == ["yes", "no", "unknown"]
    assert by_id["fever_or_chills"]["emergency"]
    assert (by_id["age_years"]["low"], by_id["age_years"]["high"]) == (0, 120)
    label = knowledge.words[language].questions["age_years"].label
    assert by_id["age_years"]["label"] == label
    assert label in run("questions", "--lang", language).text


def test_sources_lists_every_source(knowledge: Knowledge) -> None:
    listed = json.loads(run("sources", "--format", "json").out)

    assert {source["id"] for source in listed} == set(knowledge.sources)
    assert all(f"{id_}:" in run("sources").text for id_ in list(knowledge.sources)[:1])


def test_show_tells_a_rule_whole(knowledge: Knowledge) -> None:
    text = run("show", "E01").text
    (rule,) = json.loads(run("show", "E01", "--format", "json").out)

    assert "def bladder_bowel_or_saddle" in text
    for language in knowledge.words.values():
        assert language.red_flags["E01"].reason in text
    assert rule["data"]["condition"] == knowledge.red_flags["E01"].condition
    assert any(case.startswith("tests/cases/") for case in rule["cases"])


def test_show_tells_what_rests_on_a_fact() -> None:
    def named_by(id_: str) -> list[str]:
        (item, *_) = json.loads(run("show", id_, "--format", "json").out)
        return list(item["named_by"])

    assert "rugkompas.rules.red_flags.within_days.fragile_bones" in named_by("age_bone")
    assert "red_flags/E01" in named_by("cauda_equina_syndrome")
    assert "terms/CES_NEW" in named_by("saddle_change")
    assert "red_flags/E01" in named_by("CES_NEW")
    assert any(name.startswith("red_flags/") for name in named_by("gp_now"))


def test_show_tells_both_when_a_question_and_a_factor_share_a_name() -> None:
    found = json.loads(run("show", "leg_pain", "--format", "json").out)

    assert [item["kind"] for item in found] == ["questions", "factors"]


def test_every_fact_can_be_shown(knowledge: Knowledge) -> None:
    from rugkompas.cli.say import Say
    from rugkompas.cli.show import everything

    say = Say("en")
    for kind in KINDS:
        assert say(f"kind_{kind}")
        for id_ in list(getattr(knowledge, kind))[:3]:
            assert kind in [item["kind"] for item in everything(id_, knowledge)]


def test_every_row_of_the_table_has_its_function_shown(knowledge: Knowledge) -> None:
    from rugkompas.cli.show import everything

    for id_ in ROWS:
        (item,) = everything(id_, knowledge)
        assert f'"{id_}"' in item["code"][0]["source"]


@pytest.mark.parametrize(("typed", "near"), [("e1", "E01"), ("saddle_chang", "saddle_change")])
def test_show_names_what_was_probably_meant(typed: str, near: str) -> None:
    ran = run("show", typed)

    assert ran.refused()
    assert near in ran.err


def test_show_of_something_unknown_is_refused() -> None:
    assert run("show", "zzzzzzzz").refused()


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_example_can_be_assessed_and_its_table_gives_the_same(
    language: str, tmp_path: Path
) -> None:
    run("example", "--lang", language, "-o", tmp_path / "me.yaml")
    run("example", "--table", "-o", tmp_path / "people.csv")

    one = json.loads(run("assess", tmp_path / "me.yaml", "--format", "json").out)
    row = json.loads(run("assess", tmp_path / "people.csv", "--format", "json").out)

    assert one["triage"]["complete"]
    assert row["urgency"] == one["triage"]["urgency"] == "planned"
    assert set(row["rules"]) == {rule["id"] for rule in one["triage"]["rules"]}
    assert row["factors"] == [f["id"] for f in one["factors"] if f["state"] == "present"]
    assert row["id"] == one["id"]


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_of_every_command_ends_with_examples_in_the_language(
    command: str, language: str
) -> None:
    ran = run(*[command] * bool(command), "--help", "--lang", language)
    if not command:
        ran = run("--lang", language, "--help")

    assert ran.code == 0
    last = ran.text.split({"nl": "Voorbeelden:", "en": "Examples:"}[language])[-1]
    assert "rugkompas" in last


def test_the_language_also_comes_from_the_environment() -> None:
    assert "Options:" in run("--help", RUGKOMPAS_LANG="en").text
    assert "Keuzes:" in run("--help", RUGKOMPAS_LANG="xx").text
    assert "There is no command" in run("asess", RUGKOMPAS_LANG="en").err


def test_a_command_that_does_not_exist_is_refused_with_the_one_that_does() -> None:
    ran = run("asess")

    assert ran.refused()
    assert "'assess'" in ran.err


def test_without_a_command_comes_the_help() -> None:
    assert run().text == run("--help").text


def test_our_own_mistake_is_said_kindly_and_the_traceback_waits_until_it_is_asked_for(
    tmp_path: Path,
) -> None:
    broken = "import rugkompas.outputs.data as d, rugkompas.cli as c; del d.as_data; c.main()"
    arguments = [sys.executable, "-c", broken, "assess", "-", "--format", "json"]

    def ran(**extra: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            arguments, input=b"age_years: 40", capture_output=True, env=environment(**extra)
        )

    quiet, loud = ran(), ran(RUGKOMPAS_DEBUG="1")

    assert (quiet.returncode, quiet.stdout, loud.returncode) == (1, b"", 1)
    assert b"niet u" in quiet.stderr
    assert b"Traceback" not in quiet.stderr
    assert b"Traceback" in loud.stderr


HEAVY = {"polars", "pyarrow", "numpy", "typst", "z3", "jinja2", "rich", "narwhals"}


@pytest.mark.parametrize(
    ("arguments", "allowed"),
    [
        (["--version"], set()),
        (["assess", "-", "--format", "json"], set()),
        (["questions"], set()),
        (["show", "E01"], set()),
    ],
)
def test_starting_does_not_load_what_is_not_used(arguments: list[str], allowed: set[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", "from rugkompas.cli import main; main()",
         *arguments],
        input=b"age_years: 40\n",
        capture_output=True,
        env=environment(),
    )  # fmt: skip

    loaded = {line.split("|")[-1].strip() for line in done.stderr.decode().splitlines()}
    assert done.returncode == 0
    assert loaded & HEAVY <= allowed


@pytest.mark.parametrize(
    ("number", "dutch"),
    [(7, "7"), (999_999, "999999"), (1_249_999, "1,2 x 10^6"), (9_960_000, "1,0 x 10^7"),
     (12 * 10**40, "1,2 x 10^41")],
)  # fmt: skip
def test_large_counts_are_readable(number: int, dutch: str) -> None:
    assert readable(number, "nl") == dutch
    assert readable(number, "en") == dutch.replace(",", ".")
